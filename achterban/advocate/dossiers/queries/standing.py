"""Where everybody stands in a dossier, first and now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from achterban.advocate.dossiers.models import (
    Dossier,
    Estimate,
    Much,
    Planned,
    Position,
    Stance,
)

# Read without colour: a sign before the name.
SIGNS = {
    Stance.FOR: "++",
    Stance.RATHER_FOR: "+",
    Stance.UNCLEAR: "?",
    Stance.RATHER_AGAINST: "–",
    Stance.AGAINST: "––",
}


@dataclass(frozen=True)
class Stand:
    """Where somebody stands.

    Attributes:
        position: whose.
        first: what we thought when we first looked.
        now: what we think now; the same where we looked once.
        n_planned: tasks that are meant to move them and are not done.
    """

    position: Position
    first: Estimate
    now: Estimate
    n_planned: int

    @property
    def power(self) -> Much:
        """Return how much they decide."""
        return Much(self.now.power)

    @property
    def interest(self) -> Much:
        """Return how much they care."""
        return Much(self.now.interest)

    @property
    def importance(self) -> int:
        """Return how much they matter to us: power counts double."""
        return 2 * self.now.power + self.now.interest

    @property
    def has_moved(self) -> bool:
        """Return whether they are on another side than at first."""
        return self.first.stance != self.now.stance

    @property
    def sign(self) -> str:
        """Return the sign of their side."""
        return SIGNS[Stance(self.now.stance)]

    @property
    def label(self) -> str:
        """Return the sign and the name."""
        return f"{self.sign} {self.position}"


def stands_of(dossier: Dossier) -> list[Stand]:
    """Return where everybody stands, those who matter most first."""
    positions = Position.objects.filter(dossier=dossier).select_related(
        "party", "function"
    )
    estimates: dict[int, list[Estimate]] = {}
    for row in Estimate.objects.filter(position__dossier=dossier):
        estimates.setdefault(row.position_id, []).append(row)
    planned = _planned(positions)
    stands = [
        Stand(row, estimates[row.pk][0], estimates[row.pk][-1], planned[row.pk])
        for row in positions
        if row.pk in estimates
    ]
    return sorted(stands, key=lambda stand: (-stand.importance, str(stand.position)))


def _planned(positions: Iterable[Position]) -> Counter[int]:
    """Return how many tasks wait for each."""
    waiting = Planned.objects.filter(position__in=positions, task__done_at=None)
    return Counter(waiting.values_list("position", flat=True))
