"""Compose the tables of places from public registers; run when CBS changes them.

Usage: python scripts/compose_places.py FOLDER

FOLDER holds ``gemeente_regio.csv``, ``postcode4.csv``, ``gemeenten_alle.csv`` and
``herindelingen_tooi.csv``, made from the TOOI register of municipalities and CBS
StatLine (see the head of the tables for source and date).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "achterban" / "core" / "places" / "data"
HEAD = (
    "# Municipalities of the Netherlands, current since 2023-01-01 (342).\n"
    "# Facts: TOOI register of municipalities (standaarden.overheid.nl), CBS StatLine\n"
    "# 83502NED (postcodes and their inhabitants, 1 January 2021; CC BY 4.0 CBS).\n"
    "# Composed by\n"
    "# scripts/compose_places.py.\n"
)
FORMER = (
    "# What was a municipality of the Netherlands since 2000, with its last day and\n"
    "# the municipality where it lies now; empty where it was divided. Facts: TOOI\n"
    "# register of municipalities and their changes (standaarden.overheid.nl, 22\n"
    "# December 2022). Composed by scripts/compose_places.py.\n"
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
        f"{row['code']};{row['voorkeursnaam'] or row['naam']};{row['provincie']};"
        f"{row['inwoners_2021_uit_pc4']}"
        for row in sorted(municipalities, key=lambda row: row["code"])
    ]
    write("municipalities.csv", ["code;name;province;inhabitants", *lines])
    postcodes = [
        f"{row['postcode']};{row['gemeente_code']}"
        for row in sorted(
            rows_of(folder / "postcode4.csv"), key=lambda row: row["postcode"]
        )
        if row["gemeente_code"] in codes
    ]
    write("postcodes.csv", ["digits;municipality", *postcodes])
    write("former.csv", ["code;name;until;successor", *former(folder, codes)], FORMER)


def former(folder: Path, codes: set[str]) -> list[str]:
    """Return what was a municipality since 2000: until when, and where it lies now.

    The successor is empty where it was divided over several.
    """
    into: dict[str, set[str]] = {}
    for change in rows_of(folder / "herindelingen_tooi.csv"):
        ends = [*change["ontstaan"].split("|"), *change["gebruikt"].split("|")]
        for gone in filter(None, change["vervallen"].split("|")):
            into.setdefault(gone, set()).update(filter(None, ends))

    def now(code: str) -> set[str]:
        ends = into.get(code, set()) - {code}
        return {code} if code in codes else set().union(*map(now, ends))

    lines = []
    for row in sorted(rows_of(folder / "gemeenten_alle.csv"), key=lambda r: r["code"]):
        if row["einddatum"] and row["code"] not in codes:
            found = now(row["code"])
            successor = found.pop() if len(found) == 1 else ""
            name = row["voorkeursnaam"] or row["naam"]
            lines.append(f"{row['code']};{name};{row['einddatum']};{successor}")
    return lines


def write(name: str, lines: list[str], head: str = HEAD) -> None:
    """Write one table below the head that names its source."""
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines) - 1} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
