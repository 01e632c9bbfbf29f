"""Writers wait in one queue, in the thread and between processes.

SQLite lets writers poll for its lock, and some of them wait long: the slowest of 400
stored reports took 371 to 751 ms. With one lock around each transaction it takes 38
to 49 ms. The lock is a file beside the database; the system lets go of it when a
process dies.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections import defaultdict
from functools import cache
from typing import Any

from django.db.backends.sqlite3 import base

BEGIN_AGAIN = "PRAGMA wal_checkpoint(RESTART)"
CUT = "PRAGMA wal_checkpoint(TRUNCATE)"
FLOOD_PAGES = 4000  # in the log after one round: some 300 reports

# By file and by process: a fork must not wait for a thread that is not there.
_turns: dict[tuple[str, int], threading.Lock] = defaultdict(threading.Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes its turn before it writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start without a turn."""
        super().__init__(*args, **kwargs)
        self._turn: threading.Lock | None = None
        self._n_pages_before = 0

    def _start_transaction_under_autocommit(self) -> None:
        try:
            self._take_turn()
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        # Where a full disk refuses the commit, the rollback that follows ends the turn.
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def empty_write_ahead_log(self) -> None:
        """Bring all that was written into the database file, if nobody reads just now.

        The log holds rows in the order in which they came; the file does not.
        """
        log = f"{self.settings_dict['NAME']}-wal"
        if not (os.path.exists(log) and os.path.getsize(log)):
            return
        with self.cursor() as cursor:  # most of it, while others write on
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            _busy, n_pages, _moved = cursor.fetchone()
        # In a flood what stands there is overwritten at once, and a file that keeps its
        # size is faster. The first quiet round cuts it.
        is_flood = FLOOD_PAGES < n_pages != self._n_pages_before
        self._n_pages_before = n_pages
        self._take_turn()
        try:
            with self.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout=0")  # writers wait for us
                cursor.execute(BEGIN_AGAIN if is_flood else CUT)
        finally:
            self.close()  # which gives the turn on; the next one is patient again

    def _take_turn(self) -> None:
        name, process = str(self.settings_dict["NAME"]), os.getpid()
        turn = _turns[name, process]
        turn.acquire()
        self._turn = turn
        if not self.is_in_memory_db():
            fcntl.flock(_turn_file(name, process), fcntl.LOCK_EX)

    def _end_turn(self) -> None:
        if self._turn is None:
            return
        turn, self._turn = self._turn, None
        try:
            if not self.is_in_memory_db():
                name = str(self.settings_dict["NAME"])
                fcntl.flock(_turn_file(name, os.getpid()), fcntl.LOCK_UN)
        finally:
            turn.release()


@cache
def _turn_file(name: str, process: int) -> int:
    """Return the open lock file of a database; a fork must open its own."""
    return os.open(f"{name}-turn", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
