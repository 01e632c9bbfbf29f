"""A file as it is kept: made anew, in sealed blocks, under a key of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.db import models

from achterban.core.database.fields import RandomKey
from achterban.core.files.reading import BLOCK_BYTES, block_reader
from achterban.core.vault.keyring import unseal
from achterban.core.vault.models import DataKey
from achterban.rules.filetypes import Kind

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
TABLES = ("lines", "rows")  # read here, and never given out
AS_THEY_CAME = ("csv", "xlsx", "eml", "mbox")  # so version 0.1.0 kept them


class StoredFile(models.Model):
    """What somebody sent. Its name is not kept: it may say who they are."""

    id = RandomKey()
    # Its key has the same number, so that it is found without an index of its own.
    key = models.ForeignKey(
        DataKey, models.DO_NOTHING, db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    extension = models.CharField(
        max_length=5,
        choices=[(name, name) for name in (*MEDIA_TYPES, *TABLES, *AS_THEY_CAME)],
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

        def open_block(n: int) -> bytes:
            return b"".join(self.open_bytes(n * BLOCK_BYTES, (n + 1) * BLOCK_BYTES))

        return block_reader(self.n_bytes, open_block)

    def context(self, n: int) -> bytes:
        """Return what binds a block to its place."""
        return f"files.block:{self.pk}:{n}:{self.n_bytes}".encode()


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
