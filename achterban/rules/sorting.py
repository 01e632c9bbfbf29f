"""What a text is about: suggested from the words, with the words that say so.

A label (a theme, a party, an illness) begins with words of a vocabulary and learns from
texts that people labelled before: naive Bayes over the words that occur (Maron 1961),
each label against all others, where the vocabulary counts as texts seen earlier. Each
word that speaks for a label is a reason that can be shown.

A text may have several labels or none. Nothing is kept here but counts of words;
whoever makes a ``Sorter`` decides for how long. Not covered: word order and denial
("niet van de gemeente"), and languages the vocabulary has no words of.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import exp, log

WORD = re.compile(r"[^\W_]+(?:[/'-][^\W_]+)*")
TWICE = 2  # texts of a label that a word must occur in before it speaks for it
OFTEN = 8  # texts that a word must occur in before its absence says something
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
SHORTEST = 3  # letters of a word that may be learnt
SEEN_EARLIER = 50  # texts that the vocabulary of a label counts as
IN_VOCABULARY = 0.5  # part of the texts of a label that has a given word of it
ANYWHERE = 0.01  # part of other texts that has a given word
MOST_REASONS = 3
SPEAKS = 0.4  # a word that is half as common again in texts of a label
LIKELY = 0.8
LEAST = -0.3  # that one word speaks against a label
SAY_LITTLE = """
aan aangezien achter al alle alleen als altijd andere anders ben bent bij daar
daarna dan dat deze die dit doen door dus echt een eens eerst eigenlijk elke en er
even gaan gaat geen gewoon haar had heb hebben hebt heeft hem het hier hij hoe hun
iedereen iemand iets ik in is ja je kan keer kon kunnen maar mag me meer met mij
mijn moest moet moeten na naar nee niemand niet niets nog nu of om omdat ons ook op
over ruim sinds staat steeds te tegen toch toen tot twee uit uur van veel vier voor
vragen waar waarom want waren was wat weer weet wel welke werd wie wij wil wordt
zeggen zei zelf zich zij zijn zo zonder zou
"""
COMMON = frozenset(SAY_LITTLE.split())


@dataclass(frozen=True)
class Label:
    """Something a text may be about.

    Attributes:
        code: what it is called in data.
        words: what people say when they mean it. One that ends in a full stop stands
            alone, else a longer word that begins with it counts too. One in capitals
            stands alone and is read in capitals only. Several words are looked for as
            they stand.
    """

    code: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """What a text may be about, and why.

    Attributes:
        code: of the label.
        chance: how likely it is, from 0 to 1, as far as words can say.
        because: words of the text that speak for it, the strongest first.
    """

    code: str
    chance: float
    because: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Return whether it may stand there as the first choice."""
        return self.chance >= LIKELY


@dataclass
class _Seen:
    """In how many of how many texts each word occurred."""

    n_texts: int = 0
    words: Counter[str] = field(default_factory=Counter)

    def add(self, found: Collection[str]) -> None:
        self.n_texts += 1
        self.words.update(found)


