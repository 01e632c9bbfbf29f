"""Let words go whose time is over; a tombstone without words stays."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from achterban.core.audit.actions import record
from achterban.core.audit.models import day_moment
from achterban.core.consent.models import Consent
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.models import Entry, Report
from achterban.listen.reports.models.reports import ReportQuerySet
from achterban.listen.reports.statuses import Status
from achterban.rules.retention import words_kept_from

AT_ONCE = 200


def over_time(on: date, organisation: Organisation | None = None) -> ReportQuerySet:
    """Return the reports whose words go on a day.

    Nobody added to them for as many years as the organisation keeps them, and no yes
    holds that ends later.

    Args:
        on: the day.
        organisation: of whom; None for all.
    """
    organisations = Organisation.objects.all()
    if organisation:
        organisations = organisations.filter(pk=organisation.pk)
    late = Q(pk__in=[])
    for one in organisations.only("pk", "keep_years"):
        last = words_kept_from(on, one.keep_years)
        added = Entry.objects.filter(report=OuterRef("pk"), on__gte=last)
        late |= Q(~Exists(added), organisation=one, touched_on__lt=last)
    holding = Consent.objects.filter(
        key=OuterRef("key"), withdrawn_on=None, ends_on__gte=on
    )
    sent = Report.objects.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN])
    return sent.filter(late).exclude(Exists(holding))


def let_go(on: date) -> int:
    """Erase words whose time is over; the day it happened stays, and nothing else.

    Returns how many, at most 200: call again until it is 0.
    """
    keys = list(over_time(on).values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        _let_one_go(key, on)
    return len(keys)


@transaction.atomic
def _let_one_go(key: int, on: date) -> None:
    report = Report.objects.locked().filter(pk=key).first()
    if report is None or not over_time(on, report.organisation).filter(pk=key).exists():
        return  # somebody added to it, or took it back, just now
    record(
        "reports.report.expired",
        report,
        by=0,
        responsible=report.organisation_id,
        at=day_moment(on),
    )
    report.is_expired = True
    erase_words(report, on=on)
