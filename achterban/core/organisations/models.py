"""The organisations on one installation."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Which organisations."""

    def served(self, *, demo: bool) -> Self:
        """Return those that may be visited; the example only in a demonstration."""
        return self if demo else self.filter(is_example=False)


class Organisation(models.Model):
    """A patient organisation: whose office this is, and controller under the AVG."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name in addresses"), unique=True)
    host = models.CharField(
        _("host name"), max_length=120, null=True, blank=True, unique=True
    )
    mail_name = models.CharField(
        _("sender name on letters"),
        max_length=60,
        default="Achterban",
        help_text=_("Neutral: it must not name an illness."),
    )
    controller = models.CharField(_("controller"), max_length=200, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    phone_hours = models.CharField(_("telephone hours"), max_length=120, blank=True)
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    readers = models.CharField(
        _("who reads reports"),
        max_length=200,
        blank=True,
        help_text=_("For instance: four volunteers who know the illness themselves."),
    )
    is_example = models.BooleanField(default=False, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Privacy:
        """An organisation is no person; its contact data are public."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "name",
                "slug",
                "host",
                "mail_name",
                "controller",
                "email",
                "phone",
                "phone_hours",
                "address",
                "readers",
                "is_example",
            }
        )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
