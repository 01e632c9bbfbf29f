"""Days on which a Dutch term of law does not end.

Source: Algemene termijnenwet, art. 1 and 3: Saturdays, Sundays, the holidays of lid 1,
Good Friday (lid 2), and the days of a royal decree (lid 3, ``data/equated.toml``). The
fifth of May counts each year. There are no days instead of a holiday in a weekend; 24
and 31 December and 1 May are ordinary days. Covered: 1982 to 2099; of decrees only the
years that the file knows.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FIRST, LAST = 1982, 2099  # years of which the rules here hold
SATURDAY, SUNDAY = 5, 6
_EQUATED = Path(__file__).parent / "data" / "equated.toml"
# Days from Easter Sunday.
_AROUND_EASTER = {
    -2: "Goede Vrijdag",
    1: "tweede paasdag",
    39: "Hemelvaartsdag",
    50: "tweede pinksterdag",
}


def easter(year: int) -> date:
    """Return Easter Sunday.

    Source: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, 1991).
    """
    golden, century, of_century = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4) - (
        century - (century + 8) // 25 + 1
    ) // 3
    moon = (moon + 15) % 30
    to_sunday = (
        32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4
    ) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> dict[date, str]:
    """Return the holidays of a year, each with its Dutch name.

    Raises:
        ValueError: the rules here do not hold for this year.
    """
    if not FIRST <= year <= LAST:
        raise ValueError(year)
    sunday = easter(year)
    days = {
        date(year, 1, 1): "Nieuwjaarsdag",
        _birthday(year): "Koningsdag" if year >= 2014 else "Koninginnedag",
        date(year, 5, 5): "Bevrijdingsdag",
        date(year, 12, 25): "eerste kerstdag",
        date(year, 12, 26): "tweede kerstdag",
    }
    for n, name in _AROUND_EASTER.items():  # 5 May may be Ascension Day as well
        days[sunday + timedelta(days=n)] = name
    for day, decree in equated().items():
        if day.year == year:
            days.setdefault(day, f"gelijk aan een feestdag, {decree}")
    return dict(sorted(days.items()))


def _birthday(year: int) -> date:
    """Return the day on which the King's birthday is kept: never on a Sunday."""
    day = date(year, 4, 27) if year >= 2014 else date(year, 4, 30)
    return day - timedelta(days=1) if day.weekday() == SUNDAY else day


@cache
def equated() -> dict[date, str]:
    """Return the days of royal decrees, each with the name of its decree."""
    with _EQUATED.open("rb") as file:
        years = tomllib.load(file)
    return {
        date.fromisoformat(f"{year}-{day}"): str(row["decree"])
        for year, row in years.items()
        for day in row["days"]
    }


@cache
def last_decree() -> int:
    """Return the last year of which the days of a decree are known."""
    return max(equated()).year


def why_not(day: date) -> str:
    """Return why a term does not end on a day, in Dutch; empty for an ordinary day."""
    if name := holidays(day.year).get(day):
        return name
    return {SATURDAY: "zaterdag", SUNDAY: "zondag"}.get(day.weekday(), "")


def is_ordinary(day: date) -> bool:
    """Return whether a day is no Saturday, Sunday or holiday."""
    return not why_not(day)


def next_ordinary(day: date) -> date:
    """Return the first ordinary day from a day on."""
    while day.weekday() >= SATURDAY or day in holidays(day.year):
        day += timedelta(days=1)
    return day


def ordinary_later(day: date, n: int) -> date:
    """Return the nth ordinary day after a day."""
    for _nth in range(n):
        day = next_ordinary(day + timedelta(days=1))
    return day


def ordinary_before(day: date) -> date:
    """Return the last ordinary day before a day."""
    day -= timedelta(days=1)
    while not is_ordinary(day):
        day -= timedelta(days=1)
    return day
