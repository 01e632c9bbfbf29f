"""Put a report in Mijn, and take it out again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from achterban.core.database.fields import random_key
from achterban.core.mine.actions import forget_account
from achterban.core.mine.models import OwnAccount, owner_hash, owner_hash_of
from achterban.core.outbox.actions import emit
from achterban.core.outbox.receivers import receiver
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.actions.telling import Gone, log_of
from achterban.listen.reports.models import OwnReport, Report
from achterban.listen.reports.statuses import Status


class NotSent(Exception):
    """A draft goes on with its code."""


@transaction.atomic
def own_report(report: Report, account: OwnAccount, *, on: date) -> None:
    """Put a report with an account: it is then known whose it is.

    Args:
        report: what stands behind a code that somebody gave; the code goes on working.
        account: whose it is, with the same organisation.
        on: today.

    Raises:
        NotSent: it is a draft.
        Gone: it was withdrawn.
    """
    report = report.held()
    if report.is_gone:
        raise Gone
    if report.status == Status.DRAFT:
        raise NotSent
    owner = owner_hash(account)
    if not report.owners.filter(owner=owner).exists():
        OwnReport(id=random_key(), report=report, owner=owner).save(force_insert=True)
        emit(log_of("reports.report.owned", report, on=on), on=on)


@transaction.atomic
def let_go(report: Report, account: OwnAccount, *, on: date) -> None:
    """Take a report out of Mijn: only its code still opens it."""
    n_gone, _each = report.owners.filter(owner=owner_hash(account)).delete()
    if n_gone:
        emit(log_of("reports.report.let_go", report, on=on), on=on)


@transaction.atomic
def erase_account(account: OwnAccount, *, with_reports: bool, on: date) -> None:
    """Erase an account, and what was told with it too or not.

    Args:
        account: of whoever asks.
        with_reports: else they stay, and only their codes open them.
        on: today.
    """
    for report in Report.objects.own_of(account).locked():
        if with_reports:
            erase_words(report, on=on)
            emit(log_of("reports.report.withdrawn", report, on=on), on=on)
        else:
            let_go(report, account, on=on)
    forget_account(account, on=on)


@receiver("vault.destroyed")
def forget_owner(payload: dict[str, int], row_id: int) -> None:
    """Let go of all reports of an account whose key was destroyed."""
    OwnReport.objects.filter(owner=owner_hash_of(payload["key"])).delete()
