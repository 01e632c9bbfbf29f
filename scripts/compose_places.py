"""Compose the tables of places from public registers; run when CBS changes them.

Usage: python scripts/compose_places.py FOLDER

FOLDER holds ``gemeente_regio.csv`` and ``postcode4.csv``, made from the TOOI register
of municipalities and CBS StatLine (see the head of the tables for source and date).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "achterban" / "core" / "places" / "data"
HEAD = (
    "# Municipalities of the Netherlands, current since 2023-01-01 (342).\n"
    "# Facts: TOOI register of municipalities (standaarden.overheid.nl), CBS StatLine\n"
    "# 83502NED (postcodes, 1 January 2021; CC BY 4.0 CBS). Composed by\n"
    "# scripts/compose_places.py.\n"
)


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def main(folder: Path) -> None:
    """Write both tables, sorted by code."""
    municipalities = rows_of(folder / "gemeente_regio.csv")
    codes = {row["code"] for row in municipalities}
    lines = [
        f"{row['code']};{row['voorkeursnaam'] or row['naam']};{row['provincie']}"
        for row in sorted(municipalities, key=lambda row: row["code"])
    ]
    write("municipalities.csv", ["code;name;province", *lines])
    postcodes = [
        f"{row['postcode']};{row['gemeente_code']}"
        for row in sorted(
            rows_of(folder / "postcode4.csv"), key=lambda row: row["postcode"]
        )
        if row["gemeente_code"] in codes
    ]
    write("postcodes.csv", ["digits;municipality", *postcodes])


def write(name: str, lines: list[str]) -> None:
    """Write one table below the head that names its source."""
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / name).write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines) - 1} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
