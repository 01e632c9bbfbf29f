"""Who sits between others: the share of shortest ways that leads through somebody."""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import hypot

import rustworkx as rx

from achterban.rules.network.graph import Network

MOST_EXACT = 25_000_000  # people times people and pairs: two seconds or less
N_SAMPLES = 400
SURE = 3  # standard errors; between twenty people two would find order in noise
ROUNDING = 1e-9  # part of a share that sums in another order may differ


@dataclass(frozen=True, slots=True)
class Broker:
    """Somebody who sits between others.

    Attributes:
        person: who.
        share: of all pairs of two others, the part of which the shortest way leads
            through this person; of several equally short ways each counts in part.
        error: standard error of the share; 0 where it is exact.
        rank: the highest place that this person may have, from 1.
        last_rank: the lowest. Who shares places cannot be told apart.
    """

    person: str
    share: float
    error: float
    rank: int
    last_rank: int


@dataclass(frozen=True, slots=True)
class Brokers:
    """Those who sit between most others.

    Attributes:
        found: by their share; those of who cannot be told from nobody are left out.
        n_more: how many others sit between some.
        n_samples: from how many people was looked; None where it was from everybody,
            and the shares are exact.
    """

    found: tuple[Broker, ...]
    n_more: int
    n_samples: int | None


@dataclass(frozen=True, slots=True)
class _Share:
    person: int
    share: float
    error: float


def brokers(
    network: Network,
    *,
    seed: int,
    most: int = 20,
    n_samples: int = N_SAMPLES,
    most_exact: int = MOST_EXACT,
) -> Brokers:
    """Return who sits between most others, without direction or warmth.

    A broker hears first and can pass on or hold back: Burt, Structural Holes, 1992. In
    a small network the shares are exact. In a large one they are estimated from some
    people, drawn by lot, with a standard error. Of the highest shares it says how far
    off they may be; of low ones, which a few people make whom the lot may miss, it says
    too little. A large network in which ways are of thousands of steps takes minutes.

    Args:
        network: who knows whom.
        seed: of the lot; the same seed gives the same answer.
        most: how many to return.
        n_samples: from how many people to look in a large network.
        most_exact: people times people and pairs of a network that is not large.

    Raises:
        ValueError: fewer than two samples give no standard error.

    Source: Freeman 1977 (betweenness); Brandes 2001 (how it is counted); Brandes and
    Pich 2007 (from some); Geisberger, Sanders and Schultes 2008 (who is near to where
    one looks from is not counted too high). Ranks by three standard errors are ours;
    they take two shares as independent, which shares of one lot are not quite.
    """
    if n_samples < 2:
        raise ValueError(f"{n_samples} samples give no standard error")
    sources = [n for n, near in enumerate(network.neighbours) if near]
    n_people = len(network.people)
    is_small = n_people * (n_people + len(network.pairs)) <= most_exact
    if is_small or n_samples >= len(sources):
        return _listed(network, _exact(network), most, None)
    lot = random.Random(seed).sample(sources, n_samples)  # noqa: S311 - no secret
    return _listed(network, _sampled(network, lot, len(sources)), most, n_samples)


def _exact(network: Network) -> list[_Share]:
    counted = rx.betweenness_centrality(
        network.graph, normalized=False, parallel_threshold=len(network.people) + 1
    )  # in one thread: sums of the same order each time
    n_pairs = _n_ordered_pairs(network) / 2
    return [_Share(person, n / n_pairs, 0.0) for person, n in counted.items()]


def _sampled(network: Network, lot: list[int], n_sources: int) -> list[_Share]:
    # NumPy, which takes 16 MB, is only for those who need it.
    from achterban.rules.network.sampling import estimated

    totals, errors = estimated(len(network.people), network.pairs, lot, n_sources)
    n_pairs = _n_ordered_pairs(network)
    return [
        _Share(person, total / n_pairs, error / n_pairs)
        for person, (total, error) in enumerate(zip(totals, errors, strict=True))
    ]


def _n_ordered_pairs(network: Network) -> int:
    others = len(network.people) - 1
    return max(1, others * (others - 1))


def _listed(
    network: Network, shares: list[_Share], most: int, n_samples: int | None
) -> Brokers:
    some = [each for each in shares if each.share > 0]
    sure = [each for each in some if each.share > SURE * each.error]
    # Rounded, so that of equals the first that was given comes first.
    first = sorted(sure, key=lambda each: (-round(each.share, 12), each.person))[:most]
    found = tuple(
        Broker(
            network.people[each.person],
            each.share,
            each.error,
            1 + sum(_is_above(other, each) for other in some),
            len(some) - sum(_is_above(each, other) for other in some),
        )
        for each in first
    )
    return Brokers(found, len(some) - len(found), n_samples)


def _is_above(one: _Share, other: _Share) -> bool:
    """Return whether one share is higher by more than rounding and chance may do."""
    more = one.share - other.share
    return more > ROUNDING * one.share and more > SURE * hypot(one.error, other.error)
