"""Whom we reach, who is missing, what hangs together, and on whom it rests."""

from __future__ import annotations

from itertools import chain, pairwise, permutations
from math import isclose, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.network import (
    Network,
    Relation,
    UnknownPerson,
    bridges,
    components,
    cut_points,
    gaps,
    reach,
    rests_on,
)
from achterban.rules.tests.networks import drawn, groups_without, networks

EMPTY = Network([], [])
COUNCIL = drawn(
    "Jet-Guus:0.9 Guus-Fleur:0.8 Jet-Fleur:0.5 Fleur>Bram:0.5 Saar>Jet", "Teun"
)


def told(network: Network, known: str, n_steps: int) -> list[str]:
    ways = reach(network, known.split(), n_steps=n_steps)
    return [f"{'-'.join(way.people)} {way.warmth:.2f}" for way in ways]


@pytest.mark.parametrize(
    ("known", "n_steps", "expected"),
    [
        ("Jet", 0, []),
        ("Jet", 1, ["Jet-Guus 0.90", "Jet-Fleur 0.50"]),
        ("Jet", 2, ["Jet-Guus 0.90", "Jet-Guus-Fleur 0.72", "Jet-Fleur-Bram 0.25"]),
        (
            "Jet",
            3,
            ["Jet-Guus 0.90", "Jet-Guus-Fleur 0.72", "Jet-Guus-Fleur-Bram 0.36"],
        ),
        ("Jet Guus", 3, ["Guus-Fleur 0.80", "Guus-Fleur-Bram 0.40"]),
        ("Bram", 3, []),
        ("Saar", 1, ["Saar-Jet 1.00"]),
        ("Teun", 9, []),
        ("", 3, []),
    ],
)
def test_the_warmest_way_within_so_many_steps(
    known: str, n_steps: int, expected: list[str]
) -> None:
    assert told(COUNCIL, known, n_steps) == expected


def test_a_way_names_each_relation_in_the_direction_it_is_gone() -> None:
    network = drawn("Guus-Jet:0.4 Guus=Jet:0.9 Guus-Fleur")

    ways = {way.person: way for way in reach(network, ["Jet"], n_steps=2)}

    first, second = ways["Fleur"].steps
    assert (first.one, first.other, second.one) == ("Jet", "Guus", "Guus")
    assert first.relation.key == "1:Guus=Jet"  # the warmer of two
    assert ways["Fleur"].known == "Jet"


def test_of_equally_warm_ways_the_shortest_then_the_first_that_was_given() -> None:
    # 0.9 times 0.8 is 0.7200000000000001 to a computer.
    assert told(drawn("Jet-Bram:0.72 Jet-Guus:0.9 Guus-Bram:0.8"), "Jet", 3) == [
        "Jet-Guus 0.90",
        "Jet-Bram 0.72",
    ]
    assert "Jet-Saar-Bram 1.00" in told(
        drawn("Jet-Saar Jet-Guus Guus-Bram Saar-Bram"), "Jet", 3
    )
    ways = reach(drawn("Jet-Bram:0.72 Saar-Guus:0.9 Guus-Jet:0.8"), ["Jet"], n_steps=3)
    assert [way.person for way in ways] == ["Guus", "Bram", "Saar"]


def best_of_all(
    network: Network, known: str, n_steps: int
) -> dict[str, tuple[float, int]]:
    """Return the warmth of the best way to each, and minus its steps, by trying all."""
    heat: dict[tuple[str, str], float] = {}
    for relation in chain.from_iterable(network.pairs.values()):
        ends = (relation.one, relation.other)
        for step in (ends, ends[::-1]) if relation.is_mutual else (ends,):
            heat[step] = max(heat.get(step, 0), relation.warmth)
    others = [person for person in network.people if person != known]
    best: dict[str, tuple[float, int]] = {}
    for n in range(1, min(n_steps, len(others)) + 1):
        for rest in permutations(others, n):
            warmth = prod(heat.get(step, 0) for step in pairwise((known, *rest)))
            if warmth:
                so_far = best.get(rest[-1], (0, 0))
                best[rest[-1]] = max(so_far, (round(warmth, 9), -n))
    return best


