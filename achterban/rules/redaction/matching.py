"""Find words in a text however they are written there.

Capitals, accents, hyphens, line ends and signs in between do not count; of a name its
parts are looked for as well, of a number how it is dialled elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from achterban.rules.deidentify.words import MOSTLY_WORDS
from achterban.rules.names import PARTICLES, TITLES
from achterban.rules.search.fold import STOP_WORDS

LONGEST_GAP = 8  # characters between two letters: a line end and "> > "
SHORTEST_PART = 3  # letters of a part of a name
SHORTEST_SURE = 6  # letters of a part that tells in a longer word too
FEWEST_OF_A_CODE = 4  # digits
FEWEST_DIGITS = 6  # of what is looked for as a number
TAIL = 8  # digits, at least, that a number keeps wherever it is dialled from
LONGEST_DIALLED = 12  # characters before these
RUN = 6  # words in a row of a sentence that was taken out
MOST_NAME_WORDS = 7
_BOXES = """
info secretariaat bestuur beleid contact post postbus mail bureau meldpunt pers
communicatie directie receptie servicedesk noreply webmaster redactie
"""
ROLE_BOXES = frozenset(_BOXES.split())
_WORD = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[\d\s().+/-]+")
_STROKES = str.maketrans(dict(zip("øØłŁđĐı", "oOlLdDi", strict=True)) | {"æ": "ae"})
_DIALLED = re.compile(
    r"(?:(?:\+|00)\d{1,4}[\s.-]{0,2})?(?:\(?0\d{0,3}\)?[\s./-]{0,2})?\Z"
)
_ADDRESS = re.compile(r"[\w.+-]*[@/][\w.@/%+-]*|www\.\S+")


@dataclass(frozen=True)
class Needle:
    """Something to look for.

    Attributes:
        letters: small letters and digits only.
        breaks: after how many of them a word ends.
        is_whole: whether it is all of what was taken out, not a part of a name.
        is_number: whether any sign may stand between, and other digits before it.
        wants_capital: whether it is a usual word, unless with a capital.
    """

    letters: str
    breaks: frozenset[int] = frozenset()
    is_whole: bool = True
    is_number: bool = False
    wants_capital: bool = False

    @property
    def is_sure(self) -> bool:
        """Return whether it tells as a part of a longer word as well."""
        is_long = len(self.letters) >= SHORTEST_SURE
        return is_long and not self.is_whole and not self.wants_capital

    @property
    def is_code(self) -> bool:
        """Return whether it is a number with letters: an account, a postcode."""
        n_digits = sum(map(str.isdecimal, self.letters))
        return n_digits >= FEWEST_OF_A_CODE and len(self.letters) >= FEWEST_DIGITS


def squeezed(words: str) -> str:
    """Return words in small letters and digits only, without accents."""
    if not words.isascii():
        words = unicodedata.normalize("NFKD", words).translate(_STROKES)
    return _SIGNS.sub("", words.casefold())


class Text:
    """A text to look in, and where each of its letters stood."""

    def __init__(self, text: str) -> None:
        """Keep its letters and digits."""
        self.text = text
        self.letters = squeezed(text)

    @cached_property
    def _at(self) -> list[int]:
        at: list[int] = []
        for n, char in enumerate(self.text):
            if not char.isascii():
                at += [n] * len(squeezed(char))
            elif char.isalnum():
                at.append(n)
        return at

    @cached_property
    def _addresses(self) -> list[tuple[int, int]]:
        return [found.span() for found in _ADDRESS.finditer(self.text)]

    def places(self, needle: Needle) -> Iterator[tuple[int, int]]:
        """Yield where something stands: first character, and the one after the last."""
        n = self.letters.find(needle.letters)
        while n >= 0:
            stop = n + len(needle.letters)
            start, end = self._at[n], self._at[stop - 1] + 1
            if self._is_it(needle, n, start, end):
                yield self._widened(needle, start, end)
            n = self.letters.find(needle.letters, n + 1)

    def _is_it(self, needle: Needle, n: int, start: int, end: int) -> bool:
        if needle.is_number:
            return self._is_number(n, len(needle.letters), end)
        if not self._is_bounded(needle, start, end):
            return False
        if not self._holds_together(needle, n):
            return False
        shown = self.text[start]
        return not needle.wants_capital or shown.isupper() or self._in_address(start)

    def _is_bounded(self, needle: Needle, start: int, end: int) -> bool:
        if needle.is_sure:
            return self._begins(start) or self._in_address(start)
        return self._begins(start) and self._ends(end)

    def _widened(self, needle: Needle, start: int, end: int) -> tuple[int, int]:
        """Return the bounds with what belongs to a number, or to a compound."""
        end = self._with_marks(end)
        if needle.is_number:
            return self._with_dialling(start), end
        while needle.is_sure and self.text[end : end + 1].isalnum():
            end += 1
        return start, end

    def _is_number(self, n: int, length: int, end: int) -> bool:
        gaps = self._gaps(n, length)
        fits = all(len(gap) <= LONGEST_GAP and "\n\n" not in gap for gap in gaps)
        return fits and not self.text[end : end + 1].isdecimal()

    def _gaps(self, n: int, length: int) -> list[str]:
        at = self._at[n : n + length]
        return [
            self.text[one + 1 : other] for one, other in pairwise(at) if other > one
        ]

    def _holds_together(self, needle: Needle, n: int) -> bool:
        """Return whether words are not pieced together from several others."""
        at = self._at[n : n + len(needle.letters)]
        inside: list[str] = []
        between: list[str] = []
        for k in range(1, len(at)):
            gap = self.text[at[k - 1] + 1 : at[k]]
            (between if k in needle.breaks else inside).append(gap)
        if any(len(gap) > LONGEST_GAP for gap in (*inside, *between)):
            return False
        if needle.is_code:
            return True
        is_spaced = all(" " in gap for gap in inside)  # "A n n a"
        return is_spaced or all(" " not in gap or "\n" in gap for gap in inside)

    def _begins(self, start: int) -> bool:
        before = self.text[start - 1 : start]
        return not before.isalnum() or (self.text[start].isupper() and before.islower())

    def _ends(self, end: int) -> bool:
        rest = self.text[self._with_marks(end) :][:3]
        own = re.match(r"['’]?s(?![^\W_])", rest)
        return own is not None or not rest[:1].isalnum() or rest[:1].isupper()

    def _with_marks(self, end: int) -> int:
        """Return the end with the accents that stand behind a letter of their own."""
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        return end

    def _with_dialling(self, start: int) -> int:
        """Return the start with the zero, or what is dialled from abroad, before it."""
        before = _DIALLED.search(self.text, max(0, start - LONGEST_DIALLED), start)
        return before.start() if before else start

    def _in_address(self, start: int) -> bool:
        return any(one <= start < other for one, other in self._addresses)


def whole_of(words: str) -> Needle:
    """Return what to look for to find all of some words."""
    digits = "".join(char for char in squeezed(words) if char.isdecimal())
    if len(digits) >= FEWEST_DIGITS and _NUMBER.fullmatch(words):
        tail = digits[-TAIL - 1 :].lstrip("0") if len(digits) > TAIL else digits
        return Needle(tail or digits, is_number=True)
    return Needle(squeezed(words), _breaks(words), wants_capital=_is_usual(words))


def needles_of(words: str) -> list[Needle]:
    """Return all that tells of some words: the whole first, then its parts.

    Of a name each word that tells, and what an address makes of it; of a mail address
    who it is of; of a long sentence each six words in a row.
    """
    found = [whole_of(words), *_parts(words)]
    return [it for it in dict.fromkeys(found) if it.letters]


def _parts(words: str) -> Iterator[Needle]:
    if "@" in words:
        yield from _of_mail(words.partition("@")[0])
    elif is_name(words):
        yield from _of_name(words)
    else:
        yield from _of_phrase(_WORD.findall(words))


def is_name(words: str) -> bool:
    """Return whether words look like a name: capitals and particles, no digits."""
    tokens = _WORD.findall(words)
    if not 0 < len(tokens) <= MOST_NAME_WORDS or re.search(r"[\d\n]", words):
        return False
    is_lower = words == words.lower()
    telling = [it for it in tokens if it.lower() not in PARTICLES]
    return bool(telling) and (is_lower or all(it[0].isupper() for it in telling))


def _of_mail(box: str) -> Iterator[Needle]:
    if squeezed(box) in ROLE_BOXES:
        return
    yield _part(box)
    for piece in _WORD.findall(box):
        if len(piece) > SHORTEST_PART and piece.lower() not in ROLE_BOXES:
            yield _part(piece)


def _of_name(name: str) -> Iterator[Needle]:
    tokens = [it for it in _WORD.findall(name) if it.lower() not in TITLES - PARTICLES]
    telling = [it for it in tokens if squeezed(it) not in PARTICLES]
    for word in telling:
        if len(word) > 1:  # of two letters: with a capital only
            yield _part(word)
    if len(tokens) > 1:
        last = " ".join(tokens[1:])
        yield _part(last)  # in an address: dewit, adewit, annekedewit
        for first in (tokens[0][0], tokens[0], "".join(it[0] for it in telling[:-1])):
            yield _part("".join([first, *tokens[1:]]))
        if len(tokens) >= SHORTEST_PART:
            yield Needle(
                "".join(map(_first, tokens)), is_whole=False, wants_capital=True
            )


def _of_phrase(tokens: list[str]) -> Iterator[Needle]:
    """Yield six words in a row of a sentence, and the street of an address."""
    if len(tokens) > RUN:
        for n in range(len(tokens) - RUN + 1):
            run = " ".join(tokens[n : n + RUN])
            yield Needle(squeezed(run), _breaks(run), is_whole=False)
    elif any(map(str.isdecimal, tokens)):
        for token in tokens:
            if len(token) >= SHORTEST_SURE and token[0].isupper():
                yield _part(token)


def _first(word: str) -> str:
    return squeezed(word)[:1]


def _part(words: str) -> Needle:
    return Needle(
        squeezed(words),
        _breaks(words),
        is_whole=False,
        wants_capital=_is_usual(words),
    )


def _breaks(words: str) -> frozenset[int]:
    ends, n = set(), 0
    for token in _WORD.findall(words):
        n += len(squeezed(token))
        ends.add(n)
    return frozenset(ends)


def _is_usual(words: str) -> bool:
    """Return whether words without a capital are likely no name."""
    small = squeezed(words)
    is_one = len(_WORD.findall(words)) == 1
    return len(small) < SHORTEST_PART or (
        is_one and (small in MOSTLY_WORDS or small in STOP_WORDS)
    )
