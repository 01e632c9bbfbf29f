"""What could identify somebody in the words of a report: as found, and as decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models.reports import Report
from achterban.rules.deidentify import Kind, Span, redacted


@dataclass(frozen=True)
class Looked:
    """What is sealed in a review.

    Attributes:
        text: the words that were looked through.
        spans: what goes out before others read them, in order.
    """

    text: str
    spans: list[Span] = field(default_factory=list)

    @property
    def checked(self) -> str:
        """Return the words without what goes out."""
        return redacted(self.text, self.spans)


class ReviewQuerySet(models.QuerySet["Review"]):
    """Which reviews."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return the reviews of the reports that this account may read here."""
        reports = Report.objects.visible_to(account, organisation)
        return self.filter(report__in=reports)

    def approved(self) -> Self:
        """Return those that a person agreed with."""
        return self.filter(approved_on__isnull=False)


class Review(models.Model):
    """One look through the words of a report (Dutch: nakijken).

    The program finds, a person decides. Other words (an addition, a correction) make it
    go away: what was approved was about the words as they stood.
    """

    id = RandomKey()
    report = models.OneToOneField(Report, models.CASCADE, related_name="review")
    approved_on = models.DateField(null=True)
    approved_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    sealed = models.BinaryField(default=bytes)

    objects = ReviewQuerySet.as_manager()

    class Privacy:
        """The words are sealed with the key of the report."""

        personal = frozenset({"sealed"})
        neutral = frozenset({"id", "report", "approved_on", "approved_by"})

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def _context(self) -> str:
        return f"reports.review:{self.pk}"

    def seal(self, looked: Looked) -> None:
        """Put the words and what goes out away; the caller saves."""
        assert self.report.key is not None  # what was withdrawn has no review
        spans = [[span.start, span.end, span.kind.value] for span in looked.spans]
        content = {"text": looked.text, "spans": spans}
        self.sealed = self.report.key.seal(content, context=self._context)

    def open(self) -> Looked:
        """Return the words, and what goes out."""
        assert self.report.key is not None
        content = self.report.key.unseal(self.sealed, context=self._context)
        spans = [Span(start, end, Kind(kind)) for start, end, kind in content["spans"]]
        return Looked(content["text"], spans)
