"""Somebody's diary as calendar programs read it (RFC 5545).

It leaves the house and comes to stand with others: times and neutral titles only, no
words of a dossier and no name of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

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
    """Return the diary of a feed: talks as times, tasks as days; times are UTC.

    Args:
        feed: with its account and organisation.
        at: now.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Achterban//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Achterban"))
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    for event in (*_meetings(feed, at=at), *_tasks(feed, at=at)):
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


def _tasks(feed: Feed, *, at: datetime) -> Iterator[Event]:
    rows = Task.objects.visible_to(feed.account, feed.organisation).to_do()
    for row in rows.filter(who=feed.account, by_when__isnull=False)[:MOST]:
        assert row.by_when is not None
        event = Event()
        event.add("uid", f"task-{row.pk}@achterban")
        event.add("dtstart", row.by_when)
        event.add("dtend", row.by_when + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", _("Task"))
        yield event
