"""What who told does afterwards: read, say more, take back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from achterban.core.consent.actions import TAKEN_BACK, take_back
from achterban.core.consent.models import Purpose
from achterban.core.outbox.actions import News, emit
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.actions.hearing import hear_no_more
from achterban.listen.reports.actions.reviewing import forget_review
from achterban.listen.reports.actions.telling import (
    Gone,
    Kept,
    key_of,
    log_of,
    masked_words,
)
from achterban.listen.reports.models import FROM_US, Entry, EntryKind, Report
from achterban.listen.reports.statuses import Status
from achterban.rules.urgency import signs


@transaction.atomic
def say_more(report: Report, text: str, *, entry_id: int, on: date) -> Kept:
    """Store a reply to a question, or an addition when none is open.

    Args:
        report: what was sent; the caller knows whose it is.
        text: the words.
        entry_id: key of the new entry, from the form: sent twice it is one entry.
        on: today.

    Raises:
        Report.DoesNotExist: there is nothing that was sent.
        Gone: it was withdrawn.
        TooLong: it does not fit.
    """
    masked = masked_words(text)
    report = report.held()
    if report.status == Status.DRAFT:
        raise Report.DoesNotExist
    if report.is_gone:
        raise Gone
    if report.entries.filter(pk=entry_id).exists():
        return Kept(report, masked.text, masked.n_masked)
    is_reply = report.status == Status.ASKED
    entry = Entry(
        id=entry_id,
        report=report,
        n=report.next_n(),
        kind=EntryKind.REPLY if is_reply else EntryKind.ADDITION,
        on=on,
    )
    entry.seal_words(key_of(report), masked.text)
    entry.save(force_insert=True)
    forget_review(report)
    report.is_urgent = report.is_urgent or bool(signs(masked.text))
    if is_reply:
        report.status = Status.IN_PROGRESS
        report.save(update_fields=["status"])
    tell_handlers(f"reports.entry.{entry.kind}_sent", report, on=on)
    return Kept(report, masked.text, masked.n_masked)


def tell_handlers(act: str, report: Report, *, on: date) -> None:
    """Mark that the reporter did something, write it in the log, and let it be heard.

    Args:
        act: as the log calls it.
        report: held by the caller, whose transaction this is.
        on: today.
    """
    report.has_news, report.touched_on = True, on
    report.save(update_fields=["has_news", "is_urgent", "touched_on"])
    emit(
        log_of(act, report, on=on),
        News("reports.news", {"report": report.pk}, dedupe=f"reports.news:{report.pk}"),
        on=on,
    )


@transaction.atomic
def read_by_reporter(report: Report, *, on: date) -> None:
    """Remember that the reporter saw what stands there: it is no longer taken back."""
    report.entries.for_reporter().filter(read_on=None, kind__in=FROM_US).update(
        read_on=on
    )


@transaction.atomic
def withdraw_report(report: Report, *, on: date) -> None:
    """Erase everything that was told; what stays is that it was withdrawn, and when."""
    report = report.held()
    if not report.is_gone:
        erase_words(report, on=on)
        emit(log_of("reports.report.withdrawn", report, on=on), on=on)


@transaction.atomic
def take_yes_back(report: Report, consent_id: int, *, on: date) -> bool:
    """Withdraw one consent; return whether it was there and held.

    Handlers see that something changed.

    Raises:
        Gone: all was withdrawn.
    """
    report = report.held()
    if report.key is None:
        raise Gone
    given = report.key.consents.in_force(on=on).select_related("text")
    found = given.filter(pk=consent_id).first()
    if found is None:
        return False
    take_back(found, on=on)
    if found.text.purpose == Purpose.UPDATE:
        hear_no_more(report, on=on)
    if found.text.purpose == Purpose.QUOTE:
        emit(News(TAKEN_BACK, {"consent": found.pk}), on=on)
    report.has_news, report.touched_on = True, on
    report.save(update_fields=["has_news", "touched_on"])
    emit(log_of("reports.consent.withdrawn", report, on=on), on=on)
    return True


def record_taken_along(report: Report, *, on: date) -> None:
    """Write in the log that who told it took all of it along."""
    emit(log_of("reports.report.taken_along", report, on=on), on=on)
