"""Which texts are reached from one by way of others.

Two people who tell of one thing need have no word in common: who told of it too, in
words of both, joins them. What is near to what is near therefore counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import hypot, log, sqrt

import numpy as np
from numpy.typing import NDArray

from achterban.rules.similarity.features import (
    OF_FIELD,
    OF_WORDS,
    UNKNOWN,
    Features,
)

MOST_JOINED = 150
"""Texts between which ways are looked for: more would cost more than they find."""
N_JOINED = 5  # texts to which one is joined
N_AROUND = 10  # texts that tell how crowded it is around one
ONWARD = 0.7  # part of a way that goes on at each text
N_STEPS = 20  # after which less than a thousandth goes on
_SAME = 9  # decimals, so that equals stay equal

Matrix = NDArray[np.float64]


def ways(texts: Sequence[Features]) -> list[float]:
    """Return how well each text is reached from the first, without the first.

    Each text is joined to the five nearest, and ways are walked along what joins them,
    of which a share of 0.7 goes on at each text. A text that is near to everything is
    joined to less: of nearness is taken off how near the ten nearest are, on both
    sides. What two have in common is weighed by how rare it is among these texts.

    Args:
        texts: the one from which is looked, and at most ``MOST_JOINED`` others.

    Source: Zhou, Weston, Gretton, Bousquet and Schölkopf, Ranking on data manifolds,
    NIPS 2003 (the walk); Lample, Conneau, Ranzato, Denoyer and Jégou, Word translation
    without parallel data, ICLR 2018 (what is near to everything).
    """
    if len(texts) < 2:
        return []
    joined = _joined(_in_common(texts))
    degree = np.sqrt(np.maximum(joined.sum(axis=1), UNKNOWN))
    along = joined / degree[:, None] / degree
    start = np.zeros(len(texts))
    start[0] = 1
    reached = start
    for _step in range(N_STEPS):
        # Not by BLAS: its threads wait for each other on a machine that is at work.
        reached = start + ONWARD * np.einsum("ij,j", along, reached)
    return [round(float(it), _SAME) for it in reached[1:]]


def _in_common(texts: Sequence[Features]) -> Matrix:
    """Return how much each two texts have in common."""
    from scipy.sparse import csr_array  # a second, for who asks only

    told = [
        [(OF_WORDS, one.words)]
        + [(counts, one.facts.get(field, {})) for field, counts in OF_FIELD.items()]
        for one in texts
    ]
    n_with = Counter(it for one in told for _, field in one for it in field)
    rarity = {it: log((len(told) + 1) / n) for it, n in n_with.items()}
    place = {it: n for n, it in enumerate(n_with)}
    weights: list[float] = []
    places: list[int] = []
    ends = [0]
    for one in told:
        for counts, field in one:
            weights += _weighed(field, rarity, sqrt(counts))
            places += [place[it] for it in field]
        ends.append(len(places))
    rows = csr_array((weights, places, ends), shape=(len(told), len(place) + 1))
    known = np.array([[bool(field) for _, field in one] for one in told])
    counted = np.array([counts for counts, _ in told[0]])
    unknown = counted.sum() - np.einsum("if,jf,f->ij", known, known, counted)
    common: Matrix = np.round((rows @ rows.T).toarray() + UNKNOWN * unknown, _SAME)
    return common


def _weighed(
    field: Mapping[str, float], rarity: Mapping[str, float], times: float
) -> list[float]:
    """Return the weights by how rare all is, together as long as they were."""
    rare = [weight * rarity[it] for it, weight in field.items()]
    length = times * hypot(*field.values()) / (hypot(*rare) or 1)
    return [weight * length for weight in rare]


def _joined(common: Matrix) -> Matrix:
    """Return what joins each two texts: nothing, or what they have in common."""
    others = np.where(np.eye(len(common), dtype=bool), -np.inf, common)
    n_others = len(common) - 1
    nearest = np.sort(others, axis=1)[:, ::-1]
    around = nearest[:, : min(N_AROUND, n_others)].mean(axis=1)
    clear = np.round(others - (around[:, None] + around) / 2, _SAME)
    last = np.sort(clear, axis=1)[:, ::-1][:, min(N_JOINED, n_others) - 1]
    joins = (clear >= last[:, None]) & np.isfinite(clear)
    return np.where(joins | joins.T, common, 0)
