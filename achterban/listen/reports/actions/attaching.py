"""Put photos, documents and recordings with a report, take them away, type them out."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet, Sum

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.database.rows import insert_all, ready
from achterban.core.files.actions import Taken, ready_file
from achterban.core.files.models import StoredFile
from achterban.core.files.room import is_room_for
from achterban.core.outbox.actions import News, emit
from achterban.core.vault.actions import destroy_keys
from achterban.listen.reports.actions.reviewing import forget_review
from achterban.listen.reports.actions.telling import Gone, log_of
from achterban.listen.reports.models import Attachment, Entry, EntryKind, Report
from achterban.listen.reports.statuses import Status
from achterban.rules.deidentify import mask_bsn

MOST_ATTACHMENTS = 10  # of one report
MOST_BYTES = 60 << 20  # of one report, as they are kept


class Enough(Exception):
    """This report has as many files as it can have."""


class NoRoom(Exception):
    """The installation has as many files as it may have."""


@transaction.atomic
def attach(report: Report, taken: Taken, *, attachment_id: int, on: date) -> Report:
    """Store a file with a report, sent or not.

    Args:
        report: where it belongs; the caller knows whose it is.
        taken: the file, made anew.
        attachment_id: key of the new attachment, from the form: sent twice (a double
            click, a line that broke after the last byte) it is one file.
        on: today.

    Raises:
        Report.DoesNotExist: it is there no more.
        Gone: it was withdrawn.
        Enough: it has ten files already, or 60 MB.
        NoRoom: all files together are as large as the installation allows.
    """
    report = report.held()
    if report.is_gone:
        raise Gone
    if report.attachments.filter(pk=attachment_id).exists():
        return report
    n = _free_number(report, len(taken.content))
    file, rows = ready_file(taken)
    attachment = Attachment(id=attachment_id, report=report, file=file, n=n)
    insert_all([*rows, ready(attachment)])
    report.touched_on = on
    if report.status == Status.DRAFT:
        report.save(update_fields=["touched_on"])
    else:
        _tell_of(attachment, report, on=on)
    return report


def _free_number(report: Report, n_bytes: int) -> int:
    files = StoredFile.objects.filter(attachment__report=report)
    taken = set(report.attachments.values_list("n", flat=True))
    if len(taken) >= MOST_ATTACHMENTS or _sum(files) + n_bytes > MOST_BYTES:
        raise Enough
    if not is_room_for(n_bytes):
        raise NoRoom
    return max(taken, default=0) + 1


def _sum(files: QuerySet[StoredFile]) -> int:
    return int(files.aggregate(total=Sum("n_bytes"))["total"] or 0)


def _tell_of(attachment: Attachment, report: Report, *, on: date) -> None:
    assert report.key is not None
    entry = Entry(report=report, n=report.next_n(), kind=EntryKind.FILE, on=on)
    entry.seal_words(report.key, attachment.label)
    entry.save(force_insert=True)
    report.has_news = True
    report.save(update_fields=["has_news", "touched_on"])
    emit(
        log_of("reports.file.sent", report, on=on),
        News("reports.news", {"report": report.pk}, dedupe=f"reports.news:{report.pk}"),
        on=on,
    )


@transaction.atomic
def detach(report: Report, attachment_id: int, *, on: date) -> None:
    """Erase a file; repeating it does nothing.

    Raises:
        Report.DoesNotExist: it is there no more.
    """
    report = report.held()
    for attachment in report.attachments.filter(pk=attachment_id):
        destroy_keys([attachment.file_id], on=on)
        attachment.file.delete()
        if report.status != Status.DRAFT:
            emit(log_of("reports.file.withdrawn", report, on=on), on=on)
            forget_review(report)  # it held what was typed out


def record_opening(attachment: Attachment, *, by: Account, at: datetime) -> None:
    """Write in the log who opens a file, before a byte of it leaves (NEN 7513)."""
    _record("reports.file.read", attachment, by=by, at=at)


@transaction.atomic
@transaction.atomic
def type_out(attachment: Attachment, words: str, *, by: Account, at: datetime) -> None:
    """Store what is said in a recording, or stands on a photo or in a document.

    Args:
        attachment: permission came with ``visible_to``.
        words: what is said; empty to take it away. A citizen service number is masked.
        by: who typed it out.
        at: now.
    """
    attachment.seal_words(mask_bsn(words).text)
    attachment.save(update_fields=["sealed"])
    forget_review(attachment.report.held())
    _record("reports.file.typed_out", attachment, by=by, at=at)


def _record(kind: str, attachment: Attachment, *, by: Account, at: datetime) -> None:
    report = attachment.report
    responsible, file = report.organisation_id, str(attachment.pk)
    record(kind, report, by=by.pk, responsible=responsible, at=at, file=file)
