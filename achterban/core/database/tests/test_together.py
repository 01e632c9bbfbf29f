"""One commit for several threads: each hears of their own, and nobody is forgotten."""

from __future__ import annotations

import os
import threading
import time
from datetime import date
from functools import partial

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from achterban.core.database.rows import ready
from achterban.core.database.sqlite import base
from achterban.core.database.tests.disk import together
from achterban.core.database.together import _wishes, commit_together
from achterban.core.outbox.models import OutboxRow

DAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("on_disk")
sqlite_only = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL shares commits by itself"
)


def store(kind: str) -> str:
    """Store a row together with whoever is there; return its kind."""
    row = ready(OutboxRow(kind=kind, payload={}, due_on=DAY))

    def work() -> str:
        if kind == "fails":
            raise KeyError(kind)
        row.insert()
        return kind

    return commit_together(work)


def stored() -> list[str]:
    """Return what is there."""
    return sorted(OutboxRow.objects.values_list("kind", flat=True))


def with_the_turn_taken(kinds: list[str]) -> tuple[dict[str, str], list[BaseException]]:
    """Let threads wish while another one holds the turn; return what each heard."""
    heard: dict[str, str] = {}

    def wish(kind: str) -> None:
        heard[kind] = store(kind)

    turn = base._turns[str(connection.settings_dict["NAME"]), os.getpid()]

    def let_go() -> None:
        until = time.monotonic() + 10
        while len(_wishes) < len(kinds) and time.monotonic() < until:
            time.sleep(0.01)
        turn.release()

    turn.acquire()
    threading.Thread(target=let_go).start()
    raised = together(*[partial(wish, kind) for kind in kinds])
    return heard, raised


@sqlite_only
def test_who_waits_is_taken_along_in_one_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commits = []
    commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

    def count(self: BaseDatabaseWrapper) -> None:
        commits.append(1)
        commit(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", count)
    kinds = ["a", "b", "c", "d"]
    heard, raised = with_the_turn_taken(kinds)
    assert raised == []
    assert heard == {kind: kind for kind in kinds}
    assert stored() == kinds
    assert len(commits) == 1


@sqlite_only
def test_a_wish_that_fails_takes_nobody_down() -> None:
    heard, raised = with_the_turn_taken(["a", "fails", "c"])
    assert [type(error) for error in raised] == [KeyError]
    assert heard == {"a": "a", "c": "c"}
    assert stored() == ["a", "c"]


@sqlite_only
def test_who_could_not_even_begin_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: base.DatabaseWrapper) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as full:
        full.setattr(base.DatabaseWrapper, "_take_turn", refuse)
        with pytest.raises(OperationalError, match="full"):
            store("lost")
        assert len(together(*[partial(store, "lost")] * 3)) == 3
    assert not _wishes
    assert store("a") == "a"
    assert stored() == ["a"]


def test_a_commit_that_fails_stores_nothing_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(self: BaseDatabaseWrapper) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as full:
        full.setattr(BaseDatabaseWrapper, "_commit", refuse)
        with pytest.raises(OperationalError, match="full"):
            store("lost")
    assert store("a") == "a"
    assert stored() == ["a"]
