"""Installations of versions that were released, kept by ``scripts/keep_version.py``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

VERSIONS = Path(__file__).parent
BACKUP, KEYS, FACTS = "backup", "keys", "facts.json"


class Receipt(TypedDict):
    """What somebody told.

    Attributes:
        code: of the receipt.
        organisation: short name.
        words: that stand behind the code.
    """

    code: str
    organisation: str
    words: list[str]


class Facts(TypedDict):
    """What a kept installation holds.

    Attributes:
        kept_at: the moment, as ISO 8601; what is kept too long would be gone later.
        receipts: that must open.
        rows: how many, by table.
    """

    kept_at: str
    receipts: list[Receipt]
    rows: dict[str, int]


def kept_versions() -> list[Path]:
    """Return the folder of each version that was kept."""
    return sorted(path.parent for path in VERSIONS.glob(f"*/{FACTS}"))


def facts_of(version: Path) -> Facts:
    """Return what a kept installation holds."""
    facts: Facts = json.loads((version / FACTS).read_text(encoding="utf-8"))
    return facts
