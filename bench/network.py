"""Measure questions about a network of 20,000 people, and write a page of figures.

Usage: python -m bench.network [--people N] [--relations N] [--no-document] [--note X]

Beside plain Python that does the same in the same run: walks ring by ring, the cut
points of Hopcroft and Tarjan, the betweenness of Brandes. Writes
docs/measurements-network.md.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from achterban.rules.network import (
    Brokers,
    Network,
    Relation,
    bridges,
    brokers,
    components,
    cut_points,
    gaps,
    layered,
    reach,
)
from achterban.rules.network.betweenness import N_SAMPLES, SURE

DOCUMENT = Path(__file__).parents[1] / "docs" / "measurements-network.md"
ROUNDS = 5
N_STEPS = 3
FEW_SOURCES = 10  # for plain Python, which takes too long from all
SMALL = (2000, 10_500)  # people and relations: just exact
CHECKED = (4000, 20_000)
N_SEEDS = 20
T = TypeVar("T")
Near = list[list[int]]


@dataclass(frozen=True)
class Timed:
    """How long something took, and plain Python, in seconds; None where it has none."""

    what: str
    ours: float
    plain: float | None
    found: str

    def row(self) -> str:
        """Return a line of the table."""
        beside = f"{self.plain:.2f}" if self.plain is not None else "–"
        ratio = f"{self.plain / self.ours:.2g}" if self.plain is not None else "–"
        return f"| {self.what} | {self.ours:.2f} | {beside} | {ratio} | {self.found} |"


def made(n_people: int, n_relations: int, seed: int = 7) -> Network:
    """Return a network with the shape that networks of people have.

    Who has many relations gets more (a heavy tail), and friends of friends know each
    other (clusters). One in fifty knows nobody, one in twenty lines is of two kinds,
    one in ten goes one way.
    """
    dice = random.Random(seed)
    people = [f"mens {n}" for n in range(n_people)]
    pairs = sorted(_pairs(dice, n_people * 49 // 50, n_relations * 20 // 21))
    relations: list[Relation] = []
    for one, other in pairs:
        kinds = ["works with", "board"][: 1 + (dice.random() < 0.05)]
        for kind in kinds:
            key, warmth = str(len(relations)), dice.choice([0.2, 0.4, 0.6, 0.8, 0.95])
            ends = people[one], people[other]
            mutual = dice.random() < 0.9
            relations.append(Relation(key, *ends, warmth, kind, mutual))
    return Network(people, relations)


def _pairs(dice: random.Random, n_people: int, n_pairs: int) -> set[tuple[int, int]]:
    near: Near = [[1], [0], *([] for _ in range(n_people - 2))]
    ends, pairs = [0, 1], {(0, 1)}

    def tie(person: int, other: int) -> None:
        pair = min(person, other), max(person, other)
        if person != other and pair not in pairs:
            pairs.add(pair)
            near[person].append(other)
            near[other].append(person)
            ends.extend(pair)

    for person in range(2, n_people):
        tie(
            person, dice.choice(ends) if dice.random() < 0.8 else dice.randrange(person)
        )
    while len(pairs) < n_pairs:
        person = dice.choice(ends)
        is_friend = dice.random() < 0.7
        tie(person, dice.choice(near[dice.choice(near[person])] if is_friend else ends))
    return pairs


def shape(network: Network) -> str:
    """Return how heavy the tail is, and how clustered the network."""
    near = [set(others) for others in network.neighbours]
    degrees = sorted(map(len, near), reverse=True)
    dice = random.Random(1)
    some = dice.sample(
        [n for n, others in enumerate(near) if 1 < len(others) < 200], 500
    )
    closed = [
        statistics.fmean(b in near[a] for a, b in combinations(sorted(near[n]), 2))
        for n in some
    ]
    return (
        f"The median person knows {statistics.median(degrees):.0f} others, one in a "
        f"hundred {degrees[len(degrees) // 100]} or more, the best known {degrees[0]}; "
        f"of two whom somebody knows {statistics.fmean(closed) * 100:.0f} in 100 know "
        "each other."
    )


def timed(run: Callable[[], T], rounds: int = ROUNDS) -> tuple[float, T]:
    """Return the median of how long something takes, in seconds, and what it gives."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        result = run()
        took.append(time.perf_counter() - began)
    return statistics.median(took), result


def rings(near: Near, begin: list[int], n_steps: int) -> set[int]:
    """Return who is reached in so many steps, without warmth."""
    seen, ring = set(begin), begin
    for _ in range(n_steps):
        if not ring:
            break
        ring = [other for person in ring for other in near[person]]
        ring = [other for other in dict.fromkeys(ring) if other not in seen]
        seen.update(ring)
    return seen


