"""Questions of an organisation itself, and those of the program that it leaves out."""

from __future__ import annotations

import hashlib
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.core.organisations.models import Organisation

MOST_OWN_QUESTIONS = 5


class AnswerKind(models.TextChoices):
    """How a question is answered."""

    ONE = "one", _("one of these answers")
    SEVERAL = "several", _("one or more of these answers")
    WORDS = "words", _("a few words of their own")


class OwnQuestionQuerySet(models.QuerySet["OwnQuestion"]):
    """Which questions."""

    def of(self, organisation: Organisation) -> Self:
        """Return those of an organisation, in their order."""
        return self.filter(organisation=organisation)


class OwnQuestion(models.Model):
    """An optional question of an organisation itself."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    n = models.PositiveSmallIntegerField(_("place"))
    title = models.CharField(_("question"), max_length=120)
    kind = models.CharField(_("answer"), max_length=10, choices=AnswerKind.choices)
    choices = models.JSONField(default=list)
    is_on = models.BooleanField(default=True)

    objects = OwnQuestionQuerySet.as_manager()

    class Privacy:
        """It stands on the public pages."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {"id", "organisation", "n", "title", "kind", "choices", "is_on"}
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
        words = "\n".join([self.kind, self.title, *self.choices])
        return f"own-{self.pk}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


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
