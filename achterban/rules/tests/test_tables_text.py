"""CSV of every kind of program, and of people who mended it by hand."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from achterban.rules.tables import (
    Fault,
    Kind,
    NotATable,
    Row,
    Table,
    Trouble,
    open_table,
    recognise,
)
from achterban.rules.tables.lines import guess_encoding


def table(content: bytes, encoding: str = "") -> Table:
    return open_table(Kind.TEXT, io.BytesIO(content), encoding)


def rows(content: bytes) -> list[Row]:
    return list(table(content).rows)


TOLD = "Ik wacht één jaar; coördinatie, financiën en ergotherapie: “niets”."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_kind_of_unicode_is_read(encoding: str) -> None:
    content = f'datum;tekst\r\n2-3-2024;"{TOLD}"\r\n'.encode(encoding)

    read = table(content)

    assert read.headings == ["datum", "tekst"]
    assert list(read.rows) == [Row(2, ("2-3-2024", TOLD))]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Eén coördinator – “financiën” à € 12"),
        ("cp1254", "Doğruyu söylüyorum: İstanbul’da ışık yok, şimdi."),
        ("mac_roman", "Eén coördinator, financiën, reünie"),
        ("cp850", "Eén coördinator, financiën, reünie"),
    ],
)
def test_older_encodings_are_told_apart(encoding: str, text: str) -> None:
    content = f"tekst\n{text}\n".encode(encoding)

    assert guess_encoding(io.BytesIO(content)) == encoding
    assert rows(content) == [Row(2, (text,))]


def test_a_file_to_which_two_programs_wrote_is_read_whole() -> None:
    content = b"tekst\n" + "reünie\n".encode() + "reünie\n".encode("cp1252")

    assert [row.cells for row in rows(content)] == [("reünie",), ("reünie",)]


def test_another_encoding_can_be_chosen() -> None:
    content = "tekst\nDoðru\n".encode("cp1252")

    assert next(table(content, "cp1252").rows).cells == ("Doðru",)


def test_bytes_that_are_no_letters_are_said_of_their_row() -> None:
    read = table(b"tekst\ngoed\nfout \x81\x8d\xe9\nweer goed\n", "cp1252")

    assert [row.fault for row in read.rows] == [None, Fault.LETTERS, None]
    assert read.notes["unreadable"] == 1


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators_are_recognised(separator: str) -> None:
    content = f'a{separator}b\nx{separator}"1; 2, 3"\n'.encode()

    assert rows(content) == [Row(2, ("x", "1; 2, 3"))]


def test_what_excel_says_of_its_separator_is_no_row() -> None:
    read = table(b"sep=;\na;b\n1,5;2\n")

    assert read.headings == ["a", "b"]
    assert list(read.rows) == [Row(3, ("1,5", "2"))]


def test_one_column_of_texts_is_a_table() -> None:
    read = table(b"verhaal\nEen, twee, drie\nVier.\n")

    assert read.headings == ["verhaal"]
    assert [row.cells for row in read.rows][-1] == ("Vier.",)


def test_the_same_sentence_twice_in_one_column_is_no_table_of_clauses() -> None:
    content = "verhaal\n" + "Beste minister, ik wacht, en wacht.\n" * 3

    assert [row.cells for row in rows(content.encode())] == [
        ("Beste minister, ik wacht, en wacht.",)
    ] * 3


def test_a_title_without_separators_is_passed_by() -> None:
    read = table(b"Meldpunt 2024\nnaam;tekst\nEls;een\nJan;twee\n")

    assert read.headings == ["naam", "tekst"]
    assert [row.line for row in read.rows] == [3, 4]


def test_a_quoted_cell_may_have_lines_and_quotes() -> None:
    content = b'a;b\n1;"een\r\ntwee ""drie"""\n2;vier\n'

    assert rows(content) == [Row(2, ("1", 'een\ntwee "drie"')), Row(4, ("2", "vier"))]


