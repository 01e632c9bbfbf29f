"""Take a whole import back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.consent.models import Consent
from achterban.core.search.actions import forget
from achterban.core.vault.actions import destroy_keys
from achterban.listen.reports.actions.comparing import forget_empty_campaigns
from achterban.listen.reports.actions.finding import KIND
from achterban.listen.reports.actions.handling import erase_report
from achterban.listen.reports.actions.importing import NotNow
from achterban.listen.reports.models import BadRow, Import, ImportState, Report
from achterban.listen.reports.models.reports import ReportQuerySet
from achterban.people.persons.actions import forget_people

CHUNK = 500


@transaction.atomic
def ask_to_undo(
    import_id: int, *, whole: bool, by: Account | None, at: datetime
) -> Import:
    """Let the background erase the reports of an import; it stops reading first.

    Args:
        import_id: permission came with ``visible_to``.
        whole: also those that somebody took, answered or wrote about.
        by: who asks.
        at: now.

    Raises:
        NotNow: nothing was read, or it is undone already.
    """
    imported = Import.objects.select_for_update().get(pk=import_id)
    if imported.state not in {ImportState.RUNNING, ImportState.DONE}:
        raise NotNow
    imported.state, imported.is_whole_undo = ImportState.UNDOING, whole
    imported.save(update_fields=["state", "is_whole_undo"])
    record(
        "reports.import.undo_asked",
        imported,
        by=by.pk if by else 0,
        responsible=imported.organisation_id,
        at=at,
        whole=int(whole),
    )
    return imported


def run_undo(
    import_id: int, *, at: datetime, progress: Callable[[Import], None] = lambda _: None
) -> None:
    """Erase what an import brought, 500 reports a transaction; goes on after a kill.

    What nobody touched goes without a trace but the ledger of erasures and the log;
    what was worked on stays, or leaves a tombstone.
    """
    imported = Import.objects.select_related("key", "file__key").get(pk=import_id)
    if imported.state != ImportState.UNDOING:
        return
    while _erase_chunk(imported, on=timezone.localdate(at)):
        progress(imported)
    if imported.is_whole_undo:
        for report_id in list(worked_on(imported).values_list("pk", flat=True)):
            erase_report(report_id, by=imported.by_id or 0, at=at)
    _finish(imported, at=at)


def worked_on(imported: Import) -> ReportQuerySet:
    """Return the reports of an import that somebody did something with."""
    return Report.objects.filter(imported=imported).worked_on()


@transaction.atomic
def _erase_chunk(imported: Import, *, on: date) -> int:
    reports = list(
        Report.objects.filter(imported=imported)
        .untouched()
        .select_related("key")
        .select_for_update(of=("self",))[:CHUNK]
    )
    people = [report.open_telling().person for report in reports]
    keys = [report.key_id for report in reports if report.key_id]
    forget_people(filter(None, people), on=on)
    forget(KIND, [report.pk for report in reports])
    Consent.objects.filter(key__in=keys).delete()
    Report.objects.filter(pk__in=[report.pk for report in reports]).delete()
    if keys:
        destroy_keys(keys, on=on)
    return len(reports)


@transaction.atomic
def _finish(imported: Import, *, at: datetime) -> None:
    on = timezone.localdate(at)
    keys = [imported.key_id] if imported.key_id else []
    file, key_of_file = imported.file, imported.file and imported.file.key_id
    BadRow.objects.filter(imported=imported).delete()
    forget_empty_campaigns()
    imported.state = ImportState.UNDONE
    imported.file, imported.key, imported.sealed = None, None, b""
    imported.save(update_fields=["state", "file", "key", "sealed"])
    if file is not None and key_of_file:
        keys.append(key_of_file)
        file.delete()
    if keys:
        destroy_keys(keys, on=on)
    record(
        "reports.import.undone",
        imported,
        by=imported.by_id or 0,
        responsible=imported.organisation_id,
        at=at,
    )
