"""Letters that something waits, to handlers and reporters: never what, or of whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.organisations.mail import (
    address_of,
    hand_in,
    queue_letters,
    write_letter,
)
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, emit
from achterban.core.outbox.receivers import receiver
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.actions.hearing import is_heard
from achterban.listen.reports.models import FROM_US, Report
from achterban.listen.reports.queries import readers_of
from achterban.listen.reports.statuses import Status
from achterban.people.persons.actions import find_address, note_mail, token_of
from achterban.people.persons.models import NotificationAddress


@receiver("reports.sent")
def tell_readers(payload: dict[str, Any], row_id: int) -> None:
    """Tell everyone who reads reports that something came in; a letter at a time."""
    _tell_all(payload, "reports/mail/new.txt")


@receiver("reports.urgent")
def tell_readers_today(payload: dict[str, Any], row_id: int) -> None:
    """Tell everyone who reads reports that something came in that must not wait."""
    _tell_all(payload, "reports/mail/urgent.txt")


def _tell_all(payload: dict[str, Any], letter: str) -> None:
    organisation = Organisation.objects.get(pk=payload["organisation"])
    _write(readers_of(organisation, "reports.read_all"), letter, organisation)


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


@receiver("reports.routed")
def ask_to_take(payload: dict[str, Any], row_id: int) -> None:
    """Tell who takes such reports that one waits; not when somebody has it already."""
    report = _report(payload)
    if report is not None and report.handler_id is None:
        asked = Account.objects.filter(pk=payload["account"])
        _write(asked, "reports/mail/routed.txt", report.organisation)


@receiver("reports.address_left")
def ask_to_confirm(payload: dict[str, Any], row_id: int) -> None:
    """Ask whoever reads the mail at an address whether it was them who left it."""
    address = find_address(payload["address"])
    if address is not None and address.confirmed_on is None:
        _mail(address, "reports/mail/confirm.txt", row_id)


@receiver("reports.waiting")
def tell_reporter(payload: dict[str, Any], row_id: int) -> None:
    """Tell who told a report that something waits, unless they read it already."""
    report = _report(payload)
    if report is None:
        return
    told = report.entries.for_reporter().filter(kind__in=FROM_US)
    if told.filter(read_on=None).exists():
        _mail_reporter("reports.waiting", payload, row_id, report)


@receiver("reports.remind")
def remind_reporter(payload: dict[str, Any], row_id: int) -> None:
    """Remind of a question, where that was asked for: of the last one, and once."""
    report = _report(payload)
    if report is None or report.status != Status.ASKED:
        return
    asked = report.entries.standing().filter(after__status=Status.ASKED).last()
    if asked and asked.pk == payload["entry"] and report.open_telling().remind:
        _mail_reporter("reports.remind", payload, row_id, report)


def _mail_reporter(
    kind: str, payload: dict[str, Any], row_id: int, report: Report
) -> None:
    """Mail who told a report; at most once a day, else tomorrow."""
    on = clock.today()
    address = find_address(report.open_telling().notify)
    if address is None or not is_heard(report, on=on):
        return
    if address.confirmed_on is None or address.mailed_on == on:
        tomorrow = clock.now() + timedelta(days=1)
        dedupe = f"{kind}:{report.pk}"
        emit(News(kind, payload, dedupe=dedupe, not_before=tomorrow), on=on)
        return
    _mail(address, "reports/mail/waiting.txt", row_id)


def _mail(address: NotificationAddress, template: str, row_id: int) -> None:
    """Hand a letter in at once: so the address waits nowhere but in its own row."""
    mailbox = address.open_mailbox()
    # The address of the installation: that of an organisation may name an illness.
    link = address_of("reports:mail", None, token_of(address))
    with translation.override(mailbox.language):
        letter = write_letter(
            mailbox.address, template, {"link": link}, address.organisation
        )
    is_question = address.confirmed_on is None
    hand_in(replace(letter, stop="" if is_question else link), row_id)
    note_mail(address, on=clock.today())


@receiver("vault.destroyed")
@transaction.atomic
def bury_report(payload: dict[str, Any], row_id: int) -> None:
    """Make a tombstone of a report whose key was destroyed by a replayed erasure."""
    for report in Report.objects.filter(pk=payload["key"], key__isnull=False):
        report.key = None
        erase_words(report, on=clock.today())


def _report(payload: dict[str, Any]) -> Report | None:
    return (
        Report.objects.select_related("organisation", "handler", "key")
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
