"""Count the reports of a month, for who may know how many there were."""

from __future__ import annotations

from datetime import date

from achterban.core.organisations.models import Joining, Organisation
from achterban.core.release.actions import release_figure
from achterban.core.release.models import Kind, ReleasedFigure
from achterban.listen.reports.models import Report
from achterban.listen.reports.statuses import Status
from achterban.rules.months import months_over, next_month


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
