"""Who sits between others: exact, from some people, and what cannot be told apart."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations, permutations
from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given

from achterban.rules.network import Broker, Network, Relation, brokers
from achterban.rules.network.sampling import estimated
from achterban.rules.tests.networks import drawn, networks


def by_hand(network: Network) -> dict[str, float]:
    """Return the part of all pairs of others between whom each is, by listing ways."""
    near = {(a, b) for pair in network.pairs for a, b in (pair, pair[::-1])}
    counted: defaultdict[int, float] = defaultdict(float)
    n = len(network.people)
    for one, other in combinations(range(n), 2):
        middle = [m for m in range(n) if m not in {one, other}]
        for length in range(n - 1):
            chains = [
                chain
                for chain in permutations(middle, length)
                if set(zip((one, *chain), (*chain, other), strict=True)) <= near
            ]
            for chain in chains:
                for person in chain:
                    counted[person] += 1 / len(chains)
            if chains:
                break
    n_pairs = (n - 1) * (n - 2) / 2
    return {network.people[m]: round(c / n_pairs, 9) for m, c in counted.items()}


def ranks(network: Network, most: int = 20) -> list[tuple[str, float, int, int]]:
    found = brokers(network, seed=1, most=most).found
    return [(b.person, round(b.share, 3), b.rank, b.last_rank) for b in found]


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ("Jet-Guus", []),
        ("Jet-Guus Guus-Fleur Fleur-Jet", []),
        ("Jet-Guus Guus=Jet Guus>Fleur", [("Guus", 1.0, 1, 1)]),
        (
            "Jet-Guus Guus-Fleur Fleur-Bram",
            [("Guus", 0.667, 1, 2), ("Fleur", 0.667, 1, 2)],
        ),
        (
            "Jet-Guus Guus-Fleur Fleur-Bram Bram-Saar",
            [("Fleur", 0.667, 1, 1), ("Guus", 0.5, 2, 3), ("Bram", 0.5, 2, 3)],
        ),
        (
            "Jet-Guus Guus-Fleur Fleur-Bram Bram-Jet",
            [(name, 0.167, 1, 4) for name in ("Jet", "Guus", "Fleur", "Bram")],
        ),
    ],
)
def test_who_sits_between_others(
    picture: str, expected: list[tuple[str, float, int, int]]
) -> None:
    assert ranks(drawn(picture)) == expected


def test_of_who_share_a_place_the_list_says_so_even_where_it_ends() -> None:
    network = drawn("Jet-Guus Guus-Fleur Fleur-Bram Bram-Jet")

    found = brokers(network, seed=1, most=1)

    assert found.found == (Broker("Jet", 1 / 6, 0.0, 1, 4),)
    assert (found.n_more, found.n_samples) == (3, None)


@given(networks(6))
@pytest.mark.wide
def test_shares_are_those_of_all_shortest_ways_listed(network: Network) -> None:
    found = brokers(network, seed=1).found

    assert {b.person: round(b.share, 9) for b in found} == by_hand(network)
    assert all(b.error == 0 for b in found)


@given(networks(6))
@pytest.mark.wide
def test_looked_at_from_everybody_the_estimate_is_exact(network: Network) -> None:
    n = len(network.people)
    if n < 3:
        return
    totals, errors = estimated(n, network.pairs, range(n), n)

    shares = (total / ((n - 1) * (n - 2)) for total in totals)
    found = {network.people[m]: round(share, 9) for m, share in enumerate(shares)}
    assert {person: share for person, share in found.items() if share} == by_hand(
        network
    )
    assert errors == [0] * n


def test_the_error_is_that_of_a_mean_of_some_drawn_from_all() -> None:
    # From the end of a line somebody in the middle counts for 1, from there for 0.
    totals, errors = estimated(3, [(0, 1), (1, 2)], [0, 1], 3)

    assert totals == [0, 1.5, 0]
    assert errors == pytest.approx([0, 3 * sqrt(0.5 / 2 * (1 - 2 / 3)), 0])


def test_rounding_makes_no_rank() -> None:
    # A computer counts 0.07142857142857141 for some of these, …42 for others.
    names = [f"mens {n}" for n in range(9)]
    pairs = sorted({tuple(sorted((n, (n + m) % 9))) for n in range(9) for m in (1, 3)})
    lines = [Relation("a", names[one], names[other]) for one, other in pairs]

    assert ranks(Network(names, lines)) == [(name, 0.071, 1, 9) for name in names]


def town(n: int, seed: int = 3) -> Network:
    """Return neighbourhoods of ten, in each of which one knows one of another."""
    dice = random.Random(seed)
    people = [f"buur {m}" for m in range(n)]
    pairs = [(m, dice.randrange(m // 10 * 10, m)) for m in range(n) if m % 10]
    pairs += [(m, dice.randrange(m)) for m in range(10, n, 10)]
    lines = [Relation(str(m), people[a], people[b]) for m, (a, b) in enumerate(pairs)]
    return Network([*people, "Kluizenaar"], lines)


@pytest.mark.slow
def test_a_large_network_is_looked_at_from_some_and_says_so() -> None:
    network = town(150)
    exact = {b.person: b.share for b in brokers(network, seed=1, most=150).found}
    found = brokers(network, seed=1, n_samples=50, most_exact=0)

    assert found.n_samples == 50
    assert len(found.found) == 20
    assert found == brokers(network, seed=1, n_samples=50, most_exact=0)
    assert found != brokers(network, seed=2, n_samples=50, most_exact=0)
    for each in found.found:
        assert each.error > 0
        assert abs(each.share - exact[each.person]) < 4 * each.error
    # From everybody who has a relation there is nothing left to chance.
    assert brokers(network, seed=1, n_samples=150, most_exact=0).n_samples is None


@pytest.mark.wide
def test_the_estimate_is_right_on_average_and_off_by_its_error() -> None:
    network = town(40)
    n = len(network.people)
    (exact, *_), _errors = estimated(n, network.pairs, range(40), 40)
    dice = random.Random(5)
    tries = [
        estimated(n, network.pairs, dice.sample(range(40), 12), 40) for _ in range(60)
    ]
    totals = [totals[0] for totals, _ in tries]
    errors = [errors[0] for _, errors in tries]

    assert abs(fmean(totals) - exact) < 4 * stdev(totals) / sqrt(60)
    assert 0.75 < fmean(errors) / stdev(totals) < 1.25


def test_what_chance_may_do_makes_no_rank() -> None:
    # A ring: everybody sits between as many, and an estimate shows differences.
    people = [f"mens {n}" for n in range(60)]
    lines = [Relation(p, p, people[n - 1]) for n, p in enumerate(people)]
    found = brokers(Network(people, lines), seed=1, n_samples=20, most_exact=0)

    assert len({each.share for each in found.found}) > 1
    assert {(each.rank, each.last_rank) for each in found.found} == {(1, 60)}


def test_who_cannot_be_told_from_nobody_is_counted_only() -> None:
    # Seen from two people, an error is as large as the share.
    found = brokers(town(300), seed=1, n_samples=2, most_exact=0)

    assert all(each.share > 3 * each.error for each in found.found)
    assert found.n_more > len(found.found)


def test_nobody_is_a_broker_where_nobody_is() -> None:
    for network in (Network([], []), Network(["Jet"], []), drawn("Jet-Jet", "Guus")):
        found = brokers(network, seed=1)
        assert (found.found, found.n_more, found.n_samples) == ((), 0, None)


def test_small_is_by_people_and_pairs() -> None:
    network = drawn("Jet-Guus Guus-Fleur")

    for most_exact, n_samples in ((15, None), (14, 2)):  # 3 times 3 and 2
        found = brokers(network, seed=1, n_samples=2, most_exact=most_exact)
        assert found.n_samples == n_samples
    assert brokers(town(400), seed=1).n_samples is None


def test_one_sample_gives_no_error() -> None:
    with pytest.raises(ValueError, match="1 samples give no standard error"):
        brokers(drawn("Jet-Guus"), seed=1, n_samples=1)