def test_an_open_quotation_costs_its_own_line_only() -> None:
    content = b'a;b\n1;goed\n2;"nooit dicht\n3;goed\n4;"ook ""goed"""\n5;goed\n'

    read = rows(content)

    assert [(row.line, row.fault) for row in read] == [
        (2, None),
        (3, Fault.QUOTE),
        (4, None),
        (5, None),
        (6, None),
    ]
    assert read[3].cells == ("4", 'ook "goed"')


def test_an_open_quotation_in_a_long_file_swallows_nothing() -> None:
    lines = "".join(f"{n};goed\n" for n in range(1000))

    read = rows(f'a;b\n0;"open\n{lines}'.encode())

    assert len(read) == 1001
    assert [row.line for row in read if row.fault] == [2]


def test_cells_too_many_are_a_fault_and_too_few_are_not() -> None:
    read = rows(b"a;b\n1\n1;2;;\n1;2;3\n")

    assert [(row.cells, row.fault, row.more) for row in read] == [
        (("1", ""), None, ()),
        (("1", "2"), None, ()),
        (("1", "2"), Fault.CELLS, ("3",)),
    ]


def test_a_title_above_and_empty_rows_are_passed_by() -> None:
    read = table(b"Meldpunt 2024;;\n;;\nnaam;naam;\nEls;Jan;\n;;\n")

    assert read.headings == ["naam", "naam (2)"]
    assert list(read.rows) == [Row(4, ("Els", "Jan"))]
    assert read.notes["title_lines"] == 1


@pytest.mark.parametrize(
    ("content", "name", "trouble"),
    [
        (b"", "leeg.csv", Trouble.EMPTY),
        (b"  \n", "leeg.csv", Trouble.EMPTY),
        (b"%PDF-1.7 ...", "lijst.csv", Trouble.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "lijst.xlsx", Trouble.OLD_OFFICE),
        (b"\x7fELF\x02\x01\x01\x00\x00", "lijst.csv", Trouble.UNKNOWN),
    ],
)
def test_what_is_no_table_is_refused(
    content: bytes, name: str, trouble: Trouble
) -> None:
    with pytest.raises(NotATable) as refused:
        recognise(content, name)
    assert refused.value.trouble is trouble


def test_a_binary_file_says_on_which_line() -> None:
    with pytest.raises(NotATable) as refused:
        rows(b"a;b\n1;2\n\0\1\2\n")
    assert (refused.value.trouble, refused.value.line) == (Trouble.UNKNOWN, 3)


def test_a_line_without_end_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(NotATable) as refused:
        rows(b"a;b\n" + b"x" * (3 << 20))
    assert refused.value.trouble is Trouble.BROKEN


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"a;b\n", "lijst.csv", Kind.TEXT),
        ("a;b".encode("utf-16"), "lijst.csv", Kind.TEXT),
        ("a;b".encode("utf-16-le"), "lijst.txt", Kind.TEXT),
        (b"PK\x03\x04", "lijst.csv", Kind.SHEET),
        (b"From els@voorbeeld.test Mon Mar 2", "Postvak IN", Kind.MAILBOX),
        (b"Received: from x\r\n", "bericht", Kind.MAIL),
        (b"Subject: x\r\n", "bericht.eml", Kind.MAIL),
        (b"date: of what;text\n", "lijst.csv", Kind.TEXT),
    ],
)
def test_kinds_are_recognised_by_their_bytes(
    head: bytes, name: str, kind: Kind
) -> None:
    assert recognise(head, name) is kind


_cell = st.text(
    st.characters(exclude_characters="\r\0\ufffd\ufeff", exclude_categories=["Cs"]),
    max_size=30,
)


@given(st.lists(st.tuples(_cell, _cell), min_size=1, max_size=8))
@example([("", ",\n,0"), ("", ",\n,")])  # read as lines below a title, once
@pytest.mark.wide
def test_what_was_written_as_rfc_4180_is_read_back(
    cells: list[tuple[str, str]],
) -> None:
    quoted = [
        tuple('"' + c.replace('"', '""') + '"' for c in row)
        for row in [("kop een", "kop twee"), *cells]
    ]
    content = "".join(f"{a};{b}\r\n" for a, b in quoted).encode()

    read = [row.cells for row in rows(content)]

    assert read == [row for row in cells if any(c.strip() for c in row)]
