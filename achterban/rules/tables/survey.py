"""Look a whole file through before anything is done with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from achterban.rules.tables.kinds import Kind, open_table
from achterban.rules.tables.lines import guess_encoding
from achterban.rules.tables.mails import count_messages
from achterban.rules.tables.sheets import count_oddities
from achterban.rules.tables.table import NotATable, Row, Table, Trouble

N_SAMPLES = 5
MOST_OF_A_SHEET = 2000  # rows that are read; the others are counted


@dataclass(frozen=True)
class Survey:
    """What stands in a file.

    Attributes:
        headings: of its columns.
        n_rows: below the headings; of a long sheet with the empty ones.
        samples: the first rows with nothing wrong.
        notes: what is strange, counted: ``faults`` of rows, and those of each reader.
        encoding: of text, empty for other kinds.
    """

    headings: list[str]
    n_rows: int
    samples: list[tuple[str, ...]]
    notes: Counter[str]
    encoding: str = ""


def survey(kind: Kind, source: BinaryIO, encoding: str = "") -> Survey:
    """Return what stands in a file; of a mailbox the first messages only are opened.

    Args:
        kind: what it is.
        source: its bytes; can seek.
        encoding: of text; empty to guess it.

    Raises:
        NotATable: it is none, or has headings only.
    """
    if kind is Kind.TEXT:
        encoding = encoding or guess_encoding(source)
    table = open_table(kind, source, encoding)
    if kind is Kind.MAILBOX:
        samples = _good(list(islice(table.rows, 4 * N_SAMPLES)))
        n_rows = count_messages(source)
    else:
        n_rows, samples = _look(table, source, kind)
    if not n_rows:
        raise NotATable(Trouble.NO_ROWS)
    text = encoding if kind is Kind.TEXT else ""
    return Survey(table.headings, n_rows, samples, +table.notes, text)


def _look(
    table: Table, source: BinaryIO, kind: Kind
) -> tuple[int, list[tuple[str, ...]]]:
    """Return how many rows there are, and the first; a long sheet is not read whole."""
    n_rows, last = 0, 0
    samples: list[tuple[str, ...]] = []
    most = MOST_OF_A_SHEET if kind is Kind.SHEET else None
    for row in islice(table.rows, most):
        n_rows, last = n_rows + 1, row.line
        table.notes["faults"] += row.fault is not None
        if row.fault is None and len(samples) < N_SAMPLES:
            samples.append(row.cells)
    if kind is Kind.SHEET:
        found = count_oddities(source)
        n_in_all = found.pop("rows")
        if n_rows == most:
            n_rows += max(0, n_in_all - last)
        table.notes.update(found)
    return n_rows, samples


def _good(rows: list[Row]) -> list[tuple[str, ...]]:
    return [row.cells for row in rows if row.fault is None][:N_SAMPLES]
