"""Receipt codes that a tired hand can copy: four groups of four.

Fifteen characters carry 75 random bits (5 each); the sixteenth checks them. The
alphabet is Crockford's base 32 (https://www.crockford.com/base32.html): digits and
capitals without I, L, O and U, so that no two look alike. What is read wrong all the
same (a letter O, a small l) is understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
N_RANDOM = 15  # characters of 5 bits: 75 bits
N_CHARACTERS = 16
GROUP = 4
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})

_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_FIELD = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


class NotACode(ValueError):
    """This cannot be a receipt code.

    Attributes:
        reason: ``empty``, ``short``, ``long``, ``character`` or ``check``.
    """

    def __init__(self, reason: str) -> None:
        """Keep why."""
        super().__init__(reason)
        self.reason = reason


def _times_x(value: int) -> int:
    """Return the product of an element of GF(32) with x."""
    doubled = value << 1
    return doubled ^ _FIELD if doubled & 0b100000 else doubled


def check_character(values: Iterable[int]) -> str:
    """Return the check character of fifteen values of 0 to 31.

    It is the weighted sum of the values over GF(32), with the weights x, x^2, … x^15.
    These weights differ and none is 0 or 1, so that every single wrong character and
    every swap of two characters, the check character included, is found.

    Args:
        values: fifteen whole numbers of 0 to 31.

    Source: the construction is that of Reed-Solomon checks (Reed and Solomon 1960).
    """
    total = 0
    for value in reversed(list(values)):
        total = _times_x(total ^ value)
    return ALPHABET[total]


def make_code(random_bits: int) -> str:
    """Return the receipt code of 75 random bits, without spaces.

    Args:
        random_bits: 0 to 2**75 - 1, from a source that cannot be guessed.

    Raises:
        ValueError: the number is out of range.
    """
    if not 0 <= random_bits < 1 << (5 * N_RANDOM):
        msg = "a receipt code takes 75 bits"
        raise ValueError(msg)
    values = [random_bits >> (5 * place) & 31 for place in range(N_RANDOM)]
    return "".join(ALPHABET[value] for value in values) + check_character(values)


def in_groups(code: str) -> str:
    """Return a code as it is shown: four groups with a space between them."""
    return " ".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """Return the code that somebody typed, whatever their hand made of it.

    Small letters, spaces, dashes, dots, full-width characters and look-alikes are
    understood.

    Raises:
        NotACode: with the reason, so that a page can say what to look at.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    code = re.sub(r"[\W_]+", "", folded).translate(LOOK_ALIKES)
    if not code:
        raise NotACode("empty")
    if any(character not in _VALUE for character in code):
        raise NotACode("character")
    if len(code) != N_CHARACTERS:
        raise NotACode("short" if len(code) < N_CHARACTERS else "long")
    if check_character(_VALUE[c] for c in code[:N_RANDOM]) != code[-1]:
        raise NotACode("check")
    return code
