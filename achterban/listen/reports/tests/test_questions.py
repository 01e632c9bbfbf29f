"""The optional questions: one a page, all may be skipped, nothing is asked twice."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from achterban.core.accounts.tests.factories import page
from achterban.core.consent.models import ConsentText
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.places.actions import load_places
from achterban.listen.reports.actions import telling
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.questions import QUESTIONS
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    load_places()
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
]


def test_the_code_is_shown_at_the_first_step(organisation: Organisation) -> None:
    teller = Teller(organisation)
    assert teller.title == str(QUESTIONS[0].title)
    assert re.search(r"<details open>.*?class=.code.", teller.body, re.DOTALL)
    assert Report.objects.get().status == Status.DRAFT


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
    )
    assert WORDS in teller.body
    for words in ("Ede", "De gemeente, Een school", "ME/CVS", "Mijn kind"):
        assert words in teller.body
    teller.press("send")
    assert Report.objects.get().status == Status.RECEIVED
    assert teller.told.condition == "ME/CVS"
    consent = ConsentText.objects.get()
    assert consent.wording.startswith("Dit is genoeg, verstuur")


def test_every_page_can_be_skipped(organisation: Organisation) -> None:
    teller = Teller(organisation)
    for _question in QUESTIONS:
        teller.press("skip")
    assert teller.told == Telling(WORDS)
    teller.press("send")
    assert Report.objects.get().status == Status.RECEIVED


@pytest.mark.parametrize("n", range(len(QUESTIONS)))
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
    assert 'value="Ede"' in teller.body
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


def test_a_municipality_that_is_not_known_is_asked_again_or_skipped(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    teller.press("next", municipality="Nergenshuizen")
    assert teller.title == str(QUESTIONS[0].title)
    assert 'value="Nergenshuizen"' in teller.body
    assert "Wij kennen geen gemeente" in teller.body
    teller.press("skip", municipality="Nergenshuizen")
    assert teller.title == str(QUESTIONS[1].title)


def test_a_bsn_as_an_illness_is_masked(organisation: Organisation) -> None:
    teller = Teller(organisation)
    teller.press("skip")
    teller.press("skip")
    teller.press("next", condition="111222333")
    assert "111222333" not in teller.told.condition


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
    code = telling.code_of(dict(re.findall(HIDDEN, before.content.decode()))["token"])
    telling.withdraw_report(code, organisation, on=Report.objects.get().touched_on)
    teller.shown = before
    teller.press("next", municipality="Ede")
    assert "ingetrokken" in teller.title


def test_a_forged_token_opens_nothing(organisation: Organisation) -> None:
    teller = Teller(organisation)
    teller.press("next", token="AAAA", municipality="Ede")
    assert WORDS not in teller.body
