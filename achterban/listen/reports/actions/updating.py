"""Tell those who reported what happened: write, send to a selection, take back."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, emit
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions.announcing import announce
from achterban.listen.reports.actions.finding import follow_status
from achterban.listen.reports.hearing import UpdateKind, is_told, may_stand
from achterban.listen.reports.models import (
    Entry,
    EntryKind,
    Report,
    Update,
    UpdateWords,
)
from achterban.listen.reports.statuses import Status, may_step
from achterban.rules.deidentify import mask_bsn

MOST_CHOSEN = 10_000
LEAST_PUBLIC = 10  # reports: fewer people could be known by what is told
CHUNK = 500
SPREAD = timedelta(hours=1)
GONE = (Status.DRAFT, Status.WITHDRAWN)


class NobodyChosen(Exception):
    """There is no report in the selection."""


class TooMany(Exception):
    """More reports than one update can go to."""


class AlreadySent(Exception):
    """It was sent: the words stand behind codes and stay as they are."""


class NothingToSay(Exception):
    """There is no first sentence yet."""


class TooFewToPublish(Exception):
    """It went to so few that what it says could be about somebody."""


class SamePerson(Exception):
    """Whoever wrote it cannot be the one who publishes it."""


@dataclass(frozen=True)
class Reach:
    """How an update reaches those it is for, at this moment.

    Attributes:
        n_chosen: reports that were chosen and are still there.
        n_stands: behind how many codes it comes to stand.
        n_told: how many of those asked to be told of this kind.
    """

    n_chosen: int
    n_stands: int
    n_told: int

    @property
    def n_quiet(self) -> int:
        """Return how many asked not to hear anything."""
        return self.n_chosen - self.n_stands


@transaction.atomic
def begin_update(
    organisation: Organisation, report_ids: Iterable[int], *, by: Account, at: datetime
) -> Update:
    """Store an empty draft for a selection of reports, which stands from here on.

    Args:
        organisation: whose reports.
        report_ids: which; the caller may read them.
        by: who writes it.
        at: now.

    Raises:
        NobodyChosen: there are none.
        TooMany: there are more than 10,000.
    """
    chosen = sorted(set(report_ids))
    if not chosen:
        raise NobodyChosen
    if len(chosen) > MOST_CHOSEN:
        raise TooMany
    key = DataKey.fresh()
    key.save(force_insert=True)
    update = Update(
        organisation=organisation,
        key=key,
        chosen=chosen,
        by=by,
        touched_on=timezone.localdate(at),
    )
    update.seal_words(UpdateWords())
    update.save(force_insert=True)
    _record("begun", update, by=by, at=at)
    return update


@transaction.atomic
def keep_update(
    update_id: int,
    words: UpdateWords,
    *,
    kind: UpdateKind,
    wants_public: bool,
    by: Account,
    at: datetime,
) -> Update:
    """Store what was written so far; whoever wrote last is the author.

    Citizen service numbers are masked.

    Raises:
        AlreadySent: somebody sent it in the meantime.
    """
    update = _locked(update_id)
    if not update.is_draft:
        raise AlreadySent
    update.kind, update.wants_public = kind, wants_public
    update.by, update.touched_on = by, timezone.localdate(at)
    lead, rest = mask_bsn(words.lead).text, mask_bsn(words.rest).text
    update.seal_words(UpdateWords(lead, rest))
    update.save()
    _record("kept", update, by=by, at=at)
    return update


@transaction.atomic
def drop_update(update_id: int, *, by: Account, at: datetime) -> None:
    """Throw a draft away for good.

    Raises:
        AlreadySent: it was sent.
    """
    update = _locked(update_id)
    if not update.is_draft:
        raise AlreadySent
    _record("dropped", update, by=by, at=at)
    destroy_keys([update.key_id], on=timezone.localdate(at))
    update.delete()


@transaction.atomic
def send_update(update_id: int, *, by: Account, at: datetime) -> Update:
    """Send a draft to its selection; pressed twice it is one update.

    It comes to stand behind the codes within seconds, 500 at a time, so that nobody
    who tells something has to wait for it (``place_update``).

    Args:
        update_id: the row is locked; permission came with ``visible_to``.
        by: who sends it; whoever wrote it stays the author.
        at: now.

    Raises:
        NothingToSay: it has no first sentence.
    """
    update = _locked(update_id)
    if not update.is_draft:
        return update
    if not update.open_words().lead:
        raise NothingToSay
    on = timezone.localdate(at)
    update.sent_on = update.touched_on = on
    update.save(update_fields=["sent_on", "touched_on"])
    _record("sent", update, by=by, at=at, n=str(len(update.chosen)), type=update.kind)
    emit(
        *(
            News("reports.update", {"update": update.pk, "reports": chunk})
            for chunk in _chunks(update.chosen)
        ),
        on=on,
    )
    return update


@receiver("reports.update")
@transaction.atomic
def place_update(payload: dict[str, Any], row_id: int) -> None:
    """Put an update in the course of a part of the reports it is for.

    Delivered twice it is one: a report has each update once.
    """
    update = Update.objects.select_for_update().get(pk=payload["update"])
    if update.undone_on is not None:
        return
    at = clock.now()
    entries = list(_new_entries(update, payload["reports"], on=timezone.localdate(at)))
    Entry.objects.bulk_create(entries)
    asked = [entry.report_id for entry in entries if entry.after]
    Report.objects.filter(pk__in=asked).update(status=Status.ASKED)
    follow_status(update.organisation_id, asked, Status.ASKED)
    news = [
        item
        for entry in entries
        for item in announce(entry.report, entry, at=at + _some_time())
    ]
    emit(*news, on=timezone.localdate(at))


def _new_entries(update: Update, report_ids: list[int], *, on: date) -> Iterator[Entry]:
    had = update.entries.filter(report__in=report_ids).values("report")
    reports = (
        Report.objects.locked()
        .filter(organisation=update.organisation_id, pk__in=report_ids)
        .exclude(status__in=GONE)
        .exclude(pk__in=had)
        .order_by("pk")
    )
    numbers = Entry.objects.filter(report__in=report_ids).order_by()
    last = dict(numbers.values_list("report").annotate(Max("n")))
    is_question, is_alone = update.kind == UpdateKind.QUESTION, _is_alone(update)
    for report in reports:
        if not may_stand(report.hearing, update.kind, is_alone=is_alone):
            continue
        asks = is_question and may_step(report.status, Status.ASKED)
        yield Entry(
            report=report,
            update=update,
            n=last.get(report.pk, 0) + 1,
            kind=EntryKind.UPDATE,
            by_id=update.by_id,
            on=on,
            before={"status": report.status} if asks else {},
            after={"status": Status.ASKED.value} if asks else {},
        )


def _some_time() -> timedelta:
    """Return a part of an hour: mails that leave together would tell who belong."""
    return SPREAD * random.SystemRandom().random()


@transaction.atomic
def undo_update(update_id: int, *, by: Account, at: datetime) -> int:
    """Take an update back from everyone who has not read it; return how many had.

    It is no longer public either. A mail that something waits cannot be taken back.
    """
    update = _locked(update_id)
    on = timezone.localdate(at)
    standing = update.entries.standing()
    unread = standing.filter(read_on=None)
    _ask_no_more(unread)
    unread.update(undone_on=on)
    update.undone_on, update.published_on, update.publisher = on, None, None
    update.save(update_fields=["undone_on", "published_on", "publisher"])
    _record("undone", update, by=by, at=at)
    return standing.count()


def _ask_no_more(entries: Any) -> None:
    """Put reports back where they stood, when nothing was said after the question."""
    for entry in entries.exclude(before={}).select_related("report"):
        later = entry.report.entries.standing().filter(n__gt=entry.n)
        if entry.report.status == Status.ASKED and not later.exists():
            entry.report.status = entry.before["status"]
            entry.report.save(update_fields=["status"])
            organisation_id = entry.report.organisation_id
            follow_status(organisation_id, [entry.report.pk], entry.report.status)


@transaction.atomic
def publish_update(update_id: int, *, by: Account, at: datetime) -> Update:
    """Put an update on the public page; pressed twice it stays as it was.

    Args:
        update_id: the row is locked.
        by: a second person, not whoever wrote it.
        at: now.

    Raises:
        SamePerson: they wrote it themselves.
        TooFewToPublish: fewer than ten reports have it, or it was taken back.
    """
    update = _locked(update_id)
    if update.published_on is not None:
        return update
    if update.by_id == by.pk:
        raise SamePerson
    if n_standing(update) < LEAST_PUBLIC or update.undone_on or not update.sent_on:
        raise TooFewToPublish
    update.published_on, update.publisher = timezone.localdate(at), by
    update.save(update_fields=["published_on", "publisher"])
    _record("published", update, by=by, at=at)
    return update


@transaction.atomic
def unpublish_update(update_id: int, *, by: Account, at: datetime) -> Update:
    """Take an update off the public page; it stays behind the codes."""
    update = _locked(update_id)
    update.published_on = update.publisher = None
    update.save(update_fields=["published_on", "publisher"])
    _record("unpublished", update, by=by, at=at)
    return update


def n_standing(update: Update) -> int:
    """Return in the course of how many reports it stands."""
    return update.entries.standing().count()


def reach_of(update: Update) -> Reach:
    """Return whom a draft reaches, and how; nobody's words are opened for it."""
    is_alone, n_chosen, n_stands, n_told = _is_alone(update), 0, 0, 0
    for chunk in _chunks(update.chosen):
        reports = Report.objects.filter(
            organisation=update.organisation_id, pk__in=chunk
        ).exclude(status__in=GONE)
        for hearing in reports.values_list("hearing", flat=True):
            n_chosen += 1
            n_stands += may_stand(hearing, update.kind, is_alone=is_alone)
            n_told += is_told(hearing, update.kind)
    return Reach(n_chosen, n_stands, n_told)


def _is_alone(update: Update) -> bool:
    return len(update.chosen) == 1


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _locked(update_id: int) -> Update:
    return (
        Update.objects.select_related("key")
        .select_for_update(of=("self",))
        .get(pk=update_id)
    )


def _record(
    what: str, update: Update, *, by: Account, at: datetime, **facts: Any
) -> None:
    record(
        f"reports.update.{what}",
        update,
        by=by.pk,
        responsible=update.organisation_id,
        at=at,
        **facts,
    )
