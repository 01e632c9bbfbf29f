"""Under which forms a text is found."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from achterban.rules.search.fold import STOP_WORDS, Word, stem, words_of
from achterban.rules.search.lexicon import Lexicon

VERSION = 1
"""Of the forms. Raise it when a text gets others: the index is then made anew."""


def pair(left: str, right: str) -> str:
    """Return the form of two words beside each other, given as stems."""
    return f"{left} {right}"


def is_pair(left: str, right: str) -> bool:
    """Return whether two neighbours get a form: "in de" finds nothing of use."""
    return left not in STOP_WORDS or right not in STOP_WORDS


def pairs(words: Iterable[str]) -> list[str]:
    """Return the forms of words in a row, given folded."""
    stems = [(word, stem(word)) for word in words]
    return [
        pair(one, other)
        for (left, one), (right, other) in pairwise(stems)
        if is_pair(left, right)
    ]


def forms_of_word(word: Word, lexicon: Lexicon) -> set[str]:
    """Return the forms of one word: its stem, its parts, what it may be meant as."""
    if word.is_stop:
        return set()
    parts = lexicon.parts(word.folded)
    meant = lexicon.corrections(word.folded)
    forms = {stem(each) for each in (word.folded, *parts, *meant)}
    forms.update(pairs(parts))
    return forms


def forms_of(text: str, lexicon: Lexicon) -> set[str]:
    """Return all forms under which a text is found.

    Words, the parts of compounds, corrections of misspelt words, and pairs of
    neighbours.
    """
    words = list(words_of(text))
    forms = set(pairs(word.folded for word in words))
    for word in words:
        forms |= forms_of_word(word, lexicon)
    return forms
