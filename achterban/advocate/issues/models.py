"""An issue: what many reports have in common (Dutch: knelpunt)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import Report


class Level(models.TextChoices):
    """Where it can be solved: locally what can be, nationally what must be."""

    LOCAL = "local", _("local")
    REGIONAL = "regional", _("regional")
    NATIONAL = "national", _("national")


class State(models.TextChoices):
    """How far we are with it."""

    GATHERING = "gathering", _("we gather")
    RAISED = "raised", _("raised")
    SOLVED = "solved", _("solved")
    LAID_ASIDE = "laid_aside", _("laid aside")


class IssueQuerySet(models.QuerySet["Issue"]):
    """Which issues."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        if not account.has_perm("issues.read", organisation):
            return self.none()
        return self.filter(organisation=organisation)

    def of_report(self, report: Report) -> Self:
        """Return those that a report stands in."""
        return self.filter(bundled__report=report)


class Issue(models.Model):
    """What many reports have in common, in words of ours.

    Whom it is about is never written here: it is counted from the reports.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    title = models.CharField(_("what goes wrong, in one sentence"), max_length=90)
    text = models.TextField(_("a little more"), max_length=2000, blank=True)
    level = models.CharField(
        _("where it can be solved"), max_length=10, choices=Level.choices, blank=True
    )
    state = models.CharField(
        _("how far we are"),
        max_length=12,
        choices=State.choices,
        default=State.GATHERING,
    )
    opened_on = models.DateField()
    opened_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = IssueQuerySet.as_manager()

    class Privacy:
        """Our own words; who wrote them works here."""

        personal = frozenset({"opened_by"})
        neutral = frozenset(
            {"id", "organisation", "title", "text", "level", "state", "opened_on"}
        )

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class BundledQuerySet(models.QuerySet["Bundled"]):
    """Which reports in which issues."""

    def standing(self) -> Self:
        """Return those whose report was not withdrawn."""
        return self.filter(report__withdrawn_on=None)


class Bundled(models.Model):
    """A report in an issue. It may stand in several."""

    id = RandomKey()
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="bundled")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    added_on = models.DateField()
    added_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = BundledQuerySet.as_manager()

    class Privacy:
        """That a report is about this; its words stay with the report."""

        personal = frozenset({"report", "added_by"})
        neutral = frozenset({"id", "issue", "added_on"})

    class Meta:
        verbose_name = _("report in an issue")
        verbose_name_plural = _("reports in issues")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "report"], name="bundled_once_an_issue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.report_id}"


class Strength(models.TextChoices):
    """What kind of proof there is, the weakest first."""

    EXPERIENCE = "experience", _("experience")
    SURVEY = "survey", _("survey")
    GUIDELINE = "guideline", _("guideline")
    PEER_REVIEWED = "peer_reviewed", _("reviewed research")


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Which claims."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        issues = Issue.objects.visible_to(account, organisation)
        return self.filter(issue__in=issues)


class Claim(models.Model):
    """One sentence that we may say in public, and what proves it (Dutch: stelling)."""

    id = RandomKey()
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="claims")
    sentence = models.CharField(_("one sentence"), max_length=200)
    strength = models.CharField(
        _("what kind of proof"), max_length=15, choices=Strength.choices
    )
    written_on = models.DateField()
    written_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = ClaimQuerySet.as_manager()

    class Privacy:
        """Our own words; who wrote them works here."""

        personal = frozenset({"written_by"})
        neutral = frozenset({"id", "issue", "sentence", "strength", "written_on"})

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["written_on", "pk"]

    def __str__(self) -> str:
        return self.sentence


class Citation(models.Model):
    """What proves a claim: a passage of a report, or a source (Dutch: onderbouwing).

    Of a passage only the place and a keyed hash stand here. Its words are read from the
    report each time, and so is the yes: what was taken back is gone from every claim.
    """

    id = RandomKey()
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="citations")
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    digest = models.BinaryField(default=bytes)
    source = models.CharField(_("source"), max_length=200, blank=True)
    address = models.URLField(_("address on the web"), max_length=300, blank=True)
    cited_on = models.DateField()
    cited_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    class Privacy:
        """Where words stand; the words stay with the report."""

        personal = frozenset({"report", "start", "end", "digest", "cited_by"})
        neutral = frozenset({"id", "claim", "source", "address", "cited_on"})

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["cited_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_of_a_report_or_a_source",
                condition=models.Q(
                    report__isnull=False,
                    start__isnull=False,
                    end__gt=models.F("start"),
                    source="",
                )
                | (models.Q(report=None) & ~models.Q(source="")),
            )
        ]

    def __str__(self) -> str:
        return self.source or f"report {self.report_id}"
