"""Erase what was told."""

from __future__ import annotations

from datetime import date

from achterban.core.files.models import StoredFile
from achterban.core.vault.actions import destroy_keys
from achterban.listen.reports.actions.comparing import forget_likeness, forget_twins
from achterban.listen.reports.actions.finding import forget_report
from achterban.listen.reports.models import Report, Review, Triage
from achterban.listen.reports.statuses import Status
from achterban.people.persons.actions import forget_address, forget_person


def erase_words(report: Report, *, on: date) -> None:
    """Destroy the key, every word and who told it, in the transaction of the caller."""
    keys = [*report.attachments.values_list("file_id", flat=True)]
    keys += [report.key_id] if report.key_id else []
    if report.key:
        told = report.open_telling()
        forget_person(told.person, on=on)
        forget_address(told.notify, on=on)
    report.entries.all().delete()
    Review.objects.filter(report=report).delete()
    Triage.objects.filter(report=report).delete()
    report.facets.all().delete()
    forget_twins(report)
    forget_likeness(report)
    forget_report(report)
    report.owners.all().delete()
    StoredFile.objects.filter(attachment__report=report).delete()
    report.status, report.key, report.sealed = Status.WITHDRAWN, None, b""
    report.place_hash = None
    report.received_on = report.handler = report.entered_by = None
    report.routed_to = report.routed_on = None
    report.has_news, report.is_suspect, report.hearing = False, False, ""
    report.is_urgent = False
    report.withdrawn_on = report.touched_on = on
    report.save()
    if keys:
        destroy_keys(keys, on=on)
