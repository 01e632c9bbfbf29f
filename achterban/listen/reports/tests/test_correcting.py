"""Correct one's own words and answers, and allow more afterwards, either way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.clock import today
from achterban.core.consent.models import Consent, Purpose
from achterban.core.database.fields import random_key
from achterban.core.mine.tests.factories import logged_in, own_account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.models import OutboxRow
from achterban.core.places.tests.factories import have_places
from achterban.listen.reports import limits
from achterban.listen.reports.actions import (
    correcting,
    owning,
    returning,
    telling,
)
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.models import (
    AnswerKind,
    Entry,
    EntryKind,
    LeftOutQuestion,
    OwnQuestion,
    Report,
    Telling,
)
from achterban.listen.reports.questions import correctable, words_of_yes
from achterban.listen.reports.tests.factories import TODAY, WORDS, read_again, told
from achterban.listen.reports.views.shared import entry_token

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

BETTER = "De keuring duurde één uur."
YES = telling.Yes("", "nl", words_of_yes())


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture(autouse=True)
def _nobody_sent_yet() -> Iterator[None]:
    yield
    limits.intake._buckets.clear()


@dataclass
class Door:
    """A way in to one report.

    Attributes:
        client: the browser.
        organisation: whose pages.
        report: what stands behind it.
        code: empty from Mijn.
    """

    client: Client
    organisation: Organisation
    report: Report
    code: str

    def send(self, act: str, /, **fields: object) -> str:
        """Press a button; return the page that follows."""
        answer = self.client.post(self.path(act), {"code": self.code, **fields})
        assert answer.status_code == 200
        return answer.content.decode()

    def path(self, act: str) -> str:
        """Return the address of an act."""
        if self.code:
            return page(self.organisation, f"reports:{act}")
        return page(self.organisation, f"reports:own-{act}", self.report.pk)

    def correct(self, what: object, /, **fields: object) -> str:
        """Open a field, fill it in and press Keep."""
        shown = self.send("correct", what=what)
        token = re.search(r'name="entry" value="([^"]+)"', shown)
        assert token
        return self.send("correct", what=what, entry=token[1], act="save", **fields)


@pytest.fixture(params=["code", "mijn"])
def door(request: pytest.FixtureRequest, organisation: Organisation) -> Door:
    """Both ways in."""
    code, report = told(organisation)
    if request.param == "code":
        return Door(Client(), organisation, report, code)
    account = own_account(organisation)
    owning.own_report(report, account, on=TODAY)
    return Door(logged_in(Client(), account), organisation, report, "")


def log() -> list[str]:
    rows = OutboxRow.objects.filter(kind="audit.anonymous")
    return [row.payload["kind"] for row in rows]


@pytest.mark.slow
def test_what_one_told_is_corrected_and_the_former_words_stay_in_the_course(
    door: Door,
) -> None:
    assert "Wat klopt er niet?" in door.send("correct")
    assert WORDS in door.send("correct", what="text")

    body = door.correct("text", text=BETTER)

    report = read_again(door.report)
    assert report.open_telling().text == BETTER
    assert report.has_news
    assert body.index(BETTER) < body.index("Eerst stond er:") < body.index(WORDS)
    assert log().count("reports.report.corrected") == 1
    (entry,) = report.entries.all()
    assert WORDS.encode() not in bytes(entry.sealed)
    assert entry.before == entry.after == {}


@pytest.mark.wide
def test_handlers_read_the_corrected_words_and_what_stood_there(door: Door) -> None:
    door.correct("text", text=BETTER)
    volunteer = login(Client(), member(door.organisation, Role.VOLUNTEER))
    work = volunteer.get(page(door.organisation, "reports:report", door.report.pk))
    body = work.content.decode()
    assert body.index(BETTER) < body.index("Eerst stond er:") < body.index(WORDS)


@pytest.mark.wide
def test_an_addition_is_corrected_too(door: Door) -> None:
    key = random_key()
    returning.say_more(door.report, "Het was in mei.", entry_id=key, on=TODAY)
    assert "Het was in mei." in door.send("correct")

    body = door.correct(key, text="Het was in juni.")

    assert body.index("Het was in juni.") < body.index("Het was in mei.")
    entry = Entry.objects.get(pk=key)
    assert entry.open_words(read_again(door.report).key) == "Het was in juni."


@pytest.mark.parametrize(
    ("name", "typed", "stored", "read"),
    [
        ("municipality", "Utrecht", "GM0344", "Utrecht"),
        ("parties", ["school"], ["school"], "Een school"),
        ("condition", "ME/CVS", "ME/CVS", "ME/CVS"),
        ("since", "year", "year", "Ongeveer een jaar"),
        ("effects", ["money"], ["money"], "Zorgen over geld"),
        ("role", "child", "child", "Mijn kind"),
    ],
)
@pytest.mark.slow
def test_an_answer_is_filled_in_and_changed_afterwards(
    organisation: Organisation, name: str, typed: object, stored: object, read: str
) -> None:
    have_places()
    code, report = told(organisation)
    door = Door(Client(), organisation, report, code)

    body = door.correct(name, **{name: typed})

    assert getattr(read_again(report).open_telling(), name) == stored
    placed = Report.objects.in_places(["GM0344"], organisation)
    assert placed.exists() is (name == "municipality")
    assert read in body
    assert "Er stond niets." in body
    empty: object = [] if isinstance(stored, list) else ""
    body = door.correct(name, **{name: empty})
    assert getattr(read_again(report).open_telling(), name) == empty
    assert read in body  # what stood there
    assert read_again(report).open_telling().text == WORDS


def test_a_double_click_is_one_correction_and_the_same_words_are_none(
    organisation: Organisation,
) -> None:
    _code, report = told(organisation)
    key = random_key()
    for text in (WORDS, BETTER, BETTER, "Nog anders."):
        correcting.correct_words(report, text, entry_id=key, on=TODAY)
    facts = {"since": "year"}
    for _ in range(2):
        correcting.correct_facts(report, facts, entry_id=random_key(), on=TODAY)
    report = read_again(report)
    assert report.open_telling().text == BETTER
    assert report.entries.count() == 2


@pytest.mark.wide
def test_a_number_that_we_may_not_keep_is_taken_out(door: Door) -> None:
    body = door.correct("text", text="Mijn nummer is 111222333.")
    assert "111222333" not in body
    assert "burgerservicenummer" in body
    door.correct("condition", condition="ME 111222333")
    assert "111222333" not in read_again(door.report).open_telling().condition


@pytest.mark.slow
def test_words_of_the_organisation_or_somebody_else_cannot_be_corrected(
    door: Door,
) -> None:
    other = told(door.organisation)[1]
    key = random_key()
    returning.say_more(other, "Van een ander.", entry_id=key, on=TODAY)
    step = Entry(report=door.report, n=9, kind=EntryKind.NOTE, on=TODAY)
    step.save()
    for what in (key, step.pk, 5):
        fields = {"code": door.code, "what": what, "text": "Vals", "act": "save"}
        assert door.client.post(door.path("correct"), fields).status_code == 404
    for what in ("yes", "show", "9" * 30, "onzin"):
        assert "Wat klopt er niet?" in door.send("correct", what=what, act="save")
    with pytest.raises(Entry.DoesNotExist):
        correcting.correct_words(
            door.report, "Vals", said_in=key, entry_id=random_key(), on=TODAY
        )


def test_a_draft_and_what_was_withdrawn_are_not_corrected(
    organisation: Organisation,
) -> None:
    kept = telling.keep_draft(
        telling.fresh_code(), organisation, Telling("half"), on=TODAY
    )
    _code, gone = told(organisation)
    erase_words(gone, on=TODAY)
    for report, refusal in ((kept.report, Report.DoesNotExist), (gone, telling.Gone)):
        with pytest.raises(refusal):
            correcting.correct_words(report, BETTER, entry_id=1, on=TODAY)
        with pytest.raises(refusal):
            correcting.correct_facts(report, {"since": "year"}, entry_id=1, on=TODAY)
        with pytest.raises(refusal):
            correcting.give_yes(report, [Purpose.ASK], consent=YES, on=TODAY)


@pytest.mark.slow
def test_what_was_typed_stays_when_it_cannot_be_kept(door: Door) -> None:
    fields = {"code": door.code, "what": "text", "act": "save"}
    body = door.send("correct", what="text", act="save", text=BETTER, entry="vals")
    assert "te oud" in body
    assert BETTER in body
    assert "Hier staat nog niets" in door.correct("text", text=" ")
    with patch.object(correcting, "correct_words", side_effect=OperationalError):
        answer = door.client.post(
            door.path("correct"), {**fields, "entry": entry_token()}
        )
        assert answer.status_code == 200  # no words
        typed = {**fields, "entry": entry_token(), "text": BETTER}
        answer = door.client.post(door.path("correct"), typed)
    assert answer.status_code == 503
    assert BETTER in answer.content.decode()
    with patch.object(limits, "intake_wait", return_value=9.0):
        answer = door.client.post(door.path("correct"), typed)
    assert answer.status_code == 429
    assert BETTER in answer.content.decode()


def test_a_choice_of_display_keeps_what_was_typed_and_stores_nothing(
    door: Door,
) -> None:
    look = {"preference": "calm:1", "act": "save"}
    assert BETTER in door.send("correct", what="text", text=BETTER, **look)
    body = door.send("correct", what="condition", condition="ME", **look)
    assert 'value="ME"' in body
    body = door.send("give-yes", yes=["ask"], **look)
    assert re.search(r'value="ask"[^>]*checked', body)
    assert not read_again(door.report).entries.exists()
    assert Consent.objects.filter(key=door.report.pk).count() == 1


@pytest.mark.slow
def test_a_yes_is_given_afterwards_with_its_words_and_taken_back_apart(
    door: Door,
) -> None:
    body = door.send("give-yes")
    assert "Mij meer vragen" in body

    door.send("give-yes", yes=["ask", "quote"], act="save")
    body = door.send("give-yes")

    assert "Mij meer vragen" not in body
    key = read_again(door.report).key
    assert key
    rows = {row.text.purpose: row for row in key.consents.select_related("text")}
    assert set(rows) == {"count", "ask", "quote"}
    assert rows["ask"].text.wording == words_of_yes()["ask"]
    assert rows["ask"].given_on == today()
    assert rows["ask"].ends_on
    assert rows["ask"].ends_on.year == today().year + 2
    assert log().count("reports.consent.given") == 1
    door.send("take-yes-back", consent=rows["ask"].pk)
    assert "Mij meer vragen" in door.send("give-yes")
    left = key.consents.in_force(on=today()).values_list("text__purpose", flat=True)
    assert set(left) == {"count", "quote"}


def test_a_yes_that_was_given_before_is_not_given_twice(
    organisation: Organisation,
) -> None:
    _code, report = told(organisation)
    for _ in range(2):
        correcting.give_yes(report, [Purpose.STORY], consent=YES, on=TODAY)
    correcting.give_yes(report, [], consent=YES, on=TODAY)
    assert Consent.objects.filter(text__purpose="story").count() == 1
    assert log().count("reports.consent.given") == 1


def test_a_yes_that_is_not_asked_cannot_be_given(door: Door) -> None:
    body = door.send("give-yes", yes=["count", "onzin"], act="save")
    assert "Mag" in body or "mogen" in body
    assert Consent.objects.filter(key=door.report.pk).count() == 1


@pytest.mark.wide
def test_a_question_of_the_organisation_itself_is_answered_afterwards(
    door: Door,
) -> None:
    row = OwnQuestion.objects.create(
        organisation=door.organisation,
        n=1,
        title="Welk hulpmiddel gebruikt u?",
        kind=AnswerKind.SEVERAL,
        choices=["Rolstoel", "Trippelstoel"],
    )
    assert row.title in door.send("correct")

    door.correct(row.name, **{row.name: ["Rolstoel"]})
    body = door.correct(row.name, **{row.name: ["Trippelstoel"]})

    told = read_again(door.report).open_telling()
    answer = {"title": row.title, "answers": ["Trippelstoel"]}
    assert told.own == {str(row.pk): answer}
    assert "Welk hulpmiddel gebruikt u? Rolstoel" in body
    OwnQuestion.objects.update(is_on=False)
    assert "Trippelstoel" in door.send("correct")  # one's own answer stays one's own


def test_what_is_asked_no_more_is_corrected_only_where_it_was_answered(
    organisation: Organisation,
) -> None:
    _code, report = told(organisation)
    facts = {"condition": "ME/CVS"}
    correcting.correct_facts(report, facts, entry_id=random_key(), on=TODAY)
    LeftOutQuestion.objects.create(organisation=organisation, name="condition")
    LeftOutQuestion.objects.create(organisation=organisation, name="since")
    left = correctable(organisation, read_again(report).open_telling())
    names = {question.name for question in left}
    assert "condition" in names
    assert names.isdisjoint({"since", "yes", "show", "speak"})
