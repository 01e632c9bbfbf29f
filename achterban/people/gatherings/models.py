"""A gathering: when and where people met, and what they agreed to there."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation


class GatheringQuerySet(models.QuerySet["Gathering"]):
    """Which gatherings."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may write down stories of here."""
        if not account.has_perm("reports.enter", organisation):
            return self.none()
        return self.filter(organisation=organisation)


class Gathering(models.Model):
    """One evening (Dutch: bijeenkomst). Who was there is not in it."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    name = models.CharField(_("name"), max_length=80)
    held_on = models.DateField(_("day"))
    municipality = models.CharField(max_length=6, blank=True)  # CBS code
    consent = models.CharField(_("what was said about consent"), max_length=300)
    made_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = GatheringQuerySet.as_manager()

    class Privacy:
        """A small gathering in a small place tells something of who came."""

        personal = frozenset({"name", "held_on", "municipality", "made_by"})
        neutral = frozenset({"id", "organisation", "consent"})

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering = ["-held_on", "name", "pk"]

    def __str__(self) -> str:
        return self.name
