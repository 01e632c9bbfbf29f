"""Mail, good and broken."""

from __future__ import annotations

import io
import tracemalloc
from email.message import EmailMessage

import pytest

from achterban.rules.tables import Fault, Kind, NotATable, Row, Trouble, open_table
from achterban.rules.tables.mails import text_of_page


def message(text: str, subject: str = "Wachttijd", **rest: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = rest.get("sender", "Els Visser <els@voorbeeld.test>")
    mail["Date"] = "Mon, 2 Mar 2026 14:05:00 +0100"
    mail["Subject"] = subject
    mail.set_content(text, charset=rest.get("charset", "utf-8"))
    return mail


def one(content: bytes) -> Row:
    return next(iter(open_table(Kind.MAIL, io.BytesIO(content)).rows))


def box(*mails: bytes) -> bytes:
    return b"".join(
        b"From els@voorbeeld.test Mon Mar  2 14:05:00 2026\n" + mail + b"\n"
        for mail in mails
    )


def test_a_mail_is_a_row() -> None:
    row = one(bytes(message("Ik wacht al een jaar.\n\n-- \nEls")))

    assert row.cells == (
        "2026-03-02",
        "Els Visser",
        "els@voorbeeld.test",
        "Wachttijd",
        "Ik wacht al een jaar.\n\n-- \nEls",
    )


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Doğruyu söylüyorum, ışık yok: bekliyorum.", "iso-8859-9"),
        ("Doğruyu söylüyorum, ışık yok: bekliyorum.", "utf-8"),
        ("Eén coördinator: à € 12", "cp1252"),
    ],
)
def test_letters_of_every_language_are_read(text: str, charset: str) -> None:
    assert one(bytes(message(text, text, charset=charset))).cells[3:] == (text, text)


def test_a_page_becomes_words() -> None:
    mail = message("x")
    mail.set_content("<p>Een &amp; twee</p><ul><li>drie</ul>", subtype="html")

    assert one(bytes(mail)).cells[4] == "Een & twee\n\ndrie"
    assert text_of_page("<style>p{}</style><p>a<br>b</p>c<script>d</script>") == (
        "a\nb\nc"
    )


def test_an_attachment_is_left_out_and_counted() -> None:
    mail = message("Zie bijlage.")
    mail.add_attachment(b"x" * 1000, "image", "png", filename="els.png")
    table = open_table(Kind.MAIL, io.BytesIO(bytes(mail)))

    assert [row.cells[4] for row in table.rows] == ["Zie bijlage."]
    assert table.notes["attachments"] == 1


@pytest.mark.slow
@pytest.mark.once
def test_a_large_mail_is_read_in_little_memory() -> None:
    mail = message("Zie bijlage.")
    mail.add_attachment(b"\x01\x02\x03" * 19, "image", "png", filename="e.png")
    line = b"AQID" * 19 + b"\n"  # those bytes as base64
    content = io.BytesIO(bytes(mail).replace(line, (b"AQID" * 240 + b"\n") * 15_000))
    assert len(content.getvalue()) > 13 << 20
    tracemalloc.start()
    try:
        row = next(iter(open_table(Kind.MAIL, content).rows))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert (row.cells[4], row.fault) == ("Zie bijlage.", None)
    assert peak < 12 << 20  # of any size


def test_a_mailbox_is_a_row_a_message() -> None:
    quoted = b"Subject: b\nFrom: a@b.test\n\n>From here on.\n"
    content = box(bytes(message("een")), quoted, bytes(message("drie")))

    rows = list(open_table(Kind.MAILBOX, io.BytesIO(content)).rows)

    assert [row.cells[4] for row in rows] == ["een", "From here on.", "drie"]
    assert content.split(b"\n")[rows[2].line - 1].startswith(b"From els@")


def test_a_broken_message_in_the_middle_costs_only_itself() -> None:
    content = box(
        bytes(message("een")),
        b"\xff\xfe\x00garbage\n without a header\n",
        b"Content-Type: text/plain; charset=onzin-9\nFrom: x\n\ntoch gelezen\n",
        bytes(message("drie")),
    )

    rows = list(open_table(Kind.MAILBOX, io.BytesIO(content)).rows)

    assert [row.fault for row in rows] == [None, Fault.MESSAGE, None, None]
    assert "without a header" in rows[1].cells[4]
    assert rows[2].cells[4] == "toch gelezen"
    assert rows[3].cells[4] == "drie"


def test_what_does_not_begin_like_a_mail_is_refused() -> None:
    with pytest.raises(NotATable) as refused:
        open_table(Kind.MAIL, io.BytesIO(b"zomaar wat tekst\n"))
    assert refused.value.trouble is Trouble.UNKNOWN
