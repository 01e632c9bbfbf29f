"""What others, or the past, let one expect: a rate, its spread, and how well known.

A count is Poisson around exposure × rate × the unit's own factor; the factors lie
around 1 with a variance, the *spread*. Without spread everything here is the Poisson
model; what units differ in besides (members, habits, one active volunteer) is spread,
and a finding must be more than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

NODES = np.linspace(-8, 8, 161)  # of a standard normal distribution: a trapezoid rule
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
ROUNDS = 3  # rate and spread settle within the second
TINY = 1e-12


@dataclass(frozen=True)
class Base:
    """For each unit what its base lets one expect.

    Attributes:
        mean: expected count.
        spread: variance of the factors of units, with one standard error on top.
        n_known: how many people the base rests on, less where they are spread.
    """

    mean: Floats
    spread: Floats
    n_known: Floats

    def either(self, counts: Floats) -> Floats:
        """Return the chance of being this far off or further, on either side."""
        least = np.minimum(self.at_least(counts), self.at_most(counts))
        both: Floats = np.minimum(1.0, 2 * least)
        return both

    def at_least(self, counts: Floats) -> Floats:
        """Return the chance of each count or more.

        Without spread this is the conditional test of two Poisson counts, exactly:
        given ``count + n_known`` together, a count is binomial. With it, the factor is
        gamma or lognormal, whichever gives more that is far out: nobody knows which.

        Source: Przyborowski and Wilenski 1940, Biometrika 31.
        """
        mean = self.mean * (self.n_known + 1) / np.maximum(self.n_known, TINY)
        tails = self._tails(counts, mean, self.n_known + 1)
        return np.where(counts > 0, np.maximum(*tails), 1.0)

    def at_most(self, counts: Floats) -> Floats:
        """Return the chance of each count or less; the same test, the other side."""
        known = np.maximum(self.n_known, TINY)
        return 1 - np.minimum(*self._tails(counts + 1, self.mean, known))

    def _tails(
        self, counts: Floats, mean: Floats, n_known: Floats
    ) -> tuple[Floats, Floats]:
        """Return the chance of each count or more by either form of the factors.

        Their variance is the spread and what is not known of the mean. Gamma makes it
        a negative binomial; lognormal is added up at ``NODES``.
        """
        from scipy.special import betainc, gammainc  # a second, for who asks only

        variance = self.spread + 1 / n_known
        counts = np.maximum(counts, TINY)
        gamma = betainc(counts, 1 / variance, mean / (mean + 1 / variance))
        width = np.log1p(variance)[..., None]
        factors = np.exp(np.sqrt(width) * NODES - width / 2)
        each = gammainc(counts[..., None], mean[..., None] * factors)
        return gamma, np.where(self.spread > 0, each @ WEIGHTS, gamma)


def of_others(counts: Floats, exposures: Floats, aside: Floats) -> Base:
    """Return what all other units let one expect of each.

    A unit is no part of its own base: what stands out would hide itself.

    Args:
        counts: of each unit.
        exposures: of each unit.
        aside: 1 for who stands out already and is no base for others, else 0.

    Source: DerSimonian and Laird 1986 (Controlled Clinical Trials 7) for a mean and a
    spread that weigh each other's units; Spiegelhalter 2005 (Statistics in Medicine 24)
    for spread as a part of the limits.
    """
    others = (1 - np.eye(len(counts))) * (1 - aside)
    rate = (others @ counts) / (others @ exposures)
    spread = np.zeros(len(counts))
    for _ in range(ROUNDS):
        means = np.outer(rate, exposures)
        spread = _spread(counts - means, means, spread[:, None], others, axis=1)
        weights = others * exposures / (1 + spread[:, None] * means)
        rate = (weights * (counts / exposures)).sum(1) / weights.sum(1)
    means = others * np.outer(rate, exposures)
    n_known = (means / (1 + spread[:, None] * means)).sum(1)
    return Base(rate * exposures, spread, n_known)


def of_the_past(exposures: Floats, earlier: Floats, earlier_exposures: Floats) -> Base:
    """Return what its own past lets one expect of each unit.

    Args:
        exposures: of each unit now.
        earlier: counts, a row for each unit and a column for each period.
        earlier_exposures: of the same shape.

    The spread of periods around their mean is taken from all units together: one has
    too few periods of its own to know it.
    """
    whole = earlier_exposures.sum(1, keepdims=True)
    rate = earlier.sum(1, keepdims=True) / whole
    free = 1 - earlier_exposures / whole  # the mean was made from them as well
    spread = np.zeros(())
    for _ in range(ROUNDS):
        means = rate * earlier_exposures
        off = (earlier - means) / np.sqrt(free)
        spread = _spread(off, means, spread, np.ones_like(free), axis=None)
        weights = earlier_exposures / (1 + spread * means)
        rates = earlier / earlier_exposures
        rate = (weights * rates).sum(1, keepdims=True) / weights.sum(1, keepdims=True)
    means = rate * earlier_exposures
    n_known = (means / (1 + spread * means)).sum(1)
    return Base(rate[:, 0] * exposures, np.broadcast_to(spread, n_known.shape), n_known)


def spread_around(counts: Floats, means: Floats) -> float:
    """Return the variance of the factors of units around what is expected of each."""
    spread = np.zeros(())
    for _ in range(ROUNDS):
        spread = _spread(counts - means, means, spread, np.ones_like(means), axis=None)
    return float(spread)


def _spread(
    off: Floats, means: Floats, before: Floats, weights: Floats, *, axis: int | None
) -> Floats:
    """Return the variance of factors that the squares of what is off speak of.

    Each square weighs by how well it tells: small units hardly do. One standard error
    comes on top, because too small a spread finds what is not there.

    Args:
        off: counts less their means.
        means: expected counts.
        before: the spread as it was thought.
        weights: what each counts for besides; 0 for what is left out.
        axis: along which they are added.
    """
    variance = means + 2 * (means + before * means**2) ** 2 + TINY
    weights = weights * means**2 / variance
    whole = np.maximum((weights * means**2).sum(axis), TINY)
    found = (weights * off**2 - weights * means).sum(axis) / whole
    error = np.sqrt((weights**2 * variance).sum(axis)) / whole
    spread: Floats = np.maximum(found + error, 0.0)
    return spread
