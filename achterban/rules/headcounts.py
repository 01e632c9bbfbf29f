"""Find sentences that count people, or what people told.

A number of people can tell of one of them, so such a number leaves the house through
one gate only (``core.release``). This finds where a writer typed one by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What people told us, and who told it: nobody else can have counted these.
_OURS = """
aanmelding aanmeldingen achterban klacht klachten lid leden melder melders melding
meldingen reactie reacties signaal signalen verhaal verhalen ervaring ervaringen
"""
_PEOPLE = """
client cliënt clienten cliënten deelnemer deelnemers gezin gezinnen jongere jongeren
kind kinderen man mannen mantelzorger mantelzorgers mens mensen naaste naasten ouder
ouders ouderen patient patiënt patienten patiënten persoon personen respondent
respondenten verzekerden vrouw vrouwen vrijwilliger vrijwilligers werknemer werknemers
zieken
"""
_NUMERALS = """
nul twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien
zestien zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig
tachtig negentig honderd duizend een
"""
# Between a number and its noun stand words that end in e ("37 ernstig zieke mensen"),
# and these.
_BETWEEN = """
al chronisch echt ernstig erg heel licht meer of nog op procent respectievelijk ruim
van volledig zeer zo onze
"""


_QUANTITIES = """
tientallen honderden duizenden miljoenen tiental dozijn twintigtal helft meerderheid
merendeel kwart driekwart derde
"""
_FAR = 6  # words between a number and what it counts


def _any(names: str) -> str:
    return "|".join(map(re.escape, sorted(names.split(), key=len, reverse=True)))


_OWN = frozenset(_OURS.split())
_NOUNS = _OWN | frozenset(_PEOPLE.split())
_MAY_STAND_BETWEEN = frozenset(_BETWEEN.split())
_AMOUNTS = frozenset(_QUANTITIES.split())
_TOKEN = re.compile(r"\d[\d.,]*(?:\s?%)?|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]")
_VALUES = dict(
    zip(
        _NUMERALS.split(), [0, *range(2, 21), *range(30, 101, 10), 1000, 1], strict=True
    )
)
_PART = re.compile(_any(_NUMERALS))
_NUMERAL = re.compile(rf"(?:(?:{_any(_NUMERALS)})(?:en|ën)?){{1,6}}")
_WHOLE = re.compile(r"\d{1,3}(?:\.\d{3}){1,2}|\d{1,9}")
_SAMPLE = re.compile(r"(?<!\w)n\s?=\s?(\d+)", re.IGNORECASE)
_WE = frozenset({"ons", "onze", "wij", "we"})
_ONE = frozenset({"een", "eenen"})


@dataclass(frozen=True)
class Headcount:
    """A number of people, or of what they told, in a sentence.

    Attributes:
        words: the number with what it counts, as it stands there.
        is_ours: whether only we can have counted it.
        numbers: each number in it; None for one that is not whole or no number of
            people by itself, such as a share.
    """

    words: str
    is_ours: bool
    numbers: tuple[int | None, ...]


def find_headcounts(sentence: str) -> list[Headcount]:
    """Return each number of people, reports or members in a sentence, in order.

    It is ours where it counts what we keep (reports, members), or where the sentence
    says we, us or our: a number that somebody else published can have a source.

    Source: ours; the shape of Dutch numerals: Leidraad of the Taalunie (2015).
    Not covered: "een" and "één" (one story may be told); many, some, a handful;
    numbers without their noun ("wij kregen er 37"); municipalities, institutions and
    letters; a noun that is not in the list; other languages than Dutch.
    """
    tokens = list(_TOKEN.finditer(sentence))
    words = [token[0].lower() for token in tokens]
    is_ours = not _WE.isdisjoint(words)
    found = []
    for place, noun in enumerate(words):
        if noun in _NOUNS and (span := _around(words, place)):
            first, last = span
            counted = sentence[tokens[first].start() : tokens[last].end()]
            numbers = tuple(_values(words[first : last + 1]))
            found.append(Headcount(counted, is_ours or noun in _OWN, numbers))
    samples = _SAMPLE.finditer(sentence)
    return found + [Headcount(it[0], True, (_value(it[1]),)) for it in samples]


def _around(words: list[str], place: int) -> tuple[int, int] | None:
    """Return from where to where a number counts the noun at a place."""
    first, before = None, place - 1
    while before >= 0 and place - before <= _FAR + 1 and _leads(words[before]):
        if _is_number(words[before]):
            first = before
        before -= 1
    if first is not None:
        return first, place
    if before < 0 or words[before] != "aantal":
        return None
    for after in reversed(range(place + 1, min(place + 1 + _FAR, len(words)))):
        if _is_number(words[after]):
            return before, after
    return None


def _values(words: list[str]) -> Iterator[int | None]:
    for word in words:
        if _is_number(word) or word == "procent":
            yield _value(word)


def _value(word: str) -> int | None:
    """Return a number; None for a share, a fraction or a rough amount."""
    if word[0].isdecimal():
        digits = word.rstrip(".,")
        return int(digits.replace(".", "")) if _WHOLE.fullmatch(digits) else None
    if word in _AMOUNTS or not _NUMERAL.fullmatch(word):
        return None
    thousands = rest = 0
    for n in (_VALUES[part] for part in _PART.findall(word)):
        match n:
            case 1000:
                thousands, rest = max(rest, 1) * 1000, 0
            case 100:
                rest = max(rest, 1) * 100
            case _:
                rest += n
    return thousands + rest


def _leads(word: str) -> bool:
    return _is_number(word) or word in _MAY_STAND_BETWEEN or word.endswith("e")


def _is_number(word: str) -> bool:
    return (
        word[0].isdecimal()
        or word in _AMOUNTS
        or (word not in _ONE and bool(_NUMERAL.fullmatch(word)))
    )
