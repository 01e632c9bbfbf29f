"""Somebody's diary as calendar programs read it (RFC 5545).

It leaves the house and comes to stand with others: times and neutral titles only, no
words of a dossier and no name of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from achterban.advocate.dossiers.models import (
    Attendee,
    Feed,
    Meeting,
    MeetingState,
    Task,
)

KEPT_DAYS = 60  # of what was
MOST = 500
EVERY = timedelta(hours=6)  # how often a program should look


def diary(feed: Feed, *, at: datetime) -> bytes:
    """Return the diary of a feed: talks as times, the rest as days; times are UTC.

    Args:
        feed: with its account and organisation.
        at: now.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Achterban//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Achterban"))
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    for event in (*_meetings(feed, at=at), *_days(feed)):
        event.add("dtstamp", at.astimezone(UTC))
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _meetings(feed: Feed, *, at: datetime) -> Iterator[Event]:
    parties = Prefetch("attendees", Attendee.objects.select_related("party"))
    rows = (
        Meeting.objects.visible_to(feed.account, feed.organisation)
        .filter(
            delegates__account=feed.account,
            state__in=(MeetingState.PLANNED, MeetingState.HELD),
            starts_at__gte=at - timedelta(days=KEPT_DAYS),
        )
        .prefetch_related(parties)
        .order_by("starts_at")[:MOST]
    )
    for row in rows:
        names = sorted({str(each.party) for each in row.attendees.all()})
        event = Event()
        event.add("uid", f"meeting-{row.pk}@achterban")
        event.add("dtstart", row.starts_at.astimezone(UTC))
        event.add("dtend", row.ends_at.astimezone(UTC))
        title = _("Meeting")
        if feed.shows_parties and names:
            title = _("Meeting: %(parties)s") % {"parties": ", ".join(names)}
        event.add("summary", title)
        yield event


@dataclass(frozen=True)
class Day:
    """Something that belongs to a day.

    Attributes:
        uid: the same for the same thing each time.
        on: the day.
        title: neutral: it comes to stand with others.
    """

    uid: str
    on: date
    title: str


Days = Callable[[Feed], Iterable[Day]]
_more: dict[str, Days] = {}


def add_days(name: str, days: Days) -> None:
    """Let a room above put days in the diary; adding twice changes nothing."""
    _more[name] = days


def _days(feed: Feed) -> Iterator[Event]:
    for found in (_tasks(feed), *(days(feed) for days in _more.values())):
        for day in islice(found, MOST):
            event = Event()
            event.add("uid", f"{day.uid}@achterban")
            event.add("dtstart", day.on)
            if day.on < date.max:  # "never", as somebody typed it
                event.add("dtend", day.on + timedelta(days=1))
            event.add("transp", "TRANSPARENT")
            event.add("summary", day.title)
            yield event


def _tasks(feed: Feed) -> Iterator[Day]:
    rows = Task.objects.visible_to(feed.account, feed.organisation).to_do()
    for row in rows.filter(who=feed.account, by_when__isnull=False)[:MOST]:
        assert row.by_when is not None
        yield Day(f"task-{row.pk}", row.by_when, _("Task"))
