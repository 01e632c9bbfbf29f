"""Unfold a rhythm in days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import rrulestr

MOST_OCCURRENCES = 1000  # of one promise; twenty years of every week
_ALLOWED = re.compile(
    r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)"
    r"(?:;(?:INTERVAL=[1-9]\d{0,2}|COUNT=[1-9]\d{0,2}|BYMONTH=(?:1[0-2]|[1-9])(?:,(?:1[0-2]|[1-9]))*"
    r"|BYMONTHDAY=(?:-1|[1-9]|[12]\d|3[01])|BYSETPOS=(?:-1|[1-5])|UNTIL=\d{8}"
    r"|BYDAY=-?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)(?:,-?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU))*))*"
)


class NotARhythm(ValueError):
    """It is no rhythm that is known here."""


def checked_rhythm(rhythm: str) -> str:
    """Return a rhythm as it is written in a calendar.

    Args:
        rhythm: the value of an RRULE in days: "FREQ=WEEKLY;INTERVAL=6".

    Raises:
        NotARhythm: it is something else, or holds what nobody promises (seconds).
    """
    if not _ALLOWED.fullmatch(rhythm):
        raise NotARhythm(rhythm)
    names = [part.partition("=")[0] for part in rhythm.split(";")]
    if len(set(names)) < len(names) or {"COUNT", "UNTIL"} <= set(names):
        raise NotARhythm(rhythm)
    try:
        rrulestr(rhythm, dtstart=_begin(date(2025, 1, 1)))
    except ValueError as error:
        raise NotARhythm(rhythm) from error
    return rhythm


def occurrences(
    rhythm: str, first: date, until: date, *, since: date = date.min
) -> list[date]:
    """Return the days of a rhythm, oldest first; at most ``MOST_OCCURRENCES``.

    Args:
        rhythm: the value of an RRULE, see ``checked_rhythm``.
        first: the day from which it counts; a day itself where the rhythm says so.
        until: the last day that is asked for.
        since: the first one, where those before are known.
    """
    days = (day for day in _days(rhythm, first, until) if day >= since)
    return list(islice(days, MOST_OCCURRENCES))


def _days(rhythm: str, first: date, until: date) -> Iterator[date]:
    for moment in rrulestr(rhythm, dtstart=_begin(first)):
        if moment.date() > until:
            return
        yield moment.date()


def _begin(day: date) -> datetime:
    return datetime.combine(day, time())