@given(networks(5), st.integers(0, 5))
@pytest.mark.wide
def test_reach_is_the_best_of_all_ways(network: Network, n_steps: int) -> None:
    known = network.people[:1]

    ways = reach(network, known, n_steps=n_steps)

    best = best_of_all(network, "Jet", n_steps) if known else {}
    assert {w.person: (round(w.warmth, 9), -len(w.steps)) for w in ways} == best
    for way in ways:
        assert [step.one for step in way.steps[1:]] == list(way.people[1:-1])
        for step in way.steps:
            ends = (step.relation.one, step.relation.other)
            assert ends == (step.one, step.other) or (
                step.relation.is_mutual and ends == (step.other, step.one)
            )


def test_who_matters_and_is_not_known() -> None:
    importance = {"Teun": 5, "Bram": 5, "Fleur": 5, "Saar": 2, "Guus": 2, "Jet": 9}

    found = gaps(COUNCIL, ["Jet"], importance)

    assert [(gap.person, gap.importance) for gap in found] == [
        ("Fleur", 5),
        ("Bram", 5),
        ("Teun", 5),
        ("Guus", 2),
        ("Saar", 2),
    ]
    through = [gap.way.people if gap.way else None for gap in found]
    assert through == [
        ("Jet", "Guus", "Fleur"),
        ("Jet", "Guus", "Fleur", "Bram"),
        None,
        ("Jet", "Guus"),
        None,
    ]


def test_of_equal_gaps_the_first_that_was_given_comes_first() -> None:
    network = drawn("Jet-Guus Jet-Saar", "Teun Roos")

    found = gaps(network, ["Jet"], dict.fromkeys(["Roos", "Teun", "Saar", "Guus"], 1))

    assert [gap.person for gap in found] == ["Guus", "Saar", "Teun", "Roos"]


def test_a_way_of_any_length_closes_a_gap() -> None:
    people = [f"mens {n}" for n in range(2000)]
    lines = [Relation(a, a, b, 0.1) for a, b in pairwise(people)]

    network = Network(["Teun", *people], lines)

    gap, other = gaps(network, people[:1], {"Teun": 1, people[-1]: 1})

    assert (gap.person, other.way) == (people[-1], None)
    assert gap.way is not None
    assert len(gap.way.steps) == 1999
    assert gap.way.warmth == 0  # too small to tell, and a way all the same


