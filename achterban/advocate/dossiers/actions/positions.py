"""Say where a party or somebody there stands, and plan what may move them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.dossiers.actions.working import keep_task, log
from achterban.advocate.dossiers.models import (
    Dossier,
    Estimate,
    EstimateWords,
    Planned,
    Position,
    Task,
)
from achterban.advocate.stakeholders.actions.keeping import use_functions
from achterban.advocate.stakeholders.models import Function, Party
from achterban.core.accounts.models import Account
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey


@dataclass(frozen=True)
class Standing:
    """What we think of somebody in a dossier.

    Attributes:
        power: how much they decide, a ``Much``.
        interest: how much they care, a ``Much``.
        stance: on which side, a ``Stance``.
        words: why, and how we know; sealed.
    """

    power: int
    interest: int
    stance: str
    words: EstimateWords


@transaction.atomic
def estimate(
    dossier: Dossier,
    party: Party,
    function: Function | None,
    standing: Standing,
    *,
    by: Account,
    at: datetime,
) -> Position:
    """Say where somebody stands; what was said before stays as history.

    Args:
        dossier: in which this is so; its row is locked.
        party: of the organisation of the dossier.
        function: somebody at the party; None for the party as a whole.
        standing: what we think.
        by: who thinks so.
        at: now.
    """
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    rows = Position.objects.filter(dossier=dossier, party=party, function=function)
    position = rows.select_related("key").first()
    if position is None:
        key = DataKey.fresh()
        key.save(force_insert=True)
        position = Position.objects.create(
            dossier=dossier, party=party, function=function, key=key
        )
    row = Estimate(
        position=position,
        power=standing.power,
        interest=standing.interest,
        stance=standing.stance,
        by=by,
        at=at,
    )
    row.seal_words(standing.words)
    row.save(force_insert=True)
    if function is not None:
        use_functions([function], on=timezone.localdate(at))
    log("position.estimated", position, by=by, at=at)
    return position


@transaction.atomic
def plan(position: Position, task: Task, *, by: Account, at: datetime) -> Task:
    """Keep a task that is meant to move somebody."""
    keep_task(task, by=by, at=at)
    Planned.objects.get_or_create(task=task, defaults={"position": position})
    return task


@transaction.atomic
def drop_position(position: Position, *, by: Account, at: datetime) -> None:
    """Take a position away with all its history, for good; tasks stay."""
    log("position.dropped", position, by=by, at=at)
    _erase([position.key_id], on=timezone.localdate(at))


def forget_erased(on: date) -> int:
    """Erase what we thought of people who were erased; return of how many."""
    gone = Position.objects.filter(function__isnull=False, function__contact=None)
    keys = list(gone.values_list("key_id", flat=True))
    if keys:
        with transaction.atomic():
            _erase(keys, on=on)
    return len(keys)


def _erase(keys: Collection[int], *, on: date) -> None:
    Position.objects.filter(key_id__in=keys).delete()
    destroy_keys(list(keys), on=on)


@receiver("vault.destroyed")
def remove_position(payload: dict[str, int], row_id: int) -> None:
    """Remove a position whose key was destroyed, after a restore too."""
    Position.objects.filter(key_id=payload["key"]).delete()
