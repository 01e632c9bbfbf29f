"""Text of unknown encoding as lines, one at a time.

Each line is read as UTF-8 where it can be, else in the older encoding of the file: so a
file to which two programs wrote is read whole. A line in an older encoding is almost
never good UTF-8 by chance: its letters would have to stand in pairs such as "Ã©".

Source: the byte tables of Windows-1252, Windows-1254, Mac OS Roman and DOS 850 as the
Unicode Consortium keeps them; which letters count is ours, for Dutch.
"""

from __future__ import annotations

import codecs
import io
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from achterban.rules.deidentify import mask_bsn
from achterban.rules.tables.table import NotATable, Trouble

UTF_8, UTF_16 = "utf-8", "utf-16"
OLDER = ("cp1252", "cp1254", "mac_roman", "cp850")
ENCODINGS = (UTF_8, UTF_16, *OLDER)
PIECE = 256 << 10  # bytes that are read at a time
HEAD = 1 << 20  # bytes by which the encoding is known
LONGEST = 1 << 20  # bytes of one line: five times the longest telling
UNREADABLE = "\ufffd"

_BOMS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# é ë è ï ö ü ó á and their capitals, as each encoding writes them; no signs.
_LETTERS = {
    "cp1252": frozenset(range(0xC0, 0x100)) - {0xD7, 0xF7},
    "mac_roman": frozenset({0x8E, 0x8F, 0x9A, 0x9F, 0x87, 0x88, 0x90, 0x83}),
    "cp850": frozenset({0x81, 0x82, 0x89, 0x8A, 0x8B, 0x84, 0xA0, 0xA2}),
}
# Ğ İ Ş ğ ı ş: in Windows-1252 Icelandic letters, which no Dutch file has.
_TURKISH = frozenset({0xD0, 0xDD, 0xDE, 0xF0, 0xFD, 0xFE})


def guess_encoding(source: BinaryIO) -> str:
    """Return in which encoding a text is written; ``utf-8`` for plain ASCII too.

    Args:
        source: read from its start; what was read is looked at again by who reads on.
    """
    source.seek(0)
    head = source.read(HEAD)
    source.seek(0)
    if head.startswith(_BOMS_16) or _is_wide(head):
        return UTF_16
    lines = head.splitlines()
    if len(head) == HEAD:
        lines = lines[:-1]  # it may be cut in a letter
    odd = Counter(byte for line in lines if not _is_utf_8(line) for byte in line)
    if not odd:
        return UTF_8
    if any(odd[byte] for byte in _TURKISH):
        return "cp1254"
    return max(_LETTERS, key=lambda name: sum(odd[byte] for byte in _LETTERS[name]))


def read_lines(source: BinaryIO, encoding: str) -> Iterator[str]:
    """Yield the lines with their ends, as text; what is no letter is U+FFFD.

    Args:
        source: read from its start.
        encoding: one of ``ENCODINGS``; where it is an older one, lines in UTF-8 are
            read as such all the same.

    Raises:
        NotATable: a line of more than a megabyte, or bytes that are no text.
    """
    source.seek(0)
    if encoding == UTF_16:
        yield from _read_wide(source)
        return
    for n, line in enumerate(_read_narrow(source)):
        yield _decode(line if n else line.removeprefix(codecs.BOM_UTF8), encoding)


def masked_lines(source: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a text without citizen service numbers, encoded as they were.

    Whichever of ``ENCODINGS`` they are read in afterwards, there is none in them: what
    stands between its groups has another byte in each. No other byte changes.

    Raises:
        NotATable: a line of more than a megabyte, or bytes that are no text.
    """
    if guess_encoding(source) == UTF_16:
        yield codecs.BOM_UTF16_LE
        for text in _read_wide(source):
            yield mask_bsn(text).text.encode("utf-16-le")
        return
    for line in _read_narrow(source):
        yield _masked(line)


def _masked(line: bytes) -> bytes:
    try:
        return mask_bsn(line.decode()).text.encode()
    except UnicodeDecodeError:
        pass
    for encoding in OLDER:
        text = line.decode(encoding, "surrogateescape")
        line = mask_bsn(text).text.encode(encoding, "surrogateescape")
    return line


def _read_narrow(source: BinaryIO) -> Iterator[bytes]:
    for n, line in enumerate(_split(source), 1):
        if b"\0" in line:
            raise NotATable(Trouble.UNKNOWN, n)
        yield line


def _decode(line: bytes, encoding: str) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode(encoding, errors="replace")


def _read_wide(source: BinaryIO) -> Iterator[str]:
    head = source.read(PIECE)
    source.seek(0)
    name = UTF_16 if head.startswith(_BOMS_16) else "utf-16-le"
    text = io.TextIOWrapper(source, name, errors="replace", newline="")
    try:
        n = 0
        while line := text.readline(LONGEST):
            n += 1
            if len(line) == LONGEST:
                raise NotATable(Trouble.BROKEN, n)
            yield line
    finally:
        text.detach()


def _split(source: BinaryIO) -> Iterator[bytes]:
    n, rest = 0, b""
    while piece := source.read(PIECE):
        *whole, rest = (rest + piece).splitlines(keepends=True)
        if rest.endswith(b"\n"):
            whole, rest = [*whole, rest], b""
        yield from whole
        n += len(whole)
        if len(rest) > LONGEST:
            raise NotATable(Trouble.BROKEN, n + 1)
    if rest:
        yield rest


def _is_wide(head: bytes) -> bool:
    """Return whether every other byte is empty, as in UTF-16 without a mark."""
    sample = head[:2000]
    return len(sample) > 3 and sample[1::2].count(0) > 0.8 * len(sample[1::2])


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
