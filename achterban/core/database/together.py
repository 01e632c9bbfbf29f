"""Several threads, one commit: who waits for the disk takes the others along.

SQLite lets one writer in at a time, and each commit waits for the disk. While one
thread commits, the next ones write down what they want to store; whoever is first
then stores it all in one transaction. Nobody returns before their own is on disk.
PostgreSQL does the same by itself.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection, transaction

T = TypeVar("T")


class _Wish(Generic[T]):
    """What one thread wants to store, and what became of it."""

    def __init__(self, store: Callable[[], T]) -> None:
        self.store = store
        self.is_done = False
        self.error: BaseException | None = None
        self.outcome: T | None = None

    def finish(self, outcome: T | None, error: BaseException | None) -> None:
        self.outcome, self.error, self.is_done = outcome, error, True


_wishes: deque[_Wish[object]] = deque()
_turn = threading.Lock()


def commit_together(store: Callable[[], T]) -> T:
    """Run ``store`` in a transaction, perhaps with those of other threads.

    Args:
        store: writes rows and returns something. It may run in another thread, and
            once more when somebody else's wish failed, so it only builds on what it
            is given.

    Raises:
        Exception: whatever ``store`` or its commit raises; nothing is stored then.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            return store()
    wish: _Wish[T] = _Wish(store)
    _wishes.append(wish)  # type: ignore[arg-type]
    with _turn:
        if not wish.is_done:
            _fulfil([_wishes.popleft() for _ in range(len(_wishes))])
    if wish.error is not None:
        raise wish.error
    return wish.outcome  # type: ignore[return-value]


def _fulfil(wishes: list[_Wish[object]]) -> None:
    try:
        with transaction.atomic():
            outcomes = [wish.store() for wish in wishes]
    except BaseException as error:  # noqa: BLE001 - each hears of their own
        if len(wishes) == 1:
            wishes[0].finish(None, error)
        else:
            for wish in wishes:
                _fulfil([wish])
    else:
        for wish, outcome in zip(wishes, outcomes, strict=True):
            wish.finish(outcome, None)
