"""What texts are compared by: their words, how these begin, and facts about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import hypot, log

from achterban.rules.search.fold import Word, stem, words_of
from achterban.rules.search.lexicon import Lexicon
from achterban.rules.similarity.kinds import MATTERS, TROUBLES
from achterban.rules.sorting import Suggestion, Vocabulary, folded

OF_WORDS = 1.0
OF_FIELD = {"theme": 1, "party": 0.5, "begin": 0.5, "matter": 0.2, "trouble": 0.2}
"""What agreement counts for beside that of the words. It is high where it is rarer
than words in common: two texts seldom share a tenth of the weight of their words."""
UNKNOWN = 0.1
"""How far fields agree of which one is not known: about how often two texts do."""
SUGGESTED = 0.5  # how far a suggestion counts beside a decision
BEGIN = 5  # letters of a stem: schoonmaak and schoonmaker begin alike
_KINDS = {"matter": Vocabulary(MATTERS), "trouble": Vocabulary(TROUBLES)}


@dataclass(frozen=True)
class Features:
    """What one text is compared by.

    Attributes:
        words: by form (a stem), how much it says: how often it stands there and how
            seldom it is used in Dutch. The squares add up to 1.
        facts: by field (theme, party, matter, trouble, and begin: the first letters of
            the forms), how surely each holds. The squares of a field add up to 1; to a
            quarter where it was suggested. A field of which nothing is known is not
            there.
        said: by form or fact, the word as it stands in the text. For who reads along,
            not to be stored: beside hashes it would be a key to them.
    """

    words: Mapping[str, float]
    facts: Mapping[str, Mapping[str, float]]
    said: Mapping[str, str]

    def keyed(self, token: Callable[[str], str]) -> Features:
        """Return the same with a keyed hash in the place of each form and fact.

        Args:
            token: gives the hash; one for all that is compared.
        """
        return Features(
            {token(form): weight for form, weight in self.words.items()},
            {
                field: {token(fact): weight for fact, weight in found.items()}
                for field, found in self.facts.items()
            },
            {token(one): word for one, word in self.said.items()},
        )


def features_of(
    text: str,
    lexicon: Lexicon,
    *,
    decided: Mapping[str, Collection[str]] | None = None,
    suggested: Mapping[str, Iterable[Suggestion]] | None = None,
) -> Features:
    """Return what a text is compared by.

    A word counts as its stem, a compound as its parts too, a slip as what may be meant.
    It weighs (1 + ln times) · -ln(share of all Dutch words), and so do its first
    letters. A matter or trouble weighs 1 + ln of how many different words tell of it.
    Stop words and what has a figure in it (dates, amounts) are passed by. Of a
    suggestion the square of its chance counts: doubt says little.

    Args:
        text: the checked words.
        lexicon: Dutch words and how usual they are (``search.dutch``).
        decided: by field (theme, party), the codes that a person chose; none chosen is
            not known.
        suggested: by field, what the words point at (``sorting.Sorter``); passed by
            where a person chose.

    Source: Salton and Buckley 1988 (log tf, cosine); how usual a word is comes from the
    language and not from these texts, of which there may be few.
    Not covered: names that were not taken out, denial, irony, other languages.
    """
    said: dict[str, str] = {}
    weights = _weights(text, lexicon, said)
    words = {form: it for form, it in weights.items() if not form.startswith("begin:")}
    begins = {form: it for form, it in weights.items() if form.startswith("begin:")}
    facts = _kinds(text, said)
    facts["begin"] = _of_length(1, begins)
    for field, suggestions in (suggested or {}).items():
        chances = {f"{field}:{one.code}": one.chance**2 for one in suggestions}
        facts[field] = _of_length(SUGGESTED, chances)
    for field, codes in (decided or {}).items():
        if codes:
            facts[field] = _of_length(1, {f"{field}:{code}": 1 for code in codes})
    known = {field: found for field, found in facts.items() if found}
    return Features(_of_length(1, words), known, said)


def _weights(text: str, lexicon: Lexicon, said: dict[str, str]) -> dict[str, float]:
    """Return the forms and how these begin, with what each weighs."""
    counted: Counter[str] = Counter()
    rarity: dict[str, float] = {}
    for word, meant in _meant(text, lexicon):
        form = stem(meant)
        for it in (form, f"begin:{form[:BEGIN]}") if len(form) >= BEGIN else (form,):
            counted[it] += 1
            # Of words that count as one the most usual says how usual it is.
            rarity[it] = min(rarity.get(it, lexicon.rarest), lexicon.rarity(meant))
            said.setdefault(it, text[word.start : word.end])
    return {it: (1 + log(n)) * rarity[it] for it, n in counted.items()}


def _meant(text: str, lexicon: Lexicon) -> Iterator[tuple[Word, str]]:
    """Yield the words that tell something, each with all that it counts as."""
    for word in words_of(text):
        if word.folded.isalpha() and not word.is_stop:
            yield word, word.folded
            for other in lexicon.parts(word.folded) + lexicon.corrections(word.folded):
                yield word, other


def _kinds(text: str, said: dict[str, str]) -> dict[str, Mapping[str, float]]:
    """Return which matters and troubles the words point at."""
    read = folded(text)
    facts: dict[str, Mapping[str, float]] = {}
    for field, vocabulary in _KINDS.items():
        told: Counter[str] = Counter()
        for feature, word in vocabulary.found_in(text, read).items():
            for code in vocabulary.labels_of(feature):
                told[f"{field}:{code}"] += 1
                said.setdefault(f"{field}:{code}", word)
        facts[field] = _of_length(1, {it: 1 + log(n) for it, n in told.items()})
    return facts


def _of_length(length: float, weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights with squares that add up to the square of a length."""
    now = hypot(*weights.values())
    return {one: weight * length / now for one, weight in weights.items() if weight}
