"""A meeting: a talk with those who decide (Dutch: overleg)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models.dossiers import Dossier
from achterban.advocate.issues.models import Issue
from achterban.advocate.stakeholders.models import Function, Party
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey, WordsField
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey, key_ring
from achterban.rules.deidentify import mask_bsn


class Rank(models.TextChoices):
    """At which level a talk is held."""

    CIVIL_SERVANT = "civil_servant", _("civil servants")
    MANAGEMENT = "management", _("management of a department")
    DIRECTOR_GENERAL = "director_general", _("director-general")
    MINISTER = "minister", _("minister or state secretary")
    ALDERMAN = "alderman", _("alderman")
    COUNCIL = "council", _("municipal council")
    PARLIAMENT = "parliament", _("parliament")
    OTHER = "other", _("other")

    def is_below(self, other: Rank) -> bool:
        """Return whether a talk here is less than one there; False where unlike."""
        return any(
            self in ladder[: ladder.index(other)]
            for ladder in LADDERS
            if other in ladder
        )


LADDERS: tuple[tuple[Rank, ...], ...] = (
    (Rank.CIVIL_SERVANT, Rank.MANAGEMENT, Rank.DIRECTOR_GENERAL, Rank.MINISTER),
    (Rank.CIVIL_SERVANT, Rank.MANAGEMENT, Rank.ALDERMAN),
)


def rungs_of(dossier: Dossier) -> tuple[Rank, ...]:
    """Return how high one can go with what is not kept, the lowest step first."""
    national, local = LADDERS
    return (*local, Rank.COUNCIL) if dossier.place_id else (*national, Rank.PARLIAMENT)


class MeetingState(models.TextChoices):
    """Whether it was held."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("was held")
    OFF_BY_US = "off_by_us", _("we called it off")
    OFF_BY_THEM = "off_by_them", _("they called it off")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Which meetings."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those about a dossier that this account may read here."""
        dossiers = Dossier.objects.visible_to(account, organisation)
        return self.filter(pk__in=About.objects.filter(dossier__in=dossiers).meetings())

    def workable_by(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may change."""
        dossiers = Dossier.objects.workable_by(account, organisation)
        return self.filter(pk__in=About.objects.filter(dossier__in=dossiers).meetings())

    def erasable_by(self, account: Account, organisation: Organisation) -> Self:
        """Return those of which this account may change all dossiers."""
        workable = Dossier.objects.workable_by(account, organisation)
        others = About.objects.exclude(dossier__in=workable)
        changeable = self.workable_by(account, organisation)
        return changeable.exclude(pk__in=others.meetings())

    def to_come(self, at: datetime) -> Self:
        """Return what is planned and not yet over, the next one first."""
        return self.filter(
            state=MeetingState.PLANNED, starts_at__gte=at - timedelta(days=1)
        ).order_by("starts_at", "pk")


class Meeting(models.Model):
    """A talk, with what was promised of its level and what became of that."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    title = LineField(_("what it is about"), max_length=90)
    starts_at = models.DateTimeField(_("when"))
    n_minutes = models.PositiveSmallIntegerField(
        _("how many minutes"),
        default=60,
        validators=[MinValueValidator(5), MaxValueValidator(600)],
    )
    place = LineField(_("where or how"), max_length=140, blank=True)
    state = models.CharField(
        max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    promised = models.CharField(
        _("promised level"), max_length=20, choices=Rank.choices, blank=True
    )
    held = models.CharField(
        _("level at which it was held"),
        max_length=20,
        choices=Rank.choices,
        blank=True,
    )
    key = models.ForeignKey(DataKey, models.DO_NOTHING, db_constraint=False)
    sealed = models.BinaryField(default=bytes)  # notes
    dossiers = models.ManyToManyField(Dossier, through="About", related_name="meetings")

    objects = MeetingQuerySet.as_manager()

    class Privacy:
        """Our notes may name somebody; they are sealed."""

        personal = frozenset({"sealed"})
        neutral = frozenset(
            {
                "id",
                "organisation",
                "title",
                "starts_at",
                "n_minutes",
                "place",
                "state",
                "promised",
                "held",
                "key",
            }
        )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """Return when it is over."""
        return self.starts_at + timedelta(minutes=self.n_minutes)

    @property
    def is_lower(self) -> bool:
        """Return whether it was held at a lower level than promised."""
        return bool(
            self.held
            and self.promised
            and Rank(self.held).is_below(Rank(self.promised))
        )

    @property
    def _context(self) -> str:
        return f"dossiers.meeting:{self.pk}"

    def seal_notes(self, notes: str) -> None:
        """Put our notes away; the caller saves."""
        masked = mask_bsn(notes).text
        self.sealed = self.key.seal(masked, context=self._context)

    def open_notes(self) -> str:
        """Return our notes."""
        if not self.sealed:
            return ""
        notes: str = self.key.unseal(self.sealed, context=self._context)
        return notes


class AboutQuerySet(models.QuerySet["About"]):
    """Which ties."""

    def meetings(self) -> models.QuerySet[About, int]:
        """Return the keys of the meetings."""
        return self.values_list("meeting_id", flat=True)


class About(models.Model):
    """A dossier that a meeting is about."""

    id = RandomKey()
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="about")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="about")

    objects = AboutQuerySet.as_manager()

    class Privacy:
        """What belongs to what."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "meeting", "dossier"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "dossier"], name="about_once_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.dossier_id}"


class Delegate(models.Model):
    """One of us who goes, or went."""

    id = RandomKey()
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="delegates")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")

    class Privacy:
        """Who goes where."""

        personal = frozenset({"account"})
        neutral = frozenset({"id", "meeting"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "account"], name="delegate_once_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return str(self.account)


class Attendee(models.Model):
    """Who comes of them: a party, and where it is known somebody in their function."""

    id = RandomKey()
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    function = models.ForeignKey(Function, models.SET_NULL, null=True, related_name="+")

    class Privacy:
        """Who spoke with us."""

        personal = frozenset({"function"})
        neutral = frozenset({"id", "meeting", "party"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "function"], name="attendee_once_a_function"
            )
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.party}" if self.function else str(self.party)


class PointQuerySet(models.QuerySet["Point"]):
    """Which points."""

    def of(self, meetings: MeetingQuerySet) -> Self:
        """Return those of some talks."""
        return self.filter(meeting__in=meetings)


class Point(models.Model):
    """A point of the agenda: what we ask, what was answered, what was decided."""

    id = RandomKey()
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, related_name="+")
    n = models.PositiveSmallIntegerField()
    title = LineField(_("what it is about"), max_length=140)
    asked = WordsField(_("what we asked"), max_length=1000, blank=True)
    answered = WordsField(_("what was answered"), max_length=1000, blank=True)
    decided = WordsField(_("what was decided"), max_length=1000, blank=True)

    objects = PointQuerySet.as_manager()

    class Privacy:
        """Words of ours about what a party said, not about a person."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {"id", "meeting", "issue", "n", "title", "asked", "answered", "decided"}
        )

    class Meta:
        verbose_name = _("point of the agenda")
        verbose_name_plural = _("points of the agenda")
        ordering = ["n", "pk"]

    def __str__(self) -> str:
        return self.title


