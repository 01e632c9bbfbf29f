"""What we say of an issue, and what proves it (Dutch: stelling, onderbouwing)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.issues.models.documents import Document
from achterban.advocate.issues.models.figures import Figure
from achterban.advocate.issues.models.issues import Issue
from achterban.core.accounts.models import Account
from achterban.core.database.fields import AddressField, LineField, RandomKey
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import Report


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
    sentence = LineField(_("one sentence"), max_length=200)
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


PASSAGE = Q(start__isnull=False, end__gt=F("start"))
OF_REPORT = Q(report__isnull=False)
IN_DOCUMENT = Q(document__isnull=False, page__isnull=False)
NO_DOCUMENT = Q(document=None, page=None)


class CitationQuerySet(models.QuerySet["Citation"]):
    """Which citations."""

    def of(self, claims: models.QuerySet[Claim]) -> Self:
        """Return those that prove one of these claims."""
        return self.filter(claim__in=claims).select_related("claim")

    def whole(self) -> Self:
        """Return them with what each points at, in one question."""
        return self.select_related(
            "report__key", "report__organisation", "figure__released", "document__key"
        )


class Citation(models.Model):
    """What proves a claim: a passage of a report or document, a figure, or a source.

    In Dutch: onderbouwing. Of a passage only the place and a keyed hash stand here. Its
    words are read from the report each time, and so is the yes: what was taken back is
    gone from every claim. Of a document the source says which page it is.
    """

    id = RandomKey()
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="citations")
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    digest = models.BinaryField(default=bytes)
    figure = models.ForeignKey(Figure, models.CASCADE, null=True, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+")
    page = models.PositiveIntegerField(null=True)
    source = LineField(_("source"), max_length=200, blank=True)
    address = AddressField(_("address on the web"), max_length=300, blank=True)
    cited_on = models.DateField()
    cited_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = CitationQuerySet.as_manager()

    class Privacy:
        """Where words stand; the words stay with the report."""

        personal = frozenset({"report", "start", "end", "digest", "cited_by"})
        neutral = frozenset(
            {
                "id",
                "claim",
                "figure",
                "document",
                "page",
                "source",
                "address",
                "cited_on",
            }
        )

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["cited_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_of_one_thing",
                condition=(
                    PASSAGE & NO_DOCUMENT & OF_REPORT & Q(figure=None, source="")
                )
                | (NO_DOCUMENT & Q(report=None, figure__isnull=False, source=""))
                | (PASSAGE & IN_DOCUMENT & Q(report=None, figure=None) & ~Q(source=""))
                | (NO_DOCUMENT & Q(report=None, figure=None) & ~Q(source="")),
            )
        ]

    def __str__(self) -> str:
        return self.source or f"citation {self.pk}"
