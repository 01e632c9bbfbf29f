"""Which reports are about the same as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.search.queries import find_any, how_often
from achterban.core.vocabulary.models import TermKind
from achterban.listen.reports.actions.finding import KIND
from achterban.listen.reports.actions.handling import record_reads
from achterban.listen.reports.models import Report, Review
from achterban.rules.search import dutch
from achterban.rules.similarity import Corpus, Features, features_of, probes, rank

MOST_READ = 100  # candidates: opening and comparing one takes a millisecond
MOST_COUNTED = 500  # reports with a word; beyond that roughly is enough
COUNTED_FOR = 3600  # seconds that the number of all reports is known
SHOWN = 280  # characters
FIELDS = (TermKind.THEME, TermKind.PARTY)


@dataclass(frozen=True)
class Near:
    """A report that may be about the same.

    Attributes:
        report: it.
        words: the first of its checked words.
        because: words of the report from which was looked, what says most first.
    """

    report: Report
    words: str
    because: tuple[str, ...]


def nearest(report: Report, *, by: Account, at: datetime, most: int = 10) -> list[Near]:
    """Return the reports that are about the same, best first, and log the read.

    Only checked words are compared, and only what ``by`` may read is shown. Nothing is
    kept: words are compared as they stand now.

    Args:
        report: from which is looked; none where its words are not checked.
        by: who looks.
        at: now.
        most: how many.
    """
    ours = report.organisation
    visible = Review.objects.visible_to(by, ours).approved()
    own = visible.filter(report=report).select_related("report__key").first()
    if own is None:
        return []
    one = _features(own)
    n = _n_reports(ours)
    counts = how_often(ours, KIND, one.words, most=MOST_COUNTED, among=n)
    corpus = Corpus(n, lambda form: counts.get(form, 0))
    found = find_any(ours, KIND, probes(one, corpus, most=MOST_READ), limit=MOST_READ)
    others = {
        review.report_id: review
        for review in visible.filter(report__in=found)
        .exclude(pk=own.pk)
        .select_related("report__key", "report__triage")
    }
    compared = {key: _features(review) for key, review in others.items()}
    ranked = rank(one, compared, corpus, most=most)
    record_reads(
        [others[it.key].report for it in ranked], by=by, organisation=ours, at=at
    )
    return [
        Near(
            others[it.key].report,
            others[it.key].open().checked[:SHOWN],
            it.because,
        )
        for it in ranked
    ]


def _features(review: Review) -> Features:
    triage = getattr(review.report, "triage", None)
    decided = {}
    if triage is not None:
        triage.report = review.report
        triaged = triage.open()
        decided = {kind.value: triaged.codes(kind) for kind in FIELDS}
    return features_of(review.open().checked, dutch(), decided=decided)


def _n_reports(organisation: Organisation) -> int:
    """Return how many reports are compared, at least 1; roughly, as it may be."""

    def count() -> int:
        approved = Review.objects.approved()
        return max(1, approved.filter(report__organisation=organisation).count())

    n = cache.get_or_set(f"nearest:{organisation.pk}", count, COUNTED_FOR)
    return n or 1
