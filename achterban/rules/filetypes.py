"""Recognise a file by its first bytes, and refuse one that is not what it says it is.

Only what somebody who tells something needs: a photo, a letter, a voice. Everything
else is refused with a reason. Whether the whole file is sound is found out where it is
made anew (``core/files/cleaner.py``).

Source: the signatures are those of the formats themselves (ISO 10918, PNG and WebP
specifications, ISO/IEC 14496-12 brands, RFC 3533, RFC 8794); ASVS 5.0 5.2.2 asks that
content, extension and declared type agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

HEAD_BYTES = 4096  # of a file, enough for every decision here


class Kind(StrEnum):
    """What a file is to people."""

    PHOTO = "photo"
    DOCUMENT = "document"
    RECORDING = "recording"


class Reason(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    MISMATCH = "mismatch"
    DRAWING = "drawing"
    ARCHIVE = "archive"
    PROGRAM = "program"
    VIDEO = "video"
    OLD_OFFICE = "old_office"
    MACRO = "macro"
    PAGE = "page"
    # found out while it is made anew
    BROKEN = "broken"
    LOCKED = "locked"
    TOO_MUCH = "too_much"
    VIRUS = "virus"
    PICTURES = "pictures"  # of words, where words were asked for
    HIDDEN = "hidden"  # words that nobody sees
    LETTERS = "letters"  # which nobody can read


class NotAccepted(ValueError):
    """This file cannot be taken.

    Attributes:
        reason: why; the page has a sentence for each.
    """

    def __init__(self, reason: Reason) -> None:
        """Keep why."""
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class FileType:
    """A format that is taken.

    Attributes:
        name: short name, also that of its way to be made anew.
        kind: what it is to people.
        extensions: in small letters, without the dot.
        declared: what a browser may say that it is.
    """

    name: str
    kind: Kind
    extensions: frozenset[str]
    declared: frozenset[str]


def _type(name: str, kind: Kind, extensions: str, declared: str) -> FileType:
    return FileType(
        name, kind, frozenset(extensions.split()), frozenset(declared.split())
    )


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    each.name: each
    for each in (
        _type("jpeg", Kind.PHOTO, "jpg jpeg jpe jfif", "image/jpeg image/pjpeg"),
        _type("png", Kind.PHOTO, "png", "image/png image/x-png"),
        _type("gif", Kind.PHOTO, "gif", "image/gif"),
        _type("webp", Kind.PHOTO, "webp", "image/webp"),
        _type("tiff", Kind.PHOTO, "tif tiff", "image/tiff"),
        _type(
            "heif",
            Kind.PHOTO,
            "heic heif hif",
            "image/heic image/heif image/heic-sequence image/heif-sequence",
        ),
        _type("avif", Kind.PHOTO, "avif", "image/avif"),
        _type("pdf", Kind.DOCUMENT, "pdf", "application/pdf application/x-pdf"),
        _type("text", Kind.DOCUMENT, "txt text", "text/plain"),
        _type("docx", Kind.DOCUMENT, "docx", f"{_WORD} application/zip"),
        _type(
            "odt",
            Kind.DOCUMENT,
            "odt",
            "application/vnd.oasis.opendocument.text application/zip",
        ),
        _type("webm", Kind.RECORDING, "webm weba", "audio/webm video/webm"),
        _type("ogg", Kind.RECORDING, "ogg oga opus", "audio/ogg audio/opus video/ogg"),
        _type("mp3", Kind.RECORDING, "mp3", "audio/mpeg audio/mp3"),
        _type(
            "mp4",
            Kind.RECORDING,
            "m4a mp4 3gp 3gpp",
            "audio/mp4 audio/x-m4a audio/m4a audio/aac video/mp4 audio/3gpp video/3gpp",
        ),
        _type("aac", Kind.RECORDING, "aac", "audio/aac audio/aacp audio/x-aac"),
        _type("wav", Kind.RECORDING, "wav", "audio/wav audio/x-wav audio/wave"),
        _type("amr", Kind.RECORDING, "amr", "audio/amr audio/amr-wb"),
        _type("flac", Kind.RECORDING, "flac", "audio/flac audio/x-flac"),
    )
}
SAYS_NOTHING = frozenset({"", "application/octet-stream"})

_SIGNATURES: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), name)
    for pattern, name in (
        (rb"\xff\xd8\xff", "jpeg"),
        (rb"\x89PNG\r\n\x1a\n", "png"),
        (rb"GIF8[79]a", "gif"),
        (rb"RIFF....WEBP", "webp"),
        (rb"RIFF....WAVE", "wav"),
        (rb"II\*\0|MM\0\*", "tiff"),
        (rb"....ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1)", "heif"),
        (rb"....ftyp(?:avif|avis)", "avif"),
        (rb"....ftyp(?:M4A |M4B |mp4[12]|isom|iso[2-9]|dash|3g[pg].)", "mp4"),
        (rb"%PDF-\d", "pdf"),
        (rb"\x1a\x45\xdf\xa3", "webm"),
        (rb"OggS", "ogg"),
        (rb"ID3|\xff[\xfa\xfb\xf2\xf3]", "mp3"),
        (rb"\xff[\xf0\xf1\xf8\xf9]", "aac"),
        (rb"#!AMR", "amr"),
        (rb"fLaC", "flac"),
    )
)
_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_REFUSED: tuple[tuple[re.Pattern[bytes], Reason], ...] = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), reason)
    for pattern, reason in (
        (rb"\s*(?:<\?xml.*)?<svg|\s*<!doctype svg", Reason.DRAWING),
        (rb".{0,3}\s*<(?:!doctype html|html|head|body|script)", Reason.PAGE),
        (rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe", Reason.PROGRAM),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Reason.OLD_OFFICE),
        (rb"Rar!|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh|\xfd7zXZ", Reason.ARCHIVE),
        (rb"....ftyp(?:qt  |M4V |avc1)|RIFF....AVI |....moov", Reason.VIDEO),
    )
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_IN_ZIP = {"docx": "docx", "odt": "odt"}
_WITH_MACROS = {"docm", "dotm", "xlsm", "pptm"}
_VIDEO_NAMES = {"mov", "avi", "mkv", "m4v", "wmv", "mpg", "mpeg"}


def recognise(head: bytes, name: str, declared: str = "") -> FileType:
    """Return what a file is, when its content, name and declared type agree.

    Args:
        head: its first bytes, ``HEAD_BYTES`` or all of them.
        name: as it came; only what is behind the last dot counts.
        declared: what the browser said that it is; may be empty.

    Raises:
        NotAccepted: it is something that is not taken, or not what it says it is.
    """
    if not head:
        raise NotAccepted(Reason.EMPTY)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    found = _by_content(head, extension)
    declared = declared.partition(";")[0].strip().lower()
    if extension not in found.extensions and (extension or declared in SAYS_NOTHING):
        raise NotAccepted(Reason.MISMATCH)
    if declared not in SAYS_NOTHING and declared not in found.declared:
        raise NotAccepted(Reason.MISMATCH)
    return found


def _by_content(head: bytes, extension: str) -> FileType:
    if extension in _VIDEO_NAMES:
        raise NotAccepted(Reason.VIDEO)
    for pattern, name in _SIGNATURES:
        if pattern.match(head):
            return TYPES[name]
    if _ZIP.match(head):
        return _in_zip(extension)
    for pattern, reason in _REFUSED:
        if pattern.match(head):
            raise NotAccepted(reason)
    is_text = b"\0" not in head or head.startswith(_UTF_16)
    if extension in TYPES["text"].extensions and is_text:
        return TYPES["text"]
    raise NotAccepted(Reason.MISMATCH if _is_ours(extension) else Reason.UNKNOWN)


def _in_zip(extension: str) -> FileType:
    if extension in _WITH_MACROS:
        raise NotAccepted(Reason.MACRO)
    if extension in _IN_ZIP:
        return TYPES[_IN_ZIP[extension]]
    raise NotAccepted(Reason.MISMATCH if _is_ours(extension) else Reason.ARCHIVE)


def _is_ours(extension: str) -> bool:
    return any(extension in each.extensions for each in TYPES.values())
