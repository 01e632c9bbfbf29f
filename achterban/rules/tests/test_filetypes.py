"""Content, name and declared type agree, or the file is refused with a reason."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.filetypes import TYPES, NotAccepted, Reason, recognise

JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
HEIC = b"\0\0\0\x1cftypheic\0\0\0\0mif1heic"
AVIF = b"\0\0\0\x20ftypavif\0\0\0\0avifmif1"
M4A = b"\0\0\0\x20ftypM4A \0\0\0\0M4A isom"
SAFARI = b"\0\0\0\x20ftypiso5\0\0\0\0iso5"
QUICKTIME = b"\0\0\0\x14ftypqt  \0\0\0\0qt  "
PDF = b"%PDF-1.7\n"
ZIP = b"PK\x03\x04\x14\0\0\0"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WEBM = b"\x1a\x45\xdf\xa3\x01\0\0\0"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="x()">'
OCTETS = "application/octet-stream"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("head", "name", "declared", "expected"),
    [
        (JPEG, "IMG_0001.JPG", "image/jpeg", "jpeg"),
        (JPEG, "foto.jpeg", "", "jpeg"),
        (JPEG, "foto.jfif", "image/pjpeg", "jpeg"),
        (JPEG, "foto", "image/jpeg", "jpeg"),
        (PNG, "schermafdruk.png", "image/png", "png"),
        (b"GIF89a..", "plaatje.gif", "image/gif", "gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "foto.webp", "image/webp", "webp"),
        (b"II*\0....", "scan.TIF", "image/tiff", "tiff"),
        (HEIC, "IMG_0002.HEIC", "image/heic", "heif"),
        (HEIC, "IMG_0002.HEIC", "", "heif"),
        (AVIF, "foto.avif", "image/avif", "avif"),
        (PDF, "besluit uwv.pdf", "application/pdf", "pdf"),
        (PDF, "besluit.def.v2.pdf", OCTETS, "pdf"),
        (b"Geachte heer", "brief.txt", "text/plain; charset=utf-8", "text"),
        (b"\xff\xfeG\0e\0", "brief.txt", "text/plain", "text"),
        (b"<3 bedankt", "brief.txt", "text/plain", "text"),
        (ZIP, "brief.docx", WORD, "docx"),
        (ZIP, "brief.odt", "application/vnd.oasis.opendocument.text", "odt"),
        (WEBM, "opname.webm", "audio/webm;codecs=opus", "webm"),
        (b"OggS\0\x02", "spraak.ogg", "audio/ogg", "ogg"),
        (b"OggS\0\x02", "spraak.opus", "audio/opus", "ogg"),
        (b"ID3\x04\0", "memo.mp3", "audio/mpeg", "mp3"),
        (b"\xff\xfb\x90\0", "memo.mp3", "audio/mp3", "mp3"),
        (M4A, "Nieuwe opname 3.m4a", "audio/x-m4a", "mp4"),
        (SAFARI, "opname.mp4", "audio/mp4", "mp4"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "memo.wav", "audio/wav", "wav"),
        (b"#!AMR\n", "memo.amr", "audio/amr", "amr"),
        (b"fLaC\0\0", "memo.flac", "audio/flac", "flac"),
        (b"\xff\xf1\x50\x80", "memo.aac", "audio/aac", "aac"),
    ],
)
def test_what_people_send_is_recognised(
    head: bytes, name: str, declared: str, expected: str
) -> None:
    assert recognise(head, name, declared) == TYPES[expected]


@pytest.mark.parametrize(
    ("head", "name", "declared", "reason"),
    [
        (b"", "leeg.jpg", "image/jpeg", Reason.EMPTY),
        (ZIP, "foto.jpg", "image/jpeg", Reason.MISMATCH),
        (b"MZ\x90\0", "foto.jpg", "image/jpeg", Reason.PROGRAM),
        (PDF, "foto.jpg", "image/jpeg", Reason.MISMATCH),
        (JPEG, "brief.pdf", "application/pdf", Reason.MISMATCH),
        (JPEG, "foto.jpg", "text/html", Reason.MISMATCH),
        (JPEG, "foto.jpg.html", "image/jpeg", Reason.MISMATCH),
        (JPEG, "foto", "", Reason.MISMATCH),
        (b"\0\0\0\0\0", "foto.jpg", "", Reason.MISMATCH),
        (b" " + PDF, "brief.pdf", "", Reason.MISMATCH),
        (SVG, "logo.svg", "image/svg+xml", Reason.DRAWING),
        (b"<SVG/onload=x>", "foto.png", "image/png", Reason.DRAWING),
        (b"<!DOCTYPE html><script>", "foto.png", "image/png", Reason.PAGE),
        (b"\xef\xbb\xbf <html>", "brief.txt", "text/plain", Reason.PAGE),
        (ZIP, "papieren.zip", "application/zip", Reason.ARCHIVE),
        (b"Rar!\x1a\x07", "papieren.rar", "", Reason.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c", "papieren.7z", "", Reason.ARCHIVE),
        (ZIP, "brief.docm", "", Reason.MACRO),
        (OLE, "brief.doc", "application/msword", Reason.OLD_OFFICE),
        (OLE, "brief.docx", WORD, Reason.OLD_OFFICE),
        (ZIP, "cijfers.xlsx", "", Reason.ARCHIVE),
        (b"MZ\x90\0", "spel.exe", "", Reason.PROGRAM),
        (b"#!/bin/sh", "brief.txt", "text/plain", Reason.PROGRAM),
        (QUICKTIME, "IMG_0003.MOV", "video/quicktime", Reason.VIDEO),
        (QUICKTIME, "filmpje.mp4", "video/mp4", Reason.VIDEO),
        (b"RIFF\x10\0\0\0AVI LIST", "film.avi", "", Reason.VIDEO),
        (b"\0\0\0\0\0", "brief.txt", "text/plain", Reason.MISMATCH),
        (b"\0\0\0\0\0", "iets.bin", "", Reason.UNKNOWN),
        (b"%!PS-Adobe", "brief.ps", "", Reason.UNKNOWN),
    ],
)
def test_what_is_not_what_it_says_is_refused(
    head: bytes, name: str, declared: str, reason: Reason
) -> None:
    with pytest.raises(NotAccepted) as caught:
        recognise(head, name, declared)
    assert caught.value.reason == reason


@given(st.binary(max_size=64), st.text(max_size=12), st.text(max_size=12))
@pytest.mark.wide
def test_whatever_comes_is_taken_or_refused(
    head: bytes, name: str, declared: str
) -> None:
    with suppress(NotAccepted):
        assert recognise(head, name, declared) in TYPES.values()
