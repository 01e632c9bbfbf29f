"""Write down what shows that they hold to it, and where a promise stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from achterban.advocate.commitments.actions.keeping import log
from achterban.advocate.commitments.models import (
    Adherence,
    Commitment,
    Execution,
    Whereabouts,
)
from achterban.advocate.issues.actions.documents import find_in
from achterban.advocate.issues.models import Document
from achterban.core.accounts.models import Account
from achterban.rules.motions import Ask

MOST_STEPS = 50  # of one motion


class NoDay(Exception):
    """What ended or was decided did so on a day, and not in the future."""


class Full(Exception):
    """There are enough steps."""


@transaction.atomic
def keep_adherence(row: Adherence, *, by: Account, at: datetime) -> Adherence:
    """Store a decision that was held against a principle, new or changed.

    Raises:
        NoDay: it lies in the future.
    """
    if row.on > timezone.localdate(at):
        raise NoDay
    row.save()
    log("decided_on", row.commitment, by=by, at=at, followed=row.followed)
    return row


@transaction.atomic
def drop_adherence(row: Adherence, *, by: Account, at: datetime) -> None:
    """Take away a decision that does not belong there."""
    log("decision_dropped", row.commitment, by=by, at=at)
    row.delete()


@transaction.atomic
def keep_execution(row: Execution, *, by: Account, at: datetime) -> Execution:
    """Store a step of execution, new or changed; a new one comes last.

    Raises:
        NoDay: it ended on no day, or on one to come.
        Full: there are ``MOST_STEPS``.
    """
    if not row.state:
        row.ended_on = None
    elif row.ended_on is None or row.ended_on > timezone.localdate(at):
        raise NoDay
    if row._state.adding:
        held = Commitment.objects.select_for_update().get(pk=row.commitment_id)
        last = held.execution.aggregate(last=Max("n"))["last"] or 0
        if held.execution.count() >= MOST_STEPS:
            raise Full
        row.n = last + 1
    row.save()
    log("execution_kept", row.commitment, by=by, at=at, state=row.state)
    return row


@transaction.atomic
def drop_execution(row: Execution, *, by: Account, at: datetime) -> None:
    """Take away a step that was no step."""
    log("execution_dropped", row.commitment, by=by, at=at)
    row.delete()


def add_asks(row: Commitment, asks: Iterable[Ask]) -> None:
    """Begin a step for each thing that a motion asks, in its order."""
    room = Execution._meta.get_field("what").max_length
    Execution.objects.bulk_create(
        Execution(
            commitment=row, n=n, what=it.words[:room], words=it.when[:200], due=it.due
        )
        for n, it in enumerate(list(asks)[:MOST_STEPS], 1)
    )


@transaction.atomic
def point_at(row: Commitment, document: Document, typed: str) -> Whereabouts:
    """Keep where a promise stands in a document.

    Args:
        row: the promise.
        document: of the same organisation.
        typed: the words, as they stand there.

    Raises:
        NotInWords: they stand nowhere in it, or in several places.
    """
    found = find_in(document, typed)
    place, _made = Whereabouts.objects.update_or_create(
        commitment=row,
        defaults={
            "document": document,
            "page": found.page,
            "start": found.passage.start,
            "end": found.passage.end,
            "digest": found.passage.digest,
        },
    )
    return place
