"""Write a promise down, say what became of it, and move its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.commitments.actions.expecting import expect, forget_to_come
from achterban.advocate.commitments.models import Agreed, Commitment, State, Step
from achterban.advocate.commitments.states import next_states
from achterban.advocate.stakeholders.actions.keeping import use_functions
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.rules.recurrence import checked_rhythm


@dataclass(frozen=True)
class When:
    """A term, as it was said and as it was read.

    Attributes:
        words: theirs; may be empty.
        due: the last day that is in time, of a rhythm the first; None where none is.
        rhythm: the value of an RRULE, empty for what happens once.
    """

    words: str = ""
    due: date | None = None
    rhythm: str = ""


class NotAllowed(Exception):
    """No such step from where it stands."""


class NoReading(Exception):
    """It is disputed only with both readings, and where they say theirs."""


@transaction.atomic
def keep_commitment(
    row: Commitment, when: When | None, *, by: Account, at: datetime
) -> Commitment:
    """Store a promise as it was written; a new one begins, with its term.

    Where a known one stands and when it is due stay as they are by now.

    Args:
        row: new or changed.
        when: its term; only of a new one (``move_term`` moves it).
        by: who wrote it.
        at: now.

    Raises:
        NoReading: it is disputed, and a reading was taken away.
    """
    is_new = row._state.adding
    if not is_new:
        held = Commitment.objects.select_for_update().get(pk=row.pk)
        row.state, row.due, row.rhythm = held.state, held.due, held.rhythm
    if row.state == State.DISPUTED and not _has_both(row):
        raise NoReading
    row.save()
    if is_new:
        Step.objects.create(commitment=row, state=row.state, by=by, at=at)
        agree(row, when or When(), "", by=by, at=at)
    if row.function:
        use_functions([row.function], on=timezone.localdate(at))
    log("kept", row, by=by, at=at)
    return row


@transaction.atomic
def take_step(
    row: Commitment, state: str, why: str, *, by: Account, at: datetime
) -> Step:
    """Say what became of a promise.

    Args:
        row: it is locked.
        state: where it comes to stand.
        why: how we know; may be empty.
        by: who says so.
        at: now.

    Raises:
        NotAllowed: the table has no such step; somebody may have been first.
        NoReading: disputed, without what each side reads in it.
    """
    held = Commitment.objects.select_for_update().get(pk=row.pk)
    if state not in next_states(held.state):
        raise NotAllowed(state)
    if state == State.DISPUTED and not _has_both(held):
        raise NoReading
    return _step(held, State(state), why, by=by, at=at)


@transaction.atomic
def move_term(
    row: Commitment, when: When, why: str, *, by: Account, at: datetime
) -> Agreed:
    """Agree on another term; what was agreed before stays to be read.

    What of a rhythm was still to come goes; what came stays, told or not.

    Args:
        row: it is locked.
        when: the new one.
        why: in a few words; may be empty.
        by: who says so.
        at: now.

    Raises:
        NotAllowed: it is kept or lapsed, or decisions or steps have the days.
        NotARhythm: ``when`` holds what no calendar knows.
    """
    held = Commitment.objects.select_for_update().get(pk=row.pk)
    if not held.may_move:
        raise NotAllowed(held.state)
    forget_to_come(held, on=timezone.localdate(at))
    agreed = agree(held, when, why, by=by, at=at)
    _step(held, State.RENEGOTIATED, why, by=by, at=at)
    return agreed


def agree(
    row: Commitment, when: When, why: str, *, by: Account, at: datetime
) -> Agreed:
    """Store a term, in the transaction of the caller; those before stay to be read."""
    rhythm = checked_rhythm(when.rhythm) if when.rhythm else ""
    row.due, row.rhythm = when.due, rhythm
    row.save(update_fields=["due", "rhythm"])
    expect(row, on=timezone.localdate(at))
    agreed = Agreed(
        commitment=row,
        words=when.words,
        due=when.due,
        rhythm=rhythm,
        why=why,
        by=by,
        at=at,
    )
    agreed.save(force_insert=True)
    return agreed


def _step(
    row: Commitment, state: State, why: str, *, by: Account, at: datetime
) -> Step:
    row.state = state
    row.save(update_fields=["state"])
    step = Step(commitment=row, state=state, why=why, by=by, at=at)
    step.save(force_insert=True)
    log("stepped", row, by=by, at=at, state=str(state))
    return step


def _has_both(row: Commitment) -> bool:
    return bool(row.ours and row.theirs and row.theirs_source)


def log(
    act: str, row: Commitment, *, by: Account, at: datetime, **facts: int | str
) -> None:
    """Write an act in the log, under the organisation that works at it."""
    record(
        f"commitments.commitment.{act}",
        row,
        by=by.pk,
        responsible=row.dossier.organisation_id,
        at=at,
        **facts,
    )
