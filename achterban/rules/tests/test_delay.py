"""What comes of things within a time, when some had no time yet."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.delay import came_within

# Weeks until relapse under 6-MP, and whether it came: Freireich e.a. 1963, as in
# Kaplan-Meier tables everywhere. At 10 weeks 0.753 had none, at 23 weeks 0.448.
WEEKS = [
    *[(6, True)] * 3,
    *[(6, False), (7, True), (9, False), (10, True), (10, False), (11, False)],
    *[(13, True), (16, True), (17, False), (19, False), (20, False)],
    *[(22, True), (23, True), (25, False), (32, False), (32, False)],
    *[(34, False), (35, False)],
]


@pytest.mark.parametrize(
    ("within", "stays"), [(5, 1), (6, 0.857), (10, 0.753), (16, 0.627), (23, 0.448)]
)
def test_the_share_is_that_of_the_table(within: int, stays: float) -> None:
    came = came_within(within, WEEKS)
    assert came.share is not None
    assert isclose(1 - came.share, stays, abs_tol=0.0006)


def test_the_bounds_are_those_of_the_table() -> None:
    came = came_within(10, WEEKS)  # survfit, conf.type="log-log": 0.503 to 0.889
    assert isclose(1 - came.high, 0.503, abs_tol=0.001)
    assert isclose(1 - came.low, 0.889, abs_tol=0.001)
    assert (came.n, came.n_came) == (21, 5)


def test_what_only_just_began_lowers_nothing() -> None:
    old = [(100, True), (400, False), (400, False), (400, False)]
    assert came_within(365, old).share == came_within(365, [*old, (3, False)]).share
    assert came_within(365, old).share == 0.25


@pytest.mark.parametrize("followed", [[], [(10, False)], [(10, True), (20, False)]])
def test_what_was_not_followed_that_long_is_not_known(
    followed: list[tuple[int, bool]],
) -> None:
    assert came_within(365, followed).share is None


def test_none_and_all_have_bounds_too() -> None:
    none = came_within(10, [(20, False)] * 30)
    every = came_within(10, [(5, True)] * 30)

    assert (none.share, none.low, none.high) == (0, 0, 0.1)
    assert (every.share, every.low, every.high) == (1, 0.9, 1)
    with pytest.raises(ValueError, match="below 0"):
        came_within(10, [(-1, True)])


@pytest.mark.wide
@given(st.lists(st.tuples(st.integers(0, 900), st.booleans()), max_size=40))
def test_a_share_lies_between_its_bounds_and_grows_with_time(
    followed: list[tuple[int, bool]],
) -> None:
    shares = [came_within(days, followed) for days in (30, 365, 730)]

    known = [it.share for it in shares if it.share is not None]
    assert known == sorted(known)
    for it in shares:
        if it.share is not None:
            assert 0 <= it.low <= it.share + 1e-9
            assert it.share - 1e-9 <= it.high <= 1
