"""Note where older reports happen, so that a list by branch finds them."""

from __future__ import annotations

from django.db import transaction

from achterban.listen.reports.models import Report, place_hash
from achterban.listen.reports.statuses import Status

AT_ONCE = 500


@transaction.atomic
def place_reports() -> int:
    """Note the place of reports that were sent before places were noted.

    Returns how many, at most 500: call again until it is 0.
    """
    unplaced = Report.objects.filter(place_hash=None).exclude(
        status__in=[Status.DRAFT, Status.WITHDRAWN]
    )
    reports = list(
        unplaced.select_related("key", "organisation").select_for_update(of=("self",))[
            :AT_ONCE
        ]
    )
    for report in reports:
        code = report.open_telling().municipality
        report.place_hash = place_hash(code, report.organisation)
        report.save(update_fields=["place_hash"])
    return len(reports)