class Sorter:
    """Suggests labels of one kind for a text."""

    def __init__(
        self,
        labels: Iterable[Label],
        decided: Iterable[tuple[str, Collection[str]]] = (),
    ) -> None:
        """Begin with the vocabulary, and learn from what people decided.

        Args:
            labels: each with its words.
            decided: texts with the codes of their labels. Codes that are not among the
                labels are passed by.
        """
        self._vocabulary = Vocabulary(labels)
        self._all = _Seen()
        self._of: dict[str, _Seen] = {code: _Seen() for code in self._vocabulary.of}
        for text, codes in decided:
            found = self._words_in(text).keys()
            self._all.add(found)
            for code in self._of.keys() & set(codes):
                self._of[code].add(found)

    def suggest(self, text: str) -> list[Suggestion]:
        """Return what a text may be about, the likeliest first.

        A label is suggested when some word of its vocabulary stands there, or words
        that texts about it had more often than others.
        """
        found = self._words_in(text)
        suggested = (self._about(code, found) for code in self._of)
        return sorted(
            (one for one in suggested if one is not None),
            key=lambda one: (-one.chance, one.code),
        )

    def _about(self, code: str, found: Mapping[str, str]) -> Suggestion | None:
        weights = {word: self._weight(word, code) for word in found}
        speaking = sorted(
            (word for word, weight in weights.items() if weight > SPEAKS),
            key=lambda word: -weights[word],
        )
        if not speaking:
            return None
        chance = 1 / (1 + exp(-self._before(code) - sum(weights.values())))
        because = tuple(dict.fromkeys(found[word] for word in speaking))
        return Suggestion(code, chance, because[:MOST_REASONS])

    def _before(self, code: str) -> float:
        """Return the log odds of a label before a word was read."""
        n_labels = max(2, len(self._of))
        share = (self._of[code].n_texts + SEEN_EARLIER / n_labels) / (
            self._all.n_texts + SEEN_EARLIER
        )
        share = min(share, 0.9)
        return log(share / (1 - share))

    def _weight(self, word: str, code: str) -> float:
        """Return how much a word speaks for a label, as a log ratio; below 0: against.

        A word against counts for little: what people leave unsaid says nothing.
        """
        own, everything = self._of[code], self._all
        is_its_word = code in self._vocabulary.labels_of(word)
        if not is_its_word and own.words[word] < TWICE:
            return 0 if everything.words[word] < OFTEN else LEAST
        anywhere = (everything.words[word] + ANYWHERE * SEEN_EARLIER) / (
            everything.n_texts + SEEN_EARLIER
        )
        begin = anywhere
        if is_its_word:
            begin = max(IN_VOCABULARY, anywhere)
        with_it = (own.words[word] + begin * SEEN_EARLIER) / (
            own.n_texts + SEEN_EARLIER
        )
        return max(LEAST, log(with_it / anywhere))

    def _words_in(self, text: str) -> dict[str, str]:
        """Return the features of a text, each with the words that stand there."""
        read = folded(text)
        found = self._vocabulary.found_in(text, read)
        for match in WORD.finditer(read):
            word = match[0]
            if len(word) >= SHORTEST and word not in COMMON and word not in found:
                found[word] = text[match.start() : match.end()]
        return found


class Vocabulary:
    """Finds the words of labels in a text."""

    def __init__(self, labels: Iterable[Label]) -> None:
        """Take the words of each label; one word may be of several."""
        self.of: dict[str, Label] = {label.code: label for label in labels}
        self._labels: defaultdict[str, set[str]] = defaultdict(set)
        words = {word for label in self.of.values() for word in label.words}
        for label in self.of.values():
            for word in label.words:
                self._labels[_feature(word)].add(label.code)
        self._usual = _pattern_of({w for w in words if not _is_in_capitals(w)})
        self._capitals = _pattern_of({w for w in words if _is_in_capitals(w)})

    def labels_of(self, feature: str) -> Collection[str]:
        """Return the labels that a feature (``found_in``) is a word of."""
        return self._labels.get(feature, ())

    def found_in(self, text: str, read: str) -> dict[str, str]:
        """Return which words stand in a text ("=wmo"), with how they stand there.

        Args:
            text: what somebody wrote.
            read: the same, folded.
        """
        found: dict[str, str] = {}
        for pattern, words in ((self._usual, read), (self._capitals, text)):
            for match in pattern.finditer(words):
                found.setdefault(f"={match[1]}", text[match.start() : match.end()])
        return found


def folded(text: str) -> str:
    """Return a text in small letters without accents, as long as it was."""
    return NOT_ASCII.sub(lambda one: _plain(one[0]), text).lower()


def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFD", character)[0].lower()
    return plain if len(plain) == 1 else character


def _is_in_capitals(word: str) -> bool:
    return word.isupper() and word.isalpha()


def _feature(word: str) -> str:
    return f"={word if _is_in_capitals(word) else folded(word).rstrip('.')}"


def _pattern_of(words: Collection[str]) -> re.Pattern[str]:
    """Return what finds words where a word begins, the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    found = "|".join(
        re.escape(_feature(word)[1:])
        + (r"(?![^\W_])" if _is_in_capitals(word) or word.endswith(".") else "")
        for word in longest_first
    )
    return re.compile(rf"(?<![^\W_])({found or '(?!)'})[^\W_]*")
