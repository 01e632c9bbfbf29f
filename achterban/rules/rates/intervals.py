"""What is likely behind one count."""

from __future__ import annotations

LEVEL = 0.95


def garwood(count: int, level: float = LEVEL) -> tuple[float, float]:
    """Return between what the mean of a Poisson count lies, exactly.

    Args:
        count: how many were seen.
        level: how sure the bounds are, at least.

    Source: Garwood 1936, Biometrika 28, by gamma quantiles.
    """
    from scipy.special import gammaincinv  # a second, for who asks only

    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def shrunk(count: int, expected: float, spread: float) -> float:
    """Return how many times as high as expected, drawn towards once by chance.

    The smaller the unit, the more its own number is chance and the less it says: the
    mean of a gamma-Poisson posterior.

    Args:
        count: how many were seen.
        expected: how many were expected; above 0.
        spread: variance of the true ratios between units; 0: all are alike.

    Source: Clayton and Kaldor 1987, Biometrics 43.
    """
    if not spread:
        return 1.0
    return (count + 1 / spread) / (expected + 1 / spread)
