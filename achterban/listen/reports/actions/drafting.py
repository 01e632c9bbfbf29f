"""What was kept and not sent: dropped, taken up again, or erased after half a year."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.actions.telling import fresh_code, locked_behind
from achterban.listen.reports.models import Report, receipt_hash
from achterban.listen.reports.models.reports import ReportQuerySet
from achterban.listen.reports.statuses import Status
from achterban.rules.retention import draft_kept_from

DRAFTS_AT_ONCE = 500


@transaction.atomic
def drop_draft(code: str, organisation: Organisation, *, on: date) -> None:
    """Erase a draft at once, because there is no yes; no trace of it stays.

    Source: AVG art. 6 and 9: without consent notes are destroyed.
    """
    report = locked_behind(code, organisation)
    if report is not None and report.status == Status.DRAFT:
        erase_words(report, on=on)
        report.delete()


@transaction.atomic
def renew_code(report_id: int, *, by: Account) -> str:
    """Give a telephone note that was not sent a new code, and return it.

    The old one was never told to anybody; we keep no codes, so a new one is needed to
    go on in another window.

    Raises:
        Report.DoesNotExist: it is sent, or somebody else's.
    """
    report = Report.objects.select_for_update().get(
        pk=report_id, status=Status.DRAFT, entered_by=by
    )
    code = fresh_code()
    report.receipt_hash = receipt_hash(code, report.organisation)
    report.save(update_fields=["receipt_hash"])
    return code


@transaction.atomic
def erase_old_drafts(*, on: date) -> int:
    """Erase what was kept and never sent, half a year after it was last touched.

    Returns how many of them, at most 500: call again until it is 0. They leave no
    tombstone: nobody was told anything.
    """
    reports = list(_old_drafts(on).select_related("key")[:DRAFTS_AT_ONCE])
    for report in reports:
        erase_words(report, on=on)
        report.delete()
    return len(reports)


def n_old_drafts(on: date) -> int:
    """Return how many would go on a day."""
    return _old_drafts(on).count()


def _old_drafts(on: date) -> ReportQuerySet:
    last = draft_kept_from(on)
    return Report.objects.filter(status=Status.DRAFT, touched_on__lt=last)
