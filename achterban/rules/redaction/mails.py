"""A correspondence as text: what was written, by whom and to whom, and nothing else.

Of a mail come along: sender, receivers, day, subject and words, of what is forwarded in
it too. Other headers, what only a mail program shows and what is attached do not. What
cannot be read to the last letter is refused: what nobody can read nobody can check.

Source: RFC 5322, 2045 to 2047 and 2183; a mailbox is that of RFC 4155.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from achterban.rules.tables.mails import text_of_page

DEEPEST = 10  # messages in a message
MOST_MESSAGES = 500
MOST_PARTS = 50_000  # lines that may end a part, of a file
MOST_HEADERS = 1000  # of a message
LONGEST_HEADER = 10_000  # characters: of some two hundred receivers
BETWEEN = "\n\n"
_HEADINGS = (
    ("Van", "From"),
    ("Aan", "To"),
    ("CC", "Cc"),
    ("Onderwerp", "Subject"),
)
_BEGIN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\n")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_LOCKED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_READ = frozenset({"", "7bit", "8bit", "binary", "quoted-printable", "base64"})
_SIGNATURES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
    }
)
# Lost letters, and UTF-8 that was read as something else: "Ã«".
_UNREADABLE = re.compile(
    "[\ufffd\ud800-\udfff]|[\ue000-\uf8ff]{2}|Ã[\x80-¿]|â€"
    r"|(?<=[^\W\d_])[\ue000-\uf8ff]|[\ue000-\uf8ff](?=[^\W\d_])"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Why(StrEnum):
    """Why a correspondence cannot be made safe."""

    NOT_MAIL = "not_mail"
    LOCKED = "locked"
    LETTERS = "letters"  # in an encoding that is broken or unknown
    NESTED = "nested"  # a message in it cannot be opened
    NO_WORDS = "no_words"
    TOO_MUCH = "too_much"


class Unsafe(Exception):
    """It cannot be read whole.

    Attributes:
        why: the page has a sentence for each.
        n: which message it is, from 1.
    """

    def __init__(self, why: Why, n: int = 1) -> None:
        """Keep why, and where."""
        super().__init__(f"{why}: {n}")
        self.why, self.n = why, n


@dataclass
class Correspondence:
    """What was read of a mail or mailbox.

    Attributes:
        text: the messages, one below the other.
        left_out: names of what was attached.
        n: how many messages.
    """

    text: str
    left_out: list[str] = field(default_factory=list)
    n: int = 1


class _Policy(EmailPolicy):
    """Read no header that is so long that it takes minutes."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """Return a header, read."""
        if len(value) > LONGEST_HEADER:
            raise Unsafe(Why.TOO_MUCH)
        return super().header_fetch_parse(name, value)


_POLICY = _Policy()


def is_readable(text: str) -> bool:
    """Return whether no letters got lost: a name without them is not found."""
    return _UNREADABLE.search(text) is None


def read_mails(content: bytes) -> Correspondence:
    """Return the words of a mail, or of each mail in a mailbox.

    Raises:
        Unsafe: it is no mail, or a part of it cannot be read.
    """
    if content.count(b"\n--") > MOST_PARTS:  # the reader takes minutes
        raise Unsafe(Why.TOO_MUCH)
    messages = list(_messages(content))
    if len(messages) > MOST_MESSAGES:
        raise Unsafe(Why.TOO_MUCH)
    left_out: list[str] = []
    texts = []
    for n, raw in enumerate(messages, 1):
        try:
            texts.append(_message(_parsed(raw), left_out, 1))
        except Unsafe as refusal:
            raise Unsafe(refusal.why, n) from refusal
    return Correspondence(BETWEEN.join(texts), left_out, len(texts))


def _messages(content: bytes) -> Iterator[bytes]:
    cuts = [found.span() for found in _BEGIN.finditer(content)]
    if not cuts:
        yield content
        return
    ends = [start for start, _end in cuts[1:]] + [len(content)]
    for (_start, begin), end in zip(cuts, ends, strict=True):
        yield _QUOTED_FROM.sub(rb"\1", content[begin:end])


def _parsed(raw: bytes) -> EmailMessage:
    try:
        message = email.message_from_bytes(raw.lstrip(b"\xef\xbb\xbf"), policy=_POLICY)
        assert isinstance(message, EmailMessage)
        is_mail = bool(message["From"] or message["Subject"])
    except Unsafe:
        raise
    except Exception as error:  # old mail breaks the reader in many ways
        raise Unsafe(Why.LETTERS) from error
    if not is_mail:
        raise Unsafe(Why.NOT_MAIL)
    return message


def _message(message: EmailMessage, left_out: list[str], deep: int) -> str:
    if deep > DEEPEST:
        raise Unsafe(Why.NESTED)
    n_before = len(left_out)
    try:
        head = [*_head(message)]
        body = [words for words in _words(message, left_out, deep) if words]
    except Unsafe:
        raise
    except Exception as error:  # old mail breaks the reader in many ways
        raise Unsafe(Why.LETTERS) from error
    if not body:
        raise Unsafe(Why.NO_WORDS)
    names = left_out[n_before:]
    left = [f"Bijlagen (niet opgenomen): {'; '.join(names)}"] if names else []
    text = "\n".join([*head, *left]) + BETWEEN + BETWEEN.join(body)
    if not is_readable(text):
        raise Unsafe(Why.LETTERS)
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def _head(message: EmailMessage) -> Iterator[str]:
    if len(message) > MOST_HEADERS:
        raise Unsafe(Why.TOO_MUCH)
    for shown, name in _HEADINGS:
        values = [" ".join(str(it).split()) for it in message.get_all(name, [])]
        if any(values):
            yield f"{shown}: {'; '.join(values)}"
        if name == "From" and message["Date"]:
            try:
                sent = parsedate_to_datetime(str(message["Date"]))
                yield f"Datum: {sent:%Y-%m-%d %H:%M}"
            except (TypeError, ValueError):
                continue


def _words(part: Message, left_out: list[str], deep: int) -> Iterator[str]:
    kind = part.get_content_type()
    if kind in _LOCKED or kind == "multipart/encrypted":
        raise Unsafe(Why.LOCKED)
    if kind in _SIGNATURES:
        return
    if kind == "multipart/alternative":
        yield from _best(part, left_out, deep)
    elif part.is_multipart() and kind.startswith("multipart/"):
        for inside in _inside(part):
            yield from _words(inside, left_out, deep)
    elif kind.startswith("message/"):
        yield _nested(part, left_out, deep)
    elif kind in {"text/plain", "text/html"} and not _is_attached(part):
        yield _text(part)
    else:
        left_out.append(part.get_filename() or kind)


def _inside(part: Message) -> Iterator[Message]:
    if isinstance(part, EmailMessage):
        yield from part.iter_parts()


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _best(part: Message, left_out: list[str], deep: int) -> Iterator[str]:
    """Yield the first way to say the same that has words."""
    for inside in _inside(part):
        words = [it for it in _words(inside, left_out, deep) if it]
        if words:
            yield from words
            return


def _nested(part: Message, left_out: list[str], deep: int) -> str:
    content = part.get_payload()
    inner = content[0] if isinstance(content, list) and content else None
    is_whole = part.get_content_type() == "message/rfc822"
    if not (is_whole and isinstance(inner, EmailMessage) and inner["From"]):
        raise Unsafe(Why.NESTED)
    return f"Bijgevoegd bericht:\n{_message(inner, left_out, deep + 1)}"


def _text(part: Message) -> str:
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() not in _READ:
        raise Unsafe(Why.LETTERS)
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes) or part.defects:
        raise Unsafe(Why.LETTERS)
    words = _decoded(raw, part.get_content_charset())
    if "-----BEGIN PGP MESSAGE-----" in words:
        raise Unsafe(Why.LOCKED)
    if part.get_content_subtype() == "html":
        words = text_of_page(words)
    return words.strip()


def _decoded(raw: bytes, charset: str | None) -> str:
    usual = charset in {None, "us-ascii", "iso-8859-1"}  # often said, seldom true
    for name in ("utf-8", "cp1252") if usual else (str(charset),):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unsafe(Why.LETTERS)
