"""From which day a letter's term is counted, and when that cannot be said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.deadlines import NotCovered, begins

TODAY = date(2026, 3, 20)
EARLY, MIDDLE, LATE = date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 17)
A_DAY = st.none() | st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=3))


@pytest.mark.parametrize(
    ("dated", "postmark", "received", "day", "later", "says"),
    [
        (EARLY, None, None, EARLY, None, ""),
        (None, EARLY, MIDDLE, EARLY, None, ""),
        (EARLY, MIDDLE, None, EARLY, MIDDLE, "Bewaar de envelop"),
        (MIDDLE, EARLY, None, EARLY, None, "eerdere dag"),
        (EARLY, None, LATE, EARLY, None, "Schrijf erbij wanneer hij kwam"),
        (TODAY + timedelta(days=5), MIDDLE, LATE, MIDDLE, None, "eerdere dag"),
    ],
)
def test_the_earliest_day_is_the_safe_one(
    dated: date | None,
    postmark: date | None,
    received: date | None,
    day: date,
    later: date | None,
    says: str,
) -> None:
    found = begins(dated, postmark, received, today=TODAY)
    assert (found.day, found.later) == (day, later)
    assert says in found.note
    assert bool(says) == bool(found.note)


@pytest.mark.parametrize(
    ("dated", "postmark", "received", "says"),
    [
        (None, None, None, "Zonder datum"),
        (None, None, MIDDLE, "Zonder datum"),
        (TODAY + timedelta(days=1), None, None, "moet nog komen"),
        (EARLY, TODAY + timedelta(days=1), None, "moet nog komen"),
        (MIDDLE, None, EARLY, "eerder dan de dag die erop staat"),
        (EARLY, LATE, MIDDLE, "eerder dan de dag die erop staat"),
    ],
)
def test_what_cannot_be_told_says_what_to_do(
    dated: date | None, postmark: date | None, received: date | None, says: str
) -> None:
    with pytest.raises(NotCovered, match=says):
        begins(dated, postmark, received, today=TODAY)


@pytest.mark.slow
@given(dated=A_DAY, postmark=A_DAY, received=A_DAY)
def test_it_never_counts_from_later_than_the_sending(
    dated: date | None, postmark: date | None, received: date | None
) -> None:
    try:
        found = begins(dated, postmark, received, today=TODAY)
    except NotCovered:
        return
    known = [day for day in (dated, postmark) if day]
    assert found.day == min(known)
    assert found.day <= TODAY
    assert received is None or found.day <= received
    assert found.later is None or found.later > found.day
