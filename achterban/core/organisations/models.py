"""The organisations on one installation."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from achterban.rules.retention import REPORT_YEARS


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
    readers_en = models.CharField(
        _("who reads reports, in English"), max_length=200, blank=True
    )
    keep_years = models.PositiveSmallIntegerField(
        _("years that we keep a report"),
        default=REPORT_YEARS,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Since anybody last added something. Then the words are erased."),
    )
    protocol = models.TextField(
        _("what to do with an urgent report"),
        max_length=1000,
        blank=True,
        help_text=_("Stands beside it. Empty: our own advice, with 112 and 113."),
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
                "readers_en",
                "keep_years",
                "protocol",
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


class JoiningQuerySet(models.QuerySet["Joining"]):
    """Which ties between organisations."""

    def of(self, organisation: Organisation) -> Self:
        """Return those that an organisation is in, on either side, and that stand."""
        return self.filter(
            Q(member=organisation) | Q(umbrella=organisation), ended_on=None
        ).select_related("member", "umbrella")

    def of_umbrella(self, umbrella: Organisation) -> Self:
        """Return those under an umbrella."""
        return self.filter(umbrella=umbrella).select_related("member")

    def standing(self) -> Self:
        """Return what both agreed to, and neither ended."""
        return self.filter(accepted_on__isnull=False, ended_on=None)


class Joining(models.Model):
    """An organisation belongs to an umbrella: asked by one, accepted by the other."""

    member = models.ForeignKey(
        Organisation, models.CASCADE, related_name="joinings_as_member"
    )
    umbrella = models.ForeignKey(
        Organisation, models.CASCADE, related_name="joinings_as_umbrella"
    )
    is_asked_by_member = models.BooleanField()
    asked_on = models.DateField()
    asked_by = models.BigIntegerField(default=0)  # account; 0 for the program
    accepted_on = models.DateField(null=True)
    counts_from = models.DateField(null=True)  # the first whole month
    ended_on = models.DateField(null=True)

    objects = JoiningQuerySet.as_manager()

    class Privacy:
        """Organisations, no people."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "member",
                "umbrella",
                "is_asked_by_member",
                "asked_on",
                "asked_by",
                "accepted_on",
                "counts_from",
                "ended_on",
            }
        )

    class Meta:
        ordering = ["member__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "umbrella"],
                condition=Q(ended_on=None),
                name="joining_asked_once",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_on=None, accepted_on__isnull=False),
                name="joining_one_umbrella",
            ),
            models.CheckConstraint(
                name="joining_not_oneself", condition=~Q(member=F("umbrella"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} under {self.umbrella_id}"

    def is_asked_by(self, organisation: Organisation) -> bool:
        """Return whether an organisation asked for it; the other one may accept."""
        asker = self.member_id if self.is_asked_by_member else self.umbrella_id
        return bool(asker == organisation.pk)


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
