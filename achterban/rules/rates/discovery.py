"""Many looks at once, and few false findings among what is found."""

from __future__ import annotations

from collections.abc import Sequence


def adjusted(chances: Sequence[float]) -> list[float]:
    """Return for each chance the share of false findings if it and all below count.

    Findings are those of at most the share that one allows. When there is nothing to
    be found, at most that share of looks finds something.

    Args:
        chances: of seeing this much or more by chance alone, one for each unit.

    Source: Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57.
    """
    order = sorted(range(len(chances)), key=chances.__getitem__, reverse=True)
    shares = [1.0] * len(chances)
    least = 1.0
    for n_above, n in enumerate(order):
        least = min(least, chances[n] * len(chances) / (len(chances) - n_above))
        shares[n] = least
    return shares
