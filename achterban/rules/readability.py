"""How plain a Dutch text is: length of sentences, length of words, hard words.

A measure of form, not of sense: a text that passes can still be unclear, and only
readers can tell. What it finds is what makes reading hard for everybody who is tired:
long sentences, and words of the office where a plainer one exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from achterban.rules.hard_words import HARD_WORDS

MOST_WORDS = 25
"""In one sentence. Ours, for B1; a guide and no law."""
MOST_WORDS_ON_AVERAGE = 15
LONG_WORD = 7
"""Letters from which a word is long: more than six (Björnsson 1968, LIX)."""

PLACEHOLDER = r"%\(\w+\)[a-z]|%[sd]|\{\w*\}"
_WORD = re.compile(rf"{PLACEHOLDER}|[^\W_]+(?:[’'.,:/@+-]+[^\W_]+)*")
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")
_MARKER = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_STOP = re.compile(r"[.!?…]+[)\]\"'’”»]*(?=\s)")
_ENDS = re.compile(r"[.!?…:][)\]\"'’”»]*$")
# With these a sentence goes on, whatever follows.
_ABBREVIATIONS = """
art. bijv. bv. ca. d.w.z. dhr. dr. drs. evt. excl. i.p.v. i.v.m. incl. ing. ir. jl.
m.b.t. m.b.v. max. mevr. min. mr. mw. nr. o.a. o.l.v. prof. resp. t.a.v. t.b.v. t.g.v.
t.n.v. t.o.v. tel. vgl. z.g. zgn.
"""
_GO_ON = frozenset(_ABBREVIATIONS.split())
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_BEFORE_A_WORD = re.compile(r'[ ‘“"(\[]*')

# A group of letters that is one vowel in Dutch; any other letter stands alone.
_VOWELS = re.compile(
    "aai|ooi|oei|eeu|ieu|eau|aa|ee|éé|oo|uu|ie|ij|oe|eu|ui|ei|au|ou|y(?![aeiou])"
    "|[aeiouàáâäèéêëìíîïòóôöùúûü]"
)


@dataclass(frozen=True)
class Level:
    """What was counted in a text, and what follows from it.

    Attributes:
        n_sentences: sentences with a stop; a heading or label is none.
        n_words: words in those sentences.
        n_long_words: of those, with more than six letters.
        n_syllables: in those words.
        longest: words in the longest of them.
    """

    n_sentences: int
    n_words: int
    n_long_words: int
    n_syllables: int
    longest: int

    @property
    def words_per_sentence(self) -> float:
        """Return the mean length of a sentence, 0 where there is none."""
        return self.n_words / self.n_sentences if self.n_sentences else 0.0

    @property
    def share_of_long_words(self) -> float:
        """Return which part of the words is long, 0 to 1."""
        return self.n_long_words / self.n_words if self.n_words else 0.0

    @property
    def reading_ease(self) -> float:
        """Return the Flesch-Douma score: the higher, the easier; 0 without words.

        206.8 - 0.77 × syllables per 100 words - 0.93 × words per sentence. Douma's
        own bands: 60-70 normal, 70-80 rather easy, 80-90 easy, 90-100 very easy.

        Source: W.H. Douma, De leesbaarheid van landbouwbladen (Wageningen 1960); the
        formula and bands as quoted in TAAK 1977 (dbnl.org, _taa014197701_01_0089).
        """
        if not self.n_words:
            return 0.0
        per_hundred = 100 * self.n_syllables / self.n_words
        return 206.8 - 0.77 * per_hundred - 0.93 * self.words_per_sentence


@dataclass(frozen=True)
class Problem:
    """What makes one sentence hard.

    Attributes:
        sentence: the sentence as it stands.
        word: the hard word in it; empty where the sentence is too long.
        instead: the plainer word, or how long the sentence is and may be.
    """

    sentence: str
    word: str
    instead: str


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, headings and labels among them.

    A sentence ends at a full stop, question or exclamation mark that is followed by
    space and no small letter, at an empty line, and before a list item. A stop in an
    abbreviation (``bijv.``), in initials, in a number or in an address is none.

    Not covered: a sentence that begins with a small letter; a letter that stands alone
    before its full stop (``plan B.``) counts as an initial.
    """
    found: list[str] = []
    for block in _BREAK.split(text):
        start, block = 0, " ".join(_MARKER.sub("", block).split())
        for end in ends(block):
            found.append(block[start:end])
            start = end + 1
        found.append(block[start:])
    return [sentence for sentence in found if _WORD.search(sentence)]


