"""Questions of an organisation itself: asked, answered, kept as they were asked."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.web.preferences import COOKIE
from achterban.listen.reports.actions.asking import (
    Enough,
    keep_own_question,
    leave_out,
)
from achterban.listen.reports.models import (
    MOST_OWN_QUESTIONS,
    AnswerKind,
    LeftOutQuestion,
    OwnQuestion,
    Report,
)
from achterban.listen.reports.questions import (
    MAY_BE_LEFT_OUT,
    QUESTIONS,
    number_of,
    questions_of,
)
from achterban.listen.reports.tests.test_questions import Teller

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
BUILT_IN = [q.name for q in MAY_BE_LEFT_OUT]
TITLE = "Welk hulpmiddel gebruikt u?"


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def by(organisation: Organisation) -> Account:
    return member(organisation, Role.COORDINATOR)


def own(
    organisation: Organisation,
    kind: AnswerKind = AnswerKind.SEVERAL,
    title: str = TITLE,
    n: int = 1,
) -> OwnQuestion:
    """Return a question that is asked."""
    choices = [] if kind == AnswerKind.WORDS else ["Rolstoel", "Trippelstoel", "Geen"]
    return OwnQuestion.objects.create(
        organisation=organisation, n=n, title=title, kind=kind, choices=choices
    )


def answer(name: str, given: object) -> dict[str, Any]:
    """Return an answer as a form has it."""
    return {name: given}


def alone(organisation: Organisation, by: Account) -> None:
    """Leave out all that the program asks about what happened."""
    leave_out(BUILT_IN, organisation, by=by, at=NOW)


def work(by: Account) -> Client:
    return login(Client(), by)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (AnswerKind.SEVERAL, ["Rolstoel", "Geen"], ["Rolstoel", "Geen"]),
        (AnswerKind.ONE, "Trippelstoel", ["Trippelstoel"]),
        (AnswerKind.WORDS, "een stok", ["een stok"]),
    ],
)
def test_an_answer_is_sealed_with_the_words_of_the_question(
    organisation: Organisation,
    by: Account,
    kind: AnswerKind,
    given: object,
    kept: list[str],
) -> None:
    question = own(organisation, kind)
    alone(organisation, by)
    teller = Teller(organisation)
    assert teller.title == TITLE

    teller.press("next", **answer(question.name, given))

    assert teller.told.own == {str(question.pk): {"title": TITLE, "answers": kept}}
    assert kept[0].encode() not in bytes(Report.objects.get().sealed)


@pytest.mark.slow
def test_a_later_change_of_words_does_not_change_what_was_answered(
    organisation: Organisation, by: Account
) -> None:
    question = own(organisation)
    alone(organisation, by)
    teller = Teller(organisation)
    teller.press("next", **answer(question.name, ["Rolstoel"]))
    question.title, question.choices = "Waar woont u?", ["Stad", "Dorp"]
    keep_own_question(question, by=by, at=NOW)

    teller.press("send")

    report = Report.objects.get()
    handler = work(by).get(page(organisation, "reports:report", report.pk))
    code = re.findall(r"<span>([0-9A-Z]{4})</span>", teller.body)
    mine = Client().post(page(organisation, "reports:code"), {"code": "".join(code)})
    for body in (handler.content.decode(), mine.content.decode()):
        assert TITLE in body
        assert "Rolstoel" in body
        assert "Waar woont u?" not in body


def test_a_question_that_changed_while_somebody_answered_is_asked_again(
    organisation: Organisation, by: Account
) -> None:
    question = own(organisation, AnswerKind.WORDS)
    alone(organisation, by)
    teller = Teller(organisation)
    asked = question.name
    question.title = "Hoe komt u buiten?"
    keep_own_question(question, by=by, at=NOW)

    teller.press("next", **answer(asked, "met een stok"))

    assert teller.title == "Hoe komt u buiten?"
    assert 'value="met een stok"' in teller.body  # nothing typed is lost
    assert teller.told.own == {}


def test_a_question_that_was_switched_off_meanwhile_still_takes_its_answer(
    organisation: Organisation, by: Account
) -> None:
    question = own(organisation)
    alone(organisation, by)
    teller = Teller(organisation)
    question.is_on = False
    keep_own_question(question, by=by, at=NOW)

    teller.press("next", **answer(question.name, ["Geen"]))

    assert teller.told.own[str(question.pk)]["answers"] == ["Geen"]
    assert teller.title == "Wilt u iets laten zien?"


def test_an_answer_is_shown_again_and_can_be_taken_back(
    organisation: Organisation, by: Account
) -> None:
    question = own(organisation)
    alone(organisation, by)
    teller = Teller(organisation)
    teller.press("next", **answer(question.name, ["Geen"]))
    teller.press("back")
    assert re.search(r'value="Geen"[^>]*checked', teller.body)
    teller.press("next")
    assert teller.told.own == {}


def test_an_answer_that_was_not_offered_is_refused(
    organisation: Organisation, by: Account
) -> None:
    question = own(organisation)
    alone(organisation, by)
    teller = Teller(organisation)
    teller.press("next", **answer(question.name, ["<b>Anders</b>"]))
    assert teller.title == TITLE
    assert teller.told.own == {}


def test_a_bsn_in_own_words_is_masked(organisation: Organisation, by: Account) -> None:
    question = own(organisation, AnswerKind.WORDS)
    alone(organisation, by)
    teller = Teller(organisation)
    teller.press("next", **answer(question.name, "111222333"))
    assert "111222333" not in str(teller.told.own)


def test_what_is_left_out_is_not_asked_and_the_rest_keeps_its_order(
    organisation: Organisation, by: Account
) -> None:
    leave_out(["condition", "role"], organisation, by=by, at=NOW)
    second, first = own(organisation, n=2), own(organisation, n=1)
    names = [q.name for q in questions_of(organisation)]
    assert names == [
        *["municipality", "parties", "since", "effects"],
        *[first.name, second.name],
        *["show", "speak", "yes", "hear"],
    ]
    leave_out([], organisation, by=by, at=NOW)
    assert len(questions_of(organisation)) == len(QUESTIONS) + 2


@pytest.mark.slow
@pytest.mark.parametrize("name", ["yes", "hear", "speak", "show", "onzin", ""])
def test_consent_files_and_nonsense_cannot_be_left_out(
    organisation: Organisation, by: Account, name: str
) -> None:
    leave_out([name], organisation, by=by, at=NOW)
    assert questions_of(organisation) == QUESTIONS
    assert not AuditEvent.objects.exists()


def test_questions_of_another_organisation_are_not_asked_here(
    organisation: Organisation,
) -> None:
    theirs = own(OrganisationFactory.create())
    LeftOutQuestion.objects.create(
        organisation=theirs.organisation, name="municipality"
    )
    assert questions_of(organisation, asked=theirs.name) == QUESTIONS
    assert number_of(theirs.name, questions_of(organisation)) is None


def test_without_any_question_one_comes_to_files_at_once(
    organisation: Organisation, by: Account
) -> None:
    alone(organisation, by)
    assert Teller(organisation).title == "Wilt u iets laten zien?"


def test_rather_speak_finds_its_page_whatever_is_left_out(
    organisation: Organisation, by: Account
) -> None:
    alone(organisation, by)
    own(organisation)
    teller = Teller(organisation)
    teller.shown = teller.client.get(page(organisation, "reports:tell"))
    teller.press("speak", "reports:tell", text="")
    assert teller.title == "Wilt u iets inspreken?"


def test_a_sixth_question_is_refused(organisation: Organisation, by: Account) -> None:
    for n in range(MOST_OWN_QUESTIONS):
        own(organisation, n=n)
    sixth = OwnQuestion(organisation=organisation, n=1, title="Nog één?", kind="words")
    with pytest.raises(Enough):
        keep_own_question(sixth, by=by, at=NOW)
    keep_own_question(OwnQuestion.objects.all()[0], by=by, at=NOW)

    data = {"title": "Nog één?", "kind": "words", "n": 1}
    answer = work(by).post(page(organisation, "reports:new-question"), data)
    assert "al vijf vragen" in answer.content.decode()
    assert OwnQuestion.objects.count() == MOST_OWN_QUESTIONS


def test_a_question_is_made_switched_off_and_on_again(
    organisation: Organisation, by: Account
) -> None:
    client = work(by)
    data = {
        "title": "Hoe komt u\r\n buiten?",
        "kind": "one",
        "lines": "Lopend\r\n\r\nRolstoel \r\nRolstoel",
        "title_en": "How do you get about?",
        "lines_en": "Walking\r\nWheelchair",
        "n": 1,
        "is_on": "on",
    }
    client.post(page(organisation, "reports:new-question"), data)
    question = OwnQuestion.objects.get()
    assert question.title == "Hoe komt u buiten?"
    assert question.choices == ["Lopend", "Rolstoel"]
    assert "Hoe komt u buiten?" in str([q.title for q in questions_of(organisation)])

    address = page(organisation, "reports:own-question", question.pk)
    body = client.get(address).content.decode()
    assert "Lopend\nRolstoel" in unescape(body)
    assert "Walking\nWheelchair" in unescape(body)
    del data["is_on"]
    client.post(address, data)
    assert questions_of(organisation) == QUESTIONS
    listed = client.get(page(organisation, "reports:question-list")).content.decode()
    assert "staat uit" in listed
    facts = [event.facts for event in AuditEvent.objects.order_by("pk")]
    assert "buiten" not in str(facts)


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "a" * 121},
        {"kind": "onzin"},
        {"lines": "Eén"},
        {"lines": "\n".join("abcdefghi")},
        {"lines": f"{'a' * 61}\nb"},
        {
            "lines": "\n".join(
                f"een twee drie vier vijf zes zeven acht {n}" for n in "abcde"
            )
        },
        {"title": "Zo " * 38, "lines": "een twee\ndrie"},
        {"n": 0},
        {"n": 6},
        {"title_en": "Which aid?"},
        {"title_en": "Which aid?", "lines_en": "Yes"},
        {"title_en": "Which aid?", "lines_en": "Yes\nYes"},
        {"lines_en": "Yes\nNo"},
        {"title_en": "So " * 38, "lines_en": "one two\nthree"},
    ],
    ids=str,
)
def test_what_makes_no_good_page_is_refused(
    organisation: Organisation, by: Account, wrong: dict[str, object]
) -> None:
    data = {"title": TITLE, "kind": "several", "lines": "Ja\nNee", "n": 1, **wrong}
    answer = work(by).post(page(organisation, "reports:new-question"), data)
    assert "notice error" in answer.content.decode() or (
        "errorlist" in answer.content.decode()
    )
    assert not OwnQuestion.objects.exists()


def test_which_questions_are_asked_is_set_on_one_page(
    organisation: Organisation, by: Account
) -> None:
    client, address = work(by), page(organisation, "reports:question-list")
    assert client.get(address).content.decode().count("checked") == len(BUILT_IN)

    client.post(address, {"asked": ["municipality", "since"]})

    names = [q.name for q in questions_of(organisation)]
    assert names == ["municipality", "since", "show", "speak", "yes", "hear"]
    assert client.get(address).content.decode().count("checked") == 2
    event = AuditEvent.objects.get(kind="reports.questions.left_out")
    assert event.facts["names"] == ["condition", "effects", "parties", "role"]


def test_who_reads_english_hears_own_words_as_dutch(
    organisation: Organisation, by: Account
) -> None:
    own(organisation)
    alone(organisation, by)
    teller = Teller(organisation)
    teller.client.cookies[COOKIE] = "language:en"
    teller.press("back")
    teller.shown = teller.client.get(page(organisation, "reports:tell"))
    teller.press("next", "reports:tell", text="It hurts.")
    assert f'<h1 lang="nl">{TITLE}</h1>' in teller.body
    assert '<span lang="nl">Rolstoel</span>' in teller.body


def in_english(question: OwnQuestion) -> OwnQuestion:
    """Return a question with its words in English too."""
    question.title_en = "Which aid do you use?"
    question.choices_en = ["Wheelchair", "Foot chair", "None"][: len(question.choices)]
    question.save()
    return question


@pytest.mark.parametrize(
    ("kind", "given", "shown"),
    [
        (AnswerKind.SEVERAL, ["Rolstoel", "Geen"], "Wheelchair · None"),
        (AnswerKind.WORDS, "a walking stick", "a walking stick"),
    ],
)
@pytest.mark.wide
def test_who_reads_english_answers_in_english_and_who_reads_it_reads_dutch(
    organisation: Organisation,
    by: Account,
    kind: AnswerKind,
    given: Any,
    shown: str,
) -> None:
    question = in_english(own(organisation, kind))
    alone(organisation, by)
    teller = Teller(organisation)
    teller.client.cookies[COOKIE] = "language:en"
    Report.objects.all().delete()
    teller.shown = teller.client.get(page(organisation, "reports:tell"))
    teller.press("next", "reports:tell", text="It hurts.")
    assert "<h1>Which aid do you use?</h1>" in teller.body
    assert "Rolstoel</" not in teller.body

    teller.press("next", **answer(question.name, given))
    assert teller.told.own[str(question.pk)]["title"] == TITLE
    teller.press("send")

    code = "".join(re.findall(r"<span>([0-9A-Z]{4})</span>", teller.body))
    reading = page(organisation, "reports:code")
    mine = teller.client.post(reading, {"code": code}).content.decode()
    assert "Which aid do you use?" in mine
    assert shown in mine
    report = Report.objects.latest("pk")
    handler = work(by).get(page(organisation, "reports:report", report.pk))
    dutch = " · ".join(given) if isinstance(given, list) else given
    assert TITLE in handler.content.decode()
    assert dutch in handler.content.decode()


def test_english_words_that_change_ask_again(organisation: Organisation) -> None:
    question = in_english(own(organisation))
    before = question.name
    question.choices_en = ["None", "Wheelchair", "Foot chair"]
    assert question.name != before


@pytest.mark.wide
def test_words_of_a_question_are_never_code(
    organisation: Organisation, by: Account
) -> None:
    question = own(organisation, title="<script>alert(1)</script>")
    question.choices = ["<img src=x>", "b"]
    question.save()
    alone(organisation, by)
    teller = Teller(organisation)
    assert "<script>alert" not in teller.body
    assert "<img src=x>" not in teller.body
    teller.press("next", **answer(question.name, ["<img src=x>"]))
    for _files_and_rights in range(4):
        teller.press("skip")
    assert "&lt;img src=x&gt;" in teller.body
    assert "<img src=x>" not in teller.body


def test_what_was_typed_after_sending_elsewhere_can_be_added(
    organisation: Organisation, by: Account
) -> None:
    question = own(organisation, AnswerKind.WORDS)
    alone(organisation, by)
    teller = Teller(organisation)
    before = teller.shown
    teller.press("send")
    teller.shown = before
    teller.press("next", **answer(question.name, "met een stok"))
    assert re.search(r"<textarea[^>]*>\s*met een stok</textarea>", teller.body)


def test_others_have_no_say_in_what_is_asked(organisation: Organisation) -> None:
    question = own(OrganisationFactory.create())
    volunteer = work(member(organisation, Role.VOLUNTEER))
    for name in ("question-list", "new-question"):
        address = page(organisation, f"reports:{name}")
        assert volunteer.post(address, {}).status_code == 404
    coordinator = work(member(organisation, Role.COORDINATOR))
    address = page(organisation, "reports:own-question", question.pk)
    assert coordinator.post(address, {"title": "x"}).status_code == 404
