"""A term is counted to the last day that is in time, with each step said."""

from __future__ import annotations

import csv
import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.deadlines import Length, TooFar, Unit, count, count_back
from achterban.rules.holidays import is_ordinary

WEEKS = Length(6, Unit.WEEKS)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
LENGTHS = st.one_of(
    st.builds(Length, st.integers(1, 90), st.just(Unit.DAYS)),
    st.builds(Length, st.integers(1, 12), st.just(Unit.WEEKS)),
    st.builds(Length, st.integers(1, 3), st.just(Unit.MONTHS)),
)
SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[4] / "shared"))
GOLD = SHARED / "gold" / "deadlines.csv"
# Regimes of the gold cases that are one term, counted on.
ONE_TERM = {
    *(("awb_bezwaar", ""), ("awb_beroep", ""), ("awb_hoger_beroep", "")),
    *(("wia_bezwaar", ""), ("zw_hersteld", ""), ("wmo_onderzoek", "")),
    *(("wmo_beschikking", ""), ("awb_beslistermijn_aanvraag", "")),
    *(("woo_beslissing", "4w"), ("overig", "bedenktijd_bw_7_2")),
    *(("overig", "maandtermijn_rv_358"), ("overig", "atw_4_grens")),
    *(("overig", "ciz_indicatie_amvb"), ("overig", "dwangsombeschikking_4_18")),
    ("zw_hersteld", "eerstejaars_19ab_zes_weken"),
}
UNITS = {"dag": Unit.DAYS, "wek": Unit.WEEKS, "maa": Unit.MONTHS}


def test_six_weeks_over_new_year_end_on_the_first_ordinary_day() -> None:
    counted = count(date(2025, 11, 21), WEEKS)

    assert counted.first == date(2025, 11, 22)
    assert counted.nominal == date(2026, 1, 2)  # a day of a decree, then a weekend
    assert counted.last == date(2026, 1, 5)
    assert [it.article for it in counted.steps] == ["", "", "ATW 1 lid 1"]
    assert counted.steps[-1].says == (
        "Op vrijdag 2 januari 2026 (gelijk aan een feestdag, KB 2026-2028, Stcrt. "
        "2025, 24713), zaterdag 3 januari 2026 "
        "en zondag 4 januari 2026 eindigt geen termijn: het wordt maandag 5 januari "
        "2026."
    )


@pytest.mark.parametrize(
    ("event", "length", "last"),
    [
        (date(2026, 4, 2), Length(3, Unit.DAYS), date(2026, 4, 8)),  # two ordinary days
        (date(2026, 1, 31), Length(1, Unit.MONTHS), date(2026, 3, 2)),  # 28 is Saturday
        (date(2027, 1, 30), Length(1, Unit.MONTHS), date(2027, 3, 1)),
        (date(2026, 1, 5), Length(12, Unit.WEEKS), date(2026, 3, 30)),
        (date(2026, 2, 7), Length(13, Unit.WEEKS), date(2026, 5, 9)),  # never moves
        (date(2026, 3, 1), Length(1, Unit.YEARS), date(2027, 3, 1)),
    ],
)
def test_terms_end_where_the_law_lets_them(
    event: date, length: Length, last: date
) -> None:
    assert count(event, length).last == last


def test_a_day_that_counts_itself_makes_it_a_day_earlier() -> None:
    assert count(date(2026, 3, 2), WEEKS, counts_event=True).nominal == date(
        2026, 4, 12
    )
    one = Length(1, Unit.MONTHS)
    assert count(date(2026, 3, 1), one, counts_event=True).nominal == date(2026, 3, 31)


def test_ten_days_before_a_hearing_lie_between_and_never_move() -> None:
    assert count_back(date(2026, 5, 20), Length(10, Unit.DAYS)) == date(2026, 5, 9)
    with pytest.raises(ValueError, match="2 maanden"):
        count_back(date(2026, 5, 20), Length(2, Unit.MONTHS))


def test_after_the_last_decree_it_says_that_it_may_be_later() -> None:
    assert count(date(2026, 3, 2), WEEKS).is_sure
    assert not count(date(2031, 3, 2), WEEKS).is_sure


@pytest.mark.parametrize("event", [date(1970, 1, 1), date(2099, 12, 1), date.max])
def test_a_year_that_nobody_knows_is_refused(event: date) -> None:
    with pytest.raises(TooFar):
        count(event, WEEKS)


@pytest.mark.slow
@given(event=DAYS, length=LENGTHS)
def test_no_term_ends_early_or_on_a_day_that_does_not_count(
    event: date, length: Length
) -> None:
    counted = count(event, length)
    assert event < counted.first <= counted.nominal <= counted.last
    assert is_ordinary(counted.last)
    days = range((counted.last - counted.first).days + 1)
    n_ordinary = sum(is_ordinary(counted.first + timedelta(days=n)) for n in days)
    n_counted = (counted.nominal - counted.first).days + 1
    assert n_ordinary >= (2 if n_counted >= 3 else 1)


@given(event=DAYS, length=LENGTHS)
def test_a_day_later_never_ends_earlier(event: date, length: Length) -> None:
    assert count(event, length).last <= count(event + timedelta(days=1), length).last


def gold() -> list[dict[str, str]]:
    if not GOLD.exists():
        return []
    with GOLD.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        row
        for row in rows
        if (row["regime"], row["variant"]) in ONE_TERM
        and row["confidence"] != "contested"
        and row["expected_last_day"]
    ]


def test_the_cases_of_one_term_are_right() -> None:
    rows = gold()
    if not rows:
        pytest.skip("the cases are not here")
    wrong = []
    for row in rows:
        n, unit = re.match(r"(\d+) (\w{3})", row["termijn"]).groups()  # type: ignore[union-attr]
        begun = date.fromisoformat(row["start_datum"])
        counted = count(begun, Length(int(n), UNITS[unit]))
        got = [str(it) for it in (counted.first, counted.nominal, counted.last)]
        names = ("expected_first_day", "expected_nominal_last_day", "expected_last_day")
        if got != [row[name] for name in names]:
            wrong.append((row["id"], got, [row[name] for name in names]))
    assert not wrong
    assert len(rows) > 40
