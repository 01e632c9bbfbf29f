"""The optional pages after the first question: one question each, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.core.organisations.models import Organisation
from achterban.listen.reports.consents import OFFERS
from achterban.listen.reports.forms import (
    AnswerForm,
    ConditionForm,
    EffectsForm,
    MunicipalityForm,
    PartiesForm,
    RoleForm,
    SinceForm,
    YesForm,
)
from achterban.listen.reports.forms_hearing import HearForm
from achterban.listen.reports.hearing import WANTS
from achterban.listen.reports.models import (
    Attachment,
    LeftOutQuestion,
    OwnQuestion,
    Telling,
)

SKIP = _("Skip")
YES_TITLE = _("What may we do with it?")
HEAR_TITLE = _("Do you want to hear what happens with it?")


@dataclass(frozen=True)
class Question:
    """One page.

    Attributes:
        name: the field of the form, and of ``Telling`` where it is not their own.
        title: the question.
        form: what is asked.
        skip: the button that leaves it open.
        takes: kinds of files (``accept`` of an input) where it asks for files, which
            are rows of their own.
        own: the row, where the organisation itself asks it.
    """

    name: str
    title: Promise | str
    form: Callable[..., forms.Form]
    skip: Promise = SKIP
    takes: str = ""
    own: OwnQuestion | None = None

    @property
    def is_voice(self) -> bool:
        """Return whether somebody may record a voice here."""
        return self.name == SPEAK

    def facts(self, answered: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of ``Telling`` that follow from what a form took in."""
        if self.own is None:
            return answered
        given = answered[self.name]
        answers = given if isinstance(given, list) else [given]
        return {"own": {str(self.own.pk): self.own.answered(answers)}}


SPEAK = "speak"
HEAR = "hear"
PHOTOS_AND_PAPERS = "image/*,.heic,.pdf,.txt,.docx,.odt"
QUESTIONS = (
    Question(
        "municipality",
        _("Where does this happen?"),
        MunicipalityForm,
        skip=_("I do not know"),
    ),
    Question("parties", _("Who is it about?"), PartiesForm),
    Question("condition", _("Which illness do you have?"), ConditionForm),
    Question("since", _("How long has this been so?"), SinceForm),
    Question("effects", _("What does it do to you?"), EffectsForm),
    Question("role", _("Who is it that goes through this?"), RoleForm),
    Question(
        "show", _("Do you want to show something?"), forms.Form, takes=PHOTOS_AND_PAPERS
    ),
    Question(SPEAK, _("Do you want to say something?"), forms.Form, takes="audio/*"),
    Question("yes", YES_TITLE, YesForm),
    Question(HEAR, HEAR_TITLE, HearForm),
)


# Ways to tell and rights are no questions to leave out.
MAY_BE_LEFT_OUT = tuple(
    q for q in QUESTIONS if not q.takes and q.name not in {"yes", HEAR}
)


def questions_of(
    organisation: Organisation, *, asked: str = ""
) -> tuple[Question, ...]:
    """Return what an organisation asks: of the program's questions, and its own.

    Its own come after those about what happens, before files and consent.

    Args:
        organisation: who asks.
        asked: a question that somebody sees now: it stays until it is answered, even
            if it was switched off meanwhile.
    """
    left_out = {row.name for row in LeftOutQuestion.objects.of(organisation)} - {asked}
    rows = OwnQuestion.objects.of(organisation)
    own = [_own(row) for row in rows if row.is_on or row.name == asked]
    first = [q for q in MAY_BE_LEFT_OUT if q.name not in left_out]
    return (*first, *own, *(q for q in QUESTIONS if q not in MAY_BE_LEFT_OUT))


def _own(row: OwnQuestion) -> Question:
    return Question(
        row.name, row.shown_title, partial(AnswerForm, question=row), own=row
    )


def number_of(name: str, questions: Sequence[Question]) -> int | None:
    """Return the place of a question in the row, from 0; None for no question.

    A question of the organisation that reads otherwise since it was asked is found
    too: it is asked again.
    """
    names = [question.name for question in questions]
    if name in names:
        return names.index(name)
    key = name.rpartition("-")[0]
    return next(
        (n for n, q in enumerate(questions) if q.own and f"own-{q.own.pk}" == key), None
    )


def open_from(
    told: Telling, files: Iterable[Attachment], questions: Sequence[Question]
) -> int:
    """Return from which question on somebody goes on: nothing is asked twice.

    That is the one after the last that was answered: what lies before was answered, or
    skipped. The way back leads to all of them.
    """
    brought = {file.is_recording for file in files}
    answered = [n for n, q in enumerate(questions) if _is_answered(told, brought, q)]
    return min(max(answered, default=-1) + 1, len(questions))


def _is_answered(told: Telling, brought: set[bool], question: Question) -> bool:
    if question.takes:
        return question.is_voice in brought
    if question.own is not None:
        return str(question.own.pk) in told.own
    return bool(getattr(told, question.name, None))


def correctable(organisation: Organisation, told: Telling) -> list[Question]:
    """Return what may be answered otherwise afterwards, or for the first time.

    Args:
        organisation: who asks.
        told: what was told: what it answers stays, be it asked no more.
    """
    left_out = {
        row.name
        for row in LeftOutQuestion.objects.of(organisation)
        if not getattr(told, row.name, "")
    }
    rows = OwnQuestion.objects.of(organisation)
    own = [_own(row) for row in rows if row.is_on or str(row.pk) in told.own]
    return [*(q for q in MAY_BE_LEFT_OUT if q.name not in left_out), *own]


def words_of_yes() -> dict[str, str]:
    """Return the words around the box of each yes, by purpose or by ``Hearing``."""
    return {
        purpose.value: f"{YES_TITLE} {offer.words}" for purpose, offer in OFFERS.items()
    } | {choice.value: f"{HEAR_TITLE} {choice.label}" for choice in WANTS}
