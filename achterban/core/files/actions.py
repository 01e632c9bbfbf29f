"""Take a file in: recognise it, scan it, make it anew, store it sealed."""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from achterban.core.database.rows import Ready, ready
from achterban.core.files import cleaner
from achterban.core.files.models import Block, StoredFile
from achterban.core.files.reading import BLOCK_BYTES
from achterban.core.files.scanner import Verdict, scan
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.keyring import seal
from achterban.core.vault.models import DataKey
from achterban.rules.deidentify import mask_bsn
from achterban.rules.filetypes import (
    HEAD_BYTES,
    Kind,
    NotAccepted,
    Reason,
    recognise,
)
from achterban.rules.redaction import Correspondence, Unsafe, Why

PATIENCE = 60.0  # seconds for one file
LOGO_TYPES = {"png", "jpeg", "webp"}
MOST_LOGO_BYTES = 2 << 20
WHOLE_WAYS = {"pdf": "pdf_whole", "docx": "docx_whole"}
PART = 3000  # characters of a text without pages that are shown together
# A photo of 50 million pixels takes 250 MB while it is drawn: one at a time. One more
# may wait; the other threads of the process are for people who tell something.
_turn = threading.Lock()
_line = threading.BoundedSemaphore(2)
log = logging.getLogger(__name__)


class TooBusy(Exception):
    """Other files are being made anew; nothing was stored."""


@dataclass(frozen=True)
class Taken:
    """A file that was made anew, not stored yet.

    Attributes:
        kind: what it is to people.
        extension: of the new file.
        content: its bytes.
        is_scanned: whether a virus scanner saw the original.
    """

    kind: Kind
    extension: str
    content: bytes
    is_scanned: bool


def take_in(upload: UploadedFile[Any]) -> Taken:
    """Return a file that came in, made anew.

    Raises:
        NotAccepted: it is not taken, with the reason.
        TooBusy: too many come at once.
    """
    content = upload.read()
    found = recognise(
        content[:HEAD_BYTES], upload.name or "", upload.content_type or ""
    )
    verdict = scan(content)
    if verdict is Verdict.INFECTED:
        raise NotAccepted(Reason.VIRUS)
    extension, fresh = _made_anew(found.name, content)
    if extension == "txt":
        fresh = mask_bsn(fresh.decode()).text.encode()
    if not fresh:
        raise NotAccepted(Reason.EMPTY)
    return Taken(found.kind, extension, fresh, verdict is Verdict.CLEAN)


@dataclass(frozen=True)
class Read:
    """The words of a document, of which the file itself is not kept.

    Attributes:
        pages: the words of each page, or of each part where it has no pages.
        has_pages: whether these are pages of the document itself.
        checksum: SHA-256 of the file as it came, in hexadecimals.
    """

    pages: list[str]
    has_pages: bool
    checksum: str


def take_words(upload: UploadedFile[Any], *, whole: bool = False) -> Read:
    """Return the words of a PDF, a Word or OpenDocument text, or plain text.

    Citizen service numbers are masked, as everywhere.

    Args:
        upload: what came.
        whole: whether it is refused when a person reads more in it than we do, or
            less: a page that is a picture, words under a bar.

    Raises:
        NotAccepted: it is not taken, with the reason; ``EMPTY`` where it has no words,
            as a scan.
        TooBusy: too many come at once.
    """
    content = upload.read()
    found = recognise(
        content[:HEAD_BYTES], upload.name or "", upload.content_type or ""
    )
    if found.kind is not Kind.DOCUMENT:
        raise NotAccepted(Reason.UNKNOWN)
    if scan(content) is Verdict.INFECTED:
        raise NotAccepted(Reason.VIRUS)
    has_pages = found.name == "pdf"
    way = "pdf_words" if has_pages else found.name
    if whole:
        way = WHOLE_WAYS.get(found.name, way)
    _extension, fresh = _made_anew(way, content)
    words = mask_bsn(fresh.decode()).text
    pages = words.split(cleaner.PAGE_END)[:-1] if has_pages else in_parts(words)
    if not any(page.strip() for page in pages):
        raise NotAccepted(Reason.EMPTY)
    return Read(pages, has_pages, hashlib.sha256(content).hexdigest())


MAILS = ("eml", "mbox")


def is_mail(upload: UploadedFile[Any]) -> bool:
    """Return whether a file calls itself a mail, or a mailbox."""
    return (upload.name or "").rpartition(".")[2].lower() in MAILS


def take_mails(upload: UploadedFile[Any]) -> Read:
    """Return the words of a mail or mailbox, with who wrote to whom.

    Raises:
        NotAccepted: a virus scanner warns, or it takes too long to read.
        TooBusy: too many files come at once.
        Unsafe: a part of it cannot be read.
    """
    content = upload.read()
    if scan(content) is Verdict.INFECTED:
        raise NotAccepted(Reason.VIRUS)
    words = mask_bsn(read_mails_apart(content).text).text
    return Read(in_parts(words), False, hashlib.sha256(content).hexdigest())


