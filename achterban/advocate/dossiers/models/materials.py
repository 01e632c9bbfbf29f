"""What one can take along: materials and good examples (Dutch: materiaal)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models.dossiers import Form
from achterban.advocate.issues.models import Level
from achterban.core.accounts.models import Account
from achterban.core.database.fields import AddressField, LineField, RandomKey
from achterban.core.organisations.models import Organisation


class MaterialKind(models.TextChoices):
    """A thing to take along, or something that worked elsewhere."""

    MATERIAL = "material", _("material")
    EXAMPLE = "example", _("good example")


class MaterialQuerySet(models.QuerySet["Material"]):
    """Which materials."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        if not account.has_perm("dossiers.read", organisation):
            return self.none()
        return self.filter(organisation=organisation)


class Material(models.Model):
    """Described once, and offered in each dossier where it fits."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=MaterialKind.choices,
        default=MaterialKind.MATERIAL,
    )
    title = LineField(_("title"), max_length=90)
    sentence = LineField(_("what it is, in one sentence"), max_length=250)
    address = AddressField(_("address on the web"), max_length=300, blank=True)
    theme = models.CharField(max_length=40, blank=True)  # code of a term
    level = models.CharField(
        _("for where it can be solved"),
        max_length=10,
        choices=Level.choices,
        blank=True,
    )
    form = models.CharField(
        _("for who does it there"), max_length=10, choices=Form.choices, blank=True
    )

    objects = MaterialQuerySet.as_manager()

    class Privacy:
        """Our own words about things."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "organisation",
                "kind",
                "title",
                "sentence",
                "address",
                "theme",
                "level",
                "form",
            }
        )

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title
