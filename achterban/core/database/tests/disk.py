"""Databases beside the one of the test: on disk, so that threads can share it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from achterban.config.environment import database_settings


@contextmanager
def at_database(address: str) -> Iterator[None]:
    """Let ``default`` be another database for a while, in every thread.

    Args:
        address: as in ``DATABASE_URL``.
    """
    before, settings = connections["default"], connections.settings
    settings_before = settings["default"]
    settings["default"] = {
        **settings_before,
        "OPTIONS": {},
        **database_settings(address),
    }
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        settings["default"] = settings_before
        connections["default"] = before


@pytest.fixture
def on_disk(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Let the test write where several connections meet.

    PostgreSQL is such a place. SQLite in memory is not: the file is a copy of it.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = tmp_path / "shared.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    with at_database(f"sqlite:///{path}"):
        # A copy has no WAL yet: to several who would turn it on at once it is locked.
        connections["default"].ensure_connection()
        yield


def together(*tasks: Callable[[], Any]) -> list[BaseException]:
    """Run functions at the same time, each in a thread; return what they raised."""
    raised: list[BaseException] = []

    def run(task: Callable[[], Any]) -> None:
        try:
            task()
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
