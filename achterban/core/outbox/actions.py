"""Write news, and deliver it at least once."""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from achterban.core.database.rows import Ready, insert_all, ready
from achterban.core.outbox.models import OutboxRow
from achterban.core.outbox.receivers import receivers_of

LEASE = timedelta(minutes=5)
LONGEST_BATCH = 150.0  # seconds: what was not begun by then is given back
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=1)
BATCH = 100
MOST_ATTEMPTS = 32_767  # what the column can count

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class News:
    """A piece of news that is not yet written.

    Attributes:
        kind: ``room.what_happened``.
        payload: ids only; words go sealed.
        dedupe: while a row with this name waits, a second one is not written.
        wait_days: how many whole days it must wait.
        not_before: a moment before which it does not leave, None for at once.
    """

    kind: str
    payload: dict[str, Any]
    dedupe: str | None = None
    wait_days: int = 0
    not_before: datetime | None = None

    def as_row(self, on: date) -> OutboxRow:
        """Return the row of news of a day, not yet stored."""
        return OutboxRow(
            kind=self.kind,
            payload=self.payload,
            dedupe=self.dedupe,
            due_on=on + timedelta(days=self.wait_days),
            retry_at=self.not_before,
        )


def emit(*news: News, on: date) -> None:
    """Write news in the transaction of the caller.

    Args:
        news: what happened.
        on: the day on which it happened.
    """
    insert_all(ready_news(*news, on=on))


def ready_news(*news: News, on: date) -> list[Ready]:
    """Prepare what ``emit`` would write, for a transaction that must be short."""
    return [
        ready(item.as_row(on), unless_there=item.dedupe is not None) for item in news
    ]


def deliver_due(
    *, at: datetime, on: date, limit: int = BATCH, kind: str | None = None
) -> int:
    """Deliver a batch of due news in random order; return how many rows are done.

    A crash between delivery and removal delivers again: receivers may see it twice.
    What fails is tried again after 1, 2, 4 … 60 minutes, for ever, and after what was
    never tried.

    Args:
        at: now.
        on: today.
        limit: how many rows at most.
        kind: this news only; None for all.
    """
    rows = _claim(at=at, on=on, limit=limit, kind=kind)
    random.SystemRandom().shuffle(rows)
    began, n_done = time.monotonic(), 0
    for n, row in enumerate(rows):
        if time.monotonic() - began > LONGEST_BATCH:
            _give_back(rows[n:])
            break
        n_done += _deliver(row, at=at)
    return n_done


@transaction.atomic
def _claim(*, at: datetime, on: date, limit: int, kind: str | None) -> list[OutboxRow]:
    due = OutboxRow.objects.due(on=on, at=at).order_by("attempts", "pk")
    if kind is not None:
        due = due.filter(kind=kind)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    rows = list(due[:limit])
    if rows:
        # The name is free from here: what happens during the delivery is news again.
        OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).update(
            leased_until=at + LEASE, dedupe=None
        )
    return rows


def _deliver(row: OutboxRow, *, at: datetime) -> bool:
    try:
        for receive in receivers_of(row.kind):
            receive(row.payload, row.pk)
    except Exception as error:  # noqa: BLE001 - whatever it is, try again later
        pause = min(FIRST_RETRY * 2 ** min(row.attempts, 8), LAST_RETRY)
        OutboxRow.objects.filter(pk=row.pk).update(
            attempts=min(row.attempts + 1, MOST_ATTEMPTS),
            retry_at=at + pause,
            leased_until=None,
        )
        _take_name_again(row)
        log.warning("%s waits %s: %s", row.kind, pause, type(error).__name__)
        return False
    row.delete()
    return True


def _take_name_again(row: OutboxRow) -> None:
    """Let a row that failed keep twins away, or give way to the one that came."""
    if row.dedupe is None:
        return
    try:
        with transaction.atomic():
            OutboxRow.objects.filter(pk=row.pk).update(dedupe=row.dedupe)
    except IntegrityError:
        OutboxRow.objects.filter(pk=row.pk).delete()


def _give_back(rows: list[OutboxRow]) -> None:
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).update(leased_until=None)
    for row in rows:
        _take_name_again(row)
