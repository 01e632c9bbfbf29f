"""The piece of a text where what was looked for stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from achterban.rules.search.fold import Word, stem, words_of
from achterban.rules.search.lexicon import Lexicon
from achterban.rules.search.words import forms_of_word, pair

LONGEST = 220  # code points
BEFORE = 60


@dataclass(frozen=True)
class Piece:
    """Some words of a snippet.

    Attributes:
        text: the words.
        is_hit: whether somebody looked for them.
    """

    text: str
    is_hit: bool = False


def snippet(
    text: str, forms: frozenset[str], lexicon: Lexicon, *, most: int = LONGEST
) -> list[Piece]:
    """Return the part of a text with the first hit, in pieces, hits apart.

    Args:
        text: the words.
        forms: what was looked for (``Query.forms``).
        lexicon: known words.
        most: code points, dots not counted.
    """
    plain = " ".join(text.split())
    words = list(words_of(plain))
    hits = _hits(words, forms, lexicon)
    first = words[hits[0]].start if hits else 0
    start = _start(plain, words, first)
    end = _end(plain, words, start + most)
    pieces, at = [Piece("… ")] if start else [], start
    for hit in (words[n] for n in hits):
        if hit.end <= end:
            pieces += [
                Piece(plain[at : hit.start]),
                Piece(plain[hit.start : hit.end], True),
            ]
            at = hit.end
    pieces += [Piece(plain[at:end]), Piece(" …" if end < len(plain) else "")]
    return [piece for piece in pieces if piece.text]


def _hits(words: Sequence[Word], forms: frozenset[str], lexicon: Lexicon) -> list[int]:
    """Return which words were looked for, in order."""
    found = {n for n, word in enumerate(words) if forms_of_word(word, lexicon) & forms}
    stems = [stem(word.folded) for word in words]
    for n, (left, right) in enumerate(pairwise(stems)):
        if pair(left, right) in forms:
            found |= {n, n + 1}
    return sorted(found)


def _start(text: str, words: Sequence[Word], first: int) -> int:
    """Return where to begin, at a word, so that the first hit is in sight."""
    if first <= BEFORE:
        return 0
    return next(word.start for word in words if word.start >= first - BEFORE)


def _end(text: str, words: Sequence[Word], most: int) -> int:
    """Return where to end, after a word."""
    if most >= len(text):
        return len(text)
    return max((word.end for word in words if word.end <= most), default=most)