def plain_groups(near: Near) -> list[set[int]]:
    """Return the groups that hang together."""
    left, found = set(range(len(near))), []
    while left:
        found.append(rings(near, [next(iter(left))], len(near)))
        left -= found[-1]
    return found


def plain_cut_points(near: Near) -> set[int]:
    """Return the cut points (Hopcroft and Tarjan), without sizes."""
    before = plain_walk(near)
    at = {person: place for place, person in enumerate(before)}
    low, n_branches, cut = dict(at), [0] * len(near), set()
    for person, one in reversed(before.items()):
        nearest = [at[other] for other in near[person] if other != one]
        low[person] = min([low[person], *nearest])
        if one is None:
            continue
        low[one] = min(low[one], low[person])
        n_branches[one] += 1
        if low[person] >= at[one] and before[one] is not None:
            cut.add(one)
    roots = {person for person, one in before.items() if one is None}
    return cut | {root for root in roots if n_branches[root] > 1}


def plain_walk(near: Near) -> dict[int, int | None]:
    """Return from whom each is found, depth first, in that order."""
    before: dict[int, int | None] = {}
    for root in range(len(near)):
        if root in before:
            continue
        before[root] = None
        stack = [(root, iter(near[root]))]
        while stack:
            person, others = stack[-1]
            deeper = next((other for other in others if other not in before), None)
            if deeper is None:
                stack.pop()
            else:
                before[deeper] = person
                stack.append((deeper, iter(near[deeper])))
    return before


def plain_betweenness(near: Near, sources: list[int]) -> list[float]:
    """Return the betweenness of each as seen from some (Brandes)."""
    total = [0.0] * len(near)
    for source in sources:
        distance, n_ways = plain_ways(near, source)
        behind = dict.fromkeys(distance, 0.0)
        for person in reversed(list(distance)[1:]):
            part = (1 + behind[person]) / n_ways[person]
            for other in near[person]:
                if distance[other] == distance[person] - 1:
                    behind[other] += n_ways[other] * part
            total[person] += behind[person]
    return total


def plain_ways(near: Near, source: int) -> tuple[dict[int, int], dict[int, float]]:
    """Return how far each is, in that order, and along how many ways."""
    distance, n_ways = {source: 0}, {source: 1.0}
    order = [source]
    for person in order:
        further = distance[person] + 1
        for other in near[person]:
            if other not in distance:
                distance[other], n_ways[other] = further, 0.0
                order.append(other)
            if distance[other] == further:
                n_ways[other] += n_ways[person]
    return distance, n_ways


def measure(n_people: int, n_relations: int) -> tuple[list[Timed], str, float]:
    """Return how long each question takes, the shape, and megabytes of memory."""
    drawn = made(n_people, n_relations)
    relations = [relation for between in drawn.pairs.values() for relation in between]
    before = memory_mb()

    def anew() -> Network:
        network = Network(drawn.people, relations)
        assert network.graph.num_edges() == len(network.pairs)
        assert len(network.arcs) == len(network.neighbours)
        return network

    building, network = timed(anew)
    near = network.neighbours
    dice = random.Random(2)
    known = dice.sample(network.people, 20)
    matter = {person: dice.random() for person in dice.sample(network.people, 200)}
    numbers = network.numbers(known)
    assert {len(g) for g in plain_groups(near)} == {len(g) for g in components(network)}
    cut = {point.person for point in cut_points(network)}
    assert cut == {network.people[n] for n in plain_cut_points(near)}
    took_reach, ways = timed(lambda: reach(network, known, n_steps=N_STEPS))
    took_gaps, missing = timed(lambda: gaps(network, known, matter))
    took_groups, groups = timed(lambda: components(network))
    took_cut, _points = timed(lambda: cut_points(network))
    took_bridges, lines = timed(lambda: bridges(network))
    took_brokers, found = timed(lambda: brokers(network, seed=1), rounds=3)
    took_picture, _picture = timed(lambda: layered(network, known, matter, {}))
    used = memory_mb() - before
    plain_reach, _ = timed(lambda: rings(near, numbers, N_STEPS))
    plain_group, _ = timed(lambda: plain_groups(near))
    plain_cut, _ = timed(lambda: plain_cut_points(near))
    few, _ = timed(lambda: plain_betweenness(near, numbers[:FEW_SOURCES]), rounds=1)
    plain_brokers = few / FEW_SOURCES * N_SAMPLES
    return (
        [
            Timed("put the relations in order", building, None, f"{len(relations):,}"),
            Timed(
                f"reach, {N_STEPS} steps from {len(known)} people",
                took_reach,
                plain_reach,
                f"{len(ways):,} people",
            ),
            Timed(
                f"gaps, of {len(matter)} who matter",
                took_gaps,
                None,
                f"{sum(gap.way is None for gap in missing)} out of reach",
            ),
            Timed("components", took_groups, plain_group, f"{len(groups):,} groups"),
            Timed("cut points", took_cut, plain_cut, f"{len(cut):,} people"),
            Timed("bridges", took_bridges, None, f"{len(lines):,} lines"),
            Timed(
                f"brokers, from {found.n_samples} people",
                took_brokers,
                plain_brokers,
                f"{found.n_more + len(found.found):,} people",
            ),
            Timed("picture in layers", took_picture, None, "40 people"),
        ],
        shape(network),
        used,
    )


