"""Writers wait for each other, and nobody waits for ever."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper

from achterban.core.database.rows import insert
from achterban.core.database.sqlite import base
from achterban.core.database.tests.disk import together
from achterban.core.outbox.models import OutboxRow

DAY = date(2026, 11, 24)
SECONDS = 2.0
sqlite_only = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL has no queue"
)


def write(kind: str = "a.b", **facts: object) -> OutboxRow:
    """Store a row in a transaction of its own."""
    with transaction.atomic():
        row = OutboxRow(kind=kind, payload={}, due_on=DAY, **facts)
        insert(row)
    return row


def fork(task: Callable[[], object]) -> ForkProcess:
    """Run a function in a fork of this process, without connections, as serve does."""
    connections.close_all()
    child = multiprocessing.get_context("fork").Process(target=task)
    child.start()
    return child


def exit_code_of(child: ForkProcess) -> int | None:
    """Wait for a child; return its exit code, None when it is stuck."""
    child.join(10)
    code = child.exitcode
    child.kill()
    child.join()
    return code


@pytest.mark.slow
@pytest.mark.usefixtures("on_disk")
def test_sixteen_writers_at_once_are_never_told_that_it_is_locked() -> None:
    until = time.monotonic() + SECONDS
    written: list[int] = []

    def one() -> None:
        while time.monotonic() < until:
            written.append(write().pk)
            assert OutboxRow.objects.filter(pk=written[-1]).exists()

    def without_a_transaction() -> None:
        row = write("counts")
        while time.monotonic() < until:
            OutboxRow.objects.filter(pk=row.pk).update(attempts=1)

    assert together(*[one] * 14, *[without_a_transaction] * 2) == []
    stored = OutboxRow.objects.filter(kind="a.b").values_list("pk", flat=True)
    assert set(stored) == set(written)
    assert len(written) > 50


@pytest.mark.usefixtures("on_disk")
def test_the_turn_is_given_on_after_a_commit_that_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(self: BaseDatabaseWrapper) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as full:
        full.setattr(BaseDatabaseWrapper, "_commit", refuse)
        with pytest.raises(OperationalError, match="full"):
            write("lost")
    assert together(write) == []
    assert OutboxRow.objects.get().kind == "a.b"


@pytest.mark.usefixtures("on_disk")
def test_the_turn_is_given_on_after_a_constraint_that_failed() -> None:
    write(dedupe="once")
    with pytest.raises(IntegrityError):
        write(dedupe="once")
    assert together(write) == []


@sqlite_only
@pytest.mark.usefixtures("on_disk")
def test_the_turn_is_given_on_when_the_lock_file_cannot_be_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(name: str, process: int) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(base, "_turn_file", refuse)
        with pytest.raises(OSError, match="No space"):
            write()
    assert together(write) == []
    write()
    assert OutboxRow.objects.count() == 2


@sqlite_only
@pytest.mark.usefixtures("on_disk")
def test_a_connection_that_closes_gives_its_turn_on() -> None:
    def leave_in_the_middle() -> None:
        connection.set_autocommit(
            False, force_begin_transaction_with_broken_autocommit=True
        )
        connection.close()

    assert together(leave_in_the_middle) == []
    assert together(write) == []


@sqlite_only
@pytest.mark.wide
@pytest.mark.usefixtures("on_disk")
def test_a_fork_writes_after_its_parent_did() -> None:
    write("from.parent")
    assert exit_code_of(fork(partial(write, "from.child"))) == 0
    assert set(OutboxRow.objects.values_list("kind", flat=True)) == {
        "from.parent",
        "from.child",
    }


@sqlite_only
@pytest.mark.slow
@pytest.mark.usefixtures("on_disk")
def test_a_fork_is_not_held_up_by_a_thread_that_did_not_come_along() -> None:
    write()
    turn = base._turns[str(connection.settings_dict["NAME"]), os.getpid()]
    with turn:
        assert exit_code_of(fork(write)) == 0


@sqlite_only
@pytest.mark.wide
@pytest.mark.usefixtures("on_disk")
def test_a_process_waits_for_the_transaction_of_another_and_no_longer() -> None:
    begun = multiprocessing.get_context("fork").Event()

    def write_once_begun() -> None:
        begun.wait()
        write("from.child")

    child = fork(write_once_begun)
    with transaction.atomic():
        insert(OutboxRow(kind="from.parent", payload={}, due_on=DAY))
        begun.set()
        child.join(0.5)
        assert child.is_alive(), "two wrote at once"
    assert exit_code_of(child) == 0


@sqlite_only
@pytest.mark.wide
@pytest.mark.usefixtures("on_disk")
def test_the_system_gives_on_the_turn_of_a_process_that_died() -> None:
    def die() -> None:
        with transaction.atomic():
            os._exit(9)

    assert exit_code_of(fork(die)) == 9
    assert together(write) == []


@sqlite_only
@pytest.mark.usefixtures("on_disk")
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("synchronous", 2), ("journal_mode", "wal"), ("secure_delete", 1)],
)
def test_sqlite_waits_for_the_disk_and_overwrites_what_goes(
    pragma: str, value: int | str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def log_size() -> int:
    """Return how many bytes wait in the write-ahead log."""
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    return log.stat().st_size if log.exists() else 0


def empty_the_log() -> None:
    """Do what the background does every few seconds."""
    database = connections["default"]
    assert isinstance(database, base.DatabaseWrapper)
    database.empty_write_ahead_log()


@sqlite_only
@pytest.mark.usefixtures("on_disk")
def test_the_log_that_shows_the_order_is_emptied() -> None:
    write()
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("SELECT count(*) FROM outbox_outboxrow").fetchone()
        assert log_size()
        empty_the_log()  # the last connection that closes would do so too
        assert log_size() == 0
        empty_the_log()
    assert OutboxRow.objects.count() == 1
    assert together(write) == []


@sqlite_only
@pytest.mark.usefixtures("on_disk")
def test_in_a_flood_the_log_keeps_its_size_until_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(base, "FLOOD_PAGES", 0)
    write()
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("SELECT count(*) FROM outbox_outboxrow").fetchone()
        empty_the_log()
        assert log_size()
        write()  # from the beginning again
        write()
        size = log_size()
        empty_the_log()
        assert log_size() == size
        empty_the_log()
        assert log_size() == 0


@sqlite_only
@pytest.mark.usefixtures("on_disk")
def test_a_long_read_keeps_nobody_waiting_for_an_empty_log() -> None:
    write()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM outbox_outboxrow")
        began = time.monotonic()
        assert together(write, empty_the_log) == []
        assert time.monotonic() - began < 5  # SQLite would wait for 20 seconds
        cursor.execute("COMMIT")
    empty_the_log()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)


@pytest.mark.django_db(transaction=True)
def test_a_read_after_an_error_still_works() -> None:
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert OutboxRow.objects.count() == 0
