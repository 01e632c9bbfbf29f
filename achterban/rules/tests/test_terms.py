"""Each known term gives its last day, its other readings, and what it does not know."""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.deadlines import (
    By,
    Counting,
    Court,
    Length,
    NotCovered,
    Payer,
    Term,
    Unit,
    Who,
    deadline,
    fee,
    find,
    in_time,
    length_in,
    notice,
    penalty,
    terms,
)
from achterban.rules.deadlines.table import FIELDS, answer
from achterban.rules.deadlines.terms import checked_in
from achterban.rules.holidays import is_ordinary
from tests.figures import Figure

SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[4] / "shared"))
GOLD = SHARED / "gold" / "deadlines.csv"
OWN = Path(__file__).parent / "deadlines.csv"
DAY = timedelta(days=1)
DAYS = st.dates(date(2023, 1, 1), date(2090, 1, 1))
TERMS = st.sampled_from([it for it in terms() if it.until is None])
SIX_WEEKS = Length(6, Unit.WEEKS)
# What a row of known answers expects, and where our answer has it.
EXPECTED = {
    "expected_first_day": "first_day",
    "expected_last_day": "last_day",
    "rolled": "rolled",
    "posting_last_day_law": "posting_last_day",
    "posting_last_day_safe": "safe_day",
    "expected_in_time": "in_time",
    "expected_valid": "valid",
    "expected_first_penalty_day": "first_penalty_day",
    "expected_earliest_appeal_day": "earliest_appeal_day",
    "expected_last_penalty_day": "last_penalty_day",
    "expected_penalty_days": "penalty_days",
    "expected_penalty_total": "penalty_total",
    "expected_amount": "amount",
    "alt_last_day": "alternative_last_day",
}


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def differences(row: dict[str, str]) -> dict[str, tuple[str, str]]:
    said = answer(row)
    return {
        ours: (row[theirs], said[ours])
        for theirs, ours in EXPECTED.items()
        if row.get(theirs) and row[theirs] != said[ours]
    }


def test_every_case_of_the_table_is_right(figure: Figure) -> None:
    if not GOLD.exists():
        pytest.skip("the cases are not here")
    rows = rows_of(GOLD)
    wrong = {row["id"]: found for row in rows if (found := differences(row))}
    contested = [row for row in rows if row["confidence"] == "contested"]
    one_answer = [row["id"] for row in contested if not answer(row)["alternative"]]

    figure(
        f"{len(rows) - len(wrong)} of {len(rows)} cases right, "
        f"{len(contested) - len(one_answer)} of {len(contested)} with both answers"
    )
    assert not wrong
    assert not one_answer
    assert len(rows) >= 90


@pytest.mark.parametrize("row", rows_of(OWN), ids=lambda row: row["id"])
def test_our_own_cases_are_right(row: dict[str, str]) -> None:
    assert differences(row) == {}
    assert row["says"] in " ".join(answer(row).values())


def test_every_term_says_where_it_stands_and_who_looked() -> None:
    for term in terms():
        assert term.articles, term.name_in_full
        assert str(term.checked) == "nog niet door een jurist gecontroleerd"
        assert not term.after or find(term.after, "", term.since)
        if term.counting is not Counting.BACK:
            assert bool(term.doubt) == (term.other is not None)


def test_rules_of_one_term_follow_one_another() -> None:
    n_rules = Counter((it.key, it.variant) for it in terms())
    for (key, variant), n in n_rules.items():
        rules = [it for it in terms() if (it.key, it.variant) == (key, variant)]
        rules.sort(key=lambda it: it.since)
        for before, after in pairwise(rules):
            assert before.until == after.since - DAY
        assert n == 1 or rules[-1].until is None


def test_an_old_decision_keeps_the_rule_of_its_time() -> None:
    old = find("awb_hoger_beroep", "", date(2012, 12, 31))
    new = find("awb_hoger_beroep", "", date(2013, 1, 1))
    assert "Awb 8:104" in new.articles
    assert "Awb 8:104" not in old.articles

    totals = []
    for received in (date(2018, 12, 31), date(2019, 1, 1)):
        of = notice(received, received - DAY)
        totals.append(penalty(of, on=date(2020, 1, 1)).amount.euros)
    assert totals == [1260, 1442]


