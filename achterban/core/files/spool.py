"""What is being uploaded waits on the disk under a key that lives in memory only.

A large file does not fit in memory with several at a time, and Django's own temporary
files are in clear. These have no name either: a crash leaves nothing to find.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from typing import IO, Any, BinaryIO, TypeVar

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from achterban.core.files.reading import BLOCK_BYTES, block_reader

MOST_BYTES = 25 << 20  # of one file: a photo, a scan, an hour of speech
AES_BYTES = 16  # of one step of its counter
MOST_BODY = 60 << 20  # of what is still read to give a clear answer
_V = TypeVar("_V", bound=Callable[..., Any])


def takes_files_of(n_bytes: int) -> Callable[[_V], _V]:
    """Let a page take larger files than 25 MB, of whoever is logged in."""

    def mark(view: _V) -> _V:
        view.most_file_bytes = n_bytes  # type: ignore[attr-defined]
        return view

    return mark


class Spool:
    """Bytes that are written once and then read.

    Attributes:
        n_bytes: how many there are.
    """

    def __init__(self) -> None:
        """Make a file without a name and a key for it."""
        self._file = tempfile.TemporaryFile(dir=settings.DATA)  # noqa: SIM115 - close
        self._key, self.n_bytes = AES256(secrets.token_bytes(32)), 0
        self._encryptor = self._cipher(0).encryptor()

    def write(self, chunk: bytes) -> None:
        """Add bytes."""
        self._file.write(self._encryptor.update(chunk))
        self.n_bytes += len(chunk)

    def read(self) -> bytes:
        """Return all of it."""
        self._file.seek(0)
        return self._cipher(0).decryptor().update(self._file.read())

    def reader(self) -> BinaryIO:
        """Return all of it, to read from any place."""
        return block_reader(self.n_bytes, self._open_block)

    def _open_block(self, n: int) -> bytes:
        self._file.seek(n * BLOCK_BYTES)
        return self._cipher(n).decryptor().update(self._file.read(BLOCK_BYTES))

    def _cipher(self, n: int) -> Cipher[CTR]:
        """Return the cipher as it stands at the start of the n-th block."""
        n_before = n * BLOCK_BYTES // AES_BYTES
        return Cipher(self._key, CTR(n_before.to_bytes(AES_BYTES)))

    def close(self) -> None:
        """Let it go."""
        self._file.close()


class SealedUpload(UploadedFile):  # type: ignore[type-arg]
    """A file that came in; its bytes are in a ``Spool``."""

    def reader(self) -> BinaryIO:
        """Return the content to read from: a large file does not fit in memory."""
        spool: Any = self.file
        assert isinstance(spool, Spool)
        return spool.reader()


class SealedUploadHandler(FileUploadHandler):
    """Put what comes in into a ``Spool``, and stop when it is too much."""

    chunk_size = 64 << 10
    _spool: Spool

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """See how much comes, and how much this page takes."""
        self._most = self._most_bytes()
        self._is_hopeless = content_length > max(MOST_BODY, self._most + (1 << 20))

    def _most_bytes(self) -> int:
        assert self.request is not None
        match = self.request.resolver_match
        most = getattr(match and match.func, "most_file_bytes", MOST_BYTES)
        # Asked here, before any door: whoever is a stranger gets no more than others.
        user = getattr(self.request, "user", None)
        return most if user is not None and user.is_authenticated else MOST_BYTES

    def new_file(self, *args: Any, **rest: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **rest)
        if self._is_hopeless:
            self._stop(connection_reset=True)
        self._spool, self._n_bytes = Spool(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece."""
        self._n_bytes += len(raw_data)
        if self._n_bytes > self._most:
            self._spool.close()
            self._stop(connection_reset=False)
        self._spool.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        """Return the whole file."""
        return SealedUpload(
            file=self._spool,  # type: ignore[arg-type]
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
        )

    def upload_interrupted(self) -> None:
        """Let go of what came in when the line broke."""
        if hasattr(self, "_spool"):
            self._spool.close()

    def _stop(self, *, connection_reset: bool) -> None:
        assert self.request is not None
        self.request.META[TOO_LARGE] = True
        raise StopUpload(connection_reset=connection_reset)


TOO_LARGE = "achterban.too_large"


def is_too_large(request: HttpRequest) -> bool:
    """Return whether a file came along that was too large, and was dropped."""
    return bool(request.POST is not None and request.META.get(TOO_LARGE))
