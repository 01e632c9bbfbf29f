"""Mail as a table: one message (.eml) or a whole folder (.mbox), one at a time.

Signatures and quoted replies stay in: a person looks the words through. Attachments go
out as they pass by, so that a mail of 40 MB takes no more memory than its words.

Source: RFC 5322 and MIME (RFC 2045-2047); RFC 4155 for mbox, with the ``>From`` of
mboxrd undone.
"""

from __future__ import annotations

import email
import html
import quopri
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Iterator
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from functools import lru_cache
from html.parser import HTMLParser
from typing import BinaryIO

from achterban.rules.deidentify import mask_bsn
from achterban.rules.tables.lines import HEAD
from achterban.rules.tables.table import Fault, NotATable, Row, Table, Trouble

HEADINGS = ["Datum", "Naam", "E-mail", "Onderwerp", "Tekst"]
MOST_BYTES = 8 << 20  # of one message without its attachments
MOST_ENCODED = 1 << 20  # bytes of base64 in a row that are kept: a text is shorter
# A header is read each time that it is asked for; that took half of all the time.
POLICY = default.clone(header_factory=lru_cache(256)(HeaderRegistry()))
MOST_SHOWN = 200_000  # characters of a message that cannot be read
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}\r?\n?$")
_ENCODED = re.compile(r"[A-Za-z0-9+/]{11,}(?:=?\r?\n[A-Za-z0-9+/]+)*={0,2}")
_QUOTED_FROM = re.compile(rb">+From ")
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]*\S|From ", re.ASCII)


def read_mail(source: BinaryIO) -> Table:
    """Return one message as a table of one row.

    Raises:
        NotATable: these bytes do not begin like a mail.
    """
    source.seek(0)
    return _as_table(_one_message(source), source)


def read_mailbox(source: BinaryIO) -> Table:
    """Return a folder of mail as a table, a row for each message.

    The line of a row is the line of the file on which its message begins.

    Raises:
        NotATable: these bytes do not begin like a mailbox.
    """
    return _as_table(_messages(source), source)


def _as_table(messages: Iterable[tuple[int, _Kept]], source: BinaryIO) -> Table:
    source.seek(0)
    head = source.readline(HEAD)
    source.seek(0)
    if not head.strip():
        raise NotATable(Trouble.EMPTY)
    if b"\0" in head or not _HEADER.match(head.lstrip(b"\xef\xbb\xbf")):
        raise NotATable(Trouble.UNKNOWN, 1)
    notes: Counter[str] = Counter()
    rows = (_row(n, kept, notes) for n, kept in messages)
    return Table(list(HEADINGS), rows, notes)


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Yield lines; one of more than a megabyte in pieces."""
    return iter(lambda: source.readline(HEAD), b"")


def _one_message(source: BinaryIO) -> Iterator[tuple[int, _Kept]]:
    kept = _Kept()
    for line in _lines(source):
        kept.add(line)
    yield 1, kept


def _messages(source: BinaryIO) -> Iterator[tuple[int, _Kept]]:
    """Yield each message of a mailbox with the number of its first line."""
    kept, begun, is_after_empty = _Kept(), 1, True
    for n, line in enumerate(_lines(source), 1):
        if line.startswith(b"From ") and is_after_empty:
            if kept.lines:
                yield begun, kept
            kept, begun = _Kept(), n
        else:
            kept.add(line[1:] if _QUOTED_FROM.match(line) else line)
        is_after_empty = line in {b"\n", b"\r\n"}
    if kept.lines:
        yield begun, kept


class _Kept:
    """The lines of a message but for what is certainly an attachment."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self._n_encoded = self._n_bytes = 0

    def add(self, line: bytes) -> None:
        """Keep a line, unless there is too much already."""
        is_encoded = len(line) > 40 and _BASE64.match(line) is not None
        self._n_encoded = self._n_encoded + len(line) if is_encoded else 0
        if self._n_encoded > MOST_ENCODED or self._n_bytes > MOST_BYTES:
            return
        self._n_bytes += len(line)
        self.lines.append(line)

    @property
    def is_cut(self) -> bool:
        """Return whether more was left out than attachments."""
        return self._n_bytes > MOST_BYTES


