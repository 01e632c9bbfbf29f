"""One time that a promise was due (Dutch: keer), and what took place."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.commitments.models.commitments import Commitment
from achterban.advocate.dossiers.models import Meeting, Rank
from achterban.core.database.fields import LineField, RandomKey


class OccurrenceState(models.TextChoices):
    """Whether it took place."""

    HELD = "held", _("it took place")
    LOWER = "lower", _("at a lower level")
    MISSED = "missed", _("it did not take place")


TOOK_PLACE = (OccurrenceState.HELD, OccurrenceState.LOWER)


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """Which times."""

    def of(self, commitments: models.QuerySet[Commitment]) -> Self:
        """Return those of some promises."""
        return self.filter(commitment__in=commitments)

    def untold(self, on: date) -> Self:
        """Return those whose day came, and of which nobody told what took place."""
        return self.filter(state="", due_on__lte=on)


class Occurrence(models.Model):
    """A day on which a promise with a rhythm was due, set against what took place."""

    id = RandomKey()
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="occurrences"
    )
    due_on = models.DateField()
    meeting = models.OneToOneField(
        Meeting, models.SET_NULL, null=True, related_name="occurrence"
    )
    state = models.CharField(
        _("did it take place?"),
        max_length=6,
        choices=OccurrenceState.choices,
        blank=True,
    )
    held_on = models.DateField(_("on which day"), null=True)
    level = models.CharField(
        _("level at which it was held"),
        max_length=20,
        choices=Rank.choices,
        blank=True,
    )
    note = LineField(_("how we know"), max_length=200, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Privacy:
        """What took place between organisations."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "commitment",
                "due_on",
                "meeting",
                "state",
                "held_on",
                "level",
                "note",
            }
        )

    class Meta:
        ordering = ["-due_on", "pk"]
        indexes = [
            models.Index(
                fields=["due_on", "commitment"],
                condition=Q(state=""),
                name="occurrence_untold",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "due_on"], name="occurrence_once_a_day"
            ),
            models.CheckConstraint(
                name="occurrence_held_on_a_day",
                condition=Q(state__in=TOOK_PLACE, held_on__isnull=False)
                | (~Q(state__in=TOOK_PLACE) & Q(held_on=None, level="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.due_on}"
