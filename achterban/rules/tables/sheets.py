"""Spreadsheets (.xlsx): values as they stand there, one row at a time.

A formula counts for what it gave when the file was kept; of merged cells the first one
has the value. Both are counted, so that the preview can say so.

Source: ECMA-376 part 1, SpreadsheetML. openpyxl reads it with ``defusedxml``.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any, BinaryIO

from achterban.rules.tables.table import NotATable, Row, Table, Trouble, as_table

MOST_UNPACKED = 600 << 20  # bytes of all parts together
MOST_TEXTS = 200 << 20  # of the list of texts, which stands in memory
MOST_TIMES = 200  # a part may grow when it is unpacked; text does ten times
SMALL = 1 << 20  # parts below are never too much
_TAGS = re.compile(rb"<(?:\w+:)?(f|mergeCell)(?=[ >/])")
_COUNTED = {b"f": "formulas", b"mergeCell": "merged"}
LONGEST_TAG = 4096  # bytes of a tag that is cut in two
PIECE = 256 << 10  # bytes that are looked at at a time
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    IndexError,
    TypeError,
    AttributeError,
    SyntaxError,  # of XML
    EOFError,
    OSError,
)


def read_sheet(source: BinaryIO) -> Table:
    """Return the first sheet with anything in it as a table.

    Notes: ``sheets``, how many there are; ``sheet``, which one this is, from 1;
    ``formulas`` and ``merged``, how many cells and areas.

    Args:
        source: must be able to seek: the parts of the file are read where they stand.

    Raises:
        NotATable: it is broken, has a password, or unpacks to too much.
    """
    import openpyxl  # a tenth of a second for who never brings a spreadsheet

    _refuse_bombs(source)
    notes: Counter[str] = Counter()
    try:
        book = openpyxl.load_workbook(source, read_only=True, data_only=True)
        sheets = list(book.worksheets)
        notes["sheets"] = len(sheets)
        for n, sheet in enumerate(sheets, 1):
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            if next(_rows(sheet), None) is not None:
                notes["sheet"] = n
                return as_table(_rows(sheet), notes)
    except _BROKEN as error:
        if isinstance(error, NotATable):
            raise
        raise NotATable(Trouble.BROKEN) from error
    raise NotATable(Trouble.EMPTY)


def count_oddities(source: BinaryIO) -> Counter[str]:
    """Return how many formulas and merged areas the sheets have.

    Counted in the bytes as they pass by: the reader of rows says nothing of them.

    Raises:
        NotATable: it is no good zip.
    """
    found: Counter[str] = Counter()
    try:
        with zipfile.ZipFile(source) as parts:
            for name in parts.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with parts.open(name) as part:
                        found += _count(part)
    except _BROKEN as error:
        raise NotATable(Trouble.BROKEN) from error
    return found


def _count(part: IO[bytes]) -> Counter[str]:
    found: Counter[str] = Counter()
    rest = b""
    while piece := part.read(PIECE):
        # A tag that is cut in two is counted with the next piece.
        whole, cut, rest = (rest + piece).rpartition(b"<")
        rest = (cut + rest)[:LONGEST_TAG]
        found.update(_COUNTED[tag] for tag in _TAGS.findall(whole))
    found.update(_COUNTED[tag] for tag in _TAGS.findall(rest))
    return found


def _refuse_bombs(source: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(source) as parts:
            sizes = [(p.filename, p.file_size, p.compress_size) for p in parts.filelist]
    except _BROKEN as error:
        raise NotATable(Trouble.BROKEN) from error
    if not any(name.startswith("xl/") for name, *_sizes in sizes):
        raise NotATable(Trouble.OTHER_OFFICE)
    grown = any(
        size > SMALL and size > packed * MOST_TIMES for _name, size, packed in sizes
    )
    texts = sum(size for name, size, _p in sizes if name.endswith("sharedStrings.xml"))
    if grown or texts > MOST_TEXTS or sum(s for _n, s, _p in sizes) > MOST_UNPACKED:
        raise NotATable(Trouble.LARGE)


def _rows(sheet: Any) -> Iterator[Row]:
    n = 0
    try:
        for n, values in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = tuple(map(_as_text, values))
            if any(cells):
                yield Row(n, cells)
    except _BROKEN as error:
        raise NotATable(Trouble.BROKEN, n + 1) from error


def _as_text(value: Any) -> str:
    """Return what a reader sees, and days as ISO 8601."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat(" ") if isinstance(value, datetime) else str(value)
        case bool():
            return "ja" if value else "nee"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()
