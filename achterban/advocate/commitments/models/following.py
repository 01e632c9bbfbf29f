"""What shows that they hold to it: decisions, steps of execution, and the source."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.commitments.models.commitments import Commitment
from achterban.advocate.issues.models import Document
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey
from achterban.core.organisations.models import Organisation


class Followed(models.TextChoices):
    """Whether a decision was taken as the principle says."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class AdherenceQuerySet(models.QuerySet["Adherence"]):
    """Which decisions."""

    def of(self, commitments: models.QuerySet[Commitment]) -> Self:
        """Return those that were held against some principles."""
        return self.filter(commitment__in=commitments)


class Adherence(models.Model):
    """A decision, held against an agreed principle (Dutch: naleving)."""

    id = RandomKey()
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="adherence")
    on = models.DateField(_("when was it decided?"))
    decision = LineField(_("what was decided?"), max_length=200)
    followed = models.CharField(
        _("did they hold to it?"), max_length=6, choices=Followed.choices
    )
    note = LineField(_("how we know"), max_length=200, blank=True)

    objects = AdherenceQuerySet.as_manager()

    class Privacy:
        """What an office decided."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "commitment", "on", "decision", "followed", "note"})

    class Meta:
        ordering = ["-on", "pk"]

    def __str__(self) -> str:
        return self.decision


class Progress(models.TextChoices):
    """How far a step of execution is."""

    DONE = "done", _("done")
    DROPPED = "dropped", _("it will not happen")


class ExecutionQuerySet(models.QuerySet["Execution"]):
    """Which steps."""

    def of(self, commitments: models.QuerySet[Commitment]) -> Self:
        """Return those of some motions."""
        return self.filter(commitment__in=commitments)


class Execution(models.Model):
    """One thing that has to be done to carry out a motion (Dutch: uitvoeringsstap)."""

    id = RandomKey()
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="execution")
    n = models.PositiveSmallIntegerField(editable=False)  # place in the list
    what = LineField(_("what has to be done?"), max_length=300)
    words = LineField(_("when, in their words"), max_length=200, blank=True)
    due = models.DateField(_("by which day"), null=True, blank=True)
    state = models.CharField(
        _("how far is it?"), max_length=7, choices=Progress.choices, blank=True
    )
    ended_on = models.DateField(_("since when"), null=True, blank=True)
    note = LineField(_("how we know"), max_length=200, blank=True)

    objects = ExecutionQuerySet.as_manager()

    class Privacy:
        """What an office does."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "commitment",
                "n",
                "what",
                "words",
                "due",
                "state",
                "ended_on",
                "note",
            }
        )

    class Meta:
        ordering = ["n", "pk"]
        constraints = [
            models.CheckConstraint(
                name="execution_ended_on_a_day",
                condition=Q(state="", ended_on=None)
                | (~Q(state="") & Q(ended_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.what


class WhereaboutsQuerySet(models.QuerySet["Whereabouts"]):
    """Which places."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those in the documents that this account may read here."""
        documents = Document.objects.visible_to(account, organisation)
        return self.filter(document__in=documents)


class Whereabouts(models.Model):
    """Where a promise stands in a document that was brought in (Dutch: vindplaats).

    The words are read there each time; the keyed hash shows whether they changed.
    """

    id = RandomKey()
    commitment = models.OneToOneField(
        Commitment, models.CASCADE, related_name="whereabouts"
    )
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    page = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    digest = models.BinaryField()

    objects = WhereaboutsQuerySet.as_manager()

    class Privacy:
        """A place in a document; the words stay there, sealed."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {"id", "commitment", "document", "page", "start", "end", "digest"}
        )

    def __str__(self) -> str:
        return f"{self.document_id}, {self.page}"
