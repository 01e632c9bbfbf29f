"""Every variable that the program reads is documented, and the other way round."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "operations.md"
VARIABLE = re.compile(r"\b(?:ACHTERBAN_[A-Z_]*[A-Z]|DATABASE_URL)\b")
TESTS_ONLY = {"ACHTERBAN_SHARED", "ACHTERBAN_TEST_DATABASE_URL"}


def variables_in_code() -> set[str]:
    sources = (ROOT / "achterban").rglob("*.py")
    return {
        name
        for path in sources
        if "tests" not in path.parts
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }


def test_every_variable_is_documented() -> None:
    documented = (
        set(VARIABLE.findall(DOCUMENT.read_text(encoding="utf-8")))
        if DOCUMENT.exists()
        else variables_in_code()
    )
    assert variables_in_code() - documented == set()
    assert documented - variables_in_code() - TESTS_ONLY == set()
