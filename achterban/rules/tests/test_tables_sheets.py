"""Spreadsheets as people keep them: formulas, merged cells, several sheets."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from achterban.rules.tables import (
    Kind,
    NotATable,
    Table,
    Trouble,
    open_table,
)
from achterban.rules.tables.sheets import count_oddities

AFTERNOON = datetime(2024, 3, 2, 14, 5)  # noqa: DTZ001 - a sheet knows no zones


def saved(book: openpyxl.Workbook) -> io.BytesIO:
    content = io.BytesIO()
    book.save(content)
    return content


def sheet(*rows: list[object]) -> io.BytesIO:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def read(content: io.BytesIO) -> Table:
    return open_table(Kind.SHEET, content)


def test_values_are_read_as_they_are_seen() -> None:
    content = sheet(
        ["datum", "tekst", "n", "ja"],
        [date(2024, 3, 2), "Eén", 3.0, True],
        [AFTERNOON, None, 2.5, False],
    )

    table = read(content)

    assert table.headings == ["datum", "tekst", "n", "ja"]
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("2024-03-02", "Eén", "3", "ja")),
        (3, ("2024-03-02 14:05:00", "", "2.5", "nee")),
    ]


def test_merged_cells_count_for_the_first_and_formulas_for_their_value() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["gemeente", "tekst"])
    page.append(["Ede", "een"])
    page.append([None, "twee"])
    page.append(["=A2", "drie"])
    page.merge_cells("A2:A3")
    content = saved(book)

    assert [row.cells for row in read(content).rows] == [
        ("Ede", "een"),
        ("", "twee"),
        ("", "drie"),  # nobody calculated: the file has no value
    ]
    assert count_oddities(content) == {"merged": 1, "formulas": 1}


def test_the_first_sheet_with_something_in_it_is_read() -> None:
    book = openpyxl.Workbook()
    second = book.create_sheet("Meldingen")
    second.append(["a", "b"])
    second.append(["1", "2"])

    table = read(saved(book))

    assert table.headings == ["a", "b"]
    assert (table.notes["sheets"], table.notes["sheet"]) == (2, 2)


def test_an_empty_book_is_refused() -> None:
    with pytest.raises(NotATable) as refused:
        read(saved(openpyxl.Workbook()))
    assert refused.value.trouble is Trouble.EMPTY


@pytest.mark.parametrize("cut", [40, 600, -200])
def test_half_a_file_is_refused(cut: int) -> None:
    content = sheet(["a", "b"], ["1", "2"]).getvalue()[:cut]

    with pytest.raises(NotATable) as refused:
        read(io.BytesIO(content))
    assert refused.value.trouble is Trouble.BROKEN


def zipped(parts: dict[str, bytes]) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content


def test_a_letter_in_a_zip_is_no_spreadsheet() -> None:
    with pytest.raises(NotATable) as refused:
        read(zipped({"word/document.xml": b"<w/>"}))
    assert refused.value.trouble is Trouble.OTHER_OFFICE


@pytest.mark.slow
def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(NotATable) as refused:
        read(zipped({"xl/worksheets/sheet1.xml": b" " * (64 << 20)}))
    assert refused.value.trouble is Trouble.LARGE


def test_entities_do_not_grow() -> None:
    lots = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    good = zipfile.ZipFile(sheet(["a", "b"], ["1", "2"]))
    parts = {name: good.read(name) for name in good.namelist()}

    with pytest.raises(NotATable) as refused:
        read(zipped({**parts, "xl/worksheets/sheet1.xml": lots}))
    assert refused.value.trouble is Trouble.BROKEN
