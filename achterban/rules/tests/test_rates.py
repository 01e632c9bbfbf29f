"""What stands out is found, what may be chance is not, and small stays small."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.rates import (
    LEAST_PEOPLE,
    LEAST_PERIODS,
    MOST_FALSE,
    Direction,
    Judged,
    Unit,
    adjusted,
    among,
    garwood,
    in_time,
    shrunk,
)
from achterban.rules.rates.base import Base, of_the_past

COUNTS = st.lists(st.integers(0, 40), min_size=3, max_size=25)
CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def special() -> Any:
    """Read it in when it is asked: it takes long, and ``scipy.stats`` seconds."""
    from scipy import special as read_in

    return read_in


def towns(counts: list[int], inhabitants: int = 1000) -> list[Unit]:
    return [
        Unit(f"{n:02}", count, inhabitants * (1 + n % 7))
        for n, count in enumerate(counts)
    ]


def found(judged: list[Judged]) -> list[str]:
    return [one.unit.name for one in judged if one.stands_out]


@pytest.mark.wide
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_bounds_are_those_of_the_table_of_garwood(
    count: int, low: float, high: float
) -> None:
    assert garwood(count) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(
    "mean", [pytest.param(0.3, marks=pytest.mark.trust), 2, 7.5, 31]
)
def test_bounds_hold_the_mean_in_95_of_100_times_or_more(mean: float) -> None:
    covered = sum(
        math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
        for count in range(200)
        if garwood(count)[0] <= mean <= garwood(count)[1]
    )
    assert covered >= 0.95


@given(st.integers(0, 500), st.floats(0.1, 300), st.floats(0.001, 5))
@pytest.mark.wide
def test_a_shrunk_ratio_lies_between_once_and_what_was_seen(
    count: int, expected: float, spread: float
) -> None:
    low, high = sorted([1.0, count / expected])
    assert low - 1e-9 <= shrunk(count, expected, spread) <= high + 1e-9
    assert shrunk(count, expected, 0) == 1


@given(CHANCES)
@pytest.mark.wide
def test_shares_of_false_findings_are_those_of_benjamini_and_hochberg(
    chances: list[float],
) -> None:
    n = len(chances)
    as_far = {each: sum(chance <= each for chance in chances) for each in chances}

    assert adjusted(chances) == pytest.approx(
        [
            min(n * each / as_far[each] for each in chances if each >= chance)
            for chance in chances
        ]
    )


@given(st.integers(0, 60), st.integers(1, 400), st.floats(0.001, 3))
@pytest.mark.wide
def test_without_spread_it_is_the_conditional_test_of_two_counts(
    count: int, others: int, share: float
) -> None:
    base = Base(
        mean=np.array([others * share]), spread=np.zeros(1), n_known=np.array([others])
    )
    part = share / (1 + share)
    counts = np.array([float(count)])

    above, below = base.at_least(counts)[0], base.at_most(counts)[0]

    n = count + others
    assert math.isclose(above, special().bdtrc(count - 1, n, part), abs_tol=1e-9)
    assert math.isclose(below, special().bdtr(count, n, part), abs_tol=1e-9)


@pytest.mark.parametrize("count", [2, 25, 60, 140])
def test_with_spread_both_forms_of_it_have_to_agree(count: int) -> None:
    mean, variance = 20.0, 0.36
    base = Base(np.array([mean]), np.array([variance]), np.array([1e9]))
    width = np.log1p(variance) ** 0.5
    grid = np.linspace(-8, 8, 4001)
    factors = np.exp(width * grid - width**2 / 2)
    weights = np.exp(-(grid**2) / 2) / np.exp(-(grid**2) / 2).sum()
    gamma = np.cumsum([negative_binomial(k, mean, variance) for k in range(count + 1)])

    above = base.at_least(np.array([float(count)]))[0]
    below = base.at_most(np.array([float(count)]))[0]

    lognormal = (special().pdtrc(count - 1, mean * factors) * weights).sum()
    assert above == pytest.approx(max(1 - gamma[-2], lognormal), rel=1e-3)
    lognormal = (special().pdtr(count, mean * factors) * weights).sum()
    assert below == pytest.approx(max(gamma[-1], lognormal), rel=1e-3)


def negative_binomial(count: int, mean: float, variance: float) -> float:
    """Return the chance of a count around a mean whose factor is gamma."""
    n = 1 / variance
    ways = math.lgamma(count + n) - math.lgamma(n) - math.lgamma(count + 1)
    return math.exp(
        ways + n * math.log(n / (n + mean)) + count * math.log(mean / (n + mean))
    )


def test_the_spread_of_a_past_is_not_thought_smaller_for_a_mean_of_its_own() -> None:
    dice = np.random.default_rng(5)
    earlier = dice.poisson(50 * dice.gamma(1 / 0.2, 0.2, (400, 2))).astype(float)

    base = of_the_past(np.ones(400), earlier, np.ones((400, 2)))

    assert base.spread[0] == pytest.approx(0.2, rel=0.25)


@pytest.mark.trust
@given(COUNTS)
@pytest.mark.slow
def test_chance_and_the_bounds_of_chance_say_the_same(counts: list[int]) -> None:
    for one in among(towns(counts)):
        assert (one.low <= one.unit.count <= one.high) == (one.chance > MOST_FALSE)
        assert one.false_share >= one.chance - 1e-9
        assert one.least_ratio <= one.unit.count / one.expected <= one.most_ratio


@pytest.mark.trust
@given(COUNTS, st.randoms(use_true_random=False))
@pytest.mark.slow
def test_neither_order_nor_unit_of_inhabitants_matters(
    counts: list[int], dice: random.Random
) -> None:
    units = towns(counts)
    mixed = dice.sample(units, len(units))
    thousands = [Unit(u.name, u.count, u.exposure / 1000) for u in mixed]

    first, second = among(units), among(thousands)

    assert [a.unit.name for a in first] == [b.unit.name for b in second]
    for one, other in zip(first, second, strict=True):
        assert (one.low, one.high) == (other.low, other.high)
        assert one.chance == pytest.approx(other.chance)


def test_what_stands_out_comes_first_by_what_is_sure_and_the_rest_by_name() -> None:
    counts = [20] * 30
    units = [Unit(f"plaats {n:02}", count, 1000) for n, count in enumerate(counts)]
    units[7] = Unit("groot", 200, 2000)  # five times, sure of four
    units[3] = Unit("klein", 14, 100)  # seven times, sure of less
    units[9] = Unit("stil", 1, 1000)

    judged = among(units)

    assert found(judged) == ["groot", "klein", "stil"]
    assert [one.direction for one in judged[:4]] == [
        Direction.MORE,
        Direction.MORE,
        Direction.LESS,
        Direction.NONE,
    ]
    assert judged[1].ratio < 14 / judged[1].expected
    names = [one.unit.name for one in judged[3:]]
    assert names == sorted(names)


def test_one_that_is_far_out_does_not_hide_another() -> None:
    units = [Unit(f"{n:02}", 10, 1000) for n in range(12)]
    units[0] = Unit("reus", 900, 1000)
    units[1] = Unit("groot", 45, 1000)

    assert found(among(units)) == ["reus", "groot"]


def test_fewer_than_five_people_are_no_pattern() -> None:
    units = [Unit(f"{n:03}", 4, 4000) for n in range(100)]
    hamlet = [Unit("gehucht", LEAST_PEOPLE - 1, 2)]

    assert found(among(units + hamlet)) == []
    assert found(among([*units, Unit("gehucht", LEAST_PEOPLE, 2)])) == ["gehucht"]


def test_who_is_too_small_to_stand_out_is_named() -> None:
    units = [Unit("stad", 60, 6000), Unit("dorp", 3, 200), Unit("rest", 500, 50_000)]

    too_small = {one.unit.name: one.is_too_small for one in among(units)}

    assert too_small["dorp"]
    assert not too_small["stad"]


def test_of_too_little_nothing_is_said() -> None:
    assert among(towns([1, 2])) == []
    assert among(towns([0] * 9)) == []
    assert among([Unit("leeg", 3, 0), *towns([3, 3])]) == []


def over_time(now: int, *earlier: int, share: int = 100) -> Unit:
    return Unit("thema", now, share, tuple((count, share) for count in earlier))


def test_a_theme_that_jumps_stands_out_against_its_own_past() -> None:
    steady = [
        Unit(f"{n}", 10 + n % 3, 100, tuple((9 + (n + k) % 5, 100) for k in range(8)))
        for n in range(6)
    ]

    judged = in_time([*steady, over_time(40, *[10] * 8)])

    assert found(judged) == ["thema"]
    assert judged[0].low < 10 < judged[0].high < 40


def test_growth_of_all_makes_nothing_stand_out() -> None:
    units = [
        Unit(f"{n}", 60, 600, tuple((10, 100) for _ in range(8))) for n in range(6)
    ]

    assert found(in_time(units)) == []


def test_what_always_wavers_has_to_jump_further() -> None:
    calm = in_time([over_time(24, *[10] * 8)])
    wild = in_time([over_time(24, *[2, 18] * 4)])

    assert (found(calm), found(wild)) == (["thema"], [])
    assert wild[0].high > calm[0].high


def test_a_short_past_says_nothing() -> None:
    short = over_time(40, *[10] * (LEAST_PERIODS - 1))
    silent = Unit("thema", 40, 100, ((10, 100),) * (LEAST_PERIODS - 1) + ((0, 0),) * 5)

    assert in_time([short]) == in_time([silent]) == in_time([]) == []


@pytest.mark.wide
@pytest.mark.parametrize("spread", [0.0, pytest.param(0.5, marks=pytest.mark.trust)])
def test_chance_alone_makes_few_looks_find_something(spread: float) -> None:
    dice = np.random.default_rng(11)
    n_looks, n_false, n_units = 50, 0, 30
    for _ in range(n_looks):
        sizes = dice.lognormal(10, 1, n_units)
        own = dice.gamma(1 / spread**2, spread**2, n_units) if spread else 1.0
        counts = dice.poisson(8 * n_units * sizes / sizes.sum() * own)
        units = [
            Unit(f"{n}", int(count), float(size))
            for n, (count, size) in enumerate(zip(counts, sizes, strict=True))
        ]
        n_false += bool(found(among(units)))
    # Of 50 looks at 5 % each, more than 7 would be seen once in a hundred times.
    assert special().bdtr(n_false - 1, n_looks, MOST_FALSE) < 0.99
