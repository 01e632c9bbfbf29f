"""Read from any place what is opened a block at a time."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

BLOCK_BYTES = 256 << 10  # in each block but the last


def block_reader(n_bytes: int, open_block: Callable[[int], bytes]) -> BinaryIO:
    """Return content to read from any place; in memory is a block of it.

    Args:
        n_bytes: of all of it.
        open_block: returns the n-th block, from 0.
    """
    reader = _Reader(n_bytes, open_block)
    return io.BufferedReader(reader, BLOCK_BYTES)  # type: ignore[type-var]


class _Reader(io.RawIOBase):
    """The bytes of all blocks, opened one at a time."""

    def __init__(self, n_bytes: int, open_block: Callable[[int], bytes]) -> None:
        self._n_bytes, self._open_block, self._at = n_bytes, open_block, 0
        self._opened: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._n_bytes}
        self._at = max(0, start[whence] + offset)
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        n, offset = divmod(self._at, BLOCK_BYTES)
        if self._at >= self._n_bytes:
            return 0
        if self._opened[0] != n:
            self._opened = n, self._open_block(n)
        part = self._opened[1][offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)
