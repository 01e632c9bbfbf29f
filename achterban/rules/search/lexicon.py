"""Known Dutch words: the parts of a compound, and what a misspelt word may be.

Compounds: P. Koehn and K. Knight, "Empirical Methods for Compound Splitting", EACL
2003: of all ways to split take the one whose parts are the most usual, by the geometric
mean of how often they are used. Linking letters of Dutch: s, en, e.
"""

from __future__ import annotations

import math
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache

from achterban.rules.search.fold import STOP_WORDS, folded

LINKS = ("", "s", "en", "e")
SHORTEST_PART = 4
SHORTEST_USUAL_PART = 3
USUAL = 3000
"""How often a part of three letters must be used: rug, arm, bed, and not ist, gee."""
MOST_PARTS = 3
OF_ITS_OWN = 500
"""From how often used a word stands for itself: "huis" finds no ziekenhuis."""
SHORTEST_CORRECTED = 5
"""Shorter ones are names and abbreviations as often as slips."""
MOST_CORRECTIONS = 2
SOUND_WEIGHT = 10
"""How much likelier a sound written otherwise is than another slip; a guess."""
UNUSED = 1e-7
"""The share of all words in use that a word of no list counts as."""
KEPT = 200_000  # words whose answer stays in memory
# Beginnings and ends that are words too, but no part of a compound.
_ENDS = """
baar heid lijk ster schap loos ling dom ren den ten ver ont her aar iste eren isch teit
atie ende elijk lijke lijks achtig gen len nen pen ken sen zen men wen gel tel del ing
ger der ter ons ent ens
"""
_NO_PARTS = STOP_WORDS | set(_ENDS.split())
# Of our field, and too new or too much of an office for a list of words of films.
_OWN = """
wmo wlz pgb pgbs cak ciz uwv svb ggz iva wga wia wajong zvw vng nza igj pem ptss pots
mecvs cvs fibromyalgie postcovid longcovid covid corona bezwaarschrift bezwaartermijn
beschikking indicatiestelling herindicatie herkeuring keuringsarts verzekeringsarts
bedrijfsarts huisartsenpost wijkverpleging wijkverpleegkundige mantelzorg mantelzorger
ervaringsdeskundige belangenbehartiger zorgkantoor zorgverzekeraar keukentafelgesprek
huishoudelijke hulpmiddel hulpmiddelen rolstoel scootmobiel traplift woningaanpassing
leerlingenvervoer doelgroepenvervoer regiotaxi valys ergotherapie ergotherapeut
fysiotherapie fysiotherapeut logopedie diagnose behandeling vergoeding wachttijd
wachtlijst aanvraag afwijzing melding signaal onderzoek
"""
OWN_WORDS = tuple(_OWN.split())
OWN_FREQUENCY = 300

# How one sound is written in two ways, one of them wrong.
_SOUNDS = (
    ("ei", "ij"), ("au", "ou"), ("g", "ch"), ("k", "c"), ("s", "c"), ("f", "v"),
    ("s", "z"), ("d", "t"), ("dt", "t"), ("dt", "d"), ("ks", "x"), ("t", "th"),
    ("f", "ph"), ("i", "y"), ("i", "ie"), ("kw", "qu"), ("sj", "ch"), ("isch", "ies"),
    ("tie", "sie"), ("eau", "o"), ("e", "u"), ("aa", "a"), ("ee", "e"), ("oo", "o"),
    ("uu", "u"),
)  # fmt: skip


