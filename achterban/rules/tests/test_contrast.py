"""Contrast as WCAG defines it, and the nearest colour that passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.contrast import (
    LEAST_FOR_TEXT,
    contrast,
    is_colour,
    least_contrast,
    luminance,
    nearest_readable,
)

LIGHT, DARK = ("#f5efe3", "#ebe2d1"), ("#1c1511", "#2a201a")
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the grey that just fails
        ("#767676", "#ffffff", 4.54),  # and the one that just passes
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


@given(colours, colours)
def test_contrast_has_no_direction(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@given(colours)
def test_luminance_lies_between_black_and_white(colour: str) -> None:
    assert 0 <= luminance(colour) <= 1


@given(colours, st.sampled_from([LIGHT, DARK]))
@pytest.mark.wide
def test_the_nearest_colour_can_be_read(colour: str, grounds: tuple[str, ...]) -> None:
    near = nearest_readable(colour, grounds)
    assert is_colour(near)
    assert least_contrast(near, grounds) >= LEAST_FOR_TEXT
    assert nearest_readable(near, grounds) == near


@pytest.mark.parametrize(
    ("colour", "grounds", "expected"),
    [
        ("#8a3b1e", LIGHT, "#8a3b1e"),
        ("#8a3b1e", DARK, "#d66a42"),
        ("#f2b705", LIGHT, "#806103"),
        ("#ffffff", LIGHT, "#656565"),
    ],
)
def test_a_colour_moves_no_further_than_it_must(
    colour: str, grounds: tuple[str, ...], expected: str
) -> None:
    assert nearest_readable(colour, grounds) == expected


def test_grounds_of_both_kinds_leave_nothing() -> None:
    with pytest.raises(ValueError, match="nothing can be read"):
        nearest_readable("#8a3b1e", (*LIGHT, *DARK))


@pytest.mark.parametrize("text", ["", "8a3b1e", "#8A3B1E", "#8a3b1", "#8a3b1ef", "red"])
def test_anything_else_is_no_colour(text: str) -> None:
    assert not is_colour(text)
