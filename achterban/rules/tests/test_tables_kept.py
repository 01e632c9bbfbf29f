"""What is kept of a file has no citizen service number in it, in whatever form."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from email.message import EmailMessage
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from achterban.rules.deidentify import MASK
from achterban.rules.tables import (
    ENCODINGS,
    Fault,
    Form,
    Kind,
    NotATable,
    Trouble,
    masked_copy,
    open_kept,
    open_table,
    survey,
)
from achterban.rules.tables.lines import OLDER, PIECE

BSN = "111222333"
SPACED = ["111 222 333", "111.222.333", "1 1 1 2 2 2 3 3 3"]
WRITTEN = [BSN, *SPACED, *(each.replace(" ", "\u00a0") for each in SPACED)]


BEGIN = b"From x Mon Mar  2 14:05:00 2026\n"


def kept(kind: Kind, content: bytes) -> io.BytesIO:
    return io.BytesIO(b"".join(masked_copy(kind, io.BytesIO(content))))


def cells(kind: Kind, content: bytes, encoding: str = "") -> list[tuple[str, ...]]:
    rest = open_kept(Form.of(kind), kept(kind, content), encoding).rows
    return [row.cells for row in rest]


def lines(text: str, encoding: str) -> bytes:
    """Return a text in an encoding; of signs that it does not know a plain one."""
    return text.encode(encoding, errors="replace").replace(b"?", b" ")


IN_TEXT = [
    (encoding, written)
    for encoding in ENCODINGS
    for written in [*WRITTEN, "111\u2013222\u2013333", "１１１２２２３３３"]
    if encoding not in OLDER or lines(written, encoding).decode(encoding) == written
]


@pytest.mark.parametrize(("encoding", "written"), IN_TEXT)
def test_in_text_it_is_masked_in_each_encoding(encoding: str, written: str) -> None:
    content = lines(f"n;tekst\n1;Reünie van {written}, zei ik.\n", encoding)

    for read_in in [encoding, *(OLDER if encoding != "utf-16" else [])]:
        row = cells(Kind.TEXT, content, read_in)[0]
        assert row[1].endswith(f"nie van {MASK}, zei ik."), read_in


@pytest.mark.parametrize("encoding", [*OLDER, "utf-8"])
def test_no_other_byte_of_a_text_changes(encoding: str) -> None:
    every = bytes(set(range(1, 256)) - set(b"\r\n"))
    content = lines("tekst\r\n0612345678\rË\n", encoding) + every + b"\n"

    assert kept(Kind.TEXT, content).getvalue() == content


@pytest.mark.parametrize("before", range(PIECE - 10, PIECE + 2))
def test_one_that_is_cut_by_the_edge_of_a_piece_is_masked(before: int) -> None:
    heading = b"tekst\n"
    line = b"x" * 98 + b"\n"
    n_lines, more = divmod(before - len(heading), len(line))
    content = heading + line * n_lines + b"y" * more

    found = kept(Kind.TEXT, content + BSN.encode() + b"\n").getvalue()

    assert found.endswith(MASK.encode() + b"\n")
    assert BSN[1:].encode() not in found


def test_text_that_is_none_is_refused_where_it_is_wrong() -> None:
    with pytest.raises(NotATable) as refused:
        kept(Kind.TEXT, b"a\nb\n\0\n")

    assert (refused.value.trouble, refused.value.line) == (Trouble.UNKNOWN, 3)


def book(fill: Any) -> bytes:
    made, content = openpyxl.Workbook(), io.BytesIO()
    made.active.append(["tekst", "nummer"])
    fill(made.active)
    made.save(content)
    return content.getvalue()


def as_number(page: Any) -> None:
    page.append(["Zie hiernaast", int(BSN)])
    page["B2"].number_format = "000 000 000"


def as_long_number(page: Any) -> None:
    page.append(["Zie hiernaast", float(BSN)])


def in_pieces(page: Any) -> None:
    thick = TextBlock(InlineFont(b=True), BSN[4:])
    page.append([CellRichText(BSN[:4], thick), "x"])


def unread(page: Any) -> None:
    page.append(["Zie elders", "x"])
    page["A2"].comment = Comment(BSN, BSN)
    page.parent.properties.title = BSN
    page.parent.create_sheet(BSN).append([BSN])
    page.column_dimensions["C"].hidden = True


@pytest.mark.parametrize("written", WRITTEN)
def test_in_a_sheet_it_is_masked_as_it_is_written(written: str) -> None:
    content = book(lambda page: page.append([f"Ik ben {written}.", written]))

    assert cells(Kind.SHEET, content) == [(f"Ik ben {MASK}.", MASK)]


@pytest.mark.parametrize(
    ("fill", "row"),
    [
        (as_number, ("Zie hiernaast", MASK)),
        (as_long_number, ("Zie hiernaast", MASK)),
        (in_pieces, (MASK, "x")),
        (unread, ("Zie elders", "x")),
    ],
)
def test_in_a_sheet_it_is_masked_wherever_it_stands(
    fill: Any, row: tuple[str, str]
) -> None:
    content = book(fill)
    parts = zipfile.ZipFile(io.BytesIO(content))
    pieces = [BSN.encode(), BSN[4:].encode()]
    assert any(p in parts.read(name) for name in parts.namelist() for p in pieces)

    assert cells(Kind.SHEET, content) == [row]
    found = kept(Kind.SHEET, content).getvalue()
    assert not found.startswith(b"PK")
    assert not any(each in found for each in pieces)


def mail(text: str, cte: str = "8bit", subtype: str = "plain") -> bytes:
    made = EmailMessage()
    made["From"] = f"Els {BSN} <els@voorbeeld.test>"
    made["Subject"] = f"Over mij: {BSN} ë"
    made.set_content(text, subtype=subtype, cte=cte, charset="utf-8")
    made.add_attachment(f"En {BSN}".encode(), "text", "plain", filename=f"{BSN}.txt")
    made.add_attachment(BSN.encode(), "image", "png", filename="b.png")
    return bytes(made)


def of_mail(content: bytes, kind: Kind = Kind.MAIL) -> tuple[str, ...]:
    found = kept(kind, content).getvalue()
    for each in (BSN, "222333", "=31", b64encode(BSN.encode()).decode()):
        assert each.encode() not in found
    return cells(kind, content)[0]


@pytest.mark.parametrize("cte", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize("written", WRITTEN)
def test_in_a_mail_it_is_masked_however_it_is_encoded(cte: str, written: str) -> None:
    content = mail(f"{'Reünie ' * 20}{written}, zei ik.", cte)
    mailbox = BEGIN + content

    for row in (of_mail(content), of_mail(mailbox, Kind.MAILBOX)):
        assert row[1:4] == (f"Els {MASK}", "els@voorbeeld.test", f"Over mij: {MASK} ë")
        assert row[4].endswith(f" {MASK}, zei ik.")


def test_in_a_page_it_is_masked() -> None:
    content = mail("<p>Ik ben 111&nbsp;<b>222</b>&#160;333.</p>", "base64", "html")

    assert of_mail(content)[4] == f"Ik ben {MASK}."


@pytest.mark.parametrize(
    "hidden",
    [
        b64encode(f"Mijn nummer is {BSN}.".encode()),
        b64encode(f"{'Lang verhaal. ' * 9}Mijn nummer is {BSN}.".encode()),
        b64encode(BSN.encode("utf-16")),
        b"Subject =?utf-8?B?" + b64encode(f"Nr {BSN}".encode()) + b"?=",
        b"Mijn nummer is 111=\n222333.",
        b"".join(f"={ord(digit):X}".encode() for digit in BSN),
        b"111&nbsp;222&nbsp;333",
        b"111\xa0222\xa0333",
    ],
)
def test_in_a_mail_that_cannot_be_read_it_is_masked(hidden: bytes) -> None:
    wrapped = b"\n".join(hidden[n : n + 76] for n in range(0, len(hidden), 76))
    content = BEGIN + b" zonder kop\n\n" + wrapped + b"\n"

    row = of_mail(content, Kind.MAILBOX)

    assert MASK in row[4]
    assert "zonder kop" in row[4]


def test_in_a_mail_whose_encoding_is_broken_it_is_masked() -> None:
    head = b"Subject: x\nContent-Transfer-Encoding: %s\n\n"
    hidden = b64encode(f"Nr {BSN}".encode())

    assert of_mail(head % b"base63" + hidden)[4] == f"Nr {MASK}"


def test_other_words_of_a_mail_that_cannot_be_read_stay_as_they_are() -> None:
    words = "Rolstoelaanvraag en tegemoetkoming: 1=2, een&twee, ja &amp; nee."
    content = BEGIN + f" zonder kop\n\n{words}\n".encode()

    assert cells(Kind.MAILBOX, content)[0][4].endswith(words)


def test_all_else_of_a_sheet_is_kept() -> None:
    content = book(lambda page: [page.append(["a", 1, "te veel"]), page.append(["é"])])

    came = open_table(Kind.SHEET, io.BytesIO(content))
    read = open_kept(Form.ROWS, kept(Kind.SHEET, content), "")
    found = survey(Form.ROWS, kept(Kind.SHEET, content))

    assert (read.headings, [*read.rows]) == (came.headings, [*came.rows])
    assert (found.n_rows, found.samples) == (2, [("é", "")])
    assert found.notes == {"faults": 1, "sheets": 1, "sheet": 1}


def test_all_else_of_a_mailbox_is_kept() -> None:
    strange = b"Subject: a\nContent-Type: text/plain; charset=unicode_escape\n\n"
    content = b"".join(
        BEGIN + rest + b"\n\n"
        for rest in (b" zonder kop\n\nwoorden", strange + b"half \\ud800\xe9")
    )

    came = [*open_table(Kind.MAILBOX, io.BytesIO(content)).rows]
    read = [*open_kept(Form.ROWS, kept(Kind.MAILBOX, content), "").rows]

    assert read == came
    assert [row.fault for row in read] == [Fault.MESSAGE, None]
    assert survey(Form.ROWS, kept(Kind.MAILBOX, content)).notes["faults"] == 1
