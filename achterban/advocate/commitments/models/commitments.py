"""A promise (Dutch: toezegging): the words, both readings, its terms and steps."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.commitments.states import MOVABLE, RUNNING, State
from achterban.advocate.dossiers.models import Dossier, Meeting, Rank
from achterban.advocate.stakeholders.models import Function, Party
from achterban.core.accounts.models import Account
from achterban.core.database.fields import (
    AddressField,
    LineField,
    RandomKey,
    WordsField,
)
from achterban.core.organisations.models import Organisation


class Kind(models.TextChoices):
    """What it is that they are held to."""

    PROMISE = "promise", _("promise")
    PRINCIPLE = "principle", _("agreed principle")
    MOTION = "motion", _("motion")
    ADVICE = "advice", _("advice or guideline")


WITH_A_DAY = (Kind.PROMISE, Kind.ADVICE)  # of the others decisions or steps have one


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Which promises."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those of the dossiers that this account may read here."""
        dossiers = Dossier.objects.visible_to(account, organisation)
        return self.filter(dossier__in=dossiers)

    def workable_by(self, account: Account, organisation: Organisation) -> Self:
        """Return those of the dossiers that this account may change."""
        dossiers = Dossier.objects.workable_by(account, organisation)
        return self.filter(dossier__in=dossiers)

    def waited_for(self) -> Self:
        """Return those that we wait for, what is due first before the rest.

        A principle is never over: it is looked at decision by decision.
        """
        rows = self.filter(state__in=RUNNING).exclude(kind=Kind.PRINCIPLE)
        return rows.order_by(F("due").asc(nulls_last=True), "pk")

    def late(self, on: date) -> Self:
        """Return those whose day is over, or that of a step, or a time is untold."""
        untold = _rows_of("occurrences").filter(state="", due_on__lt=on)
        undone = _rows_of("execution").filter(state="", due__lt=on)
        passed = (
            Q(rhythm="", due__lt=on)
            | Q(pk__in=untold.values("commitment"))
            | Q(pk__in=undone.values("commitment"))
        )
        return self.waited_for().filter(passed)


def _rows_of(name: str) -> models.QuerySet[models.Model]:
    """Return the rows of a model above, by the name it has here."""
    related = Commitment._meta.get_field(name).related_model
    assert isinstance(related, type)
    return related._default_manager.all()


class Commitment(models.Model):
    """What somebody said they would do, as they said it.

    The words are those of an office: a name in them is replaced by the function. Terms
    move: ``due`` and ``rhythm`` are those of the last ``Agreed``.
    """

    id = RandomKey()
    kind = models.CharField(
        max_length=9, choices=Kind.choices, default=Kind.PROMISE, editable=False
    )
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="commitments")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    function = models.ForeignKey(Function, models.SET_NULL, null=True, related_name="+")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="commitments"
    )
    verbatim = WordsField(_("the promise, word for word"), max_length=1000)
    said_on = models.DateField(_("when it was said"))
    source = LineField(_("where it stands"), max_length=200)
    address = AddressField(_("where on the web"), max_length=300, blank=True)
    to_whom = LineField(_("to whom"), max_length=140, blank=True)
    level = models.CharField(
        _("promised level"), max_length=20, choices=Rank.choices, blank=True
    )
    conditions = LineField(_("on what condition"), max_length=300, blank=True)
    ours = WordsField(_("how we read it"), max_length=1000, blank=True)
    theirs = WordsField(_("how they read it"), max_length=1000, blank=True)
    theirs_source = LineField(_("where they say so"), max_length=200, blank=True)
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.OPEN, editable=False
    )
    due = models.DateField(null=True, editable=False)  # of a rhythm the first day
    rhythm = models.CharField(max_length=120, blank=True, editable=False)  # RRULE

    objects = CommitmentQuerySet.as_manager()

    class Privacy:
        """Words of an office, with the function of who said them."""

        personal = frozenset({"function"})
        neutral = frozenset(
            {
                "id",
                "kind",
                "dossier",
                "party",
                "meeting",
                "verbatim",
                "said_on",
                "source",
                "address",
                "to_whom",
                "level",
                "conditions",
                "ours",
                "theirs",
                "theirs_source",
                "state",
                "due",
                "rhythm",
            }
        )

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["-said_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="commitment_late_is_not_stored",
                condition=~Q(state=State.LATE),
            ),
            models.CheckConstraint(
                name="commitment_disputed_with_both_readings",
                condition=~Q(state=State.DISPUTED)
                | (~Q(ours="") & ~Q(theirs="") & ~Q(theirs_source="")),
            ),
            models.CheckConstraint(
                name="commitment_rhythm_begins_on_a_day",
                condition=Q(rhythm="") | Q(due__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.verbatim

    @property
    def may_move(self) -> bool:
        """Return whether its term may be agreed anew."""
        return self.state in MOVABLE and self.kind in WITH_A_DAY

    def state_on(self, on: date) -> State:
        """Return what is known of it on a day: an open one whose day is over is late.

        Of a rhythm each time is told apart (``Occurrence``).
        """
        is_over = self.due is not None and not self.rhythm and self.due < on
        return State.LATE if is_over and self.state in RUNNING else State(self.state)


class Agreed(models.Model):
    """A term as it was agreed, and why it moved (Dutch: afspraak over wanneer)."""

    id = RandomKey()
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="agreed")
    words = LineField(_("in their words"), max_length=200, blank=True)
    due = models.DateField(null=True)
    rhythm = models.CharField(max_length=120, blank=True)
    why = LineField(_("why it moved"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    class Privacy:
        """When something is due; who wrote it works here."""

        personal = frozenset({"by"})
        neutral = frozenset({"id", "commitment", "words", "due", "rhythm", "why", "at"})

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return self.words or str(self.due or "")


class Step(models.Model):
    """What became of a promise, and why; the first is its beginning."""

    id = RandomKey()
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=State.choices)
    why = LineField(_("how we know"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    class Privacy:
        """Our own words; who took the step works here."""

        personal = frozenset({"by"})
        neutral = frozenset({"id", "commitment", "state", "why", "at"})

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.state}"
