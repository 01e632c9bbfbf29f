"""Letters to handlers that something waits: never what, never about whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.permissions import roles_that_may
from achterban.core.organisations.mail import address_of, queue_letters, write_letter
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.receivers import receiver
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.models import Report


@receiver("reports.sent")
def tell_readers(payload: dict[str, Any], row_id: int) -> None:
    """Tell everyone who reads reports that something came in; a letter at a time."""
    organisation = Organisation.objects.get(pk=payload["organisation"])
    readers = Account.objects.filter(
        memberships__organisation=organisation,
        memberships__role__in=roles_that_may("reports.read"),
        is_active=True,
    ).distinct()
    _write(readers, "reports/mail/new.txt", organisation)


@receiver("reports.news")
def tell_handler(payload: dict[str, Any], row_id: int) -> None:
    """Tell whoever has the report that the reporter wrote; without one, all readers."""
    report = _report(payload)
    if report is None:
        return
    if report.handler is None:
        tell_readers({"organisation": report.organisation_id}, row_id)
    else:
        _write([report.handler], "reports/mail/news.txt", report.organisation)


@receiver("reports.handed_over")
def tell_colleague(payload: dict[str, Any], row_id: int) -> None:
    """Tell a colleague that they were given a report."""
    report = _report(payload)
    if report is not None:
        colleague = Account.objects.filter(pk=payload["account"])
        _write(colleague, "reports/mail/handed_over.txt", report.organisation)


@receiver("vault.destroyed")
@transaction.atomic
def bury_report(payload: dict[str, Any], row_id: int) -> None:
    """Make a tombstone of a report whose key was destroyed by a replayed erasure."""
    for report in Report.objects.filter(pk=payload["key"], key__isnull=False):
        report.key = None
        erase_words(report, on=clock.today())


def _report(payload: dict[str, Any]) -> Report | None:
    return (
        Report.objects.select_related("organisation", "handler")
        .filter(pk=payload["report"])
        .first()
    )


def _write(
    accounts: Iterable[Account], template: str, organisation: Organisation
) -> None:
    address = address_of("work", None)
    for account in accounts:
        letter = write_letter(
            account.email, template, {"address": address}, organisation
        )
        queue_letters(
            letter,
            on=clock.today(),
            dedupe=f"{template}:{organisation.pk}:{account.pk}",
        )
