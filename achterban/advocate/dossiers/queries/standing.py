"""Where everybody stands in a dossier, first and now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from achterban.advocate.dossiers.models import (
    Dossier,
    Estimate,
    Much,
    Planned,
    Position,
    Stance,
)
from achterban.advocate.stakeholders.models import Function
from achterban.advocate.stakeholders.queries.network import (
    WORKS_AT,
    Missing,
    is_large,
    missing,
    ties_of,
)
from achterban.rules.network import Relation as Line

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


def missed(dossier: Dossier, stands: Iterable[Stand], *, on: date) -> list[Missing]:
    """Return who has much power or interest here and whom none of us knows.

    With the warmest way, from one of us to them, where there is one; keys only
    (``c12`` is a contact, ``p7`` a party). Of a network that is too large to look
    through while somebody waits, nobody.

    Args:
        dossier: whose stands these are.
        stands: as ``stands_of`` gives them.
        on: today.
    """
    wanted = {
        key: float(stand.importance)
        for stand in stands
        if Much.MUCH in (stand.power, stand.interest) and (key := _key(stand.position))
    }
    if not wanted or is_large(dossier.organisation):
        return []
    ties = ties_of(dossier.organisation, on=on)
    parties = [int(key[1:]) for key in wanted if key.startswith("p")]
    works_at = Function.objects.filter(party__in=parties, contact__isnull=False)
    known = {(line.one, line.other) for line in ties.lines}
    lines = [
        Line(
            f"f{row.pk}", f"c{row.contact_id}", f"p{row.party_id}", WORKS_AT, "", False
        )
        for row in works_at.held(on)
        if (f"c{row.contact_id}", f"p{row.party_id}") not in known
    ]
    people = [*ties.people, *(line.one for line in lines)]
    whole = replace(
        ties, people=tuple(dict.fromkeys(people)), lines=(*ties.lines, *lines)
    )
    return missing(whole, wanted)


def _key(position: Position) -> str:
    if position.function is None:
        return f"p{position.party_id}"
    contact = position.function.contact_id
    return f"c{contact}" if contact else ""
