"""The optional questions: one a page, all may be skipped, nothing is asked twice."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from achterban.core.accounts.tests.factories import page
from achterban.core.consent.models import Consent, ConsentText, Purpose
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.models import OutboxRow
from achterban.core.places.tests.factories import have_places
from achterban.listen.reports import pages
from achterban.listen.reports.actions import returning, telling
from achterban.listen.reports.consents import OFFERS
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.questions import QUESTIONS, number_of
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import WORDS, report_behind

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
DAY = date(2026, 11, 25)


@pytest.fixture
def organisation() -> Organisation:
    have_places()
    return OrganisationFactory.create()


HIDDEN = r'type="hidden" name="(token|question)" value="([^"]*)"'


class Teller:
    """Somebody who goes from page to page without JavaScript."""

    def __init__(self, organisation: Organisation) -> None:
        """Write the first words, and go on."""
        self.client, self.organisation = Client(), organisation
        self.shown = self.client.get(page(organisation, "reports:tell"))
        self.press("next", "reports:tell", text=WORDS)

    def press(self, act: str, name: str = "reports:questions", **data: object) -> None:
        """Press a button with what stands on the page and what is typed."""
        found = dict(
            re.findall(
                r'type="hidden" name="(token|question)" value="([^"]*)"', self.body
            )
        )
        address = page(self.organisation, name)
        self.shown = self.client.post(address, {**found, "act": act, **data})

    @property
    def body(self) -> str:
        """Return the page."""
        return self.shown.content.decode()

    @property
    def title(self) -> str:
        """Return the heading."""
        found = re.search(r"<h1>(.*?)</h1>", self.body)
        assert found is not None
        return found[1]

    @property
    def told(self) -> Telling:
        """Return what stands in the database."""
        return Report.objects.select_related("key").get().open_telling()


ANSWERS: list[dict[str, Any]] = [
    {"municipality": "Ede"},
    {"parties": ["municipality", "school"]},
    {"condition": "ME/CVS"},
    {"since": "years"},
    {"effects": ["fatigue", "money"]},
    {"role": "child"},
    {},  # files: test_files.py
    {},
    {"yes": ["quote", "ask"]},
    {"hear": "result"},
]


def test_the_code_is_shown_at_the_first_step(organisation: Organisation) -> None:
    teller = Teller(organisation)
    assert teller.title == str(QUESTIONS[0].title)
    assert re.search(r"<details open>.*?class=.code.", teller.body, re.DOTALL)
    assert "Code op papier of als QR" in teller.body
    assert Report.objects.get().status == Status.DRAFT


@pytest.mark.wide
def test_who_comes_back_is_asked_nothing_twice(organisation: Organisation) -> None:
    teller = Teller(organisation)
    teller.press("skip")
    teller.press("next", parties=["school"])
    code = "".join(re.findall(r"<span>([0-9A-Z]{4})</span>", teller.body))
    teller.press("keep")

    address = page(organisation, "reports:code")
    teller.shown = teller.client.post(address, {"code": code})
    teller.press("next", "reports:tell", text=WORDS)

    assert teller.title == str(QUESTIONS[2].title)
    teller.press("back")
    assert teller.title == str(QUESTIONS[1].title)


@pytest.mark.wide
def test_all_questions_are_kept_and_read_by_both_sides(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    for question, answer in zip(QUESTIONS, ANSWERS, strict=True):
        assert teller.title == str(question.title)
        teller.press("next", **answer)
    assert teller.told == Telling(
        WORDS,
        municipality="GM0228",
        parties=["municipality", "school"],
        condition="ME/CVS",
        since="years",
        effects=["fatigue", "money"],
        role="child",
        yes=["quote", "ask"],
        hear="result",
    )
    assert WORDS in teller.body
    for words in ("Ede", "De gemeente · Een school", "ME/CVS", "Mijn kind"):
        assert words in teller.body
    teller.press("send")
    assert Report.objects.get().status == Status.RECEIVED
    assert teller.told.condition == "ME/CVS"
    given = {text.purpose: text.wording for text in ConsentText.objects.all()}
    assert given.keys() == {"count", "quote", "ask", "update"}
    assert given["count"].startswith("Dit is genoeg, verstuur")
    assert given["quote"].startswith("Wat mogen wij ermee doen? Een zin in een brief")


def sent_with(organisation: Organisation, *yes: str) -> tuple[Teller, str]:
    """Send a report with these consents; return who did, and the code."""
    teller = Teller(organisation)
    for _question in QUESTIONS[: number_of("yes", QUESTIONS)]:
        teller.press("skip")
    code = telling.code_of(dict(re.findall(HIDDEN, teller.body))["token"])
    teller.press("send", yes=list(yes))
    return teller, code


@pytest.mark.wide
def test_each_yes_has_its_audience_and_its_end(organisation: Organisation) -> None:
    sent_with(organisation, "quote", "ask")
    today = Report.objects.get().touched_on
    rows = {row.text.purpose: row for row in Consent.objects.select_related("text")}
    assert rows["count"].ends_on is None
    assert (rows["quote"].audience, rows["ask"].audience) == ("public", "readers")
    assert rows["quote"].ends_on == OFFERS[Purpose.QUOTE].ends_on(today)
    assert pages.given(Report.objects.get(), on=today + timedelta(days=740)) == []


@pytest.mark.wide
def test_one_yes_is_taken_back_and_the_others_stay(organisation: Organisation) -> None:
    teller, code = sent_with(organisation, "quote", "ask")
    quote = Consent.objects.get(text__purpose="quote")
    teller.press("", "reports:code", code=code)
    assert f'name="consent" value="{quote.pk}"' in teller.body
    for _ in range(2):  # a double click
        teller.press("", "reports:take-yes-back", code=code, consent=str(quote.pk))
        assert f'value="{quote.pk}"' not in teller.body
    report = Report.objects.get()
    assert [row.text.purpose for row, _words in pages.given(report, on=DAY)] == ["ask"]
    assert report.has_news
    news = [
        row.payload["kind"] for row in OutboxRow.objects.filter(kind="audit.anonymous")
    ]
    assert news.count("reports.consent.withdrawn") == 1


@pytest.mark.parametrize("consent", ["", "x", "9" * 30, "12"])
@pytest.mark.wide
def test_a_yes_that_is_not_theirs_cannot_be_taken_back(
    organisation: Organisation, consent: str
) -> None:
    sent_with(organisation, "quote")
    foreign = Consent.objects.get(text__purpose="quote")
    Report.objects.update(receipt_hash=b"another")
    teller, code = sent_with(organisation, "ask")
    for asked in (consent, str(foreign.pk)):
        teller.press("", "reports:take-yes-back", code=code, consent=asked)
        assert teller.title == "Ontvangen"
    assert not Consent.objects.exclude(withdrawn_on=None).exists()


def test_a_leap_day_ends_on_a_day_that_is_there() -> None:
    assert OFFERS[Purpose.QUOTE].ends_on(date(2028, 2, 29)) == date(2030, 2, 28)


@pytest.mark.wide
def test_every_page_can_be_skipped(organisation: Organisation) -> None:
    teller = Teller(organisation)
    for _question in QUESTIONS:
        teller.press("skip")
    assert teller.told == Telling(WORDS)
    teller.press("send")
    assert Report.objects.get().status == Status.RECEIVED


@pytest.mark.parametrize("n", [n for n, q in enumerate(QUESTIONS) if not q.takes])
@pytest.mark.wide
def test_every_page_can_send_and_keeps_its_answer(
    organisation: Organisation, n: int
) -> None:
    teller = Teller(organisation)
    for _question in QUESTIONS[:n]:
        teller.press("skip")
    teller.press("send", **ANSWERS[n])
    assert Report.objects.get().status == Status.RECEIVED
    assert teller.told != Telling(WORDS)


def test_stop_keeps_it_and_a_code_goes_on_with_all_answers(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    teller.press("next", municipality="Ede")
    teller.press("keep", parties=["school"])
    assert "Bewaard" in teller.title
    found = re.search(r'name="code" value="([^"]+)"', teller.body)
    assert found is not None
    teller.press("open", "reports:code", code=found[1])
    assert WORDS in teller.body
    teller.press("next", "reports:tell", text=f"{WORDS} En meer.")
    assert teller.title == str(QUESTIONS[2].title)
    assert teller.told == Telling(
        f"{WORDS} En meer.", municipality="GM0228", parties=["school"]
    )


def test_a_pause_on_the_first_page_keeps_the_other_answers(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    teller.press("next", municipality="Ede")
    teller.press("back")
    teller.press("back", municipality="Ede")
    assert WORDS in teller.body
    teller.press("x", "reports:keep", text="Anders gezegd.")
    assert teller.told == Telling("Anders gezegd.", municipality="GM0228")


def test_back_shows_the_page_before_and_keeps_what_was_typed(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    teller.press("skip")
    teller.press("back", parties=["school"])
    assert teller.title == str(QUESTIONS[0].title)
    assert teller.told.parties == ["school"]


def test_an_answer_can_be_taken_back(organisation: Organisation) -> None:
    teller = Teller(organisation)
    teller.press("skip")
    teller.press("next", parties=["school"])
    teller.press("back")
    assert re.search(r'value="school"[^>]*checked', teller.body)
    teller.press("next")
    assert teller.told.parties == []


@pytest.mark.slow
def test_a_municipality_that_is_not_known_is_asked_again_or_skipped(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    teller.press("next", municipality="Nergenshuizen")
    assert teller.title == str(QUESTIONS[0].title)
    assert 'value="Nergenshuizen"' in teller.body
    assert "Wij kennen geen gemeente" in teller.body
    assert "typ de vier cijfers van een postcode" in teller.body  # what to do
    teller.press("skip", municipality="Nergenshuizen")
    assert teller.title == str(QUESTIONS[1].title)


def test_a_bsn_as_an_illness_is_masked(organisation: Organisation) -> None:
    teller = Teller(organisation)
    teller.press("skip")
    teller.press("skip")
    teller.press("next", condition="111222333")
    assert "111222333" not in teller.told.condition


@pytest.mark.slow
def test_a_choice_of_display_keeps_what_was_typed(organisation: Organisation) -> None:
    teller = Teller(organisation)
    teller.press("next", municipality="Nergens", preference="calm:1")
    assert 'value="Nergens"' in teller.body
    assert teller.told.municipality == ""


def test_a_full_disk_keeps_the_answer_on_the_page(organisation: Organisation) -> None:
    teller = Teller(organisation)
    full = OperationalError("database or disk is full")
    with patch.object(telling, "locked_behind", side_effect=full):
        teller.press("next", municipality="Ede")
    assert teller.shown.status_code == 503
    assert 'value="Ede"' in teller.body


def test_what_was_sent_or_withdrawn_asks_nothing_more(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    before = teller.shown
    teller.press("send")
    teller.shown = before
    teller.press("next", municipality="Ede")
    assert teller.title == "Ontvangen"
    assert teller.told.municipality == ""
    assert re.search(r"<textarea[^>]*>\s*Ede</textarea>", teller.body)
    code = telling.code_of(dict(re.findall(HIDDEN, before.content.decode()))["token"])
    returning.withdraw_report(
        report_behind(code, organisation), on=Report.objects.get().touched_on
    )
    teller.shown = before
    teller.press("next", municipality="Ede")
    assert "ingetrokken" in teller.title


def test_what_is_sent_in_the_same_moment_elsewhere_is_no_error(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    keep_facts = telling.keep_facts

    def too_late(code: str, *args: Any, **kwargs: Any) -> Telling:
        yes = telling.Yes("Ja", "nl")
        telling.send_report(code, organisation, Telling(WORDS), consent=yes, on=DAY)
        return keep_facts(code, *args, **kwargs)

    with patch.object(telling, "keep_facts", side_effect=too_late):
        teller.press("next", municipality="Ede")
    assert teller.shown.status_code == 200
    assert teller.title == "Ontvangen"


def test_a_forged_token_opens_nothing(organisation: Organisation) -> None:
    teller = Teller(organisation)
    teller.press("next", token="AAAA", municipality="Ede")
    assert WORDS not in teller.body
