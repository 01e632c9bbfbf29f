"""Words about a recess are a day once its days are known; when they move, it moves."""

from __future__ import annotations

from datetime import date

import pytest

from achterban.rules.recurrence import Days, Season, around_recess

SUMMER = Days(Season.SUMMER, date(2026, 7, 3), date(2026, 8, 31))
NEXT = Days(Season.SUMMER, date(2027, 7, 9), date(2027, 8, 30))
CHRISTMAS = Days(Season.CHRISTMAS, date(2026, 12, 18), date(2027, 1, 11))
KNOWN = [NEXT, CHRISTMAS, SUMMER]


@pytest.mark.parametrize(
    ("words", "on", "day"),
    [
        ("vóór het zomerreces", date(2026, 3, 1), date(2026, 7, 2)),
        ("voor het zomerreces", date(2026, 7, 3), date(2027, 7, 8)),
        ("na het zomerreces", date(2026, 7, 20), date(2026, 9, 1)),
        ("in het zomerreces", date(2026, 3, 1), date(2026, 8, 31)),
        ("Voor het reces", date(2026, 9, 1), date(2026, 12, 17)),
        ("voor het kerstreces", date(2026, 3, 1), date(2026, 12, 17)),
        ("voor het meireces", date(2026, 3, 1), None),
        ("voor de zomer", date(2026, 3, 1), None),
        ("voor het zomerreces", date(2028, 3, 1), None),
    ],
)
def test_the_next_recess_after_the_text_is_meant(
    words: str, on: date, day: date | None
) -> None:
    assert around_recess(words, KNOWN, on) == day


def test_another_first_day_gives_another_term() -> None:
    moved = [Days(Season.SUMMER, date(2026, 7, 10), date(2026, 8, 31))]
    assert around_recess("voor het zomerreces", moved, date(2026, 3, 1)) == date(
        2026, 7, 9
    )


def test_behind_the_last_day_of_the_calendar_there_is_none() -> None:
    endless = [Days(Season.SUMMER, date(2026, 7, 3), date.max)]

    assert around_recess("na het zomerreces", endless, date(2026, 7, 4)) is None
    assert around_recess("in het reces", endless, date(2026, 7, 4)) == date.max
