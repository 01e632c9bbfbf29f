"""A coalition: several organisations at one goal, each in a dossier of its own."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models.dossiers import Dossier
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey
from achterban.core.organisations.models import Organisation


class Coalition(models.Model):
    """What several organisations want together (Dutch: samenwerking).

    It belongs to none of them. Each works in its own dossier, with its own people and
    reports; the others see what it shares, and nothing else.
    """

    id = RandomKey()
    title = LineField(_("title"), max_length=90)
    demand = LineField(_("what we ask, in one sentence"), max_length=250)
    begun_on = models.DateField()

    class Privacy:
        """Words of organisations."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "title", "demand", "begun_on"})

    class Meta:
        verbose_name = _("coalition")
        verbose_name_plural = _("coalitions")

    def __str__(self) -> str:
        return self.title


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Which partners."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return the places of an organisation itself, also those it may take."""
        if not account.has_perm("dossiers.read_all", organisation):
            return self.none()
        return self.filter(organisation=organisation)

    def standing(self) -> Self:
        """Return those who joined and did not leave."""
        return self.filter(joined_on__isnull=False, left_on=None)

    def asked(self) -> Self:
        """Return those who were asked and said nothing yet."""
        return self.filter(joined_on=None, left_on=None)


class Partner(models.Model):
    """An organisation in a coalition: asked by one that is in it, joined by itself."""

    id = RandomKey()
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    dossier = models.ForeignKey(
        Dossier, models.SET_NULL, null=True, related_name="partners"
    )
    asked_by = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    asked_on = models.DateField()
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    objects = PartnerQuerySet.as_manager()

    class Privacy:
        """Organisations, no people."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "coalition",
                "organisation",
                "dossier",
                "asked_by",
                "asked_on",
                "joined_on",
                "left_on",
            }
        )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "organisation"],
                condition=Q(left_on=None),
                name="partner_once_a_coalition",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(left_on=None),
                name="partner_once_a_dossier",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_standing(self) -> bool:
        """Return whether it joined and did not leave."""
        return self.joined_on is not None and self.left_on is None


class Kind(models.TextChoices):
    """What can be shared: never people, and never reports."""

    ISSUE = "issue", _("issue")
    MEETING = "meeting", _("meeting")
    TASK = "task", _("task")


class Shared(models.Model):
    """One thing that an organisation lets its partners see.

    By kind and key: what leaves the dossier of its owner is shared no more.
    """

    id = RandomKey()
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="shared")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    thing = models.BigIntegerField()
    at = models.DateTimeField()

    class Privacy:
        """What belongs to what."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "partner", "kind", "thing", "at"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "kind", "thing"], name="shared_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.kind} {self.thing}"
