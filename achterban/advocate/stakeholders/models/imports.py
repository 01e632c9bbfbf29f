"""A file of public bodies that becomes parties (Dutch: overheden inlezen)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation


class PartyImportState(models.TextChoices):
    """Where a file stands."""

    LOOKED_AT = "looked_at", _("Nothing is stored yet")
    DONE = "done", _("Read")
    UNDONE = "undone", _("Undone")


class PartyImportQuerySet(models.QuerySet["PartyImport"]):
    """Which files."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those of an organisation, for who may read in there."""
        if not account.has_perm("stakeholders.import", organisation):
            return self.none()
        return self.filter(organisation=organisation)


class PartyImport(models.Model):
    """A file of public bodies: what it holds until it is read, and what came of it."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    state = models.CharField(
        max_length=10,
        choices=PartyImportState.choices,
        default=PartyImportState.LOOKED_AT,
    )
    begun_on = models.DateField()
    bodies = models.JSONField(default=list)  # identifier, name, list; until it is read
    faults = models.JSONField(default=list)  # line, reason
    n_new = models.PositiveIntegerField(default=0)
    n_renamed = models.PositiveIntegerField(default=0)
    n_same = models.PositiveIntegerField(default=0)

    objects = PartyImportQuerySet.as_manager()

    class Privacy:
        """Public bodies; who brought the file works here."""

        personal = frozenset({"by"})
        neutral = frozenset(
            {
                "id",
                "organisation",
                "state",
                "begun_on",
                "bodies",
                "faults",
                "n_new",
                "n_renamed",
                "n_same",
            }
        )

    class Meta:
        verbose_name = _("file of public bodies")
        verbose_name_plural = _("files of public bodies")
        ordering = ["-begun_on", "pk"]

    def __str__(self) -> str:
        return f"import {self.pk}"
