"""Look a whole file through before anything is done with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

from achterban.rules.tables.kept import Form, open_kept
from achterban.rules.tables.lines import guess_encoding
from achterban.rules.tables.table import NotATable, Trouble

N_SAMPLES = 5


@dataclass(frozen=True)
class Survey:
    """What stands in a file.

    Attributes:
        headings: of its columns.
        n_rows: below the headings.
        samples: the first rows with nothing wrong.
        notes: what is strange, counted: ``faults`` of rows, and those of each reader.
        encoding: of text, empty for other kinds.
    """

    headings: list[str]
    n_rows: int
    samples: list[tuple[str, ...]]
    notes: Counter[str]
    encoding: str = ""


def survey(form: Form, source: BinaryIO, encoding: str = "") -> Survey:
    """Return what stands in a file that is kept.

    Args:
        form: as what it is kept.
        source: its bytes; can seek.
        encoding: of text; empty to guess it.

    Raises:
        NotATable: it is none, or has headings only.
    """
    if form is Form.LINES:
        encoding = encoding or guess_encoding(source)
    table = open_kept(form, source, encoding)
    n_rows, samples = 0, list[tuple[str, ...]]()
    for n_rows, row in enumerate(table.rows, 1):  # noqa: B007 - the last one counts
        table.notes["faults"] += row.fault is not None
        if row.fault is None and len(samples) < N_SAMPLES:
            samples.append(row.cells)
    if not n_rows:
        raise NotATable(Trouble.NO_ROWS)
    return Survey(table.headings, n_rows, samples, +table.notes, encoding)
