"""What a rhythm expects, day by day, and what took place."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from achterban.advocate.commitments.models import (
    Commitment,
    Occurrence,
    OccurrenceState,
)
from achterban.advocate.commitments.models.occurrences import TOOK_PLACE
from achterban.advocate.commitments.states import RUNNING
from achterban.advocate.dossiers.models import Meeting, Rank
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.rules.recurrence import MOST_OCCURRENCES, occurrences

AHEAD = timedelta(days=370)  # the next time of a year stands ready


class NoDay(Exception):
    """What took place did so on a day, and not in the future."""


class Claimed(Exception):
    """The talk was that of another time."""


def expect(row: Commitment, *, on: date) -> int:
    """Write down the days that a rhythm asks for: all that came, and the next.

    Args:
        row: a promise; without a rhythm nothing happens.
        on: today.

    Returns:
        How many days were looked at; what stands there already stays as it is.
    """
    if not row.rhythm or row.due is None:
        return 0
    known = row.occurrences.filter(due_on__gte=row.due)
    is_long = known.count() >= MOST_OCCURRENCES  # go on where it stopped
    since = known.latest("due_on").due_on if is_long else row.due
    days = occurrences(row.rhythm, row.due, on + AHEAD, since=since)
    came = [day for day in days if day <= on]
    wanted = [*came, *days[len(came) : len(came) + 1]]
    Occurrence.objects.bulk_create(
        [Occurrence(commitment=row, due_on=day) for day in wanted],
        ignore_conflicts=True,
    )
    return len(wanted)


def forget_to_come(row: Commitment, *, on: date) -> None:
    """Take away the days of a rhythm that did not come yet."""
    row.occurrences.filter(state="", due_on__gt=on).delete()


def expect_all(on: date) -> int:
    """Write down the next day of each rhythm that we wait for; return of how many.

    Those of which it stands there already are passed by.
    """
    ready = Occurrence.objects.filter(state="", due_on__gt=on).values("commitment")
    running = Commitment.objects.filter(state__in=RUNNING).exclude(rhythm="")
    rows = running.exclude(pk__in=ready)
    for row in rows.iterator():
        expect(row, on=on)
    return rows.count()


@transaction.atomic
def tell(
    row: Occurrence,
    state: str,
    held_on: date | None,
    level: str,
    note: str,
    *,
    by: Account | None,
    at: datetime,
    meeting: Meeting | None = None,
) -> Occurrence:
    """Say what took place; below the promised level is told apart.

    Args:
        row: one time.
        state: an ``OccurrenceState``.
        held_on: on which day; of what did not take place it is left out.
        level: a ``Rank``; may be empty.
        note: how we know; may be empty.
        by: who says so; None where a talk says it.
        at: now.
        meeting: the talk that it was, where there was one.

    Raises:
        NoDay: it took place, on no day or on one to come.
        Claimed: somebody said meanwhile that the talk was another time.
    """
    took_place = state in TOOK_PLACE
    if took_place and (held_on is None or held_on > timezone.localdate(at)):
        raise NoDay
    if meeting is not None:
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        if Occurrence.objects.filter(meeting=meeting).exclude(pk=row.pk).exists():
            raise Claimed
    promised = row.commitment.level
    if state == OccurrenceState.HELD and level and promised:
        is_below = Rank(level).is_below(Rank(promised))
        state = OccurrenceState.LOWER if is_below else state
    row.state, row.note = state, note
    row.held_on = held_on if took_place else None
    row.level = level if took_place else ""
    row.meeting = meeting
    row.save(update_fields=["state", "held_on", "level", "note", "meeting"])
    record(
        "commitments.occurrence.told",
        row,
        by=by.pk if by else 0,
        responsible=row.commitment.dossier.organisation_id,
        at=at,
        state=state,
    )
    return row
