"""A recess of parliament or a council (Dutch: reces); its days move each year."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation
from achterban.rules.recurrence import Days, Season


class SeasonChoice(models.TextChoices):
    """Which recess it is."""

    SPRING = Season.SPRING.value, _("spring recess")
    MAY = Season.MAY.value, _("May recess")
    SUMMER = Season.SUMMER.value, _("summer recess")
    AUTUMN = Season.AUTUMN.value, _("autumn recess")
    CHRISTMAS = Season.CHRISTMAS.value, _("Christmas recess")


class RecessQuerySet(models.QuerySet["Recess"]):
    """Which recesses."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that an organisation wrote down."""
        if not account.has_perm("dossiers.read", organisation):
            return self.none()
        return self.filter(organisation=organisation)

    def known_to(self, organisation: Organisation) -> list[Days]:
        """Return the days of those that an organisation wrote down."""
        rows = self.filter(organisation=organisation)
        return [row.days for row in rows]


class Recess(models.Model):
    """The days of one recess, as an organisation wrote them down."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    season = models.CharField(
        _("which recess?"), max_length=9, choices=SeasonChoice.choices
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))

    objects = RecessQuerySet.as_manager()

    class Privacy:
        """Days of parliament."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "organisation", "season", "first", "last"})

    class Meta:
        ordering = ["-first", "pk"]
        constraints = [
            models.CheckConstraint(
                name="recess_ends_after_it_began", condition=Q(last__gte=F("first"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_season_display()} {self.first.year}"

    @property
    def days(self) -> Days:
        """Return its days as the rules read them."""
        return Days(Season(self.season), self.first, self.last)
