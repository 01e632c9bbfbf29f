"""People and their relations, numbered once so that questions are quick."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log

import rustworkx as rx


class UnknownPerson(ValueError):
    """Somebody is named who is not in the network."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One line between two people, parties or functions.

    Attributes:
        key: what its source is found by.
        one: id of who knows.
        other: id of who is known.
        warmth: from just above 0 to 1 (would do anything). That of a way is the
            product, so that two warm steps may go before one cold one.
        kind: what they are to each other. Relations of one kind between the same two
            are one line, with several sources.
        is_mutual: whether it goes both ways; else only from one to the other.
    """

    key: str
    one: str
    other: str
    warmth: float = 1.0
    kind: str = ""
    is_mutual: bool = True

    def __post_init__(self) -> None:
        """Refuse a warmth that no way can be measured with.

        Raises:
            ValueError: it is not above 0 and at most 1.
        """
        if not 0 < self.warmth <= 1:
            raise ValueError(f"the warmth of {self.key} is {self.warmth}")


@dataclass(frozen=True, slots=True)
class Arc:
    """A relation in a direction in which it may be gone, by number, and its cost."""

    start: int
    end: int
    cost: float
    relation: Relation


class Network:
    """People and relations to ask about; it does not change.

    Of equals the first that was given comes first, in every answer.

    Attributes:
        people: ids, each once.
        pairs: the relations between each two, by their numbers (the lower first).
            Who has a relation with themselves has none by it.
    """

    def __init__(self, people: Iterable[str], relations: Iterable[Relation]) -> None:
        """Number the people and put the relations between them.

        Args:
            people: ids; twice is once.
            relations: between people of the network, several between two if need be.

        Raises:
            UnknownPerson: a relation is with somebody who is not in the network.
        """
        self.people = tuple(dict.fromkeys(people))
        self._numbers = {person: n for n, person in enumerate(self.people)}
        found: defaultdict[tuple[int, int], list[Relation]] = defaultdict(list)
        for relation in relations:
            one, other = self.numbers((relation.one, relation.other))
            if one != other:
                found[min(one, other), max(one, other)].append(relation)
        self.pairs: Mapping[tuple[int, int], list[Relation]] = dict(found)

    def numbers(self, people: Iterable[str]) -> list[int]:
        """Return the number of each.

        Raises:
            UnknownPerson: one is not in the network.
        """
        try:
            return [self._numbers[person] for person in people]
        except KeyError as error:
            raise UnknownPerson(f"{error.args[0]} is not in the network") from error

    @cached_property
    def graph(self) -> rx.PyGraph[None, None]:
        """Return who has a relation with whom, once a pair, without direction."""
        made: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
        made.add_nodes_from([None] * len(self.people))
        made.add_edges_from_no_data(list(self.pairs))
        return made

    @cached_property
    def neighbours(self) -> list[list[int]]:
        """Return the numbers of those with whom each has a relation."""
        near: list[list[int]] = [[] for _ in self.people]
        for one, other in self.pairs:
            near[one].append(other)
            near[other].append(one)
        return near

    @cached_property
    def arcs(self) -> list[list[Arc]]:
        """Return where each can go: the warmest relation to every neighbour."""
        ways: list[list[Arc]] = [[] for _ in self.people]
        for (low, high), relations in self.pairs.items():
            for start, end in ((low, high), (high, low)):
                person = self.people[start]
                open_ = [r for r in relations if r.is_mutual or r.one == person]
                if open_:
                    best = max(open_, key=lambda relation: relation.warmth)
                    ways[start].append(Arc(start, end, -log(best.warmth), best))
        return ways