def small() -> tuple[int, int, float]:
    """Return people, pairs and seconds of about the largest network that is exact."""
    network = made(*SMALL)
    took, found = timed(lambda: brokers(network, seed=1), rounds=3)
    assert found.n_samples is None
    return len(network.people), len(network.pairs), took


def checked() -> str:
    """Compare estimates with the exact shares, and return what they are worth."""
    network = made(*CHECKED)
    everybody = len(network.people)
    size = everybody * (everybody + len(network.pairs))
    exact = brokers(network, seed=1, most=everybody, most_exact=size)
    assert exact.n_samples is None
    share = {broker.person: broker.share for broker in exact.found}
    first = {broker.person for broker in exact.found[:20]}
    tries = [
        brokers(network, seed=s, most=everybody, most_exact=0) for s in range(N_SEEDS)
    ]
    within, off, told, wrong, ordered = 0, [], 0, 0, 0
    for each in tries:
        mine = {broker.person: broker for broker in each.found}
        told += len(first & mine.keys())
        for person in first & mine.keys():
            away = abs(mine[person].share - share[person])
            within += away <= SURE * mine[person].error
            off.append(away / share[person])
        wrong_here, ordered_here = _orders(each, share)
        wrong, ordered = wrong + wrong_here, ordered + ordered_here
    listed, away = told / N_SEEDS, statistics.median(off) * 100
    return (
        f"{N_SAMPLES} samples with {N_SEEDS} seeds beside the exact shares, for "
        f"{everybody:,} people and {len(network.pairs):,} pairs: of the twenty highest "
        f"{listed:.1f} were listed on average, off by {away:.0f} % (median), and "
        f"{within / told * 100:.0f} in 100 by at most three standard errors. Of "
        f"{ordered:,} pairs of the first twenty that the estimate put in an order, "
        f"{wrong} stand the other way round. {_low(tries, share)}"
    )


def _orders(found: Brokers, share: dict[str, float]) -> tuple[int, int]:
    """Return how many pairs of the first twenty are wrong, of those with an order."""
    clear = [
        (one, other)
        for one, other in combinations(found.found[:20], 2)
        if one.last_rank < other.rank
    ]
    wrong = sum(share[one.person] < share[other.person] for one, other in clear)
    return wrong, len(clear)


def _low(tries: list[Brokers], share: dict[str, float]) -> str:
    inside = [
        abs(broker.share - share[broker.person]) <= SURE * broker.error
        for each in tries
        for broker in each.found[20:]
    ]
    return (
        "Of all lower ones that are told from nobody "
        f"{statistics.fmean(inside) * 100:.0f} in 100 were within three."
    )


def memory_mb() -> float:
    """Return the most memory that this process had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def page(n_people: int, n_relations: int, note: str) -> str:
    """Measure, and return the page of figures."""
    rows, described, used = measure(n_people, n_relations)
    few, pairs, exact = small()
    table = "\n".join(row.row() for row in rows)
    said = f"\n{note}\n" if note else ""
    return f"""# Network: measured

`python -m bench.network` makes a network of {n_people:,} people and {n_relations:,}
relations. {described} The machine has {os.cpu_count()} cores; all of this uses one.
{said}
Seconds, the median of five (brokers: three). Plain Python does less: reach without
warmth or ways, cut points without sizes; its brokers are counted from {FEW_SOURCES}
people and multiplied. The ratio says how many times as long it takes.

| | ours | plain Python | ratio | found |
|---|--:|--:|--:|--:|
{table}

All of it takes {used:.0f} MB more than the relations themselves.

Brokers of a small network are exact: {exact:.2f} seconds for {few:,} people and
{pairs:,} pairs, about the largest.

{checked()}
"""


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--relations", type=int, default=100_000)
    parser.add_argument("--no-document", action="store_true")
    parser.add_argument("--note", default="", help="what else the reader must know")
    chosen = parser.parse_args()
    text = page(chosen.people, chosen.relations, chosen.note)
    print(text)
    if not chosen.no_document:
        DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
