"""Open a dossier, say how far it is, mirror it, link issues, do tasks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from achterban.advocate.dossiers.models import (
    Dossier,
    Linked,
    Meeting,
    Position,
    State,
    Step,
    Task,
)
from achterban.advocate.dossiers.states import next_states
from achterban.advocate.issues.models import Issue
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.places.models import Municipality


class NotAllowed(Exception):
    """No such step from where it stands."""


class IsMirror(Exception):
    """A mirror has no mirrors itself, and neither has what belongs to a place."""


@transaction.atomic
def keep_dossier(dossier: Dossier, *, by: Account, at: datetime) -> Dossier:
    """Store a dossier as it was written; a new one begins."""
    is_new = dossier._state.adding
    dossier.save()
    if is_new:
        Step.objects.create(dossier=dossier, state=dossier.state, by=by, at=at)
    log("dossier.kept", dossier, by=by, at=at)
    return dossier


@transaction.atomic
def take_step(
    dossier: Dossier, state: str, why: str, *, by: Account, at: datetime
) -> Step:
    """Say how far we are.

    Args:
        dossier: its row is locked.
        state: where it comes to stand.
        why: in a few words; may be empty.
        by: who says so.
        at: now.

    Raises:
        NotAllowed: the table of states has no such step; somebody may have been first.
    """
    held = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if state not in next_states(held.state):
        raise NotAllowed(state)
    dossier.state = held.state = State(state)
    held.save(update_fields=["state"])
    step = Step.objects.create(dossier=held, state=state, why=why, by=by, at=at)
    log("dossier.stepped", held, by=by, at=at, state=state)
    return step


@transaction.atomic
def mirror(
    dossier: Dossier,
    places: Collection[Municipality],
    form: str,
    *,
    by: Account,
    at: datetime,
) -> int:
    """Let a dossier live in municipalities too; where it does already, nothing changes.

    A mirror begins with the title, the goal and the issues, and goes its own way from
    there.

    Args:
        dossier: a national one.
        places: where.
        form: who does the work there.
        by: who says so.
        at: now.

    Returns:
        How many were made.

    Raises:
        IsMirror: it belongs to a place itself.
    """
    held = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if held.place_id is not None:
        raise IsMirror(held.pk)
    known = set(held.mirrors.values_list("place", flat=True))
    issues = list(held.issues.all())
    fresh = [place for place in places if place.pk not in known]
    for place in fresh:
        row = keep_dossier(
            Dossier(
                organisation=held.organisation,
                parent=held,
                place=place,
                form=form,
                title=held.title,
                demand=held.demand,
                goal=held.goal,
                strategy=held.strategy,
                theme=held.theme,
                level="local",
            ),
            by=by,
            at=at,
        )
        _tie(row, issues, by=by, at=at)
    if fresh:
        log("dossier.mirrored", held, by=by, at=at, n=len(fresh))
    return len(fresh)


@transaction.atomic
def link_issues(
    dossier: Dossier, keys: Collection[int], *, by: Account, at: datetime
) -> int:
    """Let a dossier work at issues; those it works at already stay as they are.

    Args:
        dossier: of the organisation of the issues.
        keys: of issues; those that ``by`` may not read are passed by.
        by: who links.
        at: now.

    Returns:
        How many were linked.
    """
    readable = Issue.objects.visible_to(by, dossier.organisation).filter(pk__in=keys)
    known = dossier.linked.values("issue")
    n = _tie(dossier, list(readable.exclude(pk__in=known)), by=by, at=at)
    if n:
        log("dossier.linked", dossier, by=by, at=at, n=n)
    return n


def _tie(dossier: Dossier, issues: list[Issue], *, by: Account, at: datetime) -> int:
    rows = [Linked(dossier=dossier, issue=issue, by=by, at=at) for issue in issues]
    Linked.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def unlink_issues(
    dossier: Dossier, keys: Collection[int], *, by: Account, at: datetime
) -> int:
    """Let issues go; return how many went."""
    n_gone, _rows = dossier.linked.filter(issue__in=keys).delete()
    if n_gone:
        log("dossier.unlinked", dossier, by=by, at=at, n=n_gone)
    return n_gone


@transaction.atomic
def keep_task(task: Task, *, by: Account, at: datetime) -> Task:
    """Store a task as it was written."""
    task.save()
    log("task.kept", task, by=by, at=at)
    return task


@transaction.atomic
def finish_task(task: Task, *, by: Account, at: datetime) -> bool:
    """Say that a task is done; return False where somebody said so before."""
    open_one = Task.objects.filter(pk=task.pk, done_at=None)
    if not open_one.update(done_at=at, done_by=by):
        return False
    log("task.done", task, by=by, at=at)
    return True


@transaction.atomic
def reopen_task(task: Task, *, by: Account, at: datetime) -> Task:
    """Say that a task is not done after all."""
    task.done_at = task.done_by = None
    task.save(update_fields=["done_at", "done_by"])
    log("task.reopened", task, by=by, at=at)
    return task


def log(
    what: str,
    thing: Dossier | Meeting | Position | Task,
    *,
    by: Account,
    at: datetime,
    **facts: int | str,
) -> None:
    """Add an act of this room to the log."""
    whole = thing.dossier if isinstance(thing, Task | Position) else thing
    record(
        f"dossiers.{what}",
        thing,
        by=by.pk,
        responsible=whole.organisation_id,
        at=at,
        **facts,
    )
