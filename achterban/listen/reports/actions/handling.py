"""What volunteers do with a report: read, take, ask, answer, set, hand over, undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import Act, append, record
from achterban.core.audit.models import label_of
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, emit
from achterban.listen.reports.actions.announcing import announce
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.actions.finding import follow_status
from achterban.listen.reports.models import Entry, EntryKind, Report
from achterban.listen.reports.statuses import Status, may_step
from achterban.rules.deidentify import mask_bsn

UNDOABLE = (
    EntryKind.QUESTION,
    EntryKind.ANSWER,
    EntryKind.NOTE,
    EntryKind.STEP,
    EntryKind.HANDOVER,
)
ANSWERING = (EntryKind.QUESTION, EntryKind.ANSWER, EntryKind.STEP)
STATUS_AFTER = {
    EntryKind.QUESTION: Status.ASKED,
    EntryKind.ANSWER: Status.ANSWERED,
}


class StepNotAllowed(Exception):
    """The table of statuses has no such step."""


class NotInTheTeam(Exception):
    """Whoever it is handed to may not read reports here."""


class NothingToUndo(Exception):
    """The last act is not yours, or somebody has read it already."""


def record_reads(
    reports: list[Report], *, by: Account, organisation: Organisation, at: datetime
) -> None:
    """Write in the log who reads what, before anything is shown (NEN 7513).

    Args:
        reports: what is about to be shown, the first lines in a list included.
        by: who reads.
        organisation: for whom.
        at: now.
    """
    append(
        *(
            Act("reports.report.read", label_of(r), by.pk, organisation.pk, at, {})
            for r in reports
        )
    )


def record_export(
    n: int, kind: str, *, by: Account, organisation: Organisation, at: datetime
) -> None:
    """Write in the log that somebody takes words along in a list.

    Args:
        n: how many reports; that each was read is written apart.
        kind: of the file.
        by: who.
        organisation: for whom.
        at: now.
    """
    record(
        "reports.export.made",
        organisation,
        by=by.pk,
        responsible=organisation.pk,
        at=at,
        n=n,
        file=kind,
    )


@transaction.atomic
def write_entry(
    report_id: int, kind: EntryKind, text: str, *, by: Account, at: datetime
) -> Entry:
    """Store a question, an answer or a note, and let the status follow.

    Whoever writes to the reporter first takes the report, when nobody has it.

    Args:
        report_id: the row is locked; permission came with ``visible_to``.
        kind: QUESTION, ANSWER or NOTE.
        text: the words.
        by: who writes.
        at: now.

    Raises:
        StepNotAllowed: the report is withdrawn.
    """
    report = _locked(report_id)
    after: dict[str, Any] = {}
    if kind in STATUS_AFTER:
        after["status"] = STATUS_AFTER[kind].value
        if report.handler_id is None:
            after["handler"] = by.pk
    entry = _apply(report, kind, after, by=by, at=at, text=text)
    if kind in STATUS_AFTER:
        emit(*announce(report, entry, at=at), on=timezone.localdate(at))
    return entry


@transaction.atomic
def set_status(report_id: int, status: Status, *, by: Account, at: datetime) -> Entry:
    """Move a report along the table of statuses.

    Raises:
        StepNotAllowed: the table has no such step.
    """
    report = _locked(report_id)
    return _apply(report, EntryKind.STEP, {"status": status.value}, by=by, at=at)


@transaction.atomic
def set_urgent(report_id: int, *, is_urgent: bool, by: Account, at: datetime) -> None:
    """Say that a report is urgent, or that it is not; the reporter does not see it."""
    report = _locked(report_id)
    report.is_urgent = is_urgent
    report.save(update_fields=["is_urgent"])
    record(
        "reports.report.urgency_set",
        report,
        by=by.pk,
        responsible=report.organisation_id,
        at=at,
        urgent=int(is_urgent),
    )


@transaction.atomic
def hand_over(
    report_id: int, to: Account, *, by: Account, at: datetime, note: str = ""
) -> Entry:
    """Give a report to a colleague, or to yourself ("ik neem deze").

    Args:
        report_id: the row is locked.
        to: who gets it.
        by: who gives it.
        at: now.
        note: what the colleague should know.

    Raises:
        NotInTheTeam: the colleague may not read reports here.
    """
    report = _locked(report_id)
    if not to.has_perm("reports.read", report.organisation):
        raise NotInTheTeam
    entry = _apply(
        report, EntryKind.HANDOVER, {"handler": to.pk}, by=by, at=at, text=note
    )
    if to != by:
        emit(
            News("reports.handed_over", {"report": report.pk, "account": to.pk}),
            on=timezone.localdate(at),
        )
    return entry


@transaction.atomic
def undo_last(report_id: int, *, by: Account, at: datetime) -> Entry:
    """Take back the last act on a report, while it is one's own and not yet read.

    The words of what is taken back stay, so that the form can show them again.

    Raises:
        NothingToUndo: the last act is somebody else's, or was read by the reporter.
    """
    report = _locked(report_id)
    entry = report.entries.standing().order_by("-n").first()
    if (
        entry is None
        or entry.by_id != by.pk
        or entry.kind not in UNDOABLE
        or entry.read_on is not None
    ):
        raise NothingToUndo
    entry.undone_on = timezone.localdate(at)
    entry.save(update_fields=["undone_on"])
    _set(report, entry.before)
    record(
        "reports.entry.undone",
        report,
        by=by.pk,
        responsible=report.organisation_id,
        at=at,
        entry=str(entry.pk),
    )
    return entry


@transaction.atomic
def erase_report(report_id: int, *, by: int, at: datetime) -> Report:
    """Erase a report on request of who told it; the tombstone knows the day only.

    Args:
        report_id: which one.
        by: account id, 0 for whoever runs the server.
        at: now.
    """
    report = _locked(report_id)
    if not report.is_gone:
        record(
            "reports.report.erased",
            report,
            by=by,
            responsible=report.organisation_id,
            at=at,
        )
        erase_words(report, on=timezone.localdate(at))
    return report


def _apply(
    report: Report,
    kind: EntryKind,
    after: dict[str, Any],
    *,
    by: Account,
    at: datetime,
    text: str = "",
) -> Entry:
    if not may_step(report.status, after.get("status", report.status)):
        raise StepNotAllowed(report.status, after)
    if report.key is None:
        raise StepNotAllowed(report.status)
    before = {"status": report.status, "handler": report.handler_id}
    entry = Entry(
        report=report,
        n=report.next_n(),
        kind=kind,
        by=by,
        on=timezone.localdate(at),
        before=before | {"has_news": report.has_news},
        after=after,
    )
    if text:
        entry.seal_words(report.key, mask_bsn(text).text)
    entry.save(force_insert=True)
    seen = {"has_news": report.has_news and kind not in ANSWERING}
    _set(report, before | after | seen)
    record(
        f"reports.entry.{kind}_written",
        report,
        by=by.pk,
        responsible=report.organisation_id,
        at=at,
        entry=str(entry.pk),
        **{name: str(value) for name, value in after.items()},
    )
    return entry


def _set(report: Report, state: dict[str, Any]) -> None:
    if report.status != state["status"]:
        follow_status(report.organisation_id, [report.pk], state["status"])
    report.status = state["status"]
    report.handler_id = state["handler"]
    report.has_news = state["has_news"]
    report.save(update_fields=["status", "handler", "has_news"])


def _locked(report_id: int) -> Report:
    return (
        Report.objects.select_related("key", "organisation")
        .select_for_update(of=("self",))
        .get(pk=report_id)
    )
