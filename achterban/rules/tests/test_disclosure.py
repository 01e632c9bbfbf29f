"""Whole tens, rounded down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.disclosure import LEAST, n_tens


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, 0), (1, 0), (9, 0), (10, 1), (19, 1), (20, 2), (99, 9), (12_345, 1234)],
)
def test_a_count_is_told_in_whole_tens(count: int, expected: int) -> None:
    assert n_tens(count) == expected


@given(st.integers(0, 10_000_000))
def test_what_is_told_never_exceeds_the_count_and_hides_less_than_ten(n: int) -> None:
    assert 0 <= n - n_tens(n) * LEAST < LEAST


def test_nothing_is_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="-1"):
        n_tens(-1)
