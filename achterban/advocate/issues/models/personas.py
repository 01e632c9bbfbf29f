"""Somebody who does not exist, composed from what several people told."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.issues.models.issues import Issue
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey, WordsField
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import Report

LEAST_SOURCES = 3


class AgeBand(models.TextChoices):
    """About how old."""

    CHILD = "child", _("a child")
    YOUNG = "young", _("18 to 30")
    MIDDLE = "middle", _("30 to 50")
    OLDER = "older", _("50 to 75")
    ELDERLY = "elderly", _("older than 75")


class PersonaQuerySet(models.QuerySet["Persona"]):
    """Which personas."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        issues = Issue.objects.visible_to(account, organisation)
        return self.filter(issue__in=issues)


class Persona(models.Model):
    """A story of ours that stands for several, so that nobody is known by it.

    What it was composed from is traced in ``PersonaSource``. Who looked last saw
    ``n_looked`` sources: one that falls away since shows by that number.
    """

    id = RandomKey()
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="personas")
    name = LineField(_("invented name"), max_length=40)
    age_band = models.CharField(
        _("about how old"), max_length=10, choices=AgeBand.choices
    )
    story = WordsField(_("the story"), max_length=1500)
    written_on = models.DateField()
    written_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    looked_on = models.DateField(null=True)
    looked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    n_looked = models.PositiveIntegerField(default=0)

    objects = PersonaQuerySet.as_manager()

    class Privacy:
        """Invented, in words of ours; who wrote it works here."""

        personal = frozenset({"written_by", "looked_by"})
        neutral = frozenset(
            {
                "id",
                "issue",
                "name",
                "age_band",
                "story",
                "written_on",
                "looked_on",
                "n_looked",
            }
        )

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="persona_looked_at_by_another",
                condition=Q(looked_by=None)
                | Q(written_by=None)
                | ~Q(looked_by=F("written_by")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PersonaSource(models.Model):
    """A report from which a persona was composed."""

    id = RandomKey()
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="sources")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")

    class Privacy:
        """That a report was one of several; its words stay with it."""

        personal = frozenset({"report"})
        neutral = frozenset({"id", "persona"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persona", "report"], name="persona_source_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.persona_id}: {self.report_id}"
