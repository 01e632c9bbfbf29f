"""Months, each by its first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date


def next_month(day: date) -> date:
    """Return the first day of the month after the month of a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_over(first: date, on: date) -> Iterator[date]:
    """Yield each month that is over, oldest first.

    Args:
        first: first day of the first month.
        on: today.
    """
    while next_month(first) <= on:
        yield first
        first = next_month(first)


def previous_month(day: date) -> date:
    """Return the first day of the month before the month of a day."""
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)
