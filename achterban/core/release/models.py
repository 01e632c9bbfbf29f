"""Figures that were released: what stands here was seen, and does not change."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Joining, Organisation
from achterban.rules.disclosure import LEAST


class Kind(models.TextChoices):
    """What is counted."""

    REPORTS = "reports", _("reports")
    SAME = "same", _("people who have this too")
    ISSUE = "issue", _("people in an issue")


class ReleasedFigureQuerySet(models.QuerySet["ReleasedFigure"]):
    """Which figures."""

    def visible_to(self, account: Account, umbrella: Organisation) -> Self:
        """Return what an umbrella sees of those that joined it, newest first.

        Only as long as both want it, and from the first whole month of that.
        """
        if not account.has_perm("organisations.join", umbrella):
            return self.none()
        standing = Joining.objects.of_umbrella(umbrella).standing()
        return (
            self.filter(
                kind=Kind.REPORTS,
                organisation__joinings_as_member__in=standing,
                month__gte=F("organisation__joinings_as_member__counts_from"),
            )
            .select_related("organisation")
            .order_by("-month", "organisation__name")
        )


class ReleasedFigure(models.Model):
    """One count of one organisation in one month, in whole tens and never finer.

    ``subject`` is the key of what the people have in common, 0 for all of them.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.BigIntegerField(default=0)
    month = models.DateField()
    n_tens = models.PositiveIntegerField()
    released_on = models.DateField()

    objects = ReleasedFigureQuerySet.as_manager()

    class Privacy:
        """A number of ten or more, or that it is less."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "organisation",
                "kind",
                "subject",
                "month",
                "n_tens",
                "released_on",
            }
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "subject", "month"],
                name="figure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.month}"

    @property
    def n_least(self) -> int:
        """Return how many they are at least."""
        return self.n_tens * LEAST

    @property
    def shown(self) -> str:
        """Return the figure as it is shown: rounded down."""
        return str(self.n_least or _("fewer than 10"))
