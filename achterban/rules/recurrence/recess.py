"""Read "voor het zomerreces" with the days of a recess: parliament sets them each year.

Convention: "voor" ends on the day before it begins, "in" on its last day, "na" gives
the day after it, on which something starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Season(StrEnum):
    """Which recess, by its first part in Dutch."""

    SPRING = "voorjaars"
    MAY = "mei"
    SUMMER = "zomer"
    AUTUMN = "herfst"
    CHRISTMAS = "kerst"


@dataclass(frozen=True)
class Days:
    """The days of one recess, both included."""

    season: Season
    first: date
    last: date


_RECESS = re.compile(
    r"(?i)\b(?P<how>v[óo]{1,2}r|na|in)\s+(?:de\s+|het\s+)?"
    rf"(?P<season>{'|'.join(Season)})?reces\b"
)
_A_DAY = timedelta(days=1)


def around_recess(words: str, known: Iterable[Days], on: date) -> date | None:
    """Return the day that words about a recess give, None where it is not known.

    Args:
        words: of a term; those without a recess give None.
        known: the recesses that are known, of any year.
        on: the date of the text: the next one is meant.
    """
    found = _RECESS.search(words)
    if found is None:
        return None
    season, how = (found["season"] or "").lower(), found["how"].lower()
    is_before = how.startswith("v")
    ahead = [
        it
        for it in known
        if (it.first if is_before else it.last) > on and season in ("", it.season)
    ]
    if not ahead:
        return None
    meant = min(ahead, key=lambda it: it.first)
    if is_before:
        return meant.first - _A_DAY
    if how == "in":
        return meant.last
    return meant.last + _A_DAY if meant.last < date.max else None
