"""Which texts are the nearest, and why."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate, combinations
from math import hypot, log
from typing import Generic, TypeVar

from achterban.rules.similarity.features import (
    OF_FIELD,
    OF_WORDS,
    UNKNOWN,
    Features,
)
from achterban.rules.similarity.ways import MOST_JOINED, ways

Key = TypeVar("Key", bound=Hashable)

OF_WAYS = 3
"""What the ways by other texts count for beside what two have in common."""
MOST_CANDIDATES = 150
N_PROBED = 10  # forms; 15 took twice as long and found no better
MOST_REASONS = 4


@dataclass(frozen=True)
class Corpus:
    """What texts there are.

    Attributes:
        n: how many.
        n_with: in how many a form stands, keyed as the features are; may be rough.
    """

    n: int
    n_with: Callable[[str], int]

    def rarity(self, form: str) -> float:
        """Return how seldom a form stands in a text: a natural log, at least 0."""
        return max(0.0, log((self.n + 1) / (self.n_with(form) + 1)))


@dataclass(frozen=True)
class Neighbour(Generic[Key]):
    """A text that may be about the same.

    Attributes:
        key: of the text.
        nearness: from 0 to 1, how much the two have in common.
        because: words of the text from which was looked, as they stand there, what says
            most first.
    """

    key: Key
    nearness: float
    because: tuple[str, ...]


def probes(
    one: Features, corpus: Corpus, *, most: int = MOST_CANDIDATES
) -> tuple[frozenset[str], ...]:
    """Return the ways in which candidates are looked for, the rarest first.

    Each way is one form, or two that must both be there, of the forms that say most:
    among a million a word that stands alone in few texts is a name or a slip, and two
    words of the matter together are as rare. As many ways as bring no more than a
    bounded number of texts, if words came together by chance. They come together more
    often: read no more than that number.

    Args:
        one: the text from which is looked.
        corpus: the texts.
        most: texts that may be read.
    """
    n_with = {form: corpus.n_with(form) for form in one.words}
    known = [form for form, n in n_with.items() if n]
    says = nlargest(
        N_PROBED, known, key=lambda form: one.words[form] * corpus.rarity(form)
    )
    expected = {frozenset({form}): float(n_with[form]) for form in says}
    for left, right in combinations(says, 2):
        by_chance = n_with[left] * n_with[right] / corpus.n
        expected[frozenset({left, right})] = by_chance
    rarest = sorted(expected, key=lambda way: (expected[way], sorted(way)))
    brought = accumulate(expected[way] for way in rarest)
    n_ways = sum(total <= most for total in brought)
    chosen = rarest[: max(1, n_ways)]
    alone = {form for way in chosen if len(way) == 1 for form in way}
    return tuple(way for way in chosen if len(way) == 1 or not way & alone)


def rank(
    one: Features,
    others: Mapping[Key, Features],
    corpus: Corpus,
    *,
    most: int = 10,
) -> list[Neighbour[Key]]:
    """Return the nearest texts, best first; of equals the one that was given first.

    Two texts have in common the cosine of their words, those of the first weighed by
    how rare they are among the texts too, and for each field how far it agrees. What is
    not known is neither the same nor different. A text with which no word or fact is
    shared is left out. Of the nearest, those go before that are near to others that are
    near (``ways``).

    Args:
        one: the text from which is looked; leave it out of the others.
        others: candidates by key, a few hundred, keyed as ``one`` is.
        corpus: the texts from which they come.
        most: how many are wanted.

    Source: Salton and Buckley 1988; weights of the fields are ours.
    Not covered: that many near-copies push others out (``likeness`` finds those).
    """
    words = {form: w * corpus.rarity(form) for form, w in one.words.items()}
    length = hypot(*words.values()) or 1
    asked = {form: OF_WORDS * weight / length for form, weight in words.items()}
    found = []
    for key, other in others.items():
        if shared := _shared(asked, one, other):
            nearness = _nearness(one, other, shared)
            found.append((Neighbour(key, nearness, _because(one, shared)), other))
    found.sort(key=lambda each: -each[0].nearness)
    nearest = [near for near, _ in found]
    by_others = ways([one, *(other for _, other in found[:MOST_JOINED])])
    in_order = sorted(
        zip(nearest[:MOST_JOINED], by_others, strict=True),
        key=lambda each: -each[0].nearness - OF_WAYS * each[1],
    )
    return [*(near for near, _ in in_order), *nearest[MOST_JOINED:]][:most]


def _shared(
    asked: Mapping[str, float], one: Features, other: Features
) -> dict[str, float]:
    """Return what two texts have in common, with what it counts for."""
    shared = {
        form: weight * other.words[form]
        for form, weight in asked.items()
        if weight and form in other.words
    }
    for field, counts in OF_FIELD.items():
        theirs = other.facts.get(field, {})
        for fact, weight in one.facts.get(field, {}).items():
            if fact in theirs:
                shared[fact] = counts * weight * theirs[fact]
    return shared


def _nearness(one: Features, other: Features, shared: Mapping[str, float]) -> float:
    unknown = sum(
        counts * UNKNOWN
        for field, counts in OF_FIELD.items()
        if field not in one.facts or field not in other.facts
    )
    most = OF_WORDS + sum(OF_FIELD.values())
    return (sum(shared.values()) + unknown) / most


def _because(one: Features, shared: Mapping[str, float]) -> tuple[str, ...]:
    says: dict[str, float] = {}
    for it, weight in shared.items():
        if word := one.said.get(it):  # what a person chose stands in no word
            says[word] = says.get(word, 0) + weight
    return tuple(sorted(says, key=lambda word: -says[word])[:MOST_REASONS])
