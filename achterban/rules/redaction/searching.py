"""Search what was made for what was taken out, in every corner of the file.

A search cannot prove that somebody is unknown: who is known by what happened to them
has no words to look for. It proves that the words are gone.
"""

from __future__ import annotations

import base64
import binascii
import html
import io
import quopri
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from achterban.rules.redaction.matching import (
    LONGEST_GAP,
    Needle,
    Text,
    needles_of,
    squeezed,
)
from achterban.rules.redaction.removing import Decision
from achterban.rules.tables.mails import text_of_page

AROUND = 30  # characters on each side of what was found
MOST_UNPACKED = 50 << 20  # bytes of one part
DEEPEST = 3  # files in a file
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}(?:\r?\n[A-Za-z0-9+/_-]{4,})*={0,2}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}\s?){6,}")
_QUOTED = re.compile(r"=(?:[0-9A-F]{2}|\r?\n)")
_TAG = re.compile(r"<[^<>]*>")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ODD = re.compile(r"[^ -~À-ſ\r\n\t’“”–]")
MOST_ODD = 0.1  # share of other signs than usual ones in what was decoded
APART = "\n" * (LONGEST_GAP + 1)  # no name is pieced together over this


class Where(StrEnum):
    """In which corner of a file."""

    TEXT = "text"
    AROUND = "around"  # title, author, subject
    CODED = "coded"  # base64 and the like in the text
    INSIDE = "inside"  # what no reader shows


class Surplus(StrEnum):
    """What a file that was made anew never has."""

    REVISION = "revision"
    LAYER = "layer"
    ATTACHMENT = "attachment"
    PICTURE = "picture"
    SCRIPT = "script"
    REMARK = "remark"


@dataclass(frozen=True)
class Part:
    """Words of a file, from one of its corners."""

    where: Where
    words: str


@dataclass(frozen=True)
class Trace:
    """Something that still tells of what was taken out.

    Attributes:
        words: as they stand there.
        of: what was taken out.
        where: in which corner.
        around: the same among its neighbours.
        is_whole: whether all of it stands there, not a part of a name.
    """

    words: str
    of: str
    where: Where
    around: str
    is_whole: bool


def traces(parts: Iterable[Part], decisions: Iterable[Decision]) -> list[Trace]:
    """Return where something that was taken out can still be found, once each.

    What somebody decided to leave ("Bos" in "Bos en Lommer") is no trace.

    Args:
        parts: of a text or a file (``parts_of``).
        decisions: what went out, and what stays.
    """
    known = list(decisions)
    stays = {it.key for it in known if it.ground is None}
    wanted = [
        (it.words, needle)
        for it in known
        if it.ground is not None
        for needle in needles_of(it.words)
    ]
    wanted.sort(key=lambda it: (not it[1].is_whole, -len(it[1].letters)))
    found: dict[tuple[str, Where], Trace] = {}
    for part in parts:
        for trace in _in_part(part, wanted):
            if not trace.is_whole and squeezed(trace.words) in stays:
                continue
            found.setdefault((trace.words.casefold(), trace.where), trace)
    return list(found.values())


def _in_part(part: Part, wanted: list[tuple[str, Needle]]) -> Iterator[Trace]:
    yield from _in_words(part.words, part.where, wanted)
    decoded = APART.join(dict.fromkeys(uncoded(part.words)))
    yield from _in_words(decoded, Where.CODED, wanted)


def _in_words(
    words: str, where: Where, wanted: list[tuple[str, Needle]]
) -> Iterator[Trace]:
    text, known = Text(words), bytearray(len(words))
    for of, needle in wanted:
        for start, end in text.places(needle):
            if all(known[start:end]):
                continue  # a part of a name that was found whole
            known[start:end] = b"\1" * (end - start)
            around = _around(words, start, end)
            yield Trace(words[start:end], of, where, around, needle.is_whole)


