"""Whom we can come to, through whom, and who matters but is out of reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, prod

from achterban.rules.network.graph import Arc, Network, Relation

WARMER = 1e-9  # less is the rounding of a computer: the shorter way stays


@dataclass(frozen=True, slots=True)
class Step:
    """One relation of a way, in the direction in which it is gone."""

    one: str
    other: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Way:
    """From somebody we know to somebody else, step by step; at least one."""

    steps: tuple[Step, ...]

    @property
    def known(self) -> str:
        """Return whom of those we know to ask."""
        return self.steps[0].one

    @property
    def person(self) -> str:
        """Return who is reached."""
        return self.steps[-1].other

    @property
    def people(self) -> tuple[str, ...]:
        """Return all on the way, from whom we know to who is reached."""
        return (self.known, *(step.other for step in self.steps))

    @property
    def warmth(self) -> float:
        """Return the product of the warmth of the steps."""
        return prod(step.relation.warmth for step in self.steps)


@dataclass(frozen=True, slots=True)
class Gap:
    """Somebody who matters and whom we do not know.

    Attributes:
        person: who.
        importance: as it was given.
        way: how to come there; None where nobody we know leads there.
    """

    person: str
    importance: float
    way: Way | None


def reach(network: Network, known: Iterable[str], *, n_steps: int) -> list[Way]:
    """Return the warmest way to everybody within reach, the warmest first.

    Of equally warm ways the shortest. A way of more steps than allowed may be warmer
    than the one that is returned. Relations that are not mutual go one way only. Those
    we know are not in it. To let it count how warmly we know them, make ourselves the
    one known person, with relations.

    Args:
        network: who knows whom.
        known: ids of those we know.
        n_steps: at most; below 1 nobody is reached.

    Raises:
        UnknownPerson: somebody we know is not in the network.

    Source: Bellman 1958, by rounds: after round n the best of at most n steps is known.
    """
    ways = Ways(network, known, n_steps)
    found = [ways.to(person) for person in sorted(ways.n_steps)]
    return sorted((way for way in found if way), key=_warmest_first)


def gaps(
    network: Network, known: Iterable[str], importance: Mapping[str, float]
) -> list[Gap]:
    """Return who matters and is not known, the most important first.

    Of equals who is reached most warmly comes first; who cannot be reached, last.

    Args:
        network: who knows whom.
        known: ids of those we know.
        importance: how much each person or function matters, on any scale.

    Raises:
        UnknownPerson: somebody named is not in the network.
    """
    numbers = sorted(network.numbers(importance))
    ways = Ways(network, known)
    found = [
        Gap(network.people[n], importance[network.people[n]], ways.to(n))
        for n in numbers
        if ways.n_steps.get(n) != 0
    ]
    return sorted(
        found, key=lambda gap: (-gap.importance, not gap.way, _warmest_first(gap.way))
    )


class Ways:
    """The warmest ways from those we know, by number.

    Attributes:
        n_steps: how many each takes; 0 for whom we know, nothing for who is not
            reached.
    """

    def __init__(
        self, network: Network, known: Iterable[str], most_steps: int | None = None
    ) -> None:
        """Look how far we come, in at most so many steps; None for any number.

        Raises:
            UnknownPerson: somebody we know is not in the network.
        """
        self._network = network
        self._rounds: list[dict[int, Arc]] = []
        edge = sorted(set(network.numbers(known)))
        self.n_steps = dict.fromkeys(edge, 0)
        self._costs = dict.fromkeys(edge, 0.0)
        while edge and (most_steps is None or len(self._rounds) < most_steps):
            edge = self._go_on(edge)

    def numbers(self, person: int) -> list[int]:
        """Return all on the way to a person, from whom we know; at least that one."""
        found = [person]
        for came in reversed(self._rounds[: self.n_steps.get(person, 0)]):
            found.append(came[found[-1]].start)
        return found[::-1]

    def to(self, person: int) -> Way | None:
        """Return the way to a person; None to whom we know and who is not reached."""
        steps = []
        for came in reversed(self._rounds[: self.n_steps.get(person, 0)]):
            arc = came[person]
            one, other = self._network.people[arc.start], self._network.people[person]
            steps.append(Step(one, other, arc.relation))
            person = arc.start
        return Way(tuple(reversed(steps))) if steps else None

    def _go_on(self, edge: list[int]) -> list[int]:
        """Take one step more, and return who is reached more warmly than before.

        Only from the edge, those whom the last round reached, and at the cost of that
        round: so the way to somebody has one step in each round up to theirs.
        """
        came: dict[int, Arc] = {}
        better: dict[int, float] = {}
        for person in edge:
            so_far = self._costs[person]
            for arc in self._network.arcs[person]:
                now = better.get(arc.end, self._costs.get(arc.end, inf))
                if so_far + arc.cost < now - WARMER:
                    better[arc.end] = so_far + arc.cost
                    came[arc.end] = arc
        self._costs |= better
        self._rounds.append(came)
        self.n_steps |= dict.fromkeys(came, len(self._rounds))
        return list(came)


def _warmest_first(way: Way | None) -> tuple[float, int]:
    return (-round(way.warmth, 9), len(way.steps)) if way else (0, 0)
