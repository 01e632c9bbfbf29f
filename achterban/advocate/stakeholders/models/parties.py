"""A party: who decides or influences (Dutch: partij)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.issues.models import Level
from achterban.advocate.stakeholders.models.imports import PartyImport
from achterban.core.accounts.models import Account
from achterban.core.database.fields import (
    AddressField,
    LineField,
    RandomKey,
    WordsField,
)
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Municipality, searchable


class PartyKind(models.TextChoices):
    """What a party is."""

    MUNICIPALITY = "municipality", _("municipality")
    MINISTRY = "ministry", _("ministry")
    PUBLIC_BODY = "public_body", _("other public body")
    INSURER = "insurer", _("insurer")
    CARE_PROVIDER = "care_provider", _("care provider")
    PATIENTS = "patients", _("patient organisation")
    POLITICAL_PARTY = "political_party", _("political party")
    PRESS = "press", _("press")
    OTHER = "other", _("something else")


def pointed_at(model: type[models.Model]) -> Q:
    """Return which rows of a model others point to, here or in a room above."""
    found = Q(pk__in=[])
    for tie in model._meta.get_fields(include_hidden=True):
        if isinstance(tie, models.ManyToOneRel):
            name = tie.field.name
            rows = tie.related_model._base_manager.exclude(**{name: None})
            found |= Q(pk__in=rows.values(name))
    return found


class PartyQuerySet(models.QuerySet["Party"]):
    """Which parties."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        if not account.has_perm("stakeholders.read", organisation):
            return self.none()
        return self.filter(organisation=organisation)

    def named(self, typed: str) -> Self:
        """Return those with these letters in their name; all where there are none."""
        letters = searchable(typed)
        return self.filter(search__contains=letters) if letters else self.all()

    def free(self) -> Self:
        """Return those that no row points to, here or in a room above."""
        return self.exclude(pointed_at(Party))


class Party(models.Model):
    """Who decides or influences; it may be a part of another.

    Public bodies have the identifier of the register of the government (TOOI).
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    name = LineField(_("name"), max_length=160)
    search = models.CharField(max_length=160, editable=False)
    kind = models.CharField(_("kind"), max_length=15, choices=PartyKind.choices)
    level = models.CharField(
        _("level"), max_length=10, choices=Level.choices, blank=True
    )
    tooi = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=40, blank=True)  # list of the register
    place = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    part_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    website = AddressField(_("website"), max_length=300, blank=True)
    from_on = models.DateField(_("there since"), null=True, blank=True)
    until_on = models.DateField(_("there until"), null=True, blank=True)
    note = WordsField(_("note"), max_length=2000, blank=True)
    matters = models.BooleanField(_("matters to us"), default=False)
    imported = models.ForeignKey(
        PartyImport, models.SET_NULL, null=True, editable=False, related_name="parties"
    )

    objects = PartyQuerySet.as_manager()

    class Privacy:
        """Institutions, and words of ours about them: no person."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "organisation",
                "name",
                "search",
                "kind",
                "level",
                "tooi",
                "origin",
                "place",
                "part_of",
                "website",
                "from_on",
                "until_on",
                "note",
                "matters",
                "imported",
            }
        )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["search", "pk"]
        indexes = [models.Index(fields=["organisation", "search"], name="party_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "tooi"],
                condition=~Q(tooi=""),
                name="party_once_a_tooi",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None)
                | Q(from_on=None)
                | Q(until_on__gte=F("from_on")),
                name="party_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_over(self, on: date) -> bool:
        """Return whether it is there no more on a day."""
        return self.until_on is not None and self.until_on < on
