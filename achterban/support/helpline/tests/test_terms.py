"""The page that counts a term: the day first, then why; it keeps nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar, Event

from achterban.core import clock
from achterban.core.accounts.tests.factories import page
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.web.preferences import COOKIE
from achterban.rules.deadlines import find
from achterban.support.helpline.matters import (
    GROUPS,
    MATTERS,
    Matter,
    Shape,
    matters_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
TODAY = date(2026, 3, 20)
# What is asked, filled in for each shape.
GIVEN: dict[Shape, dict[str, str]] = {
    Shape.LETTER: {"dated": "2026-03-09"},
    Shape.SENT: {"begun": "2026-03-09"},
    Shape.OBJECTION: {"begun": "2026-03-09"},
    Shape.NOTICE: {"ended": "2026-02-16", "begun": "2026-02-23"},
    Shape.HEARING: {"begun": "2026-05-20"},
    Shape.FEE: {"begun": "2026-03-09", "court": "appeal", "payer": "0"},
    Shape.FREE: {"begun": "2026-05-20", "length": "10 dagen"},
}


@pytest.fixture(autouse=True)
def on_a_friday(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


def asked(n: int, **given: str) -> str:
    """Return the words of the page that answers."""
    answer = Client().post(f"/termijn/{n}/", {"counted": "1", **given})
    assert answer.status_code == 200
    return words_of(answer)


def words_of(answer: Any) -> str:
    shown = answer.content.decode()
    main = shown[shown.index("<main") : shown.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_the_last_day_comes_first_then_why_then_what_to_do() -> None:
    shown = asked(1, dated="2026-03-09")

    in_order = [
        "Uw bezwaar moet uiterlijk maandag 20 april 2026 binnen zijn of op de post.",
        "Veilig is: doe het uiterlijk vrijdag 17 april 2026.",
        "Wat per post gaat, moet uiterlijk maandag 27 april 2026 aankomen.",
        "Waarom deze dag",
        "De dag zelf telt niet mee: dag 1 is dinsdag 10 maart 2026. Awb 6:8 lid 1",
        "nog niet door een jurist gecontroleerd",
        "Wat te doen",
        "Ik maak bezwaar tegen uw besluit",
        "Wie kan helpen",
        "0800 8020",
    ]
    places = [shown.find(words) for words in in_order]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.slow
@pytest.mark.parametrize("matter", MATTERS.values(), ids=lambda it: str(it.n))
def test_every_letter_has_a_page_a_rule_and_an_answer(
    matter: Matter, client: Client
) -> None:
    assert matter in matters_in(matter.group)
    assert find(matter.key, matter.variant, TODAY)
    form = client.get(f"/termijn/{matter.n}/")
    assert str(GROUPS[matter.group]) in words_of(form)

    answer = client.post(f"/termijn/{matter.n}/", GIVEN[matter.shape])

    assert "2026" in answer.context["answer"].says
    assert not answer.cookies
    assert not form.cookies


def test_no_row_is_read_or_written(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        client.post("/termijn/1/", {"dated": "2026-03-09"})


def test_what_was_typed_is_shown_again() -> None:
    client = Client()
    typed = {"dated": "30 februari 2026", "postmark": "2026-03-10"}

    refused = client.post("/termijn/1/", typed).content.decode()
    changed = client.post(
        "/termijn/1/", {"counted": "1", "dated": "2026-03-09", "change": "1"}
    ).content.decode()
    chosen = client.post("/termijn/1/", {**typed, "preference": "calm:1"})

    assert "Die dag bestaat niet" in refused
    assert 'value="30 februari 2026"' in refused
    assert 'value="2026-03-10"' in refused
    assert 'value="2026-03-09"' in changed
    assert 'value="30 februari 2026"' in chosen.content.decode()
    assert "Die dag bestaat niet" not in chosen.content.decode()


def test_another_display_keeps_the_answer() -> None:
    chosen = asked(1, dated="2026-03-09", preference="calm:1")
    assert "maandag 20 april 2026" in chosen


@pytest.mark.parametrize(
    "typed", ["9-3-2026", "9 maart 2026", "2026-03-09", " 09/03/26 "]
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert "maandag 20 april 2026" in asked(1, dated=typed)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Zonder datum is de laatste dag niet te zeggen"),
        ({"came": "2026-03-12"}, "Wacht niet: stuur vandaag een korte brief"),
        ({"dated": "2026-03-21"}, "moet nog komen"),
        ({"dated": "2026-03-09", "came": "2026-03-05"}, "eerder dan de dag"),
        ({"dated": "1993-03-09"}, "pas vanaf zaterdag 1 januari 1994"),
        ({"dated": "9999-12-31"}, "moet nog komen"),
        ({"dated": "2026-03-09", "postmark": "2026-03-11"}, "Bewaar de envelop"),
        ({"dated": "2026-03-09", "postmark": "2026-03-11"}, "woensdag 22 april 2026"),
        (
            {"dated": "2025-03-09"},
            "vandaag nog, en schrijf waarom het later werd. Soms telt het",
        ),
        ({"dated": "2026-02-06"}, "Doe het vandaag, en niet per post: aan de balie"),
    ],
)
def test_what_goes_wrong_is_answered_on_the_safe_side(
    given: dict[str, str], says: str
) -> None:
    assert says in asked(1, **given)


@pytest.mark.parametrize("length", ["1,5 week", "4 tot 6 weken", "6 weken en 3 dagen"])
def test_half_a_length_is_asked_again(length: str) -> None:
    assert "Typ het zo: 6 weken." in asked(60, begun="2026-03-09", length=length)
    assert "20 april 2026" in asked(60, begun="2026-03-09", length="6  Weken")


def test_a_hearing_in_a_year_that_nobody_knows_is_refused() -> None:
    assert "feestdagen van 1982" in asked(50, begun="9999-12-31")


def test_an_authority_gets_its_time_and_a_reminder_is_not_too_early() -> None:
    waits = asked(20, begun="2026-03-12")  # two weeks: 26 March
    late = asked(20, begun="2026-02-02")
    longer = asked(23, begun="2026-03-06", adjourned="1")
    paused = asked(24, begun="2026-03-02", asked="2026-03-09", answered="2026-03-16")

    assert "Zij moeten uiterlijk donderdag 26 maart 2026 beslissen." in waits
    assert "Schrijf niet vóór vrijdag 27 maart 2026 dat zij te laat zijn." in waits
    assert "Zij zijn te laat. U kunt hun dat nu schrijven." in late
    assert "dinsdag 21 april 2026" in longer
    assert "Het kan ook vrijdag 17 april 2026 zijn:" in longer
    assert "Woo 4.4 lid 2" in longer
    assert "plus 7 dagen waarin hij stilstaat" in paused


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"asked": "2026-03-09"}, "De termijn staat stil tot u het stuurt"),
        ({"asked": "2026-03-09", "answered": "2026-03-08"}, "voordat zij het vroegen"),
        ({"begun": "2026-03-21"}, "moet nog komen"),
    ],
)
def test_days_that_do_not_fit_are_said(given: dict[str, str], says: str) -> None:
    assert says in asked(24, **{"begun": "2026-03-02", **given})


def test_after_a_report_to_the_municipality_one_may_apply() -> None:
    shown = asked(25, begun="2026-03-02")
    assert "Vanaf dinsdag 14 april 2026 mag u toch een aanvraag doen." in shown
    assert "op papier" in shown


def test_a_notice_of_default_says_the_money_or_that_nobody_knows() -> None:
    owed = asked(42, ended="2026-02-16", begun="2026-02-23")
    decided = asked(42, ended="2026-02-16", begun="2026-02-23", decided="2026-03-16")
    early = asked(42, ended="2026-03-02", begun="2026-03-02")
    wia = asked(40, ended="2026-02-16", begun="2026-02-23")
    woo = asked(41, ended="2026-02-16", begun="2026-02-23")

    assert "Vanaf dinsdag 10 maart 2026 kunt u naar de rechter." in owed
    assert "U krijgt € 253, voor 11 dagen." in owed
    assert "42 dagen, € 1442" in owed
    assert "Het bedrag is nog niet door een jurist gecontroleerd" in owed
    assert "U krijgt € 161, voor 7 dagen." in decided
    assert "Zij hebben beslist." in decided
    assert "naar de rechter" not in decided
    assert "Bent u het niet eens met wat zij besloten?" in decided
    assert "te vroeg en telt niet" in early
    assert "Niet eerder: dan telt het niet" in early
    assert "weten wij niet" in wia
    assert "Woo 8.2" in woo
    assert "€" not in wia + woo


def test_what_is_short_or_not_of_an_authority_is_said(client: Client) -> None:
    insurer = words_of(client.get("/termijn/soort/1/"))
    bill = asked(52, begun="2026-03-09", court="appeal", payer="0")
    quick = asked(53, begun="2026-03-09", court="appeal", payer="0")
    earned = asked(4, dated="2026-03-09")

    assert "Zij zijn geen overheid." in insurer
    assert "SKGZ" in insurer
    assert "moeten nog 10 dagen liggen" in asked(50, begun="2026-03-20")
    assert "voorlopige voorziening? Dan is het twee weken." in bill
    assert "uiterlijk maandag 23 maart 2026 op de rekening" in quick
    assert "Dan is het twee weken, ook na een jaar." in earned
    for said in (bill, quick, earned, asked(1, dated="2026-03-09")):
        assert "een eerdere dag of minder tijd? Houd u daaraan." in said


def test_a_notice_comes_not_too_early(client: Client) -> None:
    able = asked(36, begun="2026-01-12")  # two weeks, then thirteen
    longer = asked(30, begun="2026-01-12", adjourned="1")
    care = asked(35, begun="2026-01-12", adjourned="1")
    form = words_of(client.get("/termijn/30/"))
    assert "Dan is het zeventien weken." in asked(32, begun="2026-01-12")

    assert "uiterlijk maandag 27 april 2026 beslissen" in able
    assert "uiterlijk maandag 31 augustus 2026 beslissen" in care
    assert "Staat er in hun brief een andere dag?" in longer
    assert "commissie mee? Dan is het twaalf weken." in longer
    assert "Of de dag op de envelop, als die later is." in form


def test_what_was_sent_was_in_time_or_not() -> None:
    given = {"dated": "2026-01-12", "check": "1"}  # last day 23 February
    lacks = asked(1, **given)
    late = asked(1, **given, by="digitaal", sent="2026-02-24")
    posted = asked(1, **given, by="post", sent="2026-02-23", received="2026-02-27")

    assert "Vul dit nog in" in lacks
    assert "Dinsdag 24 februari 2026 is te laat." in late
    assert "binnen een week daar: op tijd" in posted


def test_the_diary_and_what_is_passed_on_do_not_say_what_it_is_about() -> None:
    client = Client()
    answer = client.post("/termijn/3/", {"counted": "1", "dated": "2026-03-16"})
    address = re.search(r"/termijn/agenda/[^\"]+", answer.content.decode())
    assert address

    file = client.get(address[0])
    first, last = days_in(file)

    assert file["Content-Type"] == "text/calendar"
    assert (first.start, last.start) == (date(2026, 3, 27), date(2026, 3, 30))
    shared = answer.context["answer"].share
    assert "maandag 30 maart 2026" in shared
    for word in ("bezwaar", "uwv", "ziek", "objection"):
        assert word not in (shared + file.content.decode() + address[0]).lower()


def days_in(file: Any) -> list[Event]:
    return list(Calendar.from_ical(file.content).events)


def test_a_safe_day_that_is_past_is_not_passed_on() -> None:
    answer = Client().post("/termijn/1/", {"dated": "2026-02-06"})  # until today
    assert answer.context["answer"].share == "De laatste dag is vrijdag 20 maart 2026."
    assert "/termijn/agenda/2026-03-20/2026-03-20/" in answer.content.decode()


def test_waiting_gives_one_day_in_the_diary() -> None:
    file = Client().get("/termijn/agenda/2026-03-27/2026-03-26/")
    (day,) = days_in(file)
    assert day.start == date(2026, 3, 27)
    assert day.end == date(2026, 3, 28)


@pytest.mark.parametrize(
    "path",
    [
        "/termijn/999/",
        "/termijn/soort/9/",
        "/termijn/agenda/2026-02-30/2026-03-01/",
        "/termijn/agenda/morgen/2026-03-01/",
    ],
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_an_organisation_leads_there_and_stays_around_it(ours: Organisation) -> None:
    client = Client()
    home = client.get(page(ours, "home")).content.decode()
    shown = client.post(page(ours, "helpline:term", 1), {"dated": "2026-03-09"})

    assert page(ours, "helpline:terms") in home
    assert page(ours, "helpline:terms") in shown.content.decode()


def test_in_english_the_rules_stay_dutch_and_say_so(client: Client) -> None:
    client.cookies[COOKIE] = "language:en"
    shown = client.post("/termijn/1/", {"dated": "2026-03-09"}).content.decode()
    assert (
        "Your objection must be in, or at the post, by Monday 20 April 2026." in shown
    )
    assert '<ol lang="nl"><li>De dag zelf' in shown
