"""What hangs together, and on whom or what that rests. No direction counts here."""

from __future__ import annotations

from dataclasses import dataclass

import rustworkx as rx

from achterban.rules.network.graph import Network, Relation


@dataclass(frozen=True, slots=True)
class CutPoint:
    """Somebody whose leaving breaks a group.

    Attributes:
        person: who.
        parts: how many people there are in each group that is left, the largest first.
    """

    person: str
    parts: tuple[int, ...]

    @property
    def n_lost(self) -> int:
        """Return how many people the largest part loses touch with."""
        return sum(self.parts[1:])


@dataclass(frozen=True, slots=True)
class Bridge:
    """The only line between two parts of a group.

    Attributes:
        relations: that line; more than one when several sources tell of it.
        n_lost: how many people there are on the smaller side.
    """

    relations: tuple[Relation, ...]
    n_lost: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Somebody on whom it rests that others are reached.

    Attributes:
        person: who.
        lost: who is reached no more without them.
    """

    person: str
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Walk:
    """A depth-first walk through all groups, by number.

    Attributes:
        order: everybody, in the order of the walk.
        at: the place in that order.
        before: from whom each was found; -1 for who began a group.
        low: the earliest place that each, or who came after, has a relation with.
        size: each with all who came after.
        total: the size of the group.
    """

    order: list[int]
    at: list[int]
    before: list[int]
    low: list[int]
    size: list[int]
    total: list[int]


def components(network: Network) -> list[tuple[str, ...]]:
    """Return the groups that hang together, the largest first; alone is a group too."""
    groups = sorted(
        (sorted(group) for group in rx.connected_components(network.graph)),
        key=lambda group: (-len(group), group),
    )
    return [tuple(network.people[n] for n in group) for group in groups]


def cut_points(network: Network) -> list[CutPoint]:
    """Return whose leaving breaks a group, who costs most first.

    Source: Hopcroft and Tarjan 1973 (algorithm 447): somebody is a cut point when who
    came after has no relation with who came before. The sizes are ours.
    """
    walk = _walk(network)
    parts: list[list[int]] = [[] for _ in network.people]
    for person in walk.order:
        one = walk.before[person]
        if one >= 0 and walk.low[person] >= walk.at[one]:
            parts[one].append(walk.size[person])
    found = []
    for person, below in enumerate(parts):
        above = walk.total[person] - 1 - sum(below)
        whole = sorted([*below, above] if above else below, reverse=True)
        if below and len(whole) > 1:
            found.append(CutPoint(network.people[person], tuple(whole)))
    return sorted(found, key=lambda point: -point.n_lost)


def bridges(network: Network) -> list[Bridge]:
    """Return the lines whose ending breaks a group, the one that costs most first.

    Two who have relations of two kinds keep one when the other ends: no bridge.

    Source: Hopcroft and Tarjan 1973; Tarjan 1974. The sizes are ours.
    """
    walk = _walk(network)
    found = []
    for person in range(len(network.people)):
        one = walk.before[person]
        if one < 0 or walk.low[person] < walk.at[person]:
            continue
        relations = network.pairs[min(one, person), max(one, person)]
        if len({relation.kind for relation in relations}) == 1:
            below = walk.size[person]
            lost = min(below, walk.total[person] - below)
            found.append(Bridge(tuple(relations), lost))
    return sorted(found, key=lambda bridge: -bridge.n_lost)


def rests_on(network: Network, root: str) -> list[Rest]:
    """Return on whom the root rests to reach others, who costs most first.

    Args:
        network: who knows whom.
        root: from whom is looked, such as all of us together.

    Raises:
        UnknownPerson: the root is not in the network.

    Source: Hopcroft and Tarjan 1973, walked from the root: who came after somebody, and
    has no relation with who came before, is reached through them only.
    """
    start = network.numbers([root])[0]
    walk = _walk(network, start)
    lost: dict[int, list[int]] = {}
    for person in walk.order[1 : walk.size[start]]:
        one = walk.before[person]
        if one != start and walk.low[person] >= walk.at[one]:
            first = walk.at[person]
            below = walk.order[first : first + walk.size[person]]
            lost.setdefault(one, []).extend(below)
    found = [
        Rest(network.people[one], tuple(network.people[n] for n in sorted(below)))
        for one, below in sorted(lost.items())
    ]
    return sorted(found, key=lambda rest: -len(rest.lost))


def _walk(network: Network, start: int | None = None) -> _Walk:
    n = len(network.people)
    order, before = _order(network, start)
    at = [0] * n
    for place, person in enumerate(order):
        at[person] = place
    low, size, total = at.copy(), [1] * n, [0] * n
    for person in reversed(order):  # who came after before who came earlier
        one = before[person]
        near = [at[other] for other in network.neighbours[person] if other != one]
        low[person] = min([low[person], *near])
        if one >= 0:
            low[one] = min(low[one], low[person])
            size[one] += size[person]
    for person in order:
        one = before[person]
        total[person] = size[person] if one < 0 else total[one]
    return _Walk(order, at, before, low, size, total)


def _order(network: Network, start: int | None) -> tuple[list[int], list[int]]:
    """Return everybody in the order of the walk, and from whom each was found.

    From a start only its own group is walked.
    """
    order: dict[int, None] = {} if start is None else {start: None}
    before = [-1] * len(network.people)
    for one, other in rx.dfs_edges(network.graph, start):
        order[one] = None  # new only for who begins a group
        order[other] = None
        before[other] = one
    return list(order | dict.fromkeys(range(len(before)))), before
