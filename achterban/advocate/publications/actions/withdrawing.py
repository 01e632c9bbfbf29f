"""Destroy files that hold words which may not be used any more.

A page shows a version without such words from the moment on; this takes the files, and
where in a report the words stood. The text of ours, the checksum and which reports were
cited stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from achterban.advocate.publications.models import Cited, SentFile, Version
from achterban.core import clock
from achterban.core.audit.actions import anonymous_act
from achterban.core.consent.actions import TAKEN_BACK
from achterban.core.consent.models import Consent
from achterban.core.files.models import StoredFile
from achterban.core.outbox.actions import emit
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.listen.reports.actions.quoting import Passage, Standing, quoted
from achterban.listen.reports.actions.reviewing import checked_words
from achterban.listen.reports.events import WORDS_CHECKED
from achterban.listen.reports.models import Report


@receiver("vault.destroyed")
def after_erasure(payload: dict[str, int], row_id: int) -> None:
    """Take the files with words of a report that was erased."""
    destroy_lost(Cited.objects.filter(data_key=payload["key"]), on=clock.today())


@receiver(TAKEN_BACK)
def after_a_yes_was_taken_back(payload: dict[str, int], row_id: int) -> None:
    """Take the files with words of whoever said yes to quoting, and takes it back."""
    keys = Consent.objects.filter(pk=payload["consent"]).values("key")
    destroy_lost(Cited.objects.filter(data_key__in=keys), on=clock.today())


@receiver(WORDS_CHECKED)
def after_a_check(payload: dict[str, int], row_id: int) -> None:
    """Take the files with words that stand there no more."""
    destroy_lost(Cited.objects.filter(report=payload["report"]), on=clock.today())


def destroy_over(on: date) -> int:
    """Take the files with words whose yes has ended; return of how many versions."""
    return destroy_lost(Cited.objects.all(), on=on)


def destroy_lost(passages: Iterable[Cited], *, on: date) -> int:
    """Take the files of versions with passages that may not be quoted any more.

    Words that wait for somebody to look at them are not lost yet.

    Args:
        passages: a queryset, of all versions that may hold such words.
        on: today.

    Returns:
        Of how many versions.
    """
    rows = list(passages.in_files())  # type: ignore[attr-defined]
    keys = {row.report for row in rows}
    reports = Report.objects.select_related("key", "organisation").in_bulk(keys)
    lost = {row.version_id for row in rows if is_lost(row, reports, on=on)}
    for key in lost:
        _destroy(key, on=on)
    return len(lost)


def is_lost(row: Cited, reports: dict[int, Report], *, on: date) -> bool:
    """Return whether the words of a passage may not be used any more, for good."""
    report = reports.get(row.report or 0)
    if report is None:
        return True
    assert row.start is not None  # a passage has a place
    assert row.end is not None
    passage = Passage(row.start, row.end, bytes(row.digest))
    match quoted(report, passage, on=on).standing:
        case Standing.HOLDS:
            return False
        case Standing.TAKEN_BACK:
            return True
        case Standing.CHANGED:
            return checked_words(report) is not None


@transaction.atomic
def _destroy(version_id: int, *, on: date) -> None:
    rows = Version.objects.select_related("publication").select_for_update(of=("self",))
    version = rows.get(pk=version_id)
    if version.destroyed_on is not None:
        return
    files = SentFile.objects.filter(version=version, file__isnull=False)
    keys = [*files.values_list("file", flat=True)]
    StoredFile.objects.filter(pk__in=keys).delete()
    version.cited.update(start=None, end=None, digest=b"")
    version.destroyed_on = on
    version.save(update_fields=["destroyed_on"])
    act = "publications.version.destroyed"
    responsible = version.publication.organisation_id
    emit(anonymous_act(act, version, responsible=responsible, on=on), on=on)
    destroy_keys(keys, on=on)
