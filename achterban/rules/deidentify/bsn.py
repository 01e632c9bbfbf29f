"""Find citizen service numbers, and take them out before anything is stored.

A burgerservicenummer (BSN) may be used only where a law says so (Wabb art. 10; UAVG
art. 46). A patient organisation has no such law, and consent does not make one: the
number is taken out before anything is stored.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
MASK = "[bsn weggehaald]"
FEWEST_DIGITS = 8
SEEN_BEFORE = 8  # characters; with a sign that ends a run, no number fits in them

_BETWEEN = r"[ .\-\u00a0\u2010-\u2015]"
GROUPS = [
    *((3, 3, 3), (4, 2, 3), (4, 3, 2), (3, 4, 2), (3, 2, 4), (2, 3, 4), (2, 4, 3)),
    *((2, 2, 2, 3), (2, 2, 3, 2), (2, 3, 2, 2), (3, 2, 2, 2)),
]


def _grouped(sizes: tuple[int, ...]) -> str:
    """Return a pattern for digits in groups, with the same sign between all of them."""
    first, *rest = sizes
    others = "".join(rf"(?:\1)\d{{{n}}}" for n in rest)
    return rf"\d{{{first}}}(?=({_BETWEEN})){others}"


_LAYOUTS = [
    r"\d{8,9}",
    *map(_grouped, GROUPS),
    rf"\d(?:{_BETWEEN}\d){{7,8}}",
]
# No digit before or after, nor a country code: those are other numbers.
_NUMBER = [
    re.compile(rf"(?<!\d)(?<!\d{_BETWEEN})(?<!\+){layout}(?!\d)") for layout in _LAYOUTS
]
# All that a pattern can match lies in one of these.
_RUN = re.compile(rf"\d(?:{_BETWEEN}?\d){{{FEWEST_DIGITS - 1},}}")
_COUNTRY_CODE = re.compile(r"(?:\+|00)\d{2}[ \-.()]{0,3}$")


@dataclass(frozen=True)
class Masked:
    """A text from which numbers were taken.

    Attributes:
        text: the text with ``MASK`` in the place of each number.
        n_masked: how many numbers there were.
    """

    text: str
    n_masked: int


def is_bsn(digits: str) -> bool:
    """Return whether eight or nine digits pass the check of a BSN.

    Eight digits are a number whose leading zero was left out. Nine zeros pass the sum
    and are no number.

    Source: Logisch ontwerp BSN, "elfproef": 9a+8b+7c+6d+5e+4f+3g+2h-i is a multiple
    of 11.
    """
    if len(digits) not in {8, 9} or not digits.isdecimal():
        return False
    values = [unicodedata.decimal(digit) for digit in digits.zfill(9)]
    total = sum(w * v for w, v in zip(BSN_WEIGHTS, values, strict=True))
    return any(values) and total % 11 == 0


def mask_bsn(text: str) -> Masked:
    """Return the text without the numbers that pass the check of a BSN.

    Read are numbers in one piece (eight or nine digits), in groups of two to four with
    the same sign between them, and digit by digit. One in eleven other numbers of this
    length passes the check too and is masked: better that than one BSN kept.

    Not covered: numbers in words, and numbers spread over sentences.
    """
    parts: list[str] = []
    n_masked = end = 0
    for run in _RUN.finditer(text):
        parts.append(text[end : run.start()])
        before = "".join(parts[-2:])[-SEEN_BEFORE:]
        masked = _mask_run(before, run.group())
        parts.append(masked.text)
        n_masked, end = n_masked + masked.n_masked, run.end()
    return Masked("".join([*parts, text[end:]]), n_masked)


def _mask_run(before: str, run: str) -> Masked:
    """Return digits with at most one sign between them, without the numbers.

    Args:
        before: the few characters that stand before them.
        run: no digit is next to it; the patterns take long over a whole text.
    """
    n_masked, text = 0, before + run

    def mask(match: re.Match[str]) -> str:
        nonlocal n_masked
        seen = match.string[max(0, match.start() - SEEN_BEFORE) : match.start()]
        digits = "".join(c for c in match.group() if c.isdecimal())
        if _COUNTRY_CODE.search(seen) or not is_bsn(digits):
            return match.group()
        n_masked += 1
        return MASK

    for pattern in _NUMBER:
        text = pattern.sub(mask, text)
    return Masked(text[len(before) :], n_masked)
