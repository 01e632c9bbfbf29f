"""Correct what one told, and give a yes afterwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction

from achterban.core.consent.actions import ready_consent
from achterban.core.consent.models import Purpose
from achterban.core.database.rows import insert_all
from achterban.listen.reports.actions.comparing import forget_likeness
from achterban.listen.reports.actions.finding import follow_place
from achterban.listen.reports.actions.returning import tell_handlers
from achterban.listen.reports.actions.reviewing import forget_review
from achterban.listen.reports.actions.telling import (
    Gone,
    Kept,
    Yes,
    key_of,
    masked_words,
    with_facts,
)
from achterban.listen.reports.consents import OFFERS
from achterban.listen.reports.models import (
    OWN_WORDS,
    Entry,
    EntryKind,
    Report,
    place_hash,
)
from achterban.listen.reports.statuses import Status
from achterban.rules.urgency import signs


@transaction.atomic
def correct_words(
    report: Report, text: str, *, said_in: int | None = None, entry_id: int, on: date
) -> Kept:
    """Put other words in the place of one's own; the former ones stay in the course.

    Args:
        report: what was sent; the caller knows whose it is.
        text: all words as they should have been.
        said_in: key of the addition or reply that is corrected; None for the telling.
        entry_id: key of the new entry, from the form: sent twice it is one correction.
        on: today.

    Raises:
        Report.DoesNotExist: there is nothing that was sent.
        Entry.DoesNotExist: there is no such addition or reply.
        Gone: it was withdrawn.
        TooLong: it does not fit.

    Source: AVG art. 16. What is shown and used is the corrected text.
    """
    masked = masked_words(text)
    report = _held(report)
    told = report.open_telling()
    said = None
    if said_in is not None:
        said = report.entries.filter(kind__in=OWN_WORDS).get(pk=said_in)
    former = said.open_words(report.key) if said else told.text
    if former != masked.text and _note(
        report, {"text": former}, entry_id=entry_id, on=on
    ):
        if said:
            said.seal_words(key_of(report), masked.text)
            said.save(update_fields=["sealed"])
        else:
            report.seal_telling(replace(told, text=masked.text))
            forget_likeness(report)
        report.is_urgent = report.is_urgent or bool(signs(masked.text))
        report.save(update_fields=["is_urgent", "sealed"])
        forget_review(report)
    return Kept(report, masked.text, masked.n_masked)


@transaction.atomic
def correct_facts(
    report: Report, facts: Mapping[str, Any], *, entry_id: int, on: date
) -> Report:
    """Put other answers in the place of those that were chosen, or were left open.

    Args:
        report: what was sent; the caller knows whose it is.
        facts: fields of ``Telling`` and what they are now.
        entry_id: key of the new entry, from the form.
        on: today.

    Raises:
        Report.DoesNotExist: there is nothing that was sent.
        Gone: it was withdrawn.
    """
    report = _held(report)
    told = report.open_telling()
    better = with_facts(told, facts)
    former = {name: asdict(told)[name] for name in facts}
    if "own" in facts:
        former["own"] = {key: told.own[key] for key in facts["own"] if key in told.own}
    if better != told and _note(report, former, entry_id=entry_id, on=on):
        report.seal_telling(better)
        if (better.condition, better.own) != (told.condition, told.own):
            forget_review(report)
        report.place_hash = place_hash(better.municipality, report.organisation)
        follow_place(report, better.municipality, was=told.municipality)
        report.save(update_fields=["sealed", "place_hash"])
    return report


@transaction.atomic
def give_yes(
    report: Report, purposes: Collection[Purpose], *, consent: Yes, on: date
) -> None:
    """Allow more than before; what was allowed already stays as it is.

    Args:
        report: what was sent; the caller knows whose it is.
        purposes: what for, each apart.
        consent: the words around each box (``more``), and their language.
        on: today.

    Raises:
        Report.DoesNotExist: there is nothing that was sent.
        Gone: it was withdrawn.
    """
    report = _held(report)
    key = key_of(report)
    in_force = key.consents.in_force(on=on)
    held = set(in_force.values_list("text__purpose", flat=True))
    fresh = [OFFERS[purpose] for purpose in purposes if purpose.value not in held]
    if not fresh:
        return
    insert_all(
        [
            ready_consent(
                key,
                offer.purpose,
                wording=consent.more[offer.purpose.value],
                language=consent.language,
                audience=offer.audience,
                on=on,
                ends_on=offer.ends_on(on),
            )
            for offer in fresh
        ]
    )
    tell_handlers("reports.consent.given", report, on=on)


def _held(report: Report) -> Report:
    report = report.held()
    if report.status == Status.DRAFT:
        raise Report.DoesNotExist
    if report.is_gone:
        raise Gone
    return report


def _note(report: Report, former: dict[str, Any], *, entry_id: int, on: date) -> bool:
    """Write in the course what stood there; return False where that was done before."""
    if report.entries.filter(pk=entry_id).exists():
        return False
    kind = EntryKind.CORRECTION
    entry = Entry(id=entry_id, report=report, n=report.next_n(), kind=kind, on=on)
    entry.seal_former(key_of(report), former)
    entry.save(force_insert=True)
    tell_handlers("reports.report.corrected", report, on=on)
    return True
