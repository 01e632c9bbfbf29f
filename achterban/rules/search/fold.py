"""Words of a text, in small letters without accents, and their stems."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

ALGORITHM = "dutch"
"""Kraaij and Pohlmann (1994), as in Snowball 3: brings huisarts and huisartsen
together. ``dutch_porter``, which databases call Dutch, does not."""

LONGEST_WORD = 60
_STOP = """
aan al alle als altijd andere ben bij bent daar dan dat de deze die dit door dus een en
er erg ga gaan gaat geen haar had hadden heb hebben hebt heeft hem hen het hier hij hoe
hun ik in is ja je jij jou jouw jullie kan kon kunnen maar me meer met mij mijn moet
moeten n na naar nee niet nog nu of om omdat onze ons ook op over s t te tegen toch toen
tot u uit uw van veel voor want waren was wat we wel werd wie wij wil word worden wordt
ze zei zelf zich zij zijn zo zoals zonder zou
"""
STOP_WORDS = frozenset(_STOP.split())
"""So usual that they tell nothing. Left out alone, kept in pairs: "niet thuis"."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OWNERS_S = re.compile("(?<=.)['’]s$", re.IGNORECASE)
_TAKEN_OUT = re.compile(r"\[[^\]\n]{1,20}\]")
_stemmers = threading.local()  # one stemmer is not for two threads


@dataclass(frozen=True)
class Word:
    """A word of a text.

    Attributes:
        start: its first code point.
        end: the code point after its last.
        folded: in small letters, without accents.
    """

    start: int
    end: int
    folded: str

    @property
    def is_stop(self) -> bool:
        """Return whether it tells nothing alone."""
        return self.folded in STOP_WORDS


def folded(word: str) -> str:
    """Return a word in small letters, without accents, apostrophes and 's behind it."""
    if word.isascii() and word.isalpha():  # nearly all, in a fifth of the time
        return word.lower()
    word = _OWNERS_S.sub("", word)
    plain = word if word.isascii() else unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain.casefold() if c.isalnum())


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text in order; what was taken out of it is none."""
    gaps = [match.span() for match in _TAKEN_OUT.finditer(text)]
    for match in _WORD.finditer(text):
        start, end = match.span()
        if any(begin < start and end < stop for begin, stop in gaps):
            continue
        if plain := folded(match[0])[:LONGEST_WORD]:
            yield Word(start, end, plain)


@lru_cache(200_000)
def stem(word: str) -> str:
    """Return the stem of a folded word; a stop word stays as it is."""
    if word in STOP_WORDS:
        return word
    stemmer = getattr(_stemmers, "dutch", None)
    if stemmer is None:
        stemmer = _stemmers.dutch = Stemmer.Stemmer(ALGORITHM)
    return str(stemmer.stemWord(word))
