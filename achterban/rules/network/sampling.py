"""Betweenness estimated from some people: the part of ``brokers`` that needs NumPy."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def estimated(
    n_people: int,
    pairs: Collection[tuple[int, int]],
    lot: Collection[int],
    n_sources: int,
) -> tuple[list[float], list[float]]:
    """Return on how many shortest ways each person is, and the standard errors.

    A way from A to B and one from B to A are two. Looked at from A, somebody at a part
    p of the way counts for 2p, from B for 2(1 - p): over all people that is once each,
    and over some it does not make important who happens to be near to them.

    Args:
        n_people: they are numbered from 0.
        pairs: of two numbers, each once; no direction.
        lot: at least two numbers, each once, from which to look.
        n_sources: from how many people could be looked.

    Source: Geisberger, Sanders and Schultes 2008, linear scaling; the standard error of
    a mean drawn without putting back (Cochran 1977).
    """
    star = _Star(n_people, pairs)
    total, squares = np.zeros(n_people), np.zeros(n_people)
    for source in lot:
        seen = star.seen_from(source)
        total += seen
        squares += seen * seen
    n = len(lot)
    mean = total / n
    spread = np.maximum(squares / n - mean * mean, 0) * n / (n - 1)
    error = n_sources * np.sqrt(spread / n * (1 - n / n_sources))
    return (n_sources * mean).tolist(), error.tolist()


class _Star:
    """Neighbours in one row, so that a whole ring around somebody is one look-up."""

    def __init__(self, n_people: int, pairs: Collection[tuple[int, int]]) -> None:
        ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
        starts = np.concatenate([ends[:, 0], ends[:, 1]])
        others = np.concatenate([ends[:, 1], ends[:, 0]])
        self._n = n_people
        self._near = others[np.argsort(starts, kind="stable")]
        self._count = np.bincount(starts, minlength=n_people)
        self._first = np.cumsum(self._count) - self._count

    def seen_from(self, source: int) -> Floats:
        """Return for each the ways from a source through them, each for twice p."""
        distance = np.full(self._n, -1, dtype=np.int64)
        n_ways = np.zeros(self._n)
        distance[source], n_ways[source] = 0, 1
        rings: list[tuple[Ints, Ints]] = []
        ring = np.array([source])
        while ring.size:
            starts, ends = self._steps(ring)
            new = distance[ends] < 0
            starts, ends = starts[new], ends[new]
            rings.append((starts, ends))
            distance[ends] = len(rings)
            n_ways += np.bincount(ends, n_ways[starts], self._n)
            ring = np.flatnonzero(distance == len(rings))
        through = np.zeros(self._n)
        for far in range(len(rings), 0, -1):
            starts, ends = rings[far - 1]
            part = n_ways[starts] / n_ways[ends] * (1 / far + through[ends])
            through += np.bincount(starts, part, self._n)
        # 0 for the source itself; who is not reached has nobody behind them.
        seen: Floats = 2 * through * distance
        return seen

    def _steps(self, ring: Ints) -> tuple[Ints, Ints]:
        """Return all steps out of a ring: where each begins and ends."""
        count = self._count[ring]
        starts = np.repeat(ring, count)
        skipped = np.repeat(self._first[ring] - (np.cumsum(count) - count), count)
        return starts, self._near[skipped + np.arange(starts.size)]
