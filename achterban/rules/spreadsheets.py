"""Rows for a spreadsheet that runs nothing when it is opened.

A cell that begins with = + - or @ is a formula; who told something could run it on the
machine of who reads it (OWASP, "CSV Injection"; ASVS 1.2.10). A file with one separator
is also opened with the other one: then a cell can begin in the middle of a text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

COMMA, SEMICOLON = ",", ";"
MARK = "'"
"""Stands before what would be a formula; a spreadsheet shows what follows as text."""

# Where a cell can begin: at the start, or after a separator; spaces and quotes may come
# first. Full-width signs count too: some programs read them as the plain ones.
_FORMULA = re.compile(r"(^|[,;|\t])([\s\"']*)(?=[=+\-@＝＋－＠])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def harmless(text: str) -> str:
    """Return a text as one line in which no cell begins with a formula."""
    line = " ".join(_CONTROLS.sub("", text).split())
    return _FORMULA.sub(rf"\1\2{MARK}", line)


def as_csv(rows: Iterable[Sequence[str]], separator: str = SEMICOLON) -> str:
    """Return rows as CSV (RFC 4180), every cell in quotes.

    Args:
        rows: of texts; made harmless here.
        separator: ``;`` is what a Dutch spreadsheet expects.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def as_xlsx(rows: Iterable[Sequence[str]], *, title: str, on: date) -> bytes:
    """Return rows as a workbook (ISO 29500) with one sheet of texts.

    Args:
        rows: of texts; made harmless here.
        title: of the sheet, at most 31 characters.
        on: the day; no other time stands in the file.
    """
    from openpyxl import Workbook  # a tenth of a second for who asks no workbook

    book = Workbook(write_only=True)
    book.properties.creator = "Achterban"
    day = datetime.combine(on, time.min)
    book.properties.created = book.properties.modified = day
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
