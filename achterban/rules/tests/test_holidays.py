"""Holidays of the Algemene termijnenwet, against an independent computation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.easter import easter as other_easter

from achterban.rules.holidays import (
    FIRST,
    LAST,
    easter,
    equated,
    holidays,
    is_ordinary,
    last_decree,
    why_not,
)


def other_holidays(year: int) -> set[date]:
    """Return them by another way, from Easter as dateutil has it."""
    sunday = other_easter(year)
    king = date(year, 4, 27) if year > 2013 else date(year, 4, 30)
    found = {sunday + timedelta(days=n) for n in (-2, 1, 39, 50)}
    found |= {date(year, *it) for it in ((1, 1), (5, 5), (12, 25), (12, 26))}
    found.add(king - timedelta(days=king.isoweekday() // 7))
    return found | {day for day in equated() if day.year == year}


@pytest.mark.parametrize("year", range(2000, 2051))
def test_the_holidays_of_half_a_century_are_right(year: int) -> None:
    assert set(holidays(year)) == other_holidays(year)


def test_easter_is_right_as_far_as_it_goes() -> None:
    years = range(FIRST, LAST + 1)
    assert [easter(year) for year in years] == [other_easter(year) for year in years]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 4, 3), "Goede Vrijdag"),
        (date(2023, 5, 5), "Bevrijdingsdag"),  # each year, not one in five
        (date(2025, 4, 26), "Koningsdag"),  # the 27th was a Sunday
        (date(2025, 4, 28), ""),
        (date(2013, 4, 30), "Koninginnedag"),
        (date(2005, 4, 29), ""),
        (date(2006, 4, 29), "Koninginnedag"),
        (date(2026, 1, 2), "gelijk aan een feestdag, KB 2026-2028"),
        (date(2021, 12, 27), ""),  # no day instead of Christmas in a weekend
        (date(2026, 12, 24), ""),
        (date(2026, 12, 31), ""),
        (date(2026, 5, 1), ""),
        (date(2026, 11, 28), "zaterdag"),
        (date(2026, 11, 29), "zondag"),
    ],
)
def test_a_day_says_why_no_term_ends_on_it(day: date, why: str) -> None:
    assert why_not(day).startswith(why)
    assert is_ordinary(day) is not bool(why)


@pytest.mark.parametrize("year", [FIRST - 1, LAST + 1])
def test_a_year_of_which_nothing_is_known_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        holidays(year)


def test_the_days_of_decrees_are_weekdays_of_years_that_are_known() -> None:
    assert all(day.weekday() < 5 for day in equated())
    assert last_decree() >= 2028
