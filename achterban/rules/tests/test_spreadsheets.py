"""No cell of an exported list is a formula, however the list is opened."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from achterban.rules.spreadsheets import (
    COMMA,
    SEMICOLON,
    as_csv,
    as_xlsx,
    harmless,
)

DAY = date(2026, 11, 27)
texts = st.text(alphabet=st.sampled_from("=+-@,;'\"\t\n\r| a1(＝"), max_size=20)


def formulas(text: str) -> list[str]:
    """Return the live cells of a CSV text, read with either separator."""
    return [
        cell
        for separator in (COMMA, SEMICOLON, "\t")
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for cell in row
        if cell.lstrip(' \t\r\n"').startswith(("=", "+", "-", "@", "＝"))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'@SUM(A1)"),
        ("pijn, -moe", "pijn, '-moe"),
        ('ja;"=cmd|x"', 'ja;"\'=cmd|x"'),
        ("een - twee = drie", "een - twee = drie"),
        ("regel\n=2", "regel =2"),
        ("\x00=1", "'=1"),
        ("＝1", "'＝1"),
    ],
)
def test_a_text_begins_no_formula(text: str, expected: str) -> None:
    assert harmless(text) == expected


@given(st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=3))
@pytest.mark.wide
def test_no_list_has_a_live_cell_with_either_separator(rows: list[list[str]]) -> None:
    for separator in (COMMA, SEMICOLON):
        assert formulas(as_csv(rows, separator)) == []


def test_the_check_sees_a_live_cell() -> None:
    assert "=1" in formulas('"a","b"\r\n"=1",2\r\n')
    assert formulas('"a","b;=1"\r\n') != []


def test_a_list_holds_what_was_put_in() -> None:
    rows = [["dag", "woorden"], ["27 november", 'Zij zei "nee", en ging; klaar']]
    assert (
        list(csv.reader(io.StringIO(as_csv(rows), newline=""), delimiter=";")) == rows
    )


@settings(max_examples=15)  # to write a book and read it takes long; a row does not
@given(st.lists(st.lists(texts, min_size=1, max_size=2), min_size=1, max_size=30))
@pytest.mark.wide
def test_a_workbook_holds_texts_only(rows: list[list[str]]) -> None:
    book = load_workbook(io.BytesIO(as_xlsx(rows, title="Signalen", on=DAY)))
    for row in book.active.iter_rows():
        for cell in row:
            assert cell.data_type in {"s", "n", "inlineStr"}
            assert cell.value is None or not str(cell.value).startswith(tuple("=+-@"))
    assert book.properties.created.date() == DAY
