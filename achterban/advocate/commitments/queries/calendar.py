"""What is due in a month: promises, times of a rhythm, and steps of execution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from achterban.advocate.commitments.models import (
    Commitment,
    Execution,
    Occurrence,
)
from achterban.advocate.commitments.models.commitments import CommitmentQuerySet
from achterban.advocate.commitments.states import RUNNING
from achterban.advocate.dossiers.models import Feed
from achterban.advocate.dossiers.queries.diary import Day
from achterban.rules.recurrence import last_of_month, months_later

LONGEST = 100  # signs of a promise in a list


@dataclass(frozen=True)
class Entry:
    """Something that is due on a day.

    Attributes:
        on: the day.
        commitment: key of the promise.
        party: who promised.
        words: what is due.
        is_told: whether somebody told what became of it.
        what: ``promise``, ``time`` or ``step``.
    """

    on: date
    commitment: int
    party: str
    words: str
    is_told: bool
    what: str


@dataclass(frozen=True)
class Month:
    """A month of the calendar.

    Attributes:
        first: its first day.
        last: its last day.
    """

    first: date
    last: date

    @property
    def before(self) -> date:
        """Return the first day of the month before."""
        return months_later(self.first, -1)

    @property
    def after(self) -> date:
        """Return the first day of the next one."""
        return months_later(self.first, 1)


def month_of(asked: str, *, on: date) -> Month:
    """Return the month that an address names ("2026-11"), or the one of today."""
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        first = on.replace(day=1)
    year = min(max(first.year, on.year - 100), on.year + 100)
    first = first.replace(year=year)
    return Month(first, last_of_month(first.year, first.month))


def due_in(rows: CommitmentQuerySet, month: Month) -> list[Entry]:
    """Return what is due in a month, day by day.

    Args:
        rows: promises that may be read; of those that ended only what was told.
        month: which.
    """
    span = (month.first, month.last)
    return sorted(
        (*_promises(rows, span), *_times(rows, span), *_steps(rows, span)),
        key=lambda it: (it.on, it.party, it.words),
    )


Span = tuple[date, date]
WORDS = "commitment__verbatim"


def _promises(rows: CommitmentQuerySet, span: Span) -> Iterator[Entry]:
    found = rows.filter(rhythm="", due__range=span).order_by()
    names = ("pk", "due", "state", "party__name", "verbatim")
    for pk, due, state, party, words in found.values_list(*names):
        yield Entry(due, pk, party, _short(words), state not in RUNNING, "promise")


def _times(rows: CommitmentQuerySet, span: Span) -> Iterator[Entry]:
    running = ~Q(state="") | Q(commitment__state__in=RUNNING)
    found = Occurrence.objects.of(rows).filter(running, due_on__range=span)
    for pk, due, state, party, words in _facts(found, "due_on", WORDS):
        yield Entry(due, pk, party, _short(words), bool(state), "time")


def _steps(rows: CommitmentQuerySet, span: Span) -> Iterator[Entry]:
    found = Execution.objects.of(rows).filter(due__range=span)
    for pk, due, state, party, words in _facts(found, "due", "what"):
        yield Entry(due, pk, party, _short(words), bool(state), "step")


def _facts(rows: QuerySet[Any], day: str, words: str) -> QuerySet[Any, Any]:
    names = ("commitment", day, "state", "commitment__party__name", words)
    return rows.order_by().values_list(*names)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def diary_days(feed: Feed) -> Iterator[Day]:
    """Yield what one waits for in one's own dossiers, for a calendar program."""
    rows = Commitment.objects.visible_to(feed.account, feed.organisation)
    own = rows.filter(dossier__owner=feed.account).waited_for().select_related("party")
    for row in own.filter(rhythm="", due__isnull=False):
        yield _day(f"promise-{row.pk}", row, row.due, feed)
    times = Occurrence.objects.of(own).filter(state="")
    for time in times.select_related("commitment__party"):
        yield _day(f"time-{time.pk}", time.commitment, time.due_on, feed)


def _day(uid: str, row: Commitment, on: date | None, feed: Feed) -> Day:
    assert on is not None
    title = _("Promise")
    if feed.shows_parties:
        title = _("Promise: %(party)s") % {"party": row.party}
    return Day(uid, on, title)
