"""An issue: what many reports have in common (Dutch: knelpunt)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey, WordsField
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
    title = LineField(_("what goes wrong, in one sentence"), max_length=90)
    text = WordsField(_("a little more"), max_length=2000, blank=True)
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