def _around(words: str, start: int, end: int) -> str:
    """Return a piece among whole words of the same line."""
    before = words[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = words[end : end + AROUND].partition("\n")[0]
    if len(before) == AROUND:
        before = f"… {before.partition(' ')[2]}"
    if len(after) == AROUND:
        after = f"{after.rpartition(' ')[0]} …"
    return f"{before}{words[start:end]}{after}".strip()


def uncoded(words: str) -> Iterator[str]:
    """Yield what stands in a text in a code that a program reads.

    Base64 (from each of its four beginnings), quoted-printable, hexadecimals, what a
    web page and a web address write otherwise; one in the other twice.
    """
    yield from _uncoded(words, 2)


def _uncoded(words: str, deep: int) -> Iterator[str]:
    for decode in _CODES:
        for decoded in decode(words):
            if decoded != words:
                yield decoded
                if deep > 1:
                    yield from _uncoded(decoded, deep - 1)


def _from_base64(words: str) -> Iterator[str]:
    for run in _BASE64.finditer(words):
        bare = re.sub(r"\s|=", "", run.group()).translate(_URL_SAFE)
        for skip in range(4):
            piece = bare[skip:]
            piece = piece[: len(piece) - (len(piece) % 4 == 1)]
            try:
                content = base64.b64decode(piece + "=" * (-len(piece) % 4))
            except binascii.Error:
                continue
            yield from _readable(content)


_URL_SAFE = str.maketrans("-_", "+/")


def _from_hex(words: str) -> Iterator[str]:
    for run in _HEX.finditer(words):
        yield from _readable(bytes.fromhex("".join(run.group().split())))


def _from_quoted(words: str) -> Iterator[str]:
    if _QUOTED.search(words):
        yield from _readable(quopri.decodestring(words.encode(errors="replace")))


def _from_page(words: str) -> Iterator[str]:
    if "&" in words:
        yield html.unescape(words)


def _from_address(words: str) -> Iterator[str]:
    if "%" in words:
        yield unquote(words)


_CODES: tuple[Callable[[str], Iterator[str]], ...] = (
    _from_base64,
    _from_hex,
    _from_quoted,
    _from_page,
    _from_address,
)


def _readable(content: bytes) -> Iterator[str]:
    """Yield bytes as text in each encoding in which it is one."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252"):
        words = content.decode(encoding, errors="replace").strip("\ufeff\0")
        n_odd = len(_ODD.findall(words))
        if len(words) >= SHORTEST and n_odd <= MOST_ODD * len(words):
            yield words


SHORTEST = 3  # letters of what was decoded


def parts_of(content: bytes, form: str) -> list[Part]:
    """Return all words of a file, from each of its corners.

    Args:
        content: the file.
        form: ``pdf``, ``docx``, ``html``, ``txt`` or ``eml``.

    Raises:
        ValueError: a form that is not searched.
    """
    if form not in _OPEN:
        raise ValueError(form)
    return [*_OPEN[form](content), *_raw(content)]


def _raw(content: bytes) -> Iterator[Part]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield Part(Where.INSIDE, content.decode(encoding, errors="ignore"))


def _of_text(content: bytes) -> Iterator[Part]:
    yield Part(Where.TEXT, content.decode(errors="replace"))


def _of_page(content: bytes) -> Iterator[Part]:
    page = content.decode(errors="replace")
    yield Part(Where.TEXT, text_of_page(page))
    yield Part(Where.INSIDE, _TAG.sub("", page))


def _of_docx(content: bytes, deep: int = DEEPEST) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(content)) as parcel:
        for entry in parcel.infolist():
            yield Part(Where.INSIDE, entry.filename)
            with parcel.open(entry) as member:
                inside = member.read(MOST_UNPACKED)
            where = Where.TEXT if "document.xml" in entry.filename else Where.INSIDE
            if inside.startswith(b"PK") and deep > 1:
                yield from _of_docx(inside, deep - 1)
            else:
                yield from _of_xml(inside, where)


def _of_xml(content: bytes, where: Where) -> Iterator[Part]:
    for raw in _raw(content):
        words = re.sub(r"</w:p>|</p>", "\n", raw.words)
        yield Part(where, html.unescape(_TAG.sub("", words)))
        yield raw


def _of_pdf(content: bytes) -> Iterator[Part]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    for value in document.get_metadata_dict().values():
        yield Part(Where.AROUND, value)
    for item in document.get_toc():
        yield Part(Where.AROUND, item.get_title())
    whole = []
    for n in range(len(document)):
        page = document[n]
        whole.append(page.get_textpage().get_text_range().replace("\r\n", "\n"))
        page.close()
    document.close()
    yield Part(Where.TEXT, "\n".join(whole))  # a name may run on over the page
    for inside in _streams(content):
        yield from _raw(inside)


def _streams(content: bytes) -> Iterator[bytes]:
    for stream in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(stream[1], MOST_UNPACKED)
        except zlib.error:
            continue


_OPEN: dict[str, Callable[[bytes], Iterator[Part]]] = {
    "pdf": _of_pdf,
    "docx": _of_docx,
    "html": _of_page,
    "txt": _of_text,
    "eml": _of_text,
}

_NEVER: dict[Surplus, re.Pattern[bytes]] = {
    Surplus.LAYER: re.compile(rb"/OCProperties|/OCG\b"),
    Surplus.ATTACHMENT: re.compile(rb"/EmbeddedFile|/Filespec"),
    Surplus.PICTURE: re.compile(rb"/Subtype\s*/Image"),
    Surplus.SCRIPT: re.compile(rb"/JavaScript|/JS\b|/Launch"),
    Surplus.REMARK: re.compile(rb"/Subtype\s*/(?:Text|FreeText|Popup|Redact)"),
}


def surplus(content: bytes) -> list[Surplus]:
    """Return what a PDF holds that one made anew never does; it may hide words."""
    whole = b"\n".join([content, *_streams(content)])
    found = [what for what, pattern in _NEVER.items() if pattern.search(whole)]
    if content.count(b"startxref") != 1:
        found.append(Surplus.REVISION)
    return found
