"""News leaves after the commit, at least once, and what fails stops nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from achterban.core.database.tests.disk import together
from achterban.core.outbox import actions, receivers
from achterban.core.outbox.actions import LEASE, News, deliver_due, emit
from achterban.core.outbox.models import OutboxRow
from achterban.core.outbox.receivers import receiver

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
DAY = AT.date()

Heard = list[tuple[dict[str, Any], int]]


class Down(Exception):
    """The other side does not answer."""


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Listen to ``test.news``; ``test.down`` is never taken."""
    news: Heard = []

    def hear(payload: dict[str, Any], row_id: int) -> None:
        news.append((payload, row_id))

    def refuse(payload: dict[str, Any], row_id: int) -> None:
        raise Down("een geheim woord")

    receiver("test.news")(hear)
    receiver("test.down")(refuse)
    yield news
    for kind in ("test.news", "test.down"):
        del receivers._receivers[kind]


def deliver(after: timedelta = timedelta(), **how: Any) -> int:
    return deliver_due(at=AT + after, on=(AT + after).date(), **how)


def news(n: int = 1, kind: str = "test.news", **facts: Any) -> list[News]:
    return [News(kind, {"n": i}, **facts) for i in range(n)]


def test_news_is_heard_once_and_then_gone(heard: Heard) -> None:
    emit(*news(), on=DAY)
    row_id = OutboxRow.objects.get().pk
    assert deliver() == 1
    assert heard == [({"n": 0}, row_id)]
    assert not OutboxRow.objects.exists()
    assert deliver() == 0


def test_news_of_a_transaction_that_was_taken_back_never_was(heard: Heard) -> None:
    with transaction.atomic():
        emit(*news(), on=DAY)
        transaction.set_rollback(True)
    assert deliver() == 0
    assert heard == []


def test_every_receiver_hears_it(heard: Heard) -> None:
    also: list[int] = []
    receiver("test.news")(lambda payload, row_id: also.append(payload["n"]))
    emit(*news(), on=DAY)
    deliver()
    assert (len(heard), also) == (1, [0])


def test_a_receiver_that_registers_twice_hears_it_once(heard: Heard) -> None:
    receiver("test.news")(receivers.receivers_of("test.news")[0])
    emit(*news(), on=DAY)
    deliver()
    assert len(heard) == 1


def test_news_nobody_wants_is_not_kept() -> None:
    emit(*news(kind="test.nobody"), on=DAY)
    assert deliver() == 1
    assert not OutboxRow.objects.exists()


def test_news_that_must_wait_waits_whole_days(heard: Heard) -> None:
    emit(*news(wait_days=2), on=DAY)
    assert deliver(timedelta(days=1)) == 0
    assert deliver(timedelta(days=2)) == 1