def test_a_rule_that_ended_holds_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    (old,) = (it for it in terms() if it.until)
    assert old.until
    of_terms = sys.modules[find.__module__]
    monkeypatch.setattr(of_terms, "_rules_of", lambda *_key: (old,))

    assert find(old.key, old.variant, old.until) is old
    with pytest.raises(NotCovered, match="gold tot en met maandag 31 december 2012"):
        find(old.key, old.variant, old.until + DAY)


def test_who_looked_a_rule_over_is_said_with_the_day() -> None:
    checked = checked_in("advocaat sociaal recht, 2027-01-10")
    assert str(checked) == (
        "gecontroleerd door: advocaat sociaal recht, zondag 10 januari 2027"
    )
    with pytest.raises(ValueError, match="wel gezien"):
        checked_in("wel gezien")


@given(term=TERMS, event=DAYS)
def test_nothing_ends_early_or_on_a_day_that_does_not_count(
    term: Term, event: date
) -> None:
    found = deadline(term, event, length=SIX_WEEKS)
    if term.counting is Counting.BACK:
        assert found.last < event
        assert found.safe <= found.last
        return
    assert found.last >= found.nominal >= event
    if found.parts and found.parts[-1].is_rolling:
        assert is_ordinary(found.last)
    if term.who is Who.AUTHORITY:
        assert found.safe >= found.last
    elif term.counting is not Counting.SAME:
        assert found.safe < found.last
        assert is_ordinary(found.safe)
        assert all(found.safe <= it.last for it in found.others)
    assert all(step.says for step in found.steps)


@pytest.mark.slow
@given(term=TERMS, event=DAYS, paused=st.integers(0, 400))
def test_a_day_later_never_ends_earlier(term: Term, event: date, paused: int) -> None:
    longer = 1
    if term.who is Who.CITIZEN and term.length:
        paused = longer = 0
    first, second, third = (
        deadline(term, event + n * DAY, length=SIX_WEEKS, paused=paused + more)
        for n, more in ((0, 0), (1, 0), (0, longer))
    )
    assert first.last <= second.last
    assert first.safe <= second.safe
    assert first.last <= third.last


@pytest.mark.parametrize(
    "more", [{"paused": 7}, {"adjourned": SIX_WEEKS}], ids=["paused", "adjourned"]
)
def test_an_objection_is_never_put_off(more: dict[str, Any]) -> None:
    event = date(2026, 3, 9)
    with pytest.raises(NotCovered, match="niet uitgesteld"):
        deadline(find("awb_bezwaar", "", event), event, **more)
    free = find("algemeen", "vooruit", event)
    assert deadline(free, event, length=SIX_WEEKS, **more).last > date(2026, 4, 20)


@pytest.mark.slow
@given(received=DAYS, late=st.integers(0, 100), n=st.integers(1, 4))
def test_a_penalty_never_shrinks_and_never_passes_its_most(
    received: date, late: int, n: int
) -> None:
    of = notice(received, received - DAY)
    assert of.first_penalty
    on = of.first_penalty + late * DAY
    today = penalty(of, on=on, n_applicants=n)
    tomorrow = penalty(of, on=on + DAY, n_applicants=n)

    assert 0 < today.amount.euros <= tomorrow.amount.euros <= 1442
    assert today.share * n == pytest.approx(today.amount.euros)
    assert today.amount.n_days == min(late + 1, 42)


def test_a_notice_before_the_end_is_void() -> None:
    of = notice(date(2026, 3, 3), date(2026, 3, 3))
    assert not of.is_valid
    assert "soms" in of.doubt
    with pytest.raises(NotCovered, match="te vroeg"):
        penalty(of, on=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("kind", "says"), [("woo", "Woo 8.2"), ("wia", "weten wij niet")]
)
def test_no_amount_is_said_where_there_is_none_or_nobody_knows(
    kind: str, says: str
) -> None:
    of = notice(date(2026, 5, 11), date(2026, 5, 6), kind=kind)
    assert of.earliest_appeal == date(2026, 5, 27)
    assert of.first_penalty is None
    with pytest.raises(NotCovered, match=says):
        penalty(of, on=date(2026, 6, 1))