def test_groups_hang_together_whatever_the_direction() -> None:
    network = drawn("Bram>Saar Jet-Guus Guus>Fleur Jet-Jet", "Teun")

    assert components(network) == [
        ("Jet", "Guus", "Fleur"),
        ("Bram", "Saar"),
        ("Teun",),
    ]
    assert components(EMPTY) == []


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ("Jet-Guus", []),
        ("Jet-Jet", []),
        ("Jet-Guus Guus-Fleur Fleur-Jet", []),
        ("Jet-Guus Guus-Fleur", [("Guus", (1, 1))]),
        ("Jet-Guus Guus=Jet Guus-Fleur", [("Guus", (1, 1))]),
        ("Guus-Jet Guus-Fleur Guus>Bram", [("Guus", (1, 1, 1))]),
        (
            "Jet-Guus Guus-Fleur Fleur-Jet Fleur-Bram Bram-Saar Saar-Teun Teun-Saar",
            [("Bram", (3, 2)), ("Fleur", (3, 2)), ("Saar", (4, 1))],
        ),
        (
            "Jet-Guus Guus-Fleur Bram-Saar Saar-Teun",
            [("Guus", (1, 1)), ("Saar", (1, 1))],
        ),
    ],
)
def test_whose_leaving_breaks_a_group(
    picture: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    found = [(point.person, point.parts) for point in cut_points(drawn(picture))]

    assert sorted(found) == sorted(expected)
    assert [sum(p[1:]) for _, p in found] == sorted(
        (sum(p[1:]) for _, p in expected), reverse=True
    )


@given(networks())
@pytest.mark.wide
def test_a_cut_point_leaves_the_groups_that_are_there_without_it(
    network: Network,
) -> None:
    whole = groups_without(network)
    expected = {}
    for person in network.people:
        (own,) = [group for group in whole if person in group]
        parts = [g for g in groups_without(network, person) if g <= own]
        if len(parts) > 1:
            expected[person] = tuple(sorted(map(len, parts), reverse=True))

    assert {p.person: p.parts for p in cut_points(network)} == expected


@given(networks())
@pytest.mark.wide
def test_what_rests_on_somebody_is_out_of_reach_without_them(network: Network) -> None:
    for root in network.people:
        (own,) = [group for group in groups_without(network) if root in group]
        expected = {}
        for person in own - {root}:
            (left,) = [g for g in groups_without(network, person) if root in g]
            if lost := own - left - {person}:
                expected[person] = lost
        found = rests_on(network, root)

        assert {rest.person: set(rest.lost) for rest in found} == expected
        sizes = [len(rest.lost) for rest in found]
        assert sizes == sorted(sizes, reverse=True)


def test_who_is_not_in_the_network_rests_on_nobody() -> None:
    with pytest.raises(UnknownPerson):
        rests_on(COUNCIL, "Nobody")


def test_a_line_told_by_two_sources_is_one_and_another_kind_holds_it() -> None:
    network = drawn("Jet-Guus Guus>Jet Guus-Fleur Guus=Fleur Fleur-Bram Bram-Saar")

    found = [
        ([relation.key for relation in bridge.relations], bridge.n_lost)
        for bridge in bridges(network)
    ]

    assert found == [
        (["4:Fleur-Bram"], 2),
        (["0:Jet-Guus", "1:Guus>Jet"], 1),
        (["5:Bram-Saar"], 1),
    ]


@given(networks())
@pytest.mark.wide
def test_a_bridge_is_a_line_without_which_there_are_more_groups(
    network: Network,
) -> None:
    whole = groups_without(network)
    expected = {}
    for between in network.pairs.values():
        for relation in between:
            left = groups_without(network, line=relation)
            if len(left) > len(whole):
                new = [group for group in left if group not in whole]
                expected[frozenset((relation.one, relation.other))] = min(map(len, new))

    assert expected == {
        frozenset((b.relations[0].one, b.relations[0].other)): b.n_lost
        for b in bridges(network)
    }


def test_an_empty_network_has_nobody_and_somebody_alone_no_relations() -> None:
    alone = Network(["Jet", "Jet"], [Relation("a", "Jet", "Jet")])

    for network in (EMPTY, alone):
        assert network.pairs == {}
        assert cut_points(network) == []
        assert bridges(network) == []
        assert reach(network, network.people, n_steps=3) == []
        assert gaps(network, network.people, {}) == []
    assert components(alone) == [("Jet",)]


def test_who_is_not_in_the_network_is_named() -> None:
    with pytest.raises(UnknownPerson, match=r"^Teun is not in the network$"):
        Network(["Jet"], [Relation("a", "Jet", "Teun")])
    with pytest.raises(UnknownPerson, match="Roos"):
        reach(COUNCIL, ["Jet", "Roos"], n_steps=1)
    with pytest.raises(UnknownPerson, match="Roos"):
        gaps(COUNCIL, ["Jet"], {"Roos": 3})


@pytest.mark.parametrize("warmth", [0, -0.1, 1.01, float("nan")])
def test_a_warmth_is_above_0_and_at_most_1(warmth: float) -> None:
    with pytest.raises(ValueError, match="the warmth of a is"):
        Relation("a", "Jet", "Guus", warmth)


def test_a_relation_may_be_as_cold_as_one_likes() -> None:
    (way,) = reach(drawn("Jet-Guus:1e-300"), ["Jet"], n_steps=1)
    assert isclose(way.warmth, 1e-300)
