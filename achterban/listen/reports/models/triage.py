"""What a report is about, as somebody decided, and who takes what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import key_ring
from achterban.core.vocabulary.models import TermKind
from achterban.listen.reports.models.reports import Report

FACET_BYTES = 16
SUMMARY = "summary"
GROUP = "group"


class Severity(models.IntegerChoices):
    """How heavy it weighs, as a handler sees it. Private: it only orders the work."""

    UNKNOWN = 0, _("I do not know")
    LIGHT = 1, _("hard")
    HEAVY = 2, _("very hard")
    UNBEARABLE = 3, _("cannot go on like this")


class Group(models.TextChoices):
    """Who is seldom heard. Not ticked is not known."""

    VERY_ILL = "very_ill", _("somebody who is very severely ill")
    CHILD = "child", _("a child")
    ELDERLY = "elderly", _("somebody older than 75")
    LITTLE_DUTCH = "little_dutch", _("somebody with little Dutch")


@dataclass(frozen=True)
class Triaged:
    """What is sealed in a triage.

    Attributes:
        themes: codes of terms, and so are
        parties: whom it is about, and
        conditions: which illnesses.
        municipality: CBS code, empty when not known.
        severity: a ``Severity``.
        groups: ``Group`` of those it is about, where somebody knows.
    """

    themes: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    municipality: str = ""
    severity: int = Severity.UNKNOWN
    groups: list[str] = field(default_factory=list)

    def codes(self, kind: TermKind) -> list[str]:
        """Return what was chosen of a kind."""
        return {
            TermKind.THEME: self.themes,
            TermKind.PARTY: self.parties,
            TermKind.CONDITION: self.conditions,
        }[kind]


class TriageQuerySet(models.QuerySet["Triage"]):
    """Which triages."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those of the reports that this account may read here."""
        reports = Report.objects.visible_to(account, organisation)
        return self.filter(report__in=reports)


class Triage(models.Model):
    """What one report is about (Dutch: waar het over gaat), decided by a person."""

    id = RandomKey()
    report = models.OneToOneField(Report, models.CASCADE, related_name="triage")
    decided_on = models.DateField()
    decided_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    sealed = models.BinaryField(default=bytes)

    objects = TriageQuerySet.as_manager()

    class Privacy:
        """What was decided is sealed with the key of the report."""

        personal = frozenset({"sealed"})
        neutral = frozenset({"id", "report", "decided_on", "decided_by"})

    class Meta:
        verbose_name = _("triage")
        verbose_name_plural = _("triages")

    def __str__(self) -> str:
        return f"triage {self.pk}"

    @property
    def _context(self) -> str:
        return f"reports.triage:{self.pk}"

    def seal(self, triaged: Triaged) -> None:
        """Put what was decided away; the caller saves."""
        assert self.report.key is not None  # what was withdrawn has no triage
        self.sealed = self.report.key.seal(vars(triaged), context=self._context)

    def open(self) -> Triaged:
        """Return what was decided."""
        assert self.report.key is not None
        content: dict[str, Any] = self.report.key.unseal(
            self.sealed, context=self._context
        )
        return Triaged(**content)


class Facet(models.Model):
    """One thing a report is about, as a keyed hash: a list needs no words opened.

    Without the key one sees which reports of an organisation have something in common,
    and not what.
    """

    id = RandomKey()
    report = models.ForeignKey(Report, models.CASCADE, related_name="facets")
    hash = models.BinaryField()

    class Privacy:
        """What it is about may be an illness."""

        personal = frozenset({"hash"})
        neutral = frozenset({"id", "report"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hash", "report"], name="facet_once")
        ]

    def __str__(self) -> str:
        return f"facet of report {self.report_id}"


def facet_hash(kind: str, code: str, organisation: Organisation) -> bytes:
    """Return what a report about something is found by.

    Args:
        kind: a ``TermKind``, ``SUMMARY`` or ``GROUP``.
        code: of the term or group, or the key of the summary.
        organisation: whose report it is.
    """
    value = f"facet:{organisation.pk}:{kind}:{code}".encode()
    return key_ring().digest("receipt", value)[:FACET_BYTES]


class BeatQuerySet(models.QuerySet["Beat"]):
    """Which beats."""

    def of(self, organisation: Organisation) -> Self:
        """Return those of an organisation."""
        return self.filter(organisation=organisation)


class Beat(models.Model):
    """What somebody takes on (Dutch: werkgebied): places, themes, and a stand-in."""

    id = RandomKey()
    account = models.ForeignKey(Account, models.CASCADE, related_name="beats")
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    municipalities = models.JSONField(default=list, blank=True)  # CBS codes
    themes = models.JSONField(default=list, blank=True)  # codes of terms
    stand_in = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    away_until = models.DateField(_("away until"), null=True, blank=True)

    objects = BeatQuerySet.as_manager()

    class Privacy:
        """When somebody is away tells about them: volunteers are often ill."""

        personal = frozenset({"account", "stand_in", "away_until"})
        neutral = frozenset({"id", "organisation", "municipalities", "themes"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organisation"], name="beat_once"
            ),
            models.CheckConstraint(
                name="beat_no_stand_in_for_oneself",
                condition=Q(stand_in=None) | ~Q(stand_in=models.F("account")),
            ),
        ]

    def __str__(self) -> str:
        return f"beat of {self.account_id}"

    def is_away(self, on: date) -> bool:
        """Return whether the stand-in takes over on a day."""
        return self.away_until is not None and on <= self.away_until


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Which views."""

    def of(self, account: Account, organisation: Organisation) -> Self:
        """Return those that somebody keeps here."""
        return self.filter(account=account, organisation=organisation)


class SavedView(models.Model):
    """A list that somebody comes back to (Dutch: bewaarde lijst)."""

    id = RandomKey()
    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_views")
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    name = models.CharField(_("name of this list"), max_length=60)
    choices = models.JSONField(default=dict)  # ``queries.Choice``

    objects = SavedViewQuerySet.as_manager()

    class Privacy:
        """A name that somebody gave."""

        personal = frozenset({"account", "name"})
        neutral = frozenset({"id", "organisation", "choices"})

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organisation", "name"], name="saved_view_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
