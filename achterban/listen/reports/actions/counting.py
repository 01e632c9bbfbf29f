"""Count the reports of a month, for who may know how many there were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from achterban.core.organisations.models import Joining, Organisation
from achterban.core.release.actions import release_figure
from achterban.core.release.models import Kind, ReleasedFigure
from achterban.listen.reports.models import Report, Summary, facet_hash
from achterban.listen.reports.models.triage import SUMMARY
from achterban.listen.reports.statuses import Status
from achterban.rules.disclosure import LEAST
from achterban.rules.months import months_over, next_month, previous_month


def release_counts(*, on: date) -> int:
    """Release how many reports a member of an umbrella had in each month that is over.

    Returns how many figures there are new. Each is released once: a report that is
    withdrawn later changes no figure that is out, and one that was withdrawn before
    is in none.
    """
    n_new = 0
    for joining in Joining.objects.standing().select_related("member"):
        assert joining.counts_from is not None
        out = set(
            ReleasedFigure.objects.filter(
                organisation=joining.member, kind=Kind.REPORTS
            ).values_list("month", flat=True)
        )
        for month in months_over(joining.counts_from, on):
            if month not in out:
                _release(joining.member, month, on=on)
                n_new += 1
    return n_new


def _release(member: Organisation, month: date, *, on: date) -> None:
    def count() -> int:
        told = Report.objects.filter(
            organisation=member,
            received_on__gte=month,
            received_on__lt=next_month(month),
            is_suspect=False,  # a flood is no number of people
        )
        return told.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN]).count()

    release_figure(member, Kind.REPORTS, month, count, on=on)


def release_same(*, on: date) -> int:
    """Release how many people have what a public summary says, up to the last month.

    Returns how many figures there are new. A figure never goes down: who takes it back
    does not show, and that so many said it stays true.
    """
    n_new = 0
    last = previous_month(on)
    for summary in Summary.objects.filter(published_on__lt=next_month(last)):
        figures = ReleasedFigure.objects.filter(
            organisation=summary.organisation_id, kind=Kind.SAME, subject=summary.pk
        )
        if not figures.filter(month=last).exists():
            _release_same(summary, last, on=on)
            n_new += 1
    return n_new


def _release_same(summary: Summary, month: date, *, on: date) -> None:
    def count() -> int:
        value = facet_hash(SUMMARY, str(summary.pk), summary.organisation)
        have_it = Report.objects.about([value]).filter(
            organisation=summary.organisation,
            received_on__lt=next_month(month),
            is_suspect=False,
        )
        before = ReleasedFigure.objects.filter(
            organisation=summary.organisation, kind=Kind.SAME, subject=summary.pk
        ).aggregate(most=Max("n_tens"))["most"]
        said_before = (before or 0) * LEAST
        still = have_it.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN]).count()
        return max(said_before, still)

    release_figure(
        summary.organisation, Kind.SAME, month, count, on=on, subject=summary.pk
    )


def how_many(summaries: Iterable[Summary]) -> dict[int, str]:
    """Return how many have each, as it may be shown; those under ten are left out."""
    figures = ReleasedFigure.objects.filter(
        kind=Kind.SAME, subject__in=[summary.pk for summary in summaries], n_tens__gt=0
    )
    return {figure.subject: figure.shown for figure in figures.order_by("month")}