def read_mails_apart(content: bytes) -> Correspondence:
    """Return what ``read_mails`` does, read by a process with little memory and time.

    A mailbox of 50 MB takes more than a gigabyte while it is read.

    Raises:
        NotAccepted: it takes too much.
        TooBusy: too many files come at once.
        Unsafe: a part of it cannot be read.
    """
    _extension, fresh = _made_anew("mails", content)
    found = json.loads(fresh)
    if "why" in found:
        raise Unsafe(Why(found["why"]), found["n"])
    return Correspondence(**found)


def in_parts(words: str) -> list[str]:
    """Return a text in parts of some ``PART`` characters, cut between its lines."""
    parts: list[str] = []
    for line in words.splitlines(keepends=True):
        for start in range(0, len(line), PART):  # a line may be a whole book
            piece = line[start : start + PART]
            if parts and len(parts[-1]) + len(piece) <= PART:
                parts[-1] += piece
            else:
                parts.append(piece)
    return parts


def take_logo(upload: UploadedFile[Any]) -> bytes:
    """Return the logo of an organisation, drawn anew as a small PNG.

    Raises:
        NotAccepted: it is no PNG, JPEG or WebP, or larger than 2 MB.
        TooBusy: too many files come at once.
    """
    content = upload.read()
    if len(content) > MOST_LOGO_BYTES:
        raise NotAccepted(Reason.TOO_MUCH)
    found = recognise(
        content[:HEAD_BYTES], upload.name or "", upload.content_type or ""
    )
    if found.name not in LOGO_TYPES:
        raise NotAccepted(Reason.UNKNOWN)
    return _made_anew("logo", content)[1]


def _made_anew(way: str, content: bytes) -> tuple[str, bytes]:
    if not _line.acquire(blocking=False):
        raise TooBusy
    try:
        with _turn:
            done = _run_cleaner(way, content)
    finally:
        _line.release()
    if done.returncode == cleaner.REFUSED:
        raise NotAccepted(Reason(done.stderr.decode()))
    if done.returncode:  # out of time or memory, or the decoder fell over
        log.error("a %s ended its cleaner: %d", way, done.returncode)
        raise NotAccepted(Reason.BROKEN)
    extension, _, fresh = done.stdout.partition(b"\n")
    return extension.decode(), fresh


def _run_cleaner(way: str, content: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - our own script, a name from our table
            [sys.executable, "-I", Path(cleaner.__file__), way],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotAccepted(Reason.TOO_MUCH) from error


def ready_file(taken: Taken) -> tuple[StoredFile, list[Ready]]:
    """Prepare the rows of a file, for a transaction that must be short.

    Returns:
        The file, and its key, itself and its blocks, in the order to insert them.
    """
    file, rows = _ready_empty(
        taken.kind, taken.extension, len(taken.content), is_scanned=taken.is_scanned
    )
    pieces = (
        taken.content[start : start + BLOCK_BYTES]
        for start in range(0, file.n_bytes, BLOCK_BYTES)
    )
    return file, [*rows, *(_block(file, n, piece) for n, piece in enumerate(pieces))]


def begin_table(extension: str, n_bytes: int) -> tuple[StoredFile, list[Ready]]:
    """Prepare the rows of a file that is read here and never given out.

    No scanner saw it, and nobody can fetch it.

    Args:
        extension: one of ``TABLES``.
        n_bytes: of all that ``add_blocks`` will bring.
    """
    return _ready_empty(Kind.DOCUMENT, extension, n_bytes, is_scanned=False)


def add_blocks(file: StoredFile, pieces: Iterable[bytes]) -> None:
    """Store the content of a file, each block in a transaction of its own.

    Args:
        file: stored, without blocks.
        pieces: of ``BLOCK_BYTES`` each, but for the last.
    """
    for n, piece in enumerate(pieces):
        _block(file, n, piece).insert()


def _ready_empty(
    kind: Kind, extension: str, n_bytes: int, *, is_scanned: bool
) -> tuple[StoredFile, list[Ready]]:
    key = DataKey.fresh()
    file = StoredFile(
        id=key.pk,
        key=key,
        kind=kind.value,
        extension=extension,
        n_bytes=n_bytes,
        is_scanned=is_scanned,
    )
    return file, [ready(key), ready(file)]


def _block(file: StoredFile, n: int, piece: bytes) -> Ready:
    sealed = seal(file.key.open(), piece, context=file.context(n))
    return ready(Block(file=file, n=n, sealed=sealed))


@receiver("vault.destroyed")
def remove_file(payload: dict[str, int], row_id: int) -> None:
    """Remove a file whose key was destroyed."""
    StoredFile.objects.filter(pk=payload["key"]).delete()
