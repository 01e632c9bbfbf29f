"""How many people are in an issue, as it may leave the house (Dutch: getal)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.issues.models.issues import Issue
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey
from achterban.core.organisations.models import Organisation
from achterban.core.release.models import ReleasedFigure


class FigureQuerySet(models.QuerySet["Figure"]):
    """Which figures."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        issues = Issue.objects.visible_to(account, organisation)
        return self.filter(issue__in=issues)

    def out(self) -> Self:
        """Return those that a second person released, newest first."""
        return self.exclude(released=None).order_by("-month", "-pk")

    def waiting(self) -> Self:
        """Return those that wait for a second person."""
        return self.filter(released=None)


class Figure(models.Model):
    """How many people told of an issue until the end of a month.

    One person asks for it, and says what is counted and who is missing; another
    releases it through the gate (``core.release``). From then on its words stand too:
    a number says something together with them only.
    """

    id = RandomKey()
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="figures")
    month = models.DateField()  # its first day
    counted = LineField(_("what is counted"), max_length=200)
    missing = LineField(_("who is missing"), max_length=300)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    released = models.ForeignKey(
        ReleasedFigure, models.CASCADE, null=True, db_index=False, related_name="+"
    )
    released_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = FigureQuerySet.as_manager()

    class Privacy:
        """Our own words beside a number in whole tens; who wrote them works here."""

        personal = frozenset({"asked_by", "released_by"})
        neutral = frozenset(
            {"id", "issue", "month", "counted", "missing", "asked_on", "released"}
        )

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.CheckConstraint(
                name="figure_released_by_another",
                condition=Q(released_by=None)
                | Q(asked_by=None)
                | ~Q(released_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                fields=["issue"],
                condition=Q(released=None),
                name="figure_waits_once_an_issue",
            ),
        ]

    def __str__(self) -> str:
        return self.counted

    @property
    def n_least(self) -> int:
        """Return how many people they are at least; of one that is out."""
        assert self.released is not None
        return self.released.n_least
