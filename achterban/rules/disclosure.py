"""What may be said of a number of people without saying anything of one of them."""

from __future__ import annotations

LEAST = 10
"""Fewer than ten are not told apart from none. Source: the rule of ten of the
Australian Bureau of Statistics, and the threshold of ACRO (docs/trust.md, F)."""


def n_tens(count: int) -> int:
    """Return how many whole tens there are in a count, rounded down.

    One more or one less shows in one count out of ten only, and nothing under ten
    shows at all.

    Not covered: who can add reports of their own can find out on which side of a ten
    the others are. Two different counts of overlapping groups can be subtracted: do
    not give these out.

    Raises:
        ValueError: a count below 0.
    """
    if count < 0:
        raise ValueError(count)
    return count // LEAST
