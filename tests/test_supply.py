"""What we did not write ourselves is known to the byte (promises P1 and P2)."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "achterban" / "core" / "web" / "static" / "web" / "fonts"
LOCKS = {"requirements.txt": None, "requirements-dev.txt": "dev"}
PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def locked(name: str) -> dict[str, str]:
    """Return what each package of a lock says after its name."""
    text = (ROOT / name).read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.M))
    found = [(PINNED.match(block), block) for block in blocks if block.strip()]
    assert all(match for match, _block in found)
    return {match[1]: block for match, block in found if match}


def asked(extra: str | None) -> set[str]:
    """Return the packages that the project asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = list(project["dependencies"])
    if extra:
        lines += project["optional-dependencies"][extra]
    names = (re.split(r"[\[=<>~ ]", line)[0] for line in lines)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    without = [p for p, text in locked(name).items() if "--hash=sha256:" not in text]
    assert without == []
    assert asked(LOCKS[name]) <= locked(name).keys()


def test_both_locks_agree() -> None:
    ours, developers = locked("requirements.txt"), locked("requirements-dev.txt")

    def version(text: str) -> str:
        match = PINNED.match(text)
        assert match is not None
        return match[2]

    for package, text in ours.items():
        assert version(text) == version(developers[package]), package


def test_set_up_installs_nothing_without_a_hash() -> None:
    text = (ROOT / "scripts" / "setup.sh").read_text()
    installs = re.findall(r"install_quietly (--.*)", text)
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-deps" in installs[1]


def test_vendored_files_are_the_ones_that_were_checked() -> None:
    listed = re.findall(r"([0-9a-f]{64})\s+(\S+)", (FONTS / "SOURCES.txt").read_text())
    assert {name for _, name in listed} >= {p.name for p in FONTS.glob("*.woff2")}
    for digest, name in listed:
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest


def test_the_bill_of_materials_names_all_that_is_installed() -> None:
    made = subprocess.run(
        [sys.executable, ROOT / "scripts" / "sbom.py"], capture_output=True, check=True
    )
    parts = json.loads(made.stdout)["components"]
    assert {part["name"] for part in parts} == locked("requirements.txt").keys()
    assert all(part["hashes"] for part in parts)
