"""A dossier: the work on one goal, its mirrors in municipalities, and its tasks."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.states import OVER, State
from achterban.advocate.issues.models import Issue, Level
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey, WordsField
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Municipality
from achterban.listen.reports.models import Beat


class Strategy(models.TextChoices):
    """In which of five ways we go about it."""

    INFORM = "inform", _("explain what it is like")
    LEARN = "learn", _("learn how to speak up")
    ORGANISE = "organise", _("build up our own people")
    TOGETHER = "together", _("work with others in the place")
    COLLECTIVE = "collective", _("speak up for everybody at once")


class Form(models.TextChoices):
    """Who does the work in a municipality; it differs by place."""

    ADVOCATE = "advocate", _("an advocate")
    COUNCIL = "council", _("a council of clients")
    ALLIANCE = "alliance", _("an alliance")
    NETWORK = "network", _("a regional network")


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Which dossiers."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here.

        Who works for a place reads the dossiers of that place, and those they follow
        from.
        """
        if not account.has_perm("dossiers.read", organisation):
            return self.none()
        ours = self.filter(organisation=organisation)
        if account.has_perm("dossiers.read_all", organisation):
            return ours
        theirs = Dossier.objects.filter(_is_of(account, organisation))
        return ours.filter(
            _is_of(account, organisation) | Q(pk__in=theirs.values("parent"))
        )

    def workable_by(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may also change."""
        if not account.has_perm("dossiers.write", organisation):
            return self.none()
        ours = self.filter(organisation=organisation)
        if account.has_perm("dossiers.read_all", organisation):
            return ours
        return ours.filter(_is_of(account, organisation))

    def ongoing(self) -> Self:
        """Return those that are not over."""
        return self.exclude(state__in=OVER)


def _is_of(account: Account, organisation: Organisation) -> Q:
    """Whose place or work it is."""
    beats = Beat.objects.of(organisation).filter(account=account)
    places = [code for beat in beats for code in beat.municipalities]
    return Q(owner=account) | Q(place__in=places)


class Dossier(models.Model):
    """The work on one goal, in our own words.

    A national one may have mirrors in municipalities: each a dossier with a life of
    its own, below the same demand.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="mirrors"
    )
    title = LineField(_("title"), max_length=90)
    demand = LineField(_("what we ask, in one sentence"), max_length=250)
    goal = WordsField(
        _("what is different when we succeed"), max_length=1000, blank=True
    )
    strategy = models.CharField(
        _("how we go about it"), max_length=10, choices=Strategy.choices, blank=True
    )
    level = models.CharField(
        _("where it can be solved"), max_length=10, choices=Level.choices, blank=True
    )
    theme = models.CharField(max_length=40, blank=True)  # code of a term
    place = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+"
    )
    form = models.CharField(
        _("who does it there"), max_length=10, choices=Form.choices, blank=True
    )
    state = models.CharField(
        _("how far we are"),
        max_length=10,
        choices=State.choices,
        default=State.PREPARING,
        editable=False,
    )
    owner = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    issues = models.ManyToManyField(Issue, through="Linked", related_name="dossiers")

    objects = DossierQuerySet.as_manager()

    class Privacy:
        """Our own words; who does the work works here."""

        personal = frozenset({"owner"})
        neutral = frozenset(
            {
                "id",
                "organisation",
                "parent",
                "title",
                "demand",
                "goal",
                "strategy",
                "level",
                "theme",
                "place",
                "form",
                "state",
            }
        )

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["title", "place__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "place"], name="dossier_one_mirror_a_place"
            ),
            models.CheckConstraint(
                name="dossier_mirror_has_a_place",
                condition=Q(parent=None) | Q(place__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Return whether nobody works at it any more."""
        return self.state in OVER


class Step(models.Model):
    """How far we came, when, and why (Dutch: stap). The first is its beginning."""

    id = RandomKey()
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="steps")
    state = models.CharField(_("how far"), max_length=10, choices=State.choices)
    why = LineField(_("why"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    class Privacy:
        """Our own words; who took the step works here."""

        personal = frozenset({"by"})
        neutral = frozenset({"id", "dossier", "state", "why", "at"})

    class Meta:
        indexes = [models.Index(fields=["dossier", "at"], name="step_in_time")]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.state}"


class Linked(models.Model):
    """An issue that a dossier works at. It may belong to several."""

    id = RandomKey()
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="linked")
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="linked")
    at = models.DateTimeField()
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    class Privacy:
        """What belongs to what."""

        personal = frozenset({"by"})
        neutral = frozenset({"id", "dossier", "issue", "at"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "issue"], name="linked_once_a_dossier"
            )
        ]
        indexes = [models.Index(fields=["dossier", "at"], name="linked_in_time")]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.issue_id}"


class TaskQuerySet(models.QuerySet["Task"]):
    """Which tasks."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those of the dossiers that this account may read here."""
        dossiers = Dossier.objects.visible_to(account, organisation)
        return self.filter(dossier__in=dossiers)

    def workable_by(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may change or finish."""
        dossiers = Dossier.objects.workable_by(account, organisation)
        return self.filter(dossier__in=dossiers)

    def to_do(self) -> Self:
        """Return what is not done, the first that is due on top, undated ones last."""
        return self.filter(done_at=None).in_order()

    def in_order(self) -> Self:
        """Return what has to be done by the day it is due, then what was done last."""
        return self.order_by(
            models.F("done_at").desc(nulls_first=True),
            models.F("by_when").asc(nulls_last=True),
            "pk",
        )


class Task(models.Model):
    """Something to do for a dossier (Dutch: taak)."""

    id = RandomKey()
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="tasks")
    what = LineField(_("what has to be done"), max_length=140)
    who = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_when = models.DateField(_("by when"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        Account,
        models.SET_NULL,
        null=True,
        db_index=False,
        editable=False,
        related_name="+",
    )

    objects = TaskQuerySet.as_manager()

    class Privacy:
        """Our own words; who does it works here."""

        personal = frozenset({"who", "done_by"})
        neutral = frozenset({"id", "dossier", "what", "by_when", "done_at"})

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [models.Index(fields=["dossier", "done_at"], name="task_in_time")]

    def __str__(self) -> str:
        return self.what

    def is_late(self, on: date) -> bool:
        """Return whether its day is over and it is not done."""
        return self.done_at is None and self.by_when is not None and self.by_when < on
