"""Which kind of file this is, by its first bytes and its name."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import BinaryIO

from achterban.rules.tables.lines import guess_encoding
from achterban.rules.tables.mails import read_mail, read_mailbox
from achterban.rules.tables.separated import read_separated
from achterban.rules.tables.sheets import read_sheet
from achterban.rules.tables.table import NotATable, Table, Trouble

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_OTHER = re.compile(  # PDF, pictures, sound, gzip, 7z: nothing with rows
    rb"%PDF|\x89PNG|\xff\xd8\xff|GIF8|RIFF|\x1f\x8b|7z\xbc\xaf|Rar!|ID3|OggS"
)
_MAIL = re.compile(
    rb"(?:return-path|received|delivered-to|from|date|subject|mime-version|message-id|"
    rb"to|x-[\w-]+|authentication-results|dkim-signature|arc-seal):",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What can be read."""

    TEXT = "csv"
    SHEET = "xlsx"
    MAIL = "eml"
    MAILBOX = "mbox"


def recognise(head: bytes, name: str) -> Kind:
    """Return what a file is; its bytes go before its name.

    Args:
        head: its first bytes; 4096 are enough.
        name: as somebody calls it.

    Raises:
        NotATable: it is something else.
    """
    if not head.strip():
        raise NotATable(Trouble.EMPTY)
    if head.startswith(b"\xd0\xcf\x11\xe0"):  # .xls, and .xlsx under a password
        raise NotATable(Trouble.OLD_OFFICE)
    if head.startswith(b"PK"):
        return Kind.SHEET
    if _OTHER.match(head):
        raise NotATable(Trouble.UNKNOWN)
    extension = name.lower().rpartition(".")[2]
    if head.startswith(b"From ") and (extension != "csv"):
        return Kind.MAILBOX
    if extension == "eml" or (extension not in {"csv", "txt"} and _MAIL.match(head)):
        return Kind.MAIL
    if b"\0" in head and not head.startswith(_WIDE) and b"\0" not in head[1::2][:1]:
        raise NotATable(Trouble.UNKNOWN)
    return Kind.TEXT


def open_table(kind: Kind, source: BinaryIO, encoding: str = "") -> Table:
    """Return a file as a table.

    Args:
        kind: what it is.
        source: its bytes; can seek.
        encoding: of text, one of ``ENCODINGS``; empty to guess it.

    Raises:
        NotATable: it is none; while rows are read too.
    """
    match kind:
        case Kind.SHEET:
            return read_sheet(source)
        case Kind.MAIL:
            return read_mail(source)
        case Kind.MAILBOX:
            return read_mailbox(source)
        case Kind.TEXT:
            return read_separated(source, encoding or guess_encoding(source))
