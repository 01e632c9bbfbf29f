"""What a dossier brought (Dutch: opbrengst), or why it brought nothing."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models.dossiers import Dossier
from achterban.core.accounts.models import Account
from achterban.core.database.fields import AddressField, LineField, RandomKey
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import Update


class Result(models.TextChoices):
    """Whether it was achieved."""

    ACHIEVED = "achieved", _("achieved")
    PARTLY = "partly", _("partly achieved")
    NOT = "not", _("not achieved")


class Share(models.TextChoices):
    """How much of it is our work, as we see it."""

    OURS = "ours", _("mostly ours")
    TOGETHER = "together", _("together with others")
    LITTLE = "little", _("mostly of others")
    UNKNOWN = "unknown", _("nobody can say")


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """Which outcomes."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those of the dossiers that this account may read here."""
        dossiers = Dossier.objects.visible_to(account, organisation)
        return self.filter(dossier__in=dossiers)

    def workable_by(self, account: Account, organisation: Organisation) -> Self:
        """Return those of the dossiers that this account may change."""
        dossiers = Dossier.objects.workable_by(account, organisation)
        return self.filter(dossier__in=dossiers)


class Outcome(models.Model):
    """What changed, for whom, by whose doing, and how we know.

    "Not achieved, and why" is as good a message.
    """

    id = RandomKey()
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="outcomes")
    result = models.CharField(
        _("was it achieved?"), max_length=8, choices=Result.choices
    )
    on = models.DateField(_("since when"))
    what = LineField(_("what changed, in one sentence"), max_length=200)
    for_whom = LineField(_("for whom"), max_length=200, blank=True)
    share = models.CharField(
        _("own share"), max_length=8, choices=Share.choices, blank=True
    )
    evidence = LineField(_("how we know"), max_length=200, blank=True)
    address = AddressField(_("where on the web"), max_length=300, blank=True)
    why = LineField(_("why not, or not all"), max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = OutcomeQuerySet.as_manager()

    class Privacy:
        """Our own words; who wrote them works here."""

        personal = frozenset({"written_by"})
        neutral = frozenset(
            {
                "id",
                "dossier",
                "result",
                "on",
                "what",
                "for_whom",
                "share",
                "evidence",
                "address",
                "why",
                "written_at",
            }
        )

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["-on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="outcome_says_why_not",
                condition=~Q(result=Result.NOT) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="outcome_says_how_we_know",
                condition=Q(result=Result.NOT) | ~Q(evidence=""),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Told(models.Model):
    """That a news tells of an outcome; who told of it later gets one more."""

    id = RandomKey()
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="news")
    update = models.OneToOneField(Update, models.CASCADE, related_name="+")

    class Privacy:
        """Which two."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "outcome", "update"})

    def __str__(self) -> str:
        return f"{self.outcome_id}: {self.update_id}"
