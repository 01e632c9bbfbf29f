"""Look through the words of a report for what could identify somebody."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.outbox.actions import News, emit
from achterban.listen.reports.actions.finding import forget_report, index_report
from achterban.listen.reports.events import WORDS_CHECKED
from achterban.listen.reports.models import (
    OWN_WORDS,
    Looked,
    Report,
    Review,
)
from achterban.rules.deidentify import Span
from achterban.rules.search import dutch

Find = Callable[[str], list[Span]]
BETWEEN = "\n\n"
BATCH = 100

log = logging.getLogger(__name__)


class WordsChanged(Exception):
    """Whoever told it added or corrected something; it must be looked through again."""


def own_words(report: Report) -> str:
    """Return all that was told in words.

    The telling, replies and additions, the illness, answers to questions of the
    organisation, and what was typed out of photos, documents and recordings.
    """
    told = report.open_telling()
    entries = report.entries.filter(kind__in=OWN_WORDS).order_by("n")
    files = report.attachments.select_related("file__key").order_by("n")
    parts = [told.text]
    parts += [entry.open_words(report.key) for entry in entries]
    parts += [told.condition]
    parts += [answer for own in told.own.values() for answer in own["answers"]]
    parts += [file.open_words() for file in files]
    return BETWEEN.join(filter(None, parts))


def look_through(find: Find, *, but: Collection[int] = ()) -> list[int]:
    """Find in what was sent what could identify somebody, a batch at a time.

    Looking takes long and holds nothing: what changed meanwhile is done again later.

    Args:
        find: returns spans of a text, in order.
        but: reports to pass by.

    Returns:
        Which reports could not be looked through; the rest of the batch is stored.
    """
    failed = []
    waiting = Report.objects.to_look_through().exclude(pk__in=but)
    for report in waiting.select_related("key")[:BATCH]:
        try:
            _store(report.pk, Looked(text := own_words(report), find(text)))
        except Exception as error:  # noqa: BLE001 - the others go on
            log.error("not looked through: %s", type(error).__name__)
            failed.append(report.pk)
    return failed


@dataclass(frozen=True)
class Reading:
    """What of another room waits to be looked through.

    Attributes:
        is_waiting: whether there is something.
        look: looks through all there is.
    """

    is_waiting: Callable[[], bool]
    look: Callable[[Find], object]


_readings: dict[str, Reading] = {}


def also_look_through(
    name: str, is_waiting: Callable[[], bool], look: Callable[[Find], object]
) -> None:
    """Let the process that finds names look through words of another room as well.

    Args:
        name: ``room.model``; twice changes nothing.
        is_waiting: whether there is something to look through.
        look: looks through it.
    """
    _readings[name] = Reading(is_waiting, look)


def look_elsewhere(find: Find, *, but: Collection[str] = ()) -> list[str]:
    """Look through what waits in other rooms.

    Args:
        find: returns spans of a text, in order.
        but: names of readings to pass by.

    Returns:
        The names of those that failed.
    """
    failed = []
    for name, reading in _waiting(but):
        try:
            reading.look(find)
        except Exception as error:  # noqa: BLE001 - the others go on
            log.error("%s not looked through: %s", name, type(error).__name__)
            failed.append(name)
    return failed


def is_waiting_elsewhere(*, but: Collection[str] = ()) -> bool:
    """Return whether something waits in another room."""
    return bool(_waiting(but))


def _waiting(but: Collection[str]) -> list[tuple[str, Reading]]:
    rows = _readings.items()
    return [(name, it) for name, it in rows if name not in but and it.is_waiting()]


@transaction.atomic
def _store(report_id: int, looked: Looked) -> None:
    report = Report.objects.to_look_through().locked().filter(pk=report_id).first()
    if report is None or own_words(report) != looked.text:
        return
    review = Review(report=report)
    review.seal(looked)
    review.save(force_insert=True)


def keep_review(
    review: Review, spans: list[Span], *, by: Account, at: datetime, approve: bool
) -> Review:
    """Store what somebody decided; approved words may be read by others.

    Args:
        review: as it stood on the page.
        spans: what goes out, in order, within the text of the review.
        by: who looked.
        at: now.
        approve: whether this is all of it.

    Raises:
        WordsChanged: there is another review, or none, in the meantime.
    """
    dutch()  # takes half a second once: not while others wait for the transaction
    return _keep(review, spans, by=by, at=at, approve=approve)


@transaction.atomic
def _keep(
    review: Review, spans: list[Span], *, by: Account, at: datetime, approve: bool
) -> Review:
    report = Report.objects.locked().get(pk=review.report_id)
    found = Review.objects.filter(pk=review.pk, report=report).first()
    if found is None or report.key is None:
        raise WordsChanged
    found.report = report
    found.seal(Looked(found.open().text, spans))
    found.approved_on = timezone.localdate(at) if approve else None
    found.approved_by = by if approve else None
    found.save()
    if not approve:
        forget_report(report)
    else:
        index_report(report, found.open().checked)
        record(
            "reports.review.approved",
            report,
            by=by.pk,
            responsible=report.organisation_id,
            at=at,
        )
        name = f"{WORDS_CHECKED}:{report.pk}"
        news = News(WORDS_CHECKED, {"report": report.pk}, dedupe=name)
        emit(news, on=timezone.localdate(at))
    return found


def forget_review(report: Report) -> None:
    """Take a review away, in the transaction of the caller: the words are others."""
    Review.objects.filter(report=report).delete()
    forget_report(report)


def checked_words(report: Report) -> str | None:
    """Return the words that others may read and quote; None: not checked yet."""
    review = Review.objects.approved().filter(report=report).first()
    if review is None:
        return None
    review.report = report
    return review.open().checked
