"""Which units stand out, and which could not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from achterban.rules.rates.base import (
    TINY,
    Base,
    Floats,
    of_others,
    of_the_past,
    spread_around,
)
from achterban.rules.rates.discovery import adjusted
from achterban.rules.rates.intervals import garwood, shrunk

MOST_FALSE = 0.05  # share of findings that may be chance
TAIL = 0.025  # on either side of what chance would give
LEAST_PEOPLE = 5  # fewer may be one household, or one table in a café
LEAST_PERIODS = 6  # of a past; fewer tell nothing of how much a unit wavers
TWICE = 2  # who could tell twice as many without standing out is too small to say


class Direction(Enum):
    """On which side a unit stands out."""

    MORE = "more"
    LESS = "less"
    NONE = "none"


@dataclass(frozen=True)
class Unit:
    """What is counted of one place, theme or office.

    Attributes:
        name: by which it is known, and put in order.
        count: how many people, now.
        exposure: how many there could be: inhabitants, members, all people who told.
        earlier: count and exposure of each earlier period; of ``in_time`` only.
        key: by which the caller finds it again.
    """

    name: str
    count: int
    exposure: float
    earlier: tuple[tuple[int, float], ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Judged:
    """A unit beside what was expected of it.

    Attributes:
        unit: it.
        expected: how many people one would expect.
        low: the least and
        high: the most that chance alone would give, in 95 of 100 times or more.
        least_ratio: how many times as many as expected it is at least, and
        most_ratio: at most, as far as 95 in 100 is sure.
        ratio: how many times as many it is probably, drawn towards once.
        chance: of being this far off, or further, by chance alone.
        false_share: the share of false findings when this one is a finding.
        direction: on which side it stands out.
        is_too_small: whether twice as many as expected would not have stood out.
    """

    unit: Unit
    expected: float
    low: int
    high: int
    least_ratio: float
    most_ratio: float
    ratio: float
    chance: float
    false_share: float
    direction: Direction
    is_too_small: bool

    @property
    def stands_out(self) -> bool:
        """Return whether it is a finding."""
        return self.direction is not Direction.NONE


def among(units: Sequence[Unit]) -> list[Judged]:
    """Return units beside what all others let one expect, findings first.

    Who was found is no base for the others, and all are looked at once more: one that
    is far out would hide the rest. When nothing was found there is no second look, so
    that it adds no false findings to nothing but chance.

    Args:
        units: at least three, with a name each of their own. Those without exposure
            are left out: of nobody one expects nobody.
    """
    units = [unit for unit in units if unit.exposure > 0]
    counts = np.array([unit.count for unit in units], dtype=float)
    if len(units) < 3 or not counts.any():
        return []
    exposures = np.array([unit.exposure for unit in units])
    aside = np.zeros(len(units))
    while True:
        base = of_others(counts, exposures, aside)
        chances = base.either(counts)
        found = np.array(adjusted(chances.tolist())) <= MOST_FALSE
        if not (found & (aside == 0)).any() or len(units) - found.sum() < 3:
            return _judged(units, base, counts)
        aside = np.maximum(aside, found)


def in_time(units: Sequence[Unit]) -> list[Judged]:
    """Return units beside what their own past lets one expect, findings first.

    Args:
        units: each with the same number of earlier periods. A period in which there
            was no exposure counts for nobody.

    Of fewer than ``LEAST_PERIODS`` periods nothing is said.
    """
    units = [unit for unit in units if unit.exposure > 0]
    n_periods = min((len(unit.earlier) for unit in units), default=0)
    if n_periods < LEAST_PERIODS:
        return []
    past = np.array([unit.earlier for unit in units], dtype=float)
    told = past[:, :, 1].min(axis=0) > 0
    if told.sum() < LEAST_PERIODS:
        return []
    exposures = np.array([unit.exposure for unit in units])
    base = of_the_past(exposures, past[:, told, 0], past[:, told, 1])
    return _judged(units, base, np.array([unit.count for unit in units], dtype=float))


def _judged(units: Sequence[Unit], base: Base, counts: Floats) -> list[Judged]:
    chances = base.either(counts)
    shares = adjusted(chances.tolist())
    lows, highs = _bounds(base)
    double = np.ceil(TWICE * base.mean)
    too_small = (double < LEAST_PEOPLE) | (base.at_least(double) > TAIL)
    # The ratios of all, those that stand out too: chance is what is left without them.
    means = np.maximum(base.mean, TINY)
    spread = spread_around(counts, means)
    judged = []
    for n, unit in enumerate(units):
        expected = float(means[n])
        least, most = (bound / expected for bound in garwood(unit.count))
        judged.append(
            Judged(
                unit=unit,
                expected=expected,
                low=int(lows[n]),
                high=int(highs[n]),
                least_ratio=least,
                most_ratio=most,
                ratio=shrunk(unit.count, expected, spread),
                chance=float(chances[n]),
                false_share=shares[n],
                direction=_direction(unit.count, expected, shares[n]),
                is_too_small=bool(too_small[n]),
            )
        )
    return sorted(judged, key=_order)


def _direction(count: int, expected: float, false_share: float) -> Direction:
    if false_share > MOST_FALSE:
        return Direction.NONE
    if count < expected:
        return Direction.LESS
    return Direction.MORE if count >= LEAST_PEOPLE else Direction.NONE


def _bounds(base: Base) -> tuple[Floats, Floats]:
    """Return the least and the most that chance would give, by halving."""
    most = np.ceil(10 * base.mean + 50)
    while (base.at_least(most) > TAIL).any():
        most = most * 2
    high, not_high = np.zeros_like(most), most
    while (not_high - high > 1).any():
        middle = np.floor((high + not_high) / 2)
        fits = base.at_least(middle) > TAIL
        high, not_high = np.where(fits, middle, high), np.where(fits, not_high, middle)
    too_low, low = -np.ones_like(most), high
    while (low - too_low > 1).any():
        middle = np.floor((too_low + low) / 2)
        fits = base.at_most(middle) > TAIL
        too_low, low = np.where(fits, too_low, middle), np.where(fits, middle, low)
    return low, high


def _order(one: Judged) -> tuple[int, float, str]:
    """Put findings first, those more than expected by what is sure; else by name."""
    match one.direction:
        case Direction.MORE:
            return 0, -one.least_ratio, one.unit.name
        case Direction.LESS:
            return 1, one.most_ratio, one.unit.name
        case _:
            return 2, 0.0, one.unit.name