class Lexicon:
    """Words and how often they are used.

    Args:
        frequency: by word, folded (``fold.folded``).
    """

    def __init__(self, frequency: Mapping[str, int]) -> None:
        """Keep the words; answers are remembered, as words come back."""
        self._frequency = frequency
        self.parts = lru_cache(KEPT)(self._parts)
        self.corrections = lru_cache(KEPT)(self._corrections)

    def __contains__(self, word: str) -> bool:
        """Return whether this is a word."""
        return word in self._frequency

    def rarity(self, word: str) -> float:
        """Return how seldom a word is used: -ln of its share of all words in use."""
        share = self._frequency.get(word, 0) / self._n_used
        return -math.log(share + UNUSED)

    @property
    def rarest(self) -> float:
        """Return how seldom a word is used that is on no list."""
        return -math.log(UNUSED)

    @cached_property
    def _n_used(self) -> int:
        return max(1, sum(self._frequency.values()))

    def _parts(self, word: str) -> tuple[str, ...]:
        """Return the words that a word is made of, () when it is no compound.

        Fewer parts go before more: a compound in a compound stays whole.
        """
        whole = self._frequency.get(word, 0)
        if whole >= OF_ITS_OWN or len(word) < 2 * SHORTEST_USUAL_PART:
            return ()
        for n in range(2, MOST_PARTS + 1):
            splits = {self._usual(parts): parts for parts in self._splits(word, n)}
            if splits and (best := max(splits)) > whole:
                return splits[best]
        return ()

    def _usual(self, parts: tuple[str, ...]) -> float:
        """Return the geometric mean of how often these words are used."""
        logs = sum(math.log(self._frequency[part]) for part in parts)
        return math.exp(logs / len(parts))

    def _splits(self, word: str, n: int) -> Iterator[tuple[str, ...]]:
        """Yield the ways to split a word in this many parts."""
        if n == 1:
            if self._is_part(word):
                yield (word,)
            return
        for at in range(SHORTEST_USUAL_PART, len(word) - SHORTEST_USUAL_PART + 1):
            head = self._head(word[:at])
            if head:
                for rest in self._splits(word[at:], n - 1):
                    yield (head, *rest)

    def _head(self, begin: str) -> str:
        """Return the word before the next part, without its linking letters."""
        heads = (begin.removesuffix(link) for link in LINKS if begin.endswith(link))
        return next((head for head in heads if self._is_part(head)), "")

    def _is_part(self, word: str) -> bool:
        if word in _NO_PARTS:
            return False
        used = self._frequency.get(word, 0)
        if len(word) < SHORTEST_PART:
            return len(word) == SHORTEST_USUAL_PART and used >= USUAL
        return used > 0

    def _corrections(self, word: str) -> tuple[str, ...]:
        """Return what an unknown word may be: at most two words, the likeliest first.

        One letter too many, too few, other, or two that changed places; one or two
        sounds written otherwise. In what may be a compound not two.
        """
        if word in self or not word.isalpha() or len(word) < SHORTEST_CORRECTED:
            return ()
        one_sound = set(_sounding_like(word))
        likely = Counter[str]()
        self._weigh(likely, one_sound, SOUND_WEIGHT)
        self._weigh(likely, set(_one_off(word)) - one_sound, 1)
        if not self.parts(word):
            for near in one_sound:
                self._weigh(likely, set(_sounding_like(near)) - set(likely), 1)
        usual = sorted(likely, key=lambda each: (-likely[each], each))
        return tuple(usual[:MOST_CORRECTIONS])

    def _weigh(self, likely: Counter[str], words: Iterable[str], weight: int) -> None:
        for word in words:
            if len(word) >= SHORTEST_CORRECTED - 1 and word in self:
                likely[word] += self._frequency[word] * weight


def _one_off(word: str) -> Iterator[str]:
    """Yield all at distance one (Damerau 1964)."""
    for at in range(len(word) + 1):
        begin, rest = word[:at], word[at:]
        if rest:
            yield begin + rest[1:]
        if len(rest) > 1:
            yield begin + rest[1] + rest[0] + rest[2:]
        for letter in string.ascii_lowercase:
            yield begin + letter + rest
            if rest:
                yield begin + letter + rest[1:]


def _sounding_like(word: str) -> Iterator[str]:
    """Yield the word with one sound written otherwise, one double letter single."""
    for one, other in _SOUNDS:
        for old, new in ((one, other), (other, one)):
            at = word.find(old)
            while at >= 0:
                yield word[:at] + new + word[at + len(old) :]
                at = word.find(old, at + 1)
    for at, letter in enumerate(word):
        doubled = at and word[at - 1] == letter
        yield word[:at] + word[at + 1 :] if doubled else word[:at] + letter + word[at:]


@cache
def dutch() -> Lexicon:
    """Return the Dutch words, read once: half a second and some 60 MB.

    From ``pyspellchecker`` (MIT): how often words stand under films, and a list of
    words behind it. Ours are added.
    """
    from spellchecker import SpellChecker

    counted: dict[str, int] = {}
    checker = SpellChecker(language="nl", distance=1)
    for word, n in checker.word_frequency.dictionary.items():
        if word.isalpha():
            plain = word if word.isascii() else folded(word)
            counted[plain] = counted.get(plain, 0) + n
    for word in OWN_WORDS:
        counted[word] = max(counted.get(word, 0), OWN_FREQUENCY)
    return Lexicon(counted)
