"""A file as it is kept until it is read: without citizen service numbers.

Text stays text, so that somebody can still say how it is encoded. Of all else the cells
are kept as they were read: in the file itself a number may be encoded or cut in pieces,
or stand where nobody looks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, BinaryIO

from achterban.rules.deidentify import mask_bsn
from achterban.rules.tables.kinds import Kind, open_table
from achterban.rules.tables.lines import masked_lines
from achterban.rules.tables.separated import read_separated
from achterban.rules.tables.sheets import count_oddities
from achterban.rules.tables.table import Fault, Row, Table


class Form(StrEnum):
    """As what a file is kept."""

    LINES = "lines"
    ROWS = "rows"

    @classmethod
    def of(cls, kind: Kind) -> Form:
        """Return as what a file of this kind is kept."""
        return cls.LINES if kind is Kind.TEXT else cls.ROWS


def masked_copy(kind: Kind, source: BinaryIO) -> Iterator[bytes]:
    """Yield what is kept of a file, in pieces; it is read to its end.

    Args:
        kind: what it is.
        source: its bytes; can seek.

    Raises:
        NotATable: it is none.
    """
    if kind is Kind.TEXT:
        yield from masked_lines(source)
        return
    table = open_table(kind, source)
    yield _as_line(_masked(table.headings))
    for row in table.rows:
        yield _as_line([row.line, _masked(row.cells), row.fault, _masked(row.more)])
    if kind is Kind.SHEET:
        table.notes.update(count_oddities(source))
    yield _as_line(table.notes)


def _masked(cells: Iterable[str]) -> list[str]:
    return [mask_bsn(cell).text for cell in cells]


def _as_line(content: Any) -> bytes:
    return (
        json.dumps(content, ensure_ascii=False).encode(errors="surrogatepass") + b"\n"
    )


def open_kept(form: Form, source: BinaryIO, encoding: str) -> Table:
    """Return what was kept as a table.

    Args:
        form: as what.
        source: its bytes; can seek.
        encoding: of text, one of ``ENCODINGS``.

    Raises:
        NotATable: it cannot be read so.
    """
    if form is Form.LINES:
        return read_separated(source, encoding)
    source.seek(0)
    notes: Counter[str] = Counter()
    return Table(json.loads(source.readline()), _rows(source, notes), notes)


def _rows(source: BinaryIO, notes: Counter[str]) -> Iterator[Row]:
    for line in source:
        match json.loads(line):
            case [n, cells, fault, more]:
                yield Row(n, tuple(cells), fault and Fault(fault), tuple(more))
            case found:
                notes.update(found)
