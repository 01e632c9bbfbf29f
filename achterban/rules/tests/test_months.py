"""Months by their first day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.months import months_over, next_month


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_the_next_month_begins_within_31_days(day: date) -> None:
    following = next_month(day)
    assert following.day == 1
    assert timedelta() < following - day <= timedelta(days=31)
    assert (following - timedelta(days=1)).month == day.month


@pytest.mark.parametrize(
    ("first", "on", "expected"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), []),
        (date(2026, 11, 1), date(2026, 12, 1), [11]),
        (date(2026, 11, 1), date(2027, 1, 31), [11, 12]),
        (date(2026, 12, 1), date(2026, 11, 27), []),
    ],
)
def test_a_month_is_over_when_the_next_one_begins(
    first: date, on: date, expected: list[int]
) -> None:
    assert [month.month for month in months_over(first, on)] == expected