def ends(block: str) -> list[int]:
    """Return where in a paragraph a sentence ends and another one may follow.

    Args:
        block: one paragraph, with spaces for all white space.
    """
    stops = (stop.end() for stop in _STOP.finditer(block))
    return [place for place in stops if _is_end(block, place)]


def _is_end(block: str, place: int) -> bool:
    """Return whether the stop before this place ends a sentence."""
    last = block[block.rfind(" ", 0, place) + 1 : place].lstrip("([‘“\"'")
    if last.lower() in _GO_ON or _INITIALS.fullmatch(last):
        return False
    begins = _BEFORE_A_WORD.match(block, place)
    assert begins is not None  # of no signs at all
    return not block[begins.end() : begins.end() + 1].islower()


def words(sentence: str) -> list[str]:
    """Return the words of a sentence; a placeholder, number or address is one word."""
    return _WORD.findall(sentence)


def n_syllables(word: str) -> int:
    """Return the syllables of a Dutch word, at least 1.

    Each group of letters that Dutch reads as one vowel (``aa``, ``ij``, ``eeu``) is a
    syllable; a diaeresis begins a new one (``zeeën`` has two). ``u`` after ``q`` is no
    vowel. A number or abbreviation counts as one.

    Source: the spelling itself: the Leidraad of the Taalunie (2015) puts a diaeresis
    wherever two vowels could be read as one.
    Not covered: loanwords read in their own way (``team``, ``museum``, ``website``).
    """
    letters = word.lower().replace("qu", "q")
    return max(1, len(_VOWELS.findall(letters)))


def level(texts: Iterable[str]) -> Level:
    """Return the level of texts together, over all that is a whole sentence.

    Headings, labels and buttons have no full stop and are left out: their few words
    would make every text look plain.
    """
    lengths, found = [], []
    for text in texts:
        for sentence in sentences(text):
            if _ENDS.search(sentence):
                inside = words(sentence)
                lengths.append(len(inside))
                found += inside
    return Level(
        n_sentences=len(lengths),
        n_words=len(found),
        n_long_words=sum(_n_letters(word) >= LONG_WORD for word in found),
        n_syllables=sum(map(n_syllables, found)),
        longest=max(lengths, default=0),
    )


def _n_letters(word: str) -> int:
    return 0 if re.fullmatch(PLACEHOLDER, word) else sum(map(str.isalpha, word))


def problems(text: str) -> list[Problem]:
    """Return what makes a text hard: each long sentence, and each hard word.

    Source: the limits of length are ours, for level B1; the words are in
    ``hard_words.py``.
    """
    found = []
    for sentence in sentences(text):
        length = len(words(sentence))
        if length > MOST_WORDS:
            limit = f"{length} woorden, hooguit {MOST_WORDS}"
            found.append(Problem(sentence, "", limit))
        found += [
            Problem(sentence, match[0].lower(), instead)
            for pattern, instead in _patterns()
            for match in pattern.finditer(sentence)
        ]
    return found


def _pattern(hard: str) -> re.Pattern[str]:
    """Return what finds a hard word: whole, in capitals too; ``*`` is any ending."""
    inside = re.escape(hard).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w-]){inside}(?![\w-])", re.IGNORECASE)


@cache  # each start of the program would wait for it
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(_pattern(hard), instead) for hard, instead in HARD_WORDS.items()]
