"""A file as it is kept: made anew, in sealed blocks, under a key of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from django.db import models

from achterban.core.database.fields import RandomKey
from achterban.core.vault.keyring import unseal
from achterban.core.vault.models import DataKey
from achterban.rules.filetypes import Kind

BLOCK_BYTES = 256 << 10  # of the file in each block but the last
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "webm": "audio/webm",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    # Made here, and never taken in.
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}
TABLES = ("csv", "xlsx", "eml", "mbox")  # read here, and never given out


class StoredFile(models.Model):
    """What somebody sent. Its name is not kept: it may say who they are."""

    id = RandomKey()
    # Its key has the same number, so that it is found without an index of its own.
    key = models.ForeignKey(
        DataKey, models.DO_NOTHING, db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    extension = models.CharField(
        max_length=5, choices=[(name, name) for name in (*MEDIA_TYPES, *TABLES)]
    )
    n_bytes = models.PositiveIntegerField()
    is_scanned = models.BooleanField()

    class Privacy:
        """What is in it is in the blocks, sealed."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "key", "kind", "extension", "n_bytes", "is_scanned"})

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def media_type(self) -> str:
        """Return what a browser is told that it is."""
        return MEDIA_TYPES[self.extension]

    def open_bytes(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield the content, a block at a time.

        Args:
            start: first byte, from 0.
            stop: the byte after the last one; None for the end.

        Raises:
            DoesNotExist: of its key, or a block: it was destroyed in the meantime.
        """
        stop = self.n_bytes if stop is None else min(stop, self.n_bytes)
        numbers = range(start // BLOCK_BYTES, -(-stop // BLOCK_BYTES))
        for n in numbers:
            sealed = self.blocks.values_list("sealed", flat=True).get(n=n)
            offset = n * BLOCK_BYTES
            key = DataKey.objects.get(pk=self.key_id)  # each time: it may be destroyed
            content = unseal(key.open(), bytes(sealed), context=self.context(n))
            yield content[max(start - offset, 0) : stop - offset]

    def reader(self) -> BinaryIO:
        """Return the content to read from any place; in memory is a block of it."""
        return io.BufferedReader(_Reader(self), BLOCK_BYTES)  # type: ignore[type-var]

    def context(self, n: int) -> bytes:
        """Return what binds a block to its place."""
        return f"files.block:{self.pk}:{n}:{self.n_bytes}".encode()


class _Reader(io.RawIOBase):
    """The bytes of a file, opened a block at a time."""

    def __init__(self, file: StoredFile) -> None:
        self._file, self._at = file, 0
        self._opened: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.n_bytes}
        self._at = max(0, start[whence] + offset)
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        n, offset = divmod(self._at, BLOCK_BYTES)
        if self._at >= self._file.n_bytes:
            return 0
        if self._opened[0] != n:
            start = n * BLOCK_BYTES
            block = b"".join(self._file.open_bytes(start, start + BLOCK_BYTES))
            self._opened = n, block
        part = self._opened[1][offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)


class Block(models.Model):
    """A piece of a file, in order."""

    id = RandomKey()
    file = models.ForeignKey(
        StoredFile, models.CASCADE, related_name="blocks", db_index=False
    )
    n = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Privacy:
        """Sealed."""

        personal = frozenset({"sealed"})
        neutral = frozenset({"id", "file", "n"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "n"], name="block_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.file_id}, {self.n}"
