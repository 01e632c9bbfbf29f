"""The program's own clock: read once, at the edge, in a view or a command."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

DUTCH = ZoneInfo(settings.TIME_ZONE)


def now() -> datetime:
    """Return the moment, moved by ``ACHTERBAN_CLOCK`` where a test asks for that."""
    return timezone.now() + settings.CLOCK_OFFSET


def today() -> date:
    """Return the day in Dutch local time."""
    return now().astimezone(DUTCH).date()