def test_after_a_crash_before_the_end_it_is_heard_again(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(row: OutboxRow) -> None:
        raise KeyboardInterrupt

    emit(*news(), on=DAY)
    with monkeypatch.context() as crashing:
        crashing.setattr(OutboxRow, "delete", crash)
        with pytest.raises(KeyboardInterrupt):
            deliver()
    assert len(heard) == 1
    assert deliver(LEASE - timedelta(seconds=1)) == 0
    assert deliver(LEASE + timedelta(seconds=1)) == 1
    assert heard[0] == heard[1]


def test_a_row_that_somebody_else_delivers_is_left_alone(heard: Heard) -> None:
    emit(*news(2), on=DAY)
    actions._claim(at=AT, on=DAY, limit=1, kind=None)
    assert deliver() == 1
    assert OutboxRow.objects.count() == 1


def test_a_failure_waits_longer_each_time_and_never_more_than_an_hour(
    heard: Heard,
) -> None:
    emit(*news(kind="test.down"), on=DAY)
    waits = []
    after = timedelta()
    for _ in range(10):
        assert deliver(after) == 0
        row = OutboxRow.objects.get()
        assert row.retry_at is not None
        waits.append((row.retry_at - AT - after) // timedelta(minutes=1))
        after = row.retry_at - AT
        assert not OutboxRow.objects.due(
            on=DAY + timedelta(days=9), at=row.retry_at - timedelta(seconds=1)
        ).exists()
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_what_failed_for_years_is_still_tried(heard: Heard) -> None:
    emit(*news(kind="test.down"), on=DAY)
    OutboxRow.objects.update(attempts=32_767)
    assert deliver() == 0
    row = OutboxRow.objects.get()
    assert row.retry_at == AT + timedelta(hours=1)


def test_what_failed_is_delivered_once_the_other_side_is_back(heard: Heard) -> None:
    emit(*news(kind="test.down"), on=DAY)
    deliver()
    receivers._receivers["test.down"] = []
    assert deliver(timedelta(seconds=59)) == 0
    assert deliver(timedelta(seconds=60)) == 1


def test_a_receiver_that_fails_stops_no_other_row(heard: Heard) -> None:
    emit(*news(5, kind="test.down"), *news(5), on=DAY)
    assert deliver() == 5
    assert sorted(payload["n"] for payload, _ in heard) == [0, 1, 2, 3, 4]
    assert OutboxRow.objects.filter(kind="test.down", attempts=1).count() == 5


def test_what_keeps_failing_does_not_crowd_out_what_is_new(heard: Heard) -> None:
    emit(*news(30, kind="test.down"), on=DAY)
    deliver()
    emit(*news(3), on=DAY)
    assert deliver(timedelta(hours=2), limit=3) == 3


def test_a_failure_does_not_put_words_in_the_log(
    heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    emit(News("test.down", {"woord": "kanarie"}), on=DAY)
    with caplog.at_level(logging.DEBUG):
        deliver()
    assert "test.down waits 0:01:00: Down" in caplog.text
    assert "geheim" not in caplog.text
    assert "kanarie" not in caplog.text


def test_a_row_that_somebody_else_finished_stops_nothing(heard: Heard) -> None:
    def finish_and_fail(payload: dict[str, Any], row_id: int) -> None:
        OutboxRow.objects.filter(pk=row_id).delete()
        raise Down

    receivers._receivers["test.down"] = [finish_and_fail]
    emit(*news(3, kind="test.down"), *news(3), on=DAY)
    assert deliver() == 3
    assert not OutboxRow.objects.exists()


def test_a_slow_batch_gives_the_rest_back_before_its_lease_ends(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(seconds=actions.LONGEST_BATCH) < LEASE
    seconds = iter(range(0, 10_000, 60))
    monkeypatch.setattr("time.monotonic", lambda: float(next(seconds)))
    emit(*news(10), on=DAY)
    assert deliver() == 2
    assert OutboxRow.objects.due(on=DAY, at=AT).count() == 8


def test_the_same_news_waits_once(heard: Heard) -> None:
    for _ in range(3):
        emit(*news(dedupe="once"), on=DAY)
    emit(*news(dedupe="other"), on=DAY)
    assert deliver() == 2
    emit(*news(dedupe="once"), on=DAY)
    assert deliver() == 1


def test_news_leaves_in_no_order(heard: Heard) -> None:
    emit(*news(12), on=DAY)
    by_key = [row.payload["n"] for row in OutboxRow.objects.order_by("pk")]
    deliver()
    order = [payload["n"] for payload, _ in heard]
    assert sorted(order) == sorted(by_key)
    assert order != sorted(order)  # by chance once in 479 million
    assert order != by_key


def test_one_kind_can_go_first(heard: Heard) -> None:
    emit(*news(2), *news(3, kind="test.nobody"), on=DAY)
    assert deliver(kind="test.nobody") == 3
    assert heard == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_disk")
def test_several_at_once_deliver_every_row_exactly_once(heard: Heard) -> None:
    with transaction.atomic():
        emit(*news(60), on=DAY)

    def work() -> None:
        while deliver(limit=7):
            pass

    assert together(work, work, work) == []
    assert sorted(payload["n"] for payload, _ in heard) == list(range(60))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_disk")
def test_news_is_not_seen_before_the_commit(heard: Heard) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time: a delivery waits for the commit")

    def look() -> None:
        assert deliver() == 0

    with transaction.atomic():
        emit(*news(), on=DAY)
        assert together(look) == []
    assert deliver() == 1


def test_the_same_news_from_two_transactions_at_once_waits_once(
    transactional_db: None, on_disk: None
) -> None:
    def write() -> None:
        with transaction.atomic():
            emit(*news(dedupe="once"), on=DAY)

    tasks: list[Callable[[], None]] = [write] * 5
    assert together(*tasks) == []
    assert OutboxRow.objects.count() == 1


def test_what_happens_during_a_delivery_is_news_again(heard: Heard) -> None:
    def again(payload: dict[str, Any], row_id: int) -> None:
        if len(heard) == 1:
            emit(*news(dedupe="once"), on=DAY)

    receiver("test.news")(again)
    emit(*news(dedupe="once"), on=DAY)
    assert deliver() == 1
    assert deliver() == 1
    assert len(heard) == 2


def test_while_something_fails_its_twins_are_not_written(heard: Heard) -> None:
    for n in range(3):
        emit(*news(kind="test.down", dedupe="once"), on=DAY)
        deliver(after=timedelta(hours=2 * n))
    assert OutboxRow.objects.count() == 1


def test_what_fails_gives_way_to_a_twin_that_came_meanwhile(heard: Heard) -> None:
    def twin(payload: dict[str, Any], row_id: int) -> None:
        if not OutboxRow.objects.exclude(dedupe=None).exists():
            emit(*news(kind="test.down", dedupe="once"), on=DAY)
        raise Down

    receivers._receivers["test.down"].insert(0, twin)
    emit(*news(kind="test.down", dedupe="once"), on=DAY)
    deliver()
    assert OutboxRow.objects.count() == 1
