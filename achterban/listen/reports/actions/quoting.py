"""Quote a passage of a report: only with a yes, and only while it stands there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
    "Quotes",
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
    review = _reviews_of([report], on=on).get(report.pk)
    if review is None:
        raise MayNot
    return passage_in(typed, review.open().checked, owner=report.organisation_id)


class Quotes:
    """Passages of some reports as they stand on a day.

    Yes and words are asked once for all of them, and read anew for each ``Quotes``.
    """

    def __init__(self, reports: Iterable[Report], *, on: date) -> None:
        """Ask whose words may be quoted.

        Args:
            reports: those whose passages are asked for, read with their keys.
            on: today.
        """
        rows = list(reports)
        yes = Consent.objects.in_force(on=on).filter(text__purpose=Purpose.QUOTE)
        keys = {row.key_id for row in rows} - {None}
        found = yes.filter(key__in=keys).values_list("key", flat=True)
        self._yes = set(found if keys else ())
        self._reviews = _reviews_of(rows, on=on)
        self._words: dict[int, str] = {}

    def of(self, report: Report, passage: Passage) -> Quoted:
        """Return a passage of one of the reports."""
        if report.key_id not in self._yes:
            return Quoted(Standing.TAKEN_BACK)
        text = self._text_of(report.pk)
        words = words_at(passage, text, owner=report.organisation_id)
        if words is None:
            return Quoted(Standing.CHANGED)
        return Quoted(Standing.HOLDS, words)

    def _text_of(self, pk: int) -> str:
        if pk not in self._words:
            review = self._reviews.get(pk)
            self._words[pk] = review.open().checked if review else ""
        return self._words[pk]


def quoted(report: Report, passage: Passage, *, on: date) -> Quoted:
    """Return a passage as it stands today: consent and words are looked at anew."""
    return Quotes([report], on=on).of(report, passage)


def _reviews_of(reports: Collection[Report], *, on: date) -> dict[int, Review]:
    """Return the reviews of those that may be quoted, each with its report."""
    rows = {row.pk: row for row in reports}
    if not rows:
        return {}
    may = quotable(Report.objects.filter(pk__in=rows), on=on)
    reviews = {it.report_id: it for it in Review.objects.filter(report__in=may)}
    for pk, review in reviews.items():
        review.report = rows[pk]
    return reviews