def _row(n: int, kept: _Kept, notes: Counter[str]) -> Row:
    raw = b"".join(kept.lines)
    try:
        message = email.message_from_bytes(raw, policy=POLICY)
        cells = _cells(message, notes)
    except Exception:  # noqa: BLE001 - old mail breaks the reader in many ways
        return _unread(n, raw, Fault.MESSAGE)
    if not message.keys() or not any(cells):
        return _unread(n, raw, Fault.MESSAGE)
    return Row(n, cells, Fault.LARGE if kept.is_cut else None)


def _unread(n: int, raw: bytes, fault: Fault) -> Row:
    text = _legible(_as_text(raw)[:MOST_SHOWN].replace("\0", ""))
    return Row(n, ("", "", "", "", text.strip()), fault)


def _legible(text: str) -> str:
    """Return a text with what is still encoded in it decoded, where it is a number."""
    for decode in (_from_base64, _from_quoted, html.unescape):
        decoded = decode(text)
        if decoded != text and _n_numbers(decoded) > _n_numbers(text):
            text = decoded
    return text


def _n_numbers(text: str) -> int:
    return mask_bsn(text).n_masked


def _from_quoted(text: str) -> str:
    return quopri.decodestring(text.encode(errors="replace")).decode(errors="replace")


def _from_base64(text: str) -> str:
    return _ENCODED.sub(lambda match: _decoded_letters(match.group()), text)


def _decoded_letters(encoded: str) -> str:
    """Return what letters stand for, from where a number comes out; else themselves."""
    letters = re.sub(r"[=\s]", "", encoded)
    for start in range(4):
        n = len(letters) - start
        part = letters[start : start + n - (n % 4 == 1)]
        raw = b64decode(part + "=" * (-len(part) % 4)).replace(b"\0", b"")
        if _n_numbers(decoded := _as_text(raw)):
            return decoded
    return encoded


def _cells(message: EmailMessage, notes: Counter[str]) -> tuple[str, ...]:
    name, address = parseaddr(str(message.get("From", "")))
    attachments = list(_attachments(message))
    notes["attachments"] += len(attachments)
    subject = " ".join(str(message.get("Subject", "")).split())
    return _day(message), name, address, subject, _words(message)


def _day(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError):
        return ""


def _attachments(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        is_text = part.get_content_maintype() in {"text", "multipart", "message"}
        if part.get_content_disposition() == "attachment" or not is_text:
            yield part


def _words(message: EmailMessage) -> str:
    """Return the text of a message: plain where there is any, else made of HTML."""
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    assert isinstance(body, EmailMessage)
    text = _legible(_decoded(body))
    if body.get_content_subtype() == "html":
        text = text_of_page(text)
    return text.replace("\r\n", "\n").replace("\0", "").strip()


def _decoded(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    try:
        return _as_text(raw, part.get_content_charset("cp1252"))
    except LookupError:  # an encoding that nobody knows
        return _as_text(raw)


def _as_text(raw: bytes, encoding: str = "cp1252") -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(encoding, errors="replace")


class _Page(HTMLParser):
    """Collect the words of a page, a line for each block."""

    BLOCKS = frozenset(
        {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote", "table", "ul"}
    )
    SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._n_silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._n_silent += tag in self.SILENT
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._n_silent = max(0, self._n_silent - (tag in self.SILENT))
        if tag in self.BLOCKS - {"br"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._n_silent:
            self.parts.append(re.sub(r"\s+", " ", data))


_REMARK = re.compile(r"<!--.*?(?:--\s*>|\Z)", re.DOTALL)


def text_of_page(page: str) -> str:
    """Return the words of HTML, a line for each block, without what is not shown."""
    reader = _Page()
    reader.feed(_REMARK.sub("", page))  # the parser takes minutes for many
    reader.close()
    lines = "".join(reader.parts).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()
