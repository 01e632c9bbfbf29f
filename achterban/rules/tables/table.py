"""What every reader gives: headings, rows with the line they stand on, and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain

MOST_HEADINGS = 200
MOST_TITLE_LINES = 10  # above the headings


class Fault(StrEnum):
    """What is wrong with one row."""

    QUOTE = "quote"  # a quotation mark that is never closed
    CELLS = "cells"  # more cells than headings
    LETTERS = "letters"  # bytes that are no letters
    MESSAGE = "message"  # a mail that cannot be read
    LARGE = "large"


class Trouble(StrEnum):
    """Why a file is no table."""

    EMPTY = "empty"
    NO_ROWS = "no_rows"
    UNKNOWN = "unknown"
    OLD_OFFICE = "old_office"  # .xls, or a spreadsheet with a password
    OTHER_OFFICE = "other_office"  # .ods, .docx
    BROKEN = "broken"
    LARGE = "large"


class NotATable(ValueError):
    """This cannot be read as a table.

    Attributes:
        trouble: why; the page has a sentence for each.
        line: where, from 1; 0 where that says nothing.
    """

    def __init__(self, trouble: Trouble, line: int = 0) -> None:
        """Keep why and where."""
        super().__init__(trouble.value, line)
        self.trouble, self.line = trouble, line


@dataclass(frozen=True)
class Row:
    """One row.

    Attributes:
        line: where it begins: a line of text, a row of a sheet, the n-th mail; from 1.
        cells: one for each heading.
        fault: what is wrong with it, None for nothing.
        more: cells beyond the last heading.
    """

    line: int
    cells: tuple[str, ...]
    fault: Fault | None = None
    more: tuple[str, ...] = ()


@dataclass
class Table:
    """A file as a table; its rows are read once.

    Attributes:
        headings: each is there, and each is another.
        rows: below the headings; empty rows are passed by.
        notes: what was met on the way, counted: whole once all rows are read.
    """

    headings: list[str]
    rows: Iterator[Row]
    notes: Counter[str] = field(default_factory=Counter)


def as_table(raw: Iterable[Row], notes: Counter[str]) -> Table:
    """Return the table in raw rows: the headings are its first full row.

    A title above the headings (one cell in a row, where the headings are several) is
    passed by, and counted in the notes as ``title_lines``.

    Raises:
        NotATable: there is no heading, or there are more than 200.
    """
    rows = (row for row in raw if row.fault or any(map(str.strip, row.cells)))
    first = []
    for row in rows:
        first.append(row)
        if len(first) == MOST_TITLE_LINES:
            break
    if not first:
        raise NotATable(Trouble.EMPTY)
    place = _place_of_headings(first)
    headings = _named(first[place].cells)
    if len(headings) > MOST_HEADINGS:
        raise NotATable(Trouble.UNKNOWN, first[place].line)
    notes["title_lines"] = place
    below = chain(first[place + 1 :], rows)
    return Table(headings, (_fitted(row, len(headings)) for row in below), notes)


def _place_of_headings(rows: Sequence[Row]) -> int:
    filled = [sum(bool(cell.strip()) for cell in row.cells) for row in rows]
    if max(filled) < 2:
        return 0
    return next(n for n, count in enumerate(filled) if count > 1)


def _named(cells: Sequence[str]) -> list[str]:
    """Return headings without those that are missing at the end, each another one."""
    trimmed = [" ".join(cell.split()) for cell in cells]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    names: list[str] = []
    for n, name in enumerate(trimmed, 1):
        wanted, again = name or f"Kolom {n}", 2
        fresh = wanted
        while fresh in names:
            fresh, again = f"{wanted} ({again})", again + 1
        names.append(fresh)
    return names


def _fitted(row: Row, n: int) -> Row:
    """Return a row with a cell for each heading; what is over is a fault."""
    if len(row.cells) == n:
        return row
    cells = (*row.cells[:n], *[""] * (n - len(row.cells)))
    more = tuple(cell for cell in row.cells[n:] if cell.strip())
    fault = row.fault or (Fault.CELLS if more else None)
    return Row(row.line, cells, fault, more)
