"""How long things are kept, with the reason for each term."""

from __future__ import annotations

from datetime import date, timedelta

DRAFT_DAYS = 183
"""A telling that was not sent, since it was last touched: half a year, so that
somebody can go on after a long relapse; not longer, because nobody asked us to keep
it (AVG art. 5(1)(e))."""


def draft_kept_from(on: date) -> date:
    """Return the day on or after which an untouched draft is still kept.

    Args:
        on: today.
    """
    return on - timedelta(days=DRAFT_DAYS)
