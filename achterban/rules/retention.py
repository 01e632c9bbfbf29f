"""How long things are kept, with the reason for each term."""

from __future__ import annotations

from datetime import date, timedelta

DRAFT_DAYS = 183
"""A telling that was not sent, since it was last touched: half a year, so that
somebody can go on after a long relapse; not longer, because nobody asked us to keep
it (AVG art. 5(1)(e))."""

REPORT_YEARS = 5
"""Words that were sent, since anybody last added to them, unless an organisation
chose otherwise (1 to 20): a promise of government takes years to be kept or broken, and
who told something may come back with a code. Kept longer only while a yes holds that
ends later (AVG art. 5(1)(e))."""


AUDIT_DAYS = 1826
"""Who looked at what: five years (Dutch decree on logging in care, Stcrt. 2019-38007).
Not longer: what colleagues did is about them too (AVG art. 5(1)(e))."""


CONTACT_DAYS = 1826
"""Somebody with whom we speak, since anybody last used or confirmed what we keep: five
years, a term of a council and one more year. Longer is not needed to know whom to speak
to (AVG art. 5(1)(e))."""

CONTACT_NOTICE_DAYS = 30
"""How long a coordinator then has to say that it still holds, before it is erased."""


def draft_kept_from(on: date) -> date:
    """Return the day on or after which an untouched draft is still kept.

    Args:
        on: today.
    """
    return on - timedelta(days=DRAFT_DAYS)


def words_kept_from(on: date, years: int) -> date:
    """Return the day on or after which words that nobody added to are still kept.

    Args:
        on: today. Of 29 February, 28 February counts.
        years: how long they are kept.
    """
    day = 28 if (on.month, on.day) == (2, 29) else on.day
    return on.replace(year=on.year - years, day=day)