def test_a_year_without_a_known_fee_says_where_to_look() -> None:
    assert fee(2025, Court.HIGHER_APPEAL, Payer.PERSON).euros == 289
    for year in (2022, 2026):
        with pytest.raises(NotCovered, match="nota"):
            fee(year, Court.APPEAL, Payer.PERSON)
    with pytest.raises(NotCovered, match="nota"):
        fee(2020, Court.HIGHER_APPEAL, Payer.ORGANISATION)


@pytest.mark.parametrize(
    ("by", "sent", "received", "is_in_time"),
    [
        (By.POST, "2026-01-05", "2026-01-12", True),
        (By.POST, "2026-01-05", "2026-01-13", False),
        (By.POST, "2026-01-06", "2026-01-07", False),
        (By.POST, "2026-01-05", "", None),
        (By.POST, "", "2026-01-05", True),
        (By.POST, "", "2026-01-06", None),
        (By.UNMARKED, "", "2026-01-07", True),
        (By.UNMARKED, "", "2026-01-08", False),
        (By.UNMARKED, "", "", None),
        (By.DIGITAL, "2026-01-05", "", True),
        (By.COUNTER, "", "2026-01-06", False),
        (By.COUNTER, "", "", None),
    ],
)
def test_what_was_sent_was_in_time_or_not(
    by: By, sent: str, received: str, is_in_time: bool | None
) -> None:
    to = deadline(find("awb_bezwaar", "", date(2025, 11, 21)), date(2025, 11, 21))
    assert to.last == date(2026, 1, 5)

    found = in_time(
        to,
        by,
        sent=date.fromisoformat(sent) if sent else None,
        received=date.fromisoformat(received) if received else None,
    )

    assert found.is_in_time is is_in_time
    assert not (by is By.POST and is_in_time and found.doubt)
    assert found.why.endswith(".")


def test_a_week_that_ends_on_a_holiday_is_in_doubt() -> None:
    to = deadline(find("awb_bezwaar", "", date(2026, 3, 17)), date(2026, 3, 17))
    assert to.received_by == date(2026, 5, 5)  # the fifth of May

    found = in_time(to, By.POST, sent=to.last, received=date(2026, 5, 6))

    assert found.is_in_time
    assert "Reken er niet op" in found.doubt


@pytest.mark.parametrize(
    "text",
    ["", "zes weken", "0 weken", "weken 6", "1,5 week", "4 tot 6 weken", "-1 dag"],
)
def test_a_length_that_cannot_be_read_is_asked(text: str) -> None:
    with pytest.raises(NotCovered, match="6 weken"):
        length_in(text)


@pytest.mark.parametrize(
    "row",
    [
        {"regime": "awb_bezwaar", "extra": "[" * 100_000},
        {
            "regime": "dwangsom",
            "start_datum": "2026-02-23",
            "extra": '{"beslistermijn_einde": "2026-02-01", '
            '"besluit_bekend": "0001-01-01"}',
        },
    ],
    ids=["deep", "long ago"],
)
def test_a_row_that_makes_no_sense_stops_nothing(row: dict[str, str]) -> None:
    said = answer(row)
    assert said["not_covered"] or said["penalty_total"] == "0"


def test_an_answer_is_no_formula() -> None:
    assert answer({"id": "=1+1"})["id"] == "'=1+1"


@pytest.mark.wide
@given(st.fixed_dictionaries(dict.fromkeys(("regime", "variant", "extra"), st.text())))
def test_any_row_gets_an_answer_or_a_reason(row: dict[str, str]) -> None:
    said = answer(row)
    assert set(said) == set(FIELDS)
    assert said["not_covered"]


@pytest.mark.parametrize(
    ("event", "length", "says"),
    [
        (date(2026, 1, 1), "2 maanden", "dagen of weken"),
        (date(2026, 1, 1), "9999 weken", "van 1982"),
        (date(1982, 1, 20), "2 weken", "van 1982"),
    ],
)
def test_what_cannot_be_counted_back_says_so(
    event: date, length: str, says: str
) -> None:
    with pytest.raises(NotCovered, match=says):
        deadline(find("algemeen", "terug", event), event, length=length_in(length))


def test_of_what_ends_when_the_law_begins_no_day_is_said() -> None:
    first = date(1982, 1, 1)
    with pytest.raises(NotCovered, match="van 1982"):
        deadline(find("algemeen", "vooruit", first), first, length=length_in("1 dag"))
    assert deadline(find("algemeen", "vooruit", first), first, length=SIX_WEEKS).safe
