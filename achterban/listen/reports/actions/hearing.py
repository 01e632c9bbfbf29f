"""What somebody chooses to hear, and where a mail goes that something waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from achterban.core import clock
from achterban.core.consent.actions import TAKEN_BACK, ready_consent, take_back
from achterban.core.consent.models import Consent, Purpose
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, emit
from achterban.core.outbox.receivers import receiver
from achterban.listen.reports.actions.telling import (
    Gone,
    keep_facts,
    key_of,
    locked_behind,
    log_of,
)
from achterban.listen.reports.consents import OFFERS
from achterban.listen.reports.hearing import WANTS, Hearing
from achterban.listen.reports.models import Report, Telling
from achterban.people.persons.actions import forget_address, leave_address
from achterban.people.persons.models import Mailbox

AT_ONCE = 500


@dataclass(frozen=True)
class Choice:
    """What somebody chose on the page.

    Attributes:
        hearing: how much (``Hearing``), empty for no choice.
        mailbox: a new address, None to leave it as it was.
        remind: whether they want one mail about a question that stays open.
    """

    hearing: str
    mailbox: Mailbox | None = None
    remind: bool = False


def keep_choice(
    code: str, organisation: Organisation, choice: Choice, *, on: date
) -> Telling:
    """Store a choice with a draft; nothing is mailed before it is sent.

    Args:
        code: the receipt code of the draft.
        organisation: whom it is told to.
        choice: what they chose.
        on: today.

    Raises:
        Report.DoesNotExist: nothing was kept under this code.
        AlreadySent: it was sent in the meantime.
        Gone: it was withdrawn.
    """
    with transaction.atomic():
        report = locked_behind(code, organisation)
        if report is None:
            raise Report.DoesNotExist
        # Opened under the lock: of two presses at once, the address of the first would
        # be left without anything that points to it, and nothing would erase it.
        notify = _address_for(report.open_telling(), organisation, choice, on=on)
        facts = {"hear": choice.hearing, "notify": notify, "remind": choice.remind}
        return keep_facts(code, organisation, facts, on=on)


@transaction.atomic
def choose_hearing(
    report: Report, choice: Choice, *, wording: str, language: str, on: date
) -> Report:
    """Change what somebody hears of a report that was sent; a yes of its own.

    Args:
        report: the caller knows whose it is.
        choice: what they chose.
        wording: the words around it, kept with the yes.
        language: of those words.
        on: today.

    Raises:
        Gone: it was withdrawn.
    """
    report, organisation = _sent(report), report.organisation
    told = report.open_telling()
    notify = _address_for(told, organisation, choice, on=on)
    if choice.hearing != report.hearing:
        _take_back_yes(report, on=on)
        if choice.hearing in WANTS:
            offer = OFFERS[Purpose.UPDATE]
            ready_consent(
                key_of(report),
                Purpose.UPDATE,
                wording=wording,
                language=language,
                audience=offer.audience,
                on=on,
                ends_on=offer.ends_on(on),
            ).insert()
    _set(report, choice.hearing, replace(told, notify=notify, remind=choice.remind))
    emit(log_of("reports.hearing.chosen", report, on=on), on=on)
    if notify and notify != told.notify:
        emit(News("reports.address_left", {"address": notify}), on=on)
    return report


@transaction.atomic
def stop_mail(report: Report, *, on: date) -> Report:
    """Erase the address; what they hear behind the code stays as it was.

    Raises:
        Gone: it was withdrawn.
    """
    report = _sent(report)
    _without_address(report, report.hearing, on=on)
    emit(log_of("reports.hearing.chosen", report, on=on), on=on)
    return report


def hear_no_more(report: Report, *, on: date) -> None:
    """Let nothing more be told, in the transaction that took the yes back."""
    _without_address(report, Hearing.NOTHING, on=on)


@receiver(TAKEN_BACK)
@transaction.atomic
def let_nothing_be_heard(payload: dict[str, int], row_id: int) -> None:
    """Let nothing more be told on a yes that a restore had brought back."""
    yes = Consent.objects.filter(pk=payload["consent"], text__purpose=Purpose.UPDATE)
    for report in Report.objects.locked().filter(key__in=yes.values("key")):
        hear_no_more(report, on=clock.today())


@transaction.atomic
def end_hearing(*, on: date) -> int:
    """Erase the addresses of those whose yes has ended; return how many reports.

    At most 500 at once: call again until it is 0. Behind the code they go on to find
    what is told.
    """
    held = Consent.objects.in_force(on=on).filter(text__purpose=Purpose.UPDATE)
    over = Report.objects.locked().filter(hearing__in=WANTS, key__isnull=False)
    reports = list(over.exclude(key__in=held.values("key"))[:AT_ONCE])
    for report in reports:
        _without_address(report, "", on=on)
    return len(reports)


def is_heard(report: Report, *, on: date) -> bool:
    """Return whether a mail that something waits may leave today."""
    if report.key is None or report.hearing not in WANTS:
        return False
    given = report.key.consents.in_force(on=on)
    return given.filter(text__purpose=Purpose.UPDATE).exists()


def _sent(report: Report) -> Report:
    report = report.held()
    if report.key is None:
        raise Gone
    return report


def _address_for(
    told: Telling, organisation: Organisation, choice: Choice, *, on: date
) -> int:
    """Return the key of the address that holds from here on, 0 for none."""
    keeps = choice.hearing in WANTS
    if keeps and choice.mailbox is None:
        return told.notify
    forget_address(told.notify, on=on)
    if not keeps or choice.mailbox is None:
        return 0
    address: int = leave_address(organisation, choice.mailbox).pk
    return address


def _without_address(report: Report, hearing: str, *, on: date) -> None:
    told = report.open_telling()
    forget_address(told.notify, on=on)
    _set(report, hearing, replace(told, notify=0, remind=False))


def _take_back_yes(report: Report, *, on: date) -> None:
    given = key_of(report).consents.in_force(on=on)
    for consent in given.filter(text__purpose=Purpose.UPDATE):
        take_back(consent, on=on)


def _set(report: Report, hearing: str, told: Telling) -> None:
    report.hearing = hearing
    report.seal_telling(told)
    report.save(update_fields=["hearing", "sealed"])
