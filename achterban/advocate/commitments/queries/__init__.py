"""What pages and other rooms may ask about promises."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from achterban.advocate.commitments.models import (
    Adherence,
    Commitment,
    Execution,
    Occurrence,
    OccurrenceState,
)


@dataclass(frozen=True)
class Tally:
    """What took place of what a rhythm asked for.

    Attributes:
        due: how many times came.
        held: of those, how many took place at the promised level.
        lower: how many at a lower one.
        untold: of how many nobody told yet.
    """

    due: int = 0
    held: int = 0
    lower: int = 0
    untold: int = 0

    @property
    def missed(self) -> int:
        """Return how many did not take place."""
        return self.due - self.held - self.lower - self.untold


def tallies(rows: Collection[Commitment], *, on: date) -> dict[int, Tally]:
    """Return for promises with a rhythm what took place, by key; in one question."""
    came = Occurrence.objects.filter(commitment__in=rows, due_on__lte=on)
    counted = came.order_by().values_list("commitment", "state").annotate(Count("pk"))
    found: dict[int, dict[str, int]] = {}
    for key, state, n in counted:
        found.setdefault(key, {})[state] = n
    return {
        key: Tally(
            sum(each.values()),
            each.get(OccurrenceState.HELD, 0),
            each.get(OccurrenceState.LOWER, 0),
            each.get("", 0),
        )
        for key, each in found.items()
    }


def decisions_of(rows: Collection[Commitment]) -> dict[int, dict[str, int]]:
    """Return how many decisions were held against principles, by key and outcome."""
    return _counted(Adherence.objects.filter(commitment__in=rows), "followed")


def steps_of(rows: Collection[Commitment]) -> dict[int, dict[str, int]]:
    """Return how many steps of execution there are, by key and how far they are."""
    return _counted(Execution.objects.filter(commitment__in=rows), "state")


def _counted(rows: QuerySet[Any], name: str) -> dict[int, dict[str, int]]:
    counted = rows.order_by().values_list("commitment", name).annotate(Count("pk"))
    found: dict[int, dict[str, int]] = {}
    for key, value, n in counted:
        found.setdefault(key, {})[value or "open"] = n
    return found
