"""Plan a talk, put points on its agenda, and keep what was said and decided."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from achterban.advocate.dossiers.actions.working import log
from achterban.advocate.dossiers.events import MEETING_TOLD
from achterban.advocate.dossiers.models import (
    About,
    Attendee,
    Delegate,
    Dossier,
    Meeting,
    Point,
)
from achterban.advocate.issues.models import Issue
from achterban.advocate.stakeholders.actions.keeping import use_functions
from achterban.advocate.stakeholders.models import Function, Party
from achterban.core.accounts.models import Account
from achterban.core.outbox.actions import News, emit
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey

MOST_POINTS = 30


class Full(Exception):
    """There are enough points for one talk."""


@transaction.atomic
def keep_meeting(
    meeting: Meeting,
    dossiers: Collection[Dossier],
    ours: Collection[Account],
    *,
    by: Account,
    at: datetime,
) -> Meeting:
    """Store a talk as it was written, what it is about and who of us comes.

    Args:
        meeting: new or changed.
        dossiers: all that it is about; at least one.
        ours: all of us who come.
        by: who wrote it.
        at: now.

    Raises:
        Meeting.DoesNotExist: it was erased meanwhile.
    """
    if meeting._state.adding:
        meeting.key = DataKey.fresh()
        meeting.key.save(force_insert=True)
    else:
        Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.save()
    _bring_up_to(meeting, dossiers, ours)
    log("meeting.kept", meeting, by=by, at=at)
    return meeting


def _bring_up_to(
    meeting: Meeting, dossiers: Collection[Dossier], ours: Collection[Account]
) -> None:
    meeting.about.exclude(dossier__in=dossiers).delete()
    meeting.delegates.exclude(account__in=ours).delete()
    About.objects.bulk_create(
        [About(meeting=meeting, dossier=each) for each in dossiers],
        ignore_conflicts=True,
    )
    Delegate.objects.bulk_create(
        [Delegate(meeting=meeting, account=each) for each in ours],
        ignore_conflicts=True,
    )


@transaction.atomic
def invite(
    meeting: Meeting,
    party: Party,
    functions: Collection[Function],
    *,
    by: Account,
    at: datetime,
) -> None:
    """Write down who comes of a party: somebody in their function, or just the party.

    Args:
        meeting: its row is locked.
        party: of the organisation of the meeting.
        functions: of that party; none for the party as such.
        by: who writes it.
        at: now.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rows = held.attendees.filter(party=party)
    if functions:
        rows.filter(function=None).delete()
        known = set(rows.values_list("function", flat=True))
        Attendee.objects.bulk_create(
            Attendee(meeting=held, party=party, function=each)
            for each in functions
            if each.pk not in known
        )
        use_functions(functions, on=timezone.localdate(at))
    elif not rows.exists():
        Attendee.objects.create(meeting=held, party=party)
    log("meeting.invited", meeting, by=by, at=at)


@transaction.atomic
def drop_attendees(
    meeting: Meeting, keys: Collection[int], *, by: Account, at: datetime
) -> int:
    """Take away some of them who do not come after all; return how many."""
    n_gone, _rows = meeting.attendees.filter(pk__in=keys).delete()
    if n_gone:
        log("meeting.uninvited", meeting, by=by, at=at, n=n_gone)
    return n_gone


@transaction.atomic
def put_on_agenda(
    meeting: Meeting, issues: Collection[Issue], *, by: Account, at: datetime
) -> int:
    """Put issues on the agenda, in this order, below what stands there.

    Args:
        meeting: its row is locked.
        issues: those that stand there already are passed by.
        by: who puts them there.
        at: now.

    Returns:
        How many came on it.

    Raises:
        Full: more would stand on it than one talk can hold.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    known = set(held.points.values_list("issue", flat=True))
    fresh = [issue for issue in issues if issue.pk not in known]
    begin = _room(held, len(fresh))
    Point.objects.bulk_create(
        Point(meeting=held, issue=issue, n=n, title=issue.title)
        for n, issue in enumerate(fresh, begin)
    )
    if fresh:
        log("meeting.agenda", meeting, by=by, at=at, n=len(fresh))
    return len(fresh)


@transaction.atomic
def keep_point(point: Point, *, by: Account, at: datetime) -> Point:
    """Store a point as it was written; a new one comes last.

    Raises:
        Full: as many stand on it as one talk can hold.
    """
    if point._state.adding:
        held = Meeting.objects.select_for_update().get(pk=point.meeting_id)
        point.n = _room(held, 1)
    point.save()
    log("point.kept", point.meeting, by=by, at=at, point=point.pk)
    return point


@transaction.atomic
def move_up(point: Point, *, by: Account, at: datetime) -> None:
    """Let a point come before the one above it."""
    held = Meeting.objects.select_for_update().get(pk=point.meeting_id)
    rows = list(held.points.all())
    place = rows.index(point)
    if place:
        rows[place - 1 : place + 1] = [rows[place], rows[place - 1]]
    for n, row in enumerate(rows):
        row.n = n
    Point.objects.bulk_update(rows, ["n"])
    log("meeting.agenda", held, by=by, at=at)


@transaction.atomic
def drop_point(point: Point, *, by: Account, at: datetime) -> None:
    """Take a point off the agenda, with what was said of it."""
    log("point.dropped", point.meeting, by=by, at=at, point=point.pk)
    point.delete()


@transaction.atomic
def tell_how_it_went(
    meeting: Meeting, state: str, held: str, notes: str, *, by: Account, at: datetime
) -> Meeting:
    """Keep whether a talk was held, at which level, and our notes.

    Args:
        meeting: with its key.
        state: a ``MeetingState``.
        held: a ``Rank``; only where it was held.
        notes: sealed, for they may name somebody.
        by: who writes it.
        at: now.
    """
    meeting.state = state
    meeting.held = held if state == "held" else ""
    meeting.seal_notes(notes)
    meeting.save(update_fields=["state", "held", "sealed"])
    log("meeting.told", meeting, by=by, at=at, state=state)
    emit(News(MEETING_TOLD, {"meeting": meeting.pk}), on=timezone.localdate(at))
    return meeting


@transaction.atomic
def drop_meeting(meeting: Meeting, *, by: Account, at: datetime) -> None:
    """Erase a talk with all that was kept of it, for good."""
    log("meeting.dropped", meeting, by=by, at=at)
    key_id = meeting.key_id
    meeting.delete()
    destroy_keys([key_id], on=timezone.localdate(at))


@receiver("vault.destroyed")
def remove_meeting(payload: dict[str, int], row_id: int) -> None:
    """Remove a talk whose key was destroyed, after a restore too."""
    Meeting.objects.filter(key_id=payload["key"]).delete()


def _room(meeting: Meeting, n_more: int) -> int:
    """Return the number of the next point."""
    if meeting.points.count() + n_more > MOST_POINTS:
        raise Full
    last: int | None = meeting.points.aggregate(last=Max("n"))["last"]
    return 0 if last is None else last + 1
