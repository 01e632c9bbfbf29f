"""CSV, as spreadsheets and mailing tools write it (RFC 4180), and as people mend it.

A quotation mark that is never closed costs its own line, not the rest of the file.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from achterban.rules.tables.lines import UNREADABLE, read_lines
from achterban.rules.tables.table import Fault, Row, Table, as_table

SEPARATORS = ";,\t|"
NONE = "\x1f"  # separates units, and stands in no text: one column
MOST_LINES = 200  # of one row
MOST_CHARACTERS = 400_000  # of one row: twice the longest telling
LONGEST_HEADING = 60
SAMPLE = 20  # lines by which the separator is known
_OPEN = "unexpected end of data"  # as the reader of Python says it
csv.field_size_limit(MOST_CHARACTERS * 2)


def read_separated(source: BinaryIO, encoding: str) -> Table:
    """Return a table from text with separators.

    Notes: ``unreadable``, rows with bytes that are no letters.

    Raises:
        NotATable: there is no heading, or these bytes are no text.
    """
    notes: Counter[str] = Counter()
    lines = _Lines(read_lines(source, encoding))
    separator = _separator(lines)
    return as_table(_rows(lines, separator, notes), notes)


class _Lines:
    """Lines with their numbers, that can be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._numbered = enumerate(lines, 1)
        self._back: deque[tuple[int, str]] = deque()

    def next(self) -> tuple[int, str] | None:
        """Return the next line, None after the last."""
        return self._back.popleft() if self._back else next(self._numbered, None)

    def put_back(self, lines: list[tuple[int, str]]) -> None:
        """Let lines be read once more."""
        self._back.extendleft(reversed(lines))

    def ahead(self, n: int) -> list[str]:
        """Return some lines and leave them there."""
        taken = list(islice(iter(self.next, None), n))
        self.put_back(taken)
        return [line for _n, line in taken]


def _separator(lines: _Lines) -> str:
    """Return what stands between cells: what cuts the most lines like the first."""
    sample = lines.ahead(SAMPLE)
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].strip()) == 5:
        lines.next()  # Excel writes it as a line of its own
        return sample[0][4]
    fits = {each: _fit(sample, each) for each in SEPARATORS}
    best = max(fits, key=lambda each: fits[each])
    return best if any(fits[best]) else NONE


def _fit(sample: list[str], separator: str) -> tuple[bool, int, int]:
    """Return how well it cuts: whether all lines are alike, how many, and their cells.

    Alike means as many cells as the headings. Where the first line has one cell it may
    be a title: then all others must agree, and the second must be headings. Else these
    are texts in one column.
    """
    try:
        cut = [row for row in csv.reader(sample, delimiter=separator) if row]
    except csv.Error:
        return False, 0, 0
    counts = [len(row) for row in cut]
    if counts and counts[0] > 1:
        n_alike = counts.count(counts[0])
        return n_alike == len(counts), n_alike, counts[0]
    below = counts[1:]
    is_title = len(below) > 1 and below[0] > 1 and len(set(below)) == 1
    if is_title and all(_is_heading(cell) for cell in cut[1]):
        return False, len(below), below[0]
    return False, 0, 0


def _is_heading(cell: str) -> bool:
    """Return whether a cell is short, and does not go on from the one before it."""
    return len(cell) <= LONGEST_HEADING and not cell.startswith(" ")


def _rows(lines: _Lines, separator: str, notes: Counter[str]) -> Iterator[Row]:
    while (first := lines.next()) is not None:
        row = _row(first, lines, separator)
        if any(UNREADABLE in cell for cell in row.cells):
            notes["unreadable"] += 1
            row = Row(row.line, row.cells, row.fault or Fault.LETTERS)
        yield row


def _row(first: tuple[int, str], lines: _Lines, separator: str) -> Row:
    n, text = first
    if '"' not in text:
        return Row(n, tuple(text.rstrip("\r\n").split(separator)))
    taken: list[tuple[int, str]] = []
    while True:
        try:
            cells = next(csv.reader([text], delimiter=separator, strict=True))
            return Row(n, _without_returns(cells))
        except csv.Error as error:
            more = lines.next() if str(error) == _OPEN else None
        if more is None or len(taken) > MOST_LINES or len(text) > MOST_CHARACTERS:
            break
        taken.append(more)
        text += more[1]
    lines.put_back(taken if more is None else [*taken, more])
    return _loose(first, separator)


def _loose(line: tuple[int, str], separator: str) -> Row:
    """Return one line as well as it can be read; an open quotation is a fault."""
    n, text = line
    try:
        cells = next(csv.reader([text], delimiter=separator))
        is_open = not _closes(text, separator)
    except csv.Error:
        cells, is_open = text.rstrip("\r\n").split(separator), True
    return Row(n, _without_returns(cells), Fault.QUOTE if is_open else None)


def _closes(text: str, separator: str) -> bool:
    try:
        list(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error as error:
        return str(error) != _OPEN
    return True


def _without_returns(cells: list[str]) -> tuple[str, ...]:
    return tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells)