TOKEN_BYTES = 24  # 192 random bits: nobody guesses it


def feed_digest(token: str) -> bytes:
    """Return the keyed hash by which the diary of an address is found."""
    return key_ring().digest("receipt", b"dossiers.feed:" + token.encode())


class FeedQuerySet(models.QuerySet["Feed"]):
    """Which diaries."""

    def of(self, account: Account, organisation: Organisation) -> Self:
        """Return the one of an account, if there is one."""
        return self.filter(account=account, organisation=organisation)

    def behind_code(self, token: str, organisation: Organisation) -> Self:
        """Return the one of an address, as long as its owner may come in."""
        return self.filter(
            digest=feed_digest(token),
            organisation=organisation,
            account__is_active=True,
        )


class Feed(models.Model):
    """The diary of one of us as a calendar program reads it (Dutch: agenda).

    Of its address only a hash stands here.
    """

    id = RandomKey()
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    digest = models.BinaryField(unique=True)
    shows_parties = models.BooleanField(default=False)
    made_on = models.DateField()

    objects = FeedQuerySet.as_manager()

    class Privacy:
        """Who has one."""

        personal = frozenset({"account", "digest"})
        neutral = frozenset({"id", "organisation", "shows_parties", "made_on"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organisation"], name="feed_once"
            )
        ]

    def __str__(self) -> str:
        return f"feed of {self.account_id}"
