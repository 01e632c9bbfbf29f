"""Let everybody read a promise, after two people looked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from achterban.advocate.commitments.actions.keeping import log
from achterban.advocate.commitments.models import Commitment, Kind, Showing
from achterban.advocate.commitments.queries import (
    Tally,
    decisions_of,
    steps_of,
    tallies,
)
from achterban.core.accounts.models import Account

WORDS = (
    *("verbatim", "source", "address", "to_whom", "level", "conditions"),
    *("ours", "theirs", "theirs_source", "state", "rhythm"),
)


# What the words of a showing say where they are older than these fields.
OLDEST = {"kind": Kind.PROMISE, "decisions": {}, "steps": {}}


class Changed(Exception):
    """It reads otherwise than what was asked about; ask again."""


class Alone(Exception):
    """Whoever asked does not release it."""


class Gone(Exception):
    """It was released, or taken back, meanwhile."""


def public_words(row: Commitment, *, on: date) -> dict[str, Any]:
    """Return what everybody would read of a promise: never who said it.

    Args:
        row: with its party.
        on: today; what took place of a rhythm is told until then.
    """
    last = row.agreed.first()
    tally = tallies([row], on=on).get(row.pk, Tally()) if row.rhythm else None
    return {
        "party": str(row.party),
        "said_on": row.said_on.isoformat(),
        "when": last.words if last else "",
        "due": row.due.isoformat() if row.due else "",
        **{name: getattr(row, name) for name in WORDS},
        "kind": row.kind,
        "times": asdict(tally) if tally else {},
        "decisions": decisions_of([row]).get(row.pk, {}),
        "steps": steps_of([row]).get(row.pk, {}),
    }


def is_as(row: Commitment, showing: Showing, *, on: date) -> bool:
    """Return whether a promise still reads as it is shown, but for what came since.

    That another time was due is the doing of the clock; what was told of one is ours.
    """
    return _is_same(public_words(row, on=on), showing)


def _is_same(words: dict[str, Any], showing: Showing) -> bool:
    return _told(words) == _told({**OLDEST, **showing.words})


def _told(words: dict[str, Any]) -> dict[str, Any]:
    """Return the words; of the times only what was told."""
    tally = Tally(**words["times"])
    return {**words, "times": (tally.held, tally.lower, tally.missed)}


@transaction.atomic
def ask_to_show(row: Commitment, *, by: Account, at: datetime) -> Showing:
    """Ask a second person to let everybody read a promise as it stands now.

    Who asks again takes the place of who asked before.
    """
    held = _held(row)
    on = timezone.localdate(at)
    held.showings.waiting().update(ended_on=on)
    showing = Showing.objects.create(
        commitment=held, words=public_words(held, on=on), asked_on=on, asked_by=by
    )
    log("asked_to_show", held, by=by, at=at)
    return showing


@transaction.atomic
def show(row: Showing, *, by: Account, at: datetime) -> Showing:
    """Let everybody read it, in the place of what they read before.

    Args:
        row: one that waits; its promise is locked.
        by: not who asked.
        at: now.

    Raises:
        Alone: the same person asked.
        Gone: it does not wait any more.
        Changed: the promise reads otherwise by now.
    """
    on = timezone.localdate(at)
    held = _held(row.commitment)
    waiting = held.showings.waiting().filter(pk=row.pk).first()
    if waiting is None:
        raise Gone
    if waiting.asked_by_id == by.pk:
        raise Alone
    words = public_words(held, on=on)
    if not _is_same(words, waiting):
        raise Changed
    held.showings.out().update(ended_on=on)
    waiting.words = words
    waiting.released_on, waiting.released_by = on, by
    waiting.save(update_fields=["words", "released_on", "released_by"])
    log("shown", held, by=by, at=at)
    return waiting


@transaction.atomic
def hide(row: Commitment, *, by: Account, at: datetime) -> None:
    """Take a promise off the public list at once; one person is enough."""
    held = _held(row)
    held.showings.filter(ended_on=None).update(ended_on=timezone.localdate(at))
    log("hidden", held, by=by, at=at)


def _held(row: Commitment) -> Commitment:
    rows = Commitment.objects.select_related("party", "dossier")
    return rows.select_for_update(of=("self",)).get(pk=row.pk)
