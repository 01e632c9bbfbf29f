"""The open API says what the rules say. No test here may touch the database."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from achterban.core import clock
from achterban.portal.api.schemas import Wijze
from achterban.portal.api.tests.asking import ask, got
from achterban.rules import deadlines as d

OBJECTION = {"soort": "awb_bezwaar", "begin": "2025-11-22"}
NOTICE = {"ingebrekestelling": "2026-02-02", "eindeBeslistermijn": "2026-01-30"}


def answer(address: str, question: dict[str, Any]) -> Any:
    given = ask(address, question)
    assert given.status_code == 200, given.content
    return given.json()


def refused(address: str, question: dict[str, Any]) -> tuple[int, str]:
    given = ask(address, question)
    return given.status_code, given.json()["detail"]


def wrong_fields(address: str, question: dict[str, Any]) -> dict[str, str]:
    given = ask(address, question)
    assert given.status_code == 400
    return {it["pointer"]: it["detail"] for it in given.json()["errors"]}


def test_a_term_is_answered_with_each_step_and_who_checked_it() -> None:
    found = answer("berekeningen", OBJECTION)

    assert found["eersteDag"] == "2025-11-23"
    assert found["zonderDoorschuiven"] == "2026-01-03"
    assert found["laatsteDag"] == found["laatsteDagPosten"] == "2026-01-05"
    assert found["isVerschoven"] is True
    assert found["uiterlijkOntvangen"] == "2026-01-12"
    assert found["veiligeDag"] == "2025-12-31"  # 2 January is a day of a decree
    assert found["stappen"][-1]["artikel"] == "ATW 1 lid 1"
    assert found["artikelen"][0] == "Awb 6:7"
    assert found["gecontroleerd"]["uitleg"] == "nog niet door een jurist gecontroleerd"
    assert found["andereLezingen"] == []
    assert found["isZeker"] is True
    assert found["opTijd"] is None


def test_whether_it_was_in_time_is_told_when_asked() -> None:
    sent = {"wijze": "post", "verzonden": "2026-01-05", "ontvangen": "2026-01-08"}
    late = {"wijze": "digitaal", "verzonden": "2026-01-06"}

    assert answer("berekeningen", OBJECTION | {"verzending": sent})["opTijd"] == {
        "isOpTijd": True,
        "waarom": "Gepost op maandag 5 januari 2026 en binnen een week daar: op tijd.",
        "twijfel": "",
    }
    found = answer("berekeningen", OBJECTION | {"verzending": late})
    assert found["opTijd"]["isOpTijd"] is False
    found = answer("berekeningen", OBJECTION | {"verzending": {"wijze": "balie"}})
    assert found["opTijd"]["isOpTijd"] is None


def test_every_way_to_send_can_be_asked() -> None:
    assert set(get_args(Wijze)) == {it.value for it in d.By}


def test_a_pause_and_an_adjournment_are_counted() -> None:
    question = {
        "soort": "awb_beslissing_op_bezwaar",
        "variant": "6w",
        "begin": "2026-01-05",
        "isEindeVorigeTermijn": True,
        "stilstand": 7,
        "verdaging": "6 weken",
    }
    term = d.find("awb_beslissing_op_bezwaar", "6w", date(2026, 1, 5))
    weeks = d.length_in("6 weken")
    expected = d.deadline(
        term, date(2026, 1, 5), paused=7, adjourned=weeks, is_ended=True
    )

    found = answer("berekeningen", question)

    assert found["laatsteDag"] == expected.last.isoformat()
    said = {(it["laatsteDag"], it["waarom"]) for it in found["andereLezingen"]}
    assert said == {(it.last.isoformat(), it.why) for it in expected.others}


def test_a_length_comes_with_a_term_without_one_and_with_no_other() -> None:
    free = {"soort": "algemeen", "variant": "terug", "begin": "2026-05-20"}

    found = answer("berekeningen", free | {"duur": "10 dagen"})
    assert (found["laatsteDag"], found["eersteDag"]) == ("2026-05-09", None)
    status, said = refused("berekeningen", free)
    assert (status, said[:21]) == (422, "Hoe lang de termijn i")
    assert wrong_fields("berekeningen", OBJECTION | {"duur": "10 dagen"}) == {
        "#/duur": "Deze termijn heeft een eigen duur."
    }


def test_what_a_term_has_no_use_for_is_refused_and_not_passed_over() -> None:
    back = {"soort": "stukken_zitting", "variant": "beroep_8_58", "begin": "2026-05-20"}
    more = {"stilstand": 1, "verdaging": "1 week", "isEindeVorigeTermijn": True}

    assert set(wrong_fields("berekeningen", back | more)) == {
        "#/stilstand",
        "#/verdaging",
        "#/isEindeVorigeTermijn",
    }


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"soort": "niets", "begin": "2026-01-01"}, "Deze termijn kennen wij niet."),
        ({"soort": "woo_beslissing", "begin": "2000-01-01"}, "Deze regel kennen wij"),
        ({"soort": "awb_bezwaar", "begin": "2098-12-31"}, "Wij kennen de feestdagen"),
        ({"soort": "awb_bezwaar", "begin": "2099-12-31"}, "Wij kennen de feestdagen"),
        (
            {
                "soort": "algemeen",
                "variant": "terug",
                "begin": "2026-01-01",
                "duur": "2 maanden",
            },
            "Terugtellen kunnen wij alleen in dagen",
        ),
        (
            {
                "soort": "algemeen",
                "variant": "terug",
                "begin": "2026-01-01",
                "duur": "9999 weken",
            },
            "Wij kennen de feestdagen",
        ),
    ],
)
def test_what_is_not_covered_says_so(question: dict[str, Any], said: str) -> None:
    status, detail = refused("berekeningen", question)
    assert (status, detail[: len(said)]) == (422, said)


def test_a_penalty_is_told_with_its_other_reading() -> None:
    decided = {"besluitBekend": "2026-03-02", "aanvragers": 3}

    found = answer("dwangsommen", NOTICE | decided)

    assert (found["isGeldig"], found["isBekend"]) == (True, True)
    assert found["eersteDag"] == found["vroegsteBeroepsdag"] == "2026-02-17"
    assert (found["laatsteDag"], found["geenDwangsom"]) == ("2026-03-30", "")
    owed = found["schuld"]
    assert (owed["dagen"], owed["bedrag"]) == (14, 14 * 23)
    assert owed["perAanvrager"] == 107.33
    assert [it["bedrag"] for it in owed["andereLezingen"]] == [13 * 23]
    assert owed["gecontroleerd"]["door"] is None
    assert owed["bron"]


def test_without_a_day_a_penalty_is_counted_until_today(travel: Any) -> None:
    travel(days=3)
    assert answer("dwangsommen", NOTICE)["peildatum"] == clock.today().isoformat()


@pytest.mark.parametrize(
    ("more", "is_valid", "is_known", "said"),
    [
        ({"soort": "woo"}, True, True, "Bij een Woo-verzoek"),
        ({"soort": "wia"}, True, False, "Eind 2025"),
        ({"eindeBeslistermijn": "2026-02-02"}, False, True, "Uw brief kwam te vroeg"),
    ],
)
def test_where_there_is_no_penalty_it_says_why(
    more: dict[str, str], is_valid: bool, is_known: bool, said: str
) -> None:
    found = answer("dwangsommen", NOTICE | more)

    assert (found["isGeldig"], found["isBekend"]) == (is_valid, is_known)
    assert found["schuld"] is None
    assert found["geenDwangsom"].startswith(said)


def test_before_there_were_penalties_there_is_no_answer() -> None:
    old = {"ingebrekestelling": "2008-01-01", "eindeBeslistermijn": "2007-12-01"}
    assert ask("dwangsommen", old).status_code == 422


def test_every_rule_of_every_term_is_listed_once() -> None:
    kinds = got("soorten")["soorten"]

    assert len({it["id"] for it in kinds}) == len(kinds)
    assert sum(len(it["regels"]) for it in kinds) == len(d.terms())
    appeal = got("soorten/awb-hoger-beroep")
    assert [it["geldigVanaf"] for it in appeal["regels"]] == [
        "2013-01-01",
        "1994-01-01",
    ]
    assert appeal in kinds
    rule = appeal["regels"][1]
    assert (rule["wie"], rule["geldigTotEnMet"]) == ("u", "2012-12-31")
    assert rule["gecontroleerd"] == {
        "door": None,
        "op": None,
        "uitleg": "nog niet door een jurist gecontroleerd",
    }


def test_every_term_that_is_listed_can_be_reckoned() -> None:
    for kind in got("soorten")["soorten"]:
        question = {"soort": kind["soort"], "variant": kind["variant"]}
        question |= {"begin": "2026-03-02"}
        if kind["soort"] == "algemeen":
            question["duur"] = "4 weken"
        assert answer("berekeningen", question)["laatsteDag"]


def test_the_days_of_a_year_say_whether_a_decree_may_still_add_some() -> None:
    found = got("dagen/2026")

    days = {it["datum"]: it["naam"] for it in found["dagen"]}
    assert days["2026-04-03"] == "Goede Vrijdag"
    assert days["2026-01-02"].startswith("gelijk aan een feestdag")
    assert found["isBesluitBekend"] is True
    assert got("dagen/2099")["isBesluitBekend"] is False
