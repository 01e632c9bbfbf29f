"""Questions of an organisation itself, and those of the program that it leaves out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NotRequired, Self, TypedDict

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from achterban.core.organisations.models import Organisation

MOST_OWN_QUESTIONS = 5


class AnswerKind(models.TextChoices):
    """How a question is answered."""

    ONE = "one", _("one of these answers")
    SEVERAL = "several", _("one or more of these answers")
    WORDS = "words", _("a few words of their own")


class OwnAnswer(TypedDict):
    """The answer to a question of the organisation, with its words as they stood.

    Attributes:
        title: the question.
        answers: what was chosen, or written.
        title_en: the question in English, where it was asked so too.
        answers_en: what was chosen, in English; not for what was written.
    """

    title: str
    answers: list[str]
    title_en: NotRequired[str]
    answers_en: NotRequired[list[str]]


def as_shown(answer: OwnAnswer) -> tuple[str, str]:
    """Return question and answer for who reads now."""
    if get_language() != "en" or "title_en" not in answer:
        return answer["title"], " · ".join(answer["answers"])
    answers = answer.get("answers_en", answer["answers"])
    return answer["title_en"], " · ".join(answers)


class OwnQuestionQuerySet(models.QuerySet["OwnQuestion"]):
    """Which questions."""

    def of(self, organisation: Organisation) -> Self:
        """Return those of an organisation, in their order."""
        return self.filter(organisation=organisation)


class OwnQuestion(models.Model):
    """An optional question of an organisation itself, in Dutch and maybe in English.

    An answer is kept as its Dutch choice, whoever gave it.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    n = models.PositiveSmallIntegerField(_("place"))
    title = models.CharField(_("question"), max_length=120)
    kind = models.CharField(_("answer"), max_length=10, choices=AnswerKind.choices)
    choices = models.JSONField(default=list)
    title_en = models.CharField(_("question in English"), max_length=120, blank=True)
    choices_en = models.JSONField(default=list, blank=True)
    is_on = models.BooleanField(default=True)

    objects = OwnQuestionQuerySet.as_manager()

    class Privacy:
        """It stands on the public pages."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "organisation",
                "n",
                "title",
                "kind",
                "choices",
                "title_en",
                "choices_en",
                "is_on",
            }
        )

    class Meta:
        ordering = ["n", "pk"]
        constraints = [
            models.CheckConstraint(
                name="ownquestion_known_kind", condition=Q(kind__in=AnswerKind.values)
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """Return what the question is called in a form, as it reads now.

        With other words it has another name: an answer is never kept under a question
        that was not on the page.
        """
        english = [self.title_en, *self.choices_en] if self.title_en else []
        words = "\n".join([self.kind, self.title, *self.choices, *english])
        return f"own-{self.pk}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"

    @property
    def is_dutch(self) -> bool:
        """Return whether it is asked in Dutch to who reads now."""
        return not self.title_en or get_language() != "en"

    @property
    def shown_title(self) -> str:
        """Return the question as it is asked to who reads now."""
        return self.title if self.is_dutch else self.title_en

    @property
    def shown_choices(self) -> list[tuple[str, str]]:
        """Return each choice as it is kept, and as it is shown to who reads now."""
        shown = self.choices if self.is_dutch else self.choices_en
        return list(zip(self.choices, shown, strict=True))

    def answered(self, given: Sequence[str]) -> OwnAnswer:
        """Return an answer with the words of the question as they stand now."""
        told = OwnAnswer(title=self.title, answers=[one for one in given if one])
        if self.title_en:
            told["title_en"] = self.title_en
            if self.kind != AnswerKind.WORDS:
                english = dict(zip(self.choices, self.choices_en, strict=True))
                told["answers_en"] = [english[one] for one in told["answers"]]
        return told


class LeftOutQuerySet(models.QuerySet["LeftOutQuestion"]):
    """Which questions."""

    def of(self, organisation: Organisation) -> Self:
        """Return those that an organisation leaves out."""
        return self.filter(organisation=organisation)


class LeftOutQuestion(models.Model):
    """A question of the program that an organisation does not ask."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    name = models.CharField(max_length=20)

    objects = LeftOutQuerySet.as_manager()

    class Privacy:
        """It shows on the public pages."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "organisation", "name"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="leftout_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
