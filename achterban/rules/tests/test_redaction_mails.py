"""A mail is read to the last letter, or refused with the reason."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from achterban.rules.redaction import Unsafe, Why, read_mails


def mail(words: str = "Dag allen,\n\ntot dinsdag.", **more: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Zoë Leeuwenhorst <zoe@voorbeeld.test>"
    message["To"] = "Beleid <beleid@voorbeeld.test>"
    message["Date"] = "Wed, 10 Feb 2021 15:40:00 +0100"
    message["Subject"] = "Overleg"
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message


def why(content: bytes) -> tuple[Why, int]:
    with pytest.raises(Unsafe) as refusal:
        read_mails(content)
    return refusal.value.why, refusal.value.n


def test_a_mail_is_its_head_and_words_and_no_other_header() -> None:
    read = read_mails(bytes(mail(X_Originating_IP="203.0.113.9", Bcc="x@y.test")))

    assert read.text == (
        "Van: Zoë Leeuwenhorst <zoe@voorbeeld.test>\n"
        "Datum: 2021-02-10 15:40\n"
        "Aan: Beleid <beleid@voorbeeld.test>\n"
        "Onderwerp: Overleg\n\n"
        "Dag allen,\n\ntot dinsdag."
    )


def test_what_is_attached_is_named_and_left_out() -> None:
    message = mail()
    message.add_attachment(b"geheim", maintype="image", subtype="png", filename="a.png")

    read = read_mails(bytes(message))

    assert read.left_out == ["a.png"]
    assert "Bijlagen (niet opgenomen): a.png" in read.text
    assert "geheim" not in read.text


def test_of_two_ways_to_say_the_same_one_is_read() -> None:
    message = mail("")
    message.add_alternative("<p>Tot <b>dins</b>dag</p>", subtype="html")

    assert read_mails(bytes(message)).text.endswith("\n\nTot dinsdag")


def test_a_forwarded_message_comes_along() -> None:
    message = mail()
    message.add_attachment(mail("Van vorige week."))

    read = read_mails(bytes(message))

    assert read.text.count("Onderwerp: Overleg") == 2
    assert read.text.endswith("Van vorige week.")


def test_a_mailbox_is_its_messages_in_order() -> None:
    box = b"".join(
        b"From x Wed Feb 10 15:40:00 2021\n" + bytes(mail(words)) + b"\n"
        for words in ("Eerst.\n>From nu", "Dan.")
    )

    read = read_mails(box)

    assert read.n == 2
    assert read.text.index("From nu") < read.text.index("Dan.")


def _picture() -> bytes:
    message = mail("")
    message.add_alternative('<img src="cid:a">', subtype="html")
    return bytes(message)


def _locked() -> bytes:
    message = mail()
    message.replace_header("Content-Type", "application/pkcs7-mime")
    return bytes(message)


def _with_part(kind: str, content: bytes) -> bytes:
    head = b"From: a@b.test\nSubject: x\nMIME-Version: 1.0\n"
    parts = b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nDag\n--b\n'
    return head + parts + f"Content-Type: {kind}\n\n".encode() + content + b"\n--b--\n"


def _head(more: str, body: bytes) -> bytes:
    return f"From: a@b.test\nSubject: x\n{more}\n\n".encode() + body


TEXT, CODE = "Content-Type: text/plain; charset=", "Content-Transfer-Encoding: "
UNSAFE = {
    "nothing": (b"", Why.NOT_MAIL),
    "no mail": (b"zomaar tekst\n", Why.NOT_MAIL),
    "a picture of words": (_picture(), Why.NO_WORDS),
    "a locked mail": (_locked(), Why.LOCKED),
    "a locked text": (bytes(mail("-----BEGIN PGP MESSAGE-----\nx")), Why.LOCKED),
    "an unknown encoding": (
        _head("Content-Type: text/plain; charset=x-y", b"a"),
        Why.LETTERS,
    ),
    "a broken encoding": (_head(f"{TEXT}utf-8", b"Zo\xeb kwam"), Why.LETTERS),
    "letters lost before": (bytes(mail("Zo\ufffd kwam")), Why.LETTERS),
    "an unknown code": (
        _head(f"{CODE}x-uuencode", b"a"),
        Why.LETTERS,
    ),
    "broken base64": (_head(f"{CODE}base64", b"a*b"), Why.LETTERS),
    "an empty message in it": (_with_part("message/rfc822", b""), Why.NESTED),
    "a part of a message": (_with_part("message/partial; id=a", b"x"), Why.NESTED),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_what_cannot_be_read_whole_is_refused(case: str) -> None:
    content, reason = UNSAFE[case]

    assert why(content) == (reason, 1)


def test_the_message_that_cannot_be_read_is_named() -> None:
    box = b"From x\n" + bytes(mail()) + b"\nFrom x\n" + _picture() + b"\n"

    assert why(box) == (Why.NO_WORDS, 2)


def test_messages_in_messages_have_an_end() -> None:
    message = mail("diep")
    for _n in range(11):
        outer = mail()
        outer.add_attachment(message)
        message = outer

    assert why(bytes(message))[0] is Why.NESTED


def test_more_messages_than_can_be_looked_through_are_refused() -> None:
    assert why(b"\n\nFrom x\n".join([b"a"] * 502))[0] is Why.TOO_MUCH


@pytest.mark.parametrize("name", ["To", "Content-Type", "Subject"])
def test_a_header_that_takes_minutes_to_read_is_refused(name: str) -> None:
    content = b"From: a@b.test\n%s: %s\n\nDag" % (name.encode(), b'"' * 100_000)

    assert why(content) == (Why.TOO_MUCH, 1)


@pytest.mark.wide
@pytest.mark.parametrize(
    "inside",
    [
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"From: " + b"(" * 9000 + b"\n\n",
        b"From: " + b"a:b@c;" * 1000 + b"\n\n",
    ],
)
def test_a_mail_that_breaks_the_reader_is_refused(inside: bytes) -> None:
    assert why(b"Subject: Overleg\n" + inside)[0] in (Why.LETTERS, Why.NESTED)


@pytest.mark.parametrize("more", [b"\n" + b"--b\n\nx\n" * 60_000, b"To: y\n" * 20_000])
def test_more_parts_or_headers_than_any_mail_has_are_refused(more: bytes) -> None:
    begin = b"From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n"

    assert why(begin + more + b"\nDag") == (Why.TOO_MUCH, 1)


def test_a_remark_in_a_page_that_has_no_end_is_read_at_once() -> None:
    page = "<p>Dag</p><!-- een --><p>allen</p>" + "<!--" * 100_000
    message = mail()
    message.set_content(page, subtype="html")

    text = read_mails(bytes(message)).text
    assert text.endswith("Dag\n\nallen")
