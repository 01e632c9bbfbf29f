"""A day as people and programs write it: 2-3-2024, 2024-03-02, 2 maart 2024."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR = 1900
_MONTHS = [
    "jan",
    "feb",
    "mrt",
    "apr",
    "mei",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
]
_ALSO = {"maa": 3, "mar": 3, "may": 5, "oct": 10}
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:,?\s.*)?$")
_IN_WORDS = re.compile(
    r"(?:[a-z]+,?\s+)?(\d{1,2})[-. ]+([a-z]{3,9})\.?[-,. ]+(\d{4}|\d{2})(?:\s.*)?$"
)


class NotADay(ValueError):
    """This names no day."""


def read_day(typed: str) -> date:
    """Return the day that somebody wrote; the day comes before the month.

    A year of two digits is one of 2000 to 2099. What comes after the day (a time) is
    passed by.

    Raises:
        NotADay: it names none, or one before 1900.
    """
    text = " ".join(typed.lower().split())
    if found := _YEAR_FIRST.match(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.match(text):
        day, month, year = map(int, found.groups())
    elif found := _IN_WORDS.match(text):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    else:
        raise NotADay(typed)
    try:
        named = date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        raise NotADay(typed) from error
    if named.year < FIRST_YEAR:
        raise NotADay(typed)
    return named


def _month(name: str) -> int:
    short = name[:3]
    if short in _MONTHS:
        return _MONTHS.index(short) + 1
    return _ALSO.get(short, 0)  # 0 is no month, which ``date`` refuses
