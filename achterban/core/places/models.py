"""Municipalities and postcodes: facts of CBS, read from tables of the project.

And the branches of an organisation, each with its municipalities.
"""

from __future__ import annotations

import unicodedata
from typing import Self

from django.db import models

from achterban.core.organisations.models import Organisation


def searchable(name: str) -> str:
    """Return a name as it is searched: small letters, without accents or signs."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in folded if c.isalnum())


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Which municipalities."""

    def matching(self, typed: str) -> Self:
        """Return those of a postcode (its four digits), or with the letters typed.

        Something typed without any letter or digit finds none.
        """
        digits = "".join(c for c in typed if c.isdecimal())[:4]
        if len(digits) == 4:
            return self.filter(postcodes__digits=digits)
        letters = searchable(typed)
        return self.filter(search__contains=letters) if letters else self.none()


class Municipality(models.Model):
    """A current Dutch municipality, by its CBS code (GM0014)."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=60)
    province = models.CharField(max_length=20)
    search = models.CharField(max_length=60, db_index=True)
    inhabitants = models.PositiveIntegerField(default=0)  # in the year of the table

    objects = MunicipalityQuerySet.as_manager()

    class Privacy:
        """Public facts."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"code", "name", "province", "search", "inhabitants"})

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """The four digits of a postcode, and the municipality where they lie."""

    digits = models.CharField(max_length=4, primary_key=True)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="postcodes"
    )

    class Privacy:
        """Public facts."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"digits", "municipality"})

    def __str__(self) -> str:
        return self.digits


class BranchQuerySet(models.QuerySet["Branch"]):
    """Which branches."""

    def of(self, organisation: Organisation) -> Self:
        """Return those of an organisation."""
        return self.filter(organisation=organisation)


class Branch(models.Model):
    """A part of an organisation that works in some municipalities (Dutch: afdeling)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    name = models.CharField(max_length=80)
    municipalities = models.ManyToManyField(
        Municipality, through="BranchPlace", related_name="branches"
    )

    objects = BranchQuerySet.as_manager()

    class Privacy:
        """A part of an organisation is no person."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "organisation", "name"})

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="branch_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BranchPlace(models.Model):
    """A municipality where a branch works; of one organisation in one branch only."""

    branch = models.ForeignKey(Branch, models.CASCADE)
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    municipality = models.ForeignKey(Municipality, models.CASCADE)

    class Privacy:
        """Where an organisation works."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "branch", "organisation", "municipality"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "municipality"], name="branch_of_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.branch_id}: {self.municipality_id}"
