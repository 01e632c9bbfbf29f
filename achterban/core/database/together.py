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
            _fulfil_all()
    if wish.error is not None:
        raise wish.error
    return wish.outcome  # type: ignore[return-value]


def _fulfil_all() -> None:
    """Store what everybody wished for until the turn of this process came."""
    wishes: list[_Wish[object]] = []
    outcomes: list[object] = []
    try:
        with transaction.atomic():
            while _wishes:
                wishes.append(_wishes.popleft())
                outcomes.append(wishes[-1].store())
    except BaseException:  # noqa: BLE001 - whose it is shows when each goes alone
        while _wishes:
            wishes.append(_wishes.popleft())
        for wish in wishes:
            _fulfil(wish)
    else:
        for wish, outcome in zip(wishes, outcomes, strict=True):
            wish.finish(outcome, None)


def _fulfil(wish: _Wish[object]) -> None:
    try:
        with transaction.atomic():
            outcome = wish.store()
    except BaseException as error:  # noqa: BLE001 - each hears of their own
        wish.finish(None, error)
    else:
        wish.finish(outcome, None)
