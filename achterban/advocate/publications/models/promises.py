"""A letter about promises (Dutch: brief over een toezegging), and its first words."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.commitments.models import Commitment
from achterban.advocate.dossiers.models import Rank
from achterban.advocate.publications.models.publications import Publication
from achterban.advocate.stakeholders.models import Party
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey, WordsField
from achterban.core.organisations.models import Organisation


class Aim(models.TextChoices):
    """Why one writes about a promise."""

    CONFIRM = "confirm", _("Confirm what was said")
    REMIND = "remind", _("Remind: the day is over")
    ESCALATE = "escalate", _("Ask it one step higher")
    RENEW = "renew", _("Ask to agree on it anew")
    ALL_OPEN = "all_open", _("All that we still wait for")


class FirstWordsQuerySet(models.QuerySet["FirstWords"]):
    """Which first words."""

    def of(self, organisation: Organisation) -> Self:
        """Return those that an organisation wrote."""
        return self.filter(organisation=organisation)


class FirstWords(models.Model):
    """What a letter of ours begins with, where an organisation wrote its own."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    aim = models.CharField(max_length=10, choices=Aim.choices)
    title = LineField(max_length=120)
    salutation = LineField(max_length=120, blank=True)
    text = WordsField(max_length=4000)
    closing = WordsField(max_length=400, blank=True)

    objects = FirstWordsQuerySet.as_manager()

    class Privacy:
        """Words for any letter; names of people come in each."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {"id", "organisation", "aim", "title", "salutation", "text", "closing"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "aim"], name="first_words_once_an_aim"
            )
        ]

    def __str__(self) -> str:
        return self.title


class PromiseLetterQuerySet(models.QuerySet["PromiseLetter"]):
    """Which letters."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        visible = Publication.objects.visible_to(account, organisation)
        return self.filter(publication__in=visible)

    def sent(self) -> Self:
        """Return those of which a version went out."""
        return self.filter(publication__number__isnull=False)


class PromiseLetter(models.Model):
    """That a letter speaks of promises, to what end, and how high it goes."""

    id = RandomKey()
    publication = models.OneToOneField(
        Publication, models.CASCADE, related_name="promise_letter"
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    aim = models.CharField(max_length=10, choices=Aim.choices)
    rung = models.CharField(max_length=20, choices=Rank.choices, blank=True)
    why = LineField(max_length=200, blank=True)
    commitments = models.ManyToManyField(
        Commitment, through="Speaks", related_name="letters"
    )

    objects = PromiseLetterQuerySet.as_manager()

    class Privacy:
        """Our own reasons."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "publication", "party", "aim", "rung", "why"})

    class Meta:
        ordering = ["publication__written_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="promise_letter_higher_with_a_reason",
                condition=Q(aim=Aim.ESCALATE) & ~Q(rung="") & ~Q(why="")
                | ~Q(aim=Aim.ESCALATE) & Q(rung="", why=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.aim}"


class Speaks(models.Model):
    """That a letter speaks of a promise."""

    letter = models.ForeignKey(PromiseLetter, models.CASCADE)
    commitment = models.ForeignKey(Commitment, models.CASCADE)

    class Privacy:
        """Which two."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "letter", "commitment"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "commitment"], name="speaks_each_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.commitment_id}"
