"""The organisations on one installation."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import get_script_prefix, reverse
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
    welcome = models.CharField(_("first words, in Dutch"), max_length=300, blank=True)
    welcome_en = models.CharField(
        _("first words, in English"), max_length=300, blank=True
    )
    thanks = models.CharField(_("thanks, in Dutch"), max_length=160, blank=True)
    thanks_en = models.CharField(_("thanks, in English"), max_length=160, blank=True)
    colour = models.CharField(max_length=7, blank=True, editable=False)
    # Name of the picture, empty for none; its size, so that nothing moves as it comes.
    logo = models.CharField(max_length=32, blank=True, editable=False)
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, editable=False)
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
                "welcome",
                "welcome_en",
                "thanks",
                "thanks_en",
                "colour",
                "logo",
                "logo_width",
                "logo_height",
                "is_example",
            }
        )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def colour_address(self) -> str:
        """Return where the colour stands as a stylesheet."""
        return address_of_colour(self.colour)

    @property
    def logo_address(self) -> str:
        """Return where the logo stands."""
        return _address("logo", self.logo)


class LogoQuerySet(models.QuerySet["Logo"]):
    """Which logos."""

    def served(self, *, demo: bool) -> Self:
        """Return those of organisations that may be visited."""
        shown = Organisation.objects.served(demo=demo)
        return self.filter(organisation__in=shown)


class Logo(models.Model):
    """The picture of an organisation, drawn anew (PNG); public, so not sealed."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, primary_key=True, related_name="+"
    )
    name = models.CharField(max_length=32, db_index=True)
    content = models.BinaryField()

    objects = LogoQuerySet.as_manager()

    class Privacy:
        """It stands on the public pages."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"organisation", "name", "content"})

    def __str__(self) -> str:
        return self.name


def address_of_colour(colour: str) -> str:
    """Return where a colour stands as a stylesheet."""
    return _address("colour", colour.removeprefix("#"))


def _address(name: str, argument: str) -> str:
    """Return an address without the organisation: a browser keeps these for long."""
    return "/" + reverse(name, args=[argument]).removeprefix(get_script_prefix())
