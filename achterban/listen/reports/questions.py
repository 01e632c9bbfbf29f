"""The optional pages after the first question: one question each, in this order."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.listen.reports.forms import (
    ConditionForm,
    EffectsForm,
    MunicipalityForm,
    PartiesForm,
    RoleForm,
    SinceForm,
    YesForm,
)

SKIP = _("Skip")
YES_TITLE = _("What may we do with it?")


@dataclass(frozen=True)
class Question:
    """One page.

    Attributes:
        name: the field of ``Telling``, and of the form.
        title: the question.
        form: what is asked.
        skip: the button that leaves it open.
        takes: kinds of files (``accept`` of an input) where it asks for files, which
            are rows of their own.
    """

    name: str
    title: Promise
    form: type[forms.Form]
    skip: Promise = SKIP
    takes: str = ""

    @property
    def is_voice(self) -> bool:
        """Return whether somebody may record a voice here."""
        return self.name == SPEAK


SPEAK = "speak"
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
)


def number_of(name: str) -> int | None:
    """Return the place of a question in the row, from 0; None for no question."""
    names = [question.name for question in QUESTIONS]
    return names.index(name) if name in names else None
