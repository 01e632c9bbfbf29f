"""Quote a passage of a report: only with a yes, and only while it stands there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Exists, OuterRef

from achterban.core.consent.models import Consent, Purpose
from achterban.core.vault.passages import NotInWords, Passage, passage_in, words_at
from achterban.listen.reports.models import Report, Review
from achterban.listen.reports.models.reports import ReportQuerySet

__all__ = [
    "MayNot",
    "NotInWords",
    "Passage",
    "Quoted",
    "Standing",
    "find_passage",
    "quotable",
    "quoted",
]


class MayNot(Exception):
    """There is no yes for quoting in force, or the words are not checked."""


class Standing(Enum):
    """Whether a passage may still be quoted, and if not, why."""

    HOLDS = "holds"
    TAKEN_BACK = "taken back"  # the yes ended or was withdrawn, or the report was
    CHANGED = "changed"  # other words stand there now, or nobody checked them


@dataclass(frozen=True)
class Quoted:
    """A passage as it stands today.

    Attributes:
        standing: whether it may be quoted.
        words: it; empty where it may not.
    """

    standing: Standing
    words: str = ""


def quotable(reports: ReportQuerySet, *, on: date) -> ReportQuerySet:
    """Return the reports of which a passage may be quoted today.

    Source: AVG art. 6(1)(a), 7 and 9(2)(a): a yes for quoting of its own.
    """
    yes = Consent.objects.in_force(on=on).filter(
        key=OuterRef("key"), text__purpose=Purpose.QUOTE
    )
    return reports.filter(
        Exists(yes), review__approved_on__isnull=False, withdrawn_on=None
    )


def find_passage(report: Report, typed: str, *, on: date) -> Passage:
    """Return where typed words stand in a report, whatever the white space.

    Args:
        report: of which may be quoted.
        typed: the words, as they were copied.
        on: today.

    Raises:
        MayNot: there is no yes, or nobody checked the words.
        NotInWords: they do not stand there, or it is not clear where.
    """
    review = _review_of(report, on=on)
    if review is None:
        raise MayNot
    return passage_in(typed, review.open().checked, owner=report.organisation_id)


def quoted(report: Report, passage: Passage, *, on: date) -> Quoted:
    """Return a passage as it stands today: consent and words are looked at anew."""
    consents = Consent.objects.in_force(on=on).filter(text__purpose=Purpose.QUOTE)
    if report.key_id is None or not consents.filter(key=report.key_id).exists():
        return Quoted(Standing.TAKEN_BACK)
    review = _review_of(report, on=on)
    text = review.open().checked if review else ""
    words = words_at(passage, text, owner=report.organisation_id)
    return Quoted(Standing.CHANGED) if words is None else Quoted(Standing.HOLDS, words)


def _review_of(report: Report, *, on: date) -> Review | None:
    may = quotable(Report.objects.filter(pk=report.pk), on=on)
    reviews = Review.objects.filter(report__in=may)
    return reviews.select_related("report__key", "report__organisation").first()
