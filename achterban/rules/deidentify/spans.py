"""Pieces of a text that could identify somebody, and a text without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of text is, in the words of the screen."""

    PERSON = "persoon"
    ADDRESS = "adres"
    POSTCODE = "postcode"
    PLACE = "woonplaats"
    INSTITUTION = "instelling"
    DATE = "datum"
    AGE = "leeftijd"
    PHONE = "telefoon"
    EMAIL = "email"
    BSN = "bsn"
    IBAN = "iban"
    FILE_NUMBER = "dossiernummer"
    UNIQUE_ROLE = "functie_uniek"
    USERNAME = "gebruikersnaam"
    BIRTH_DATE = "geboortedatum"
    URL = "url"
    LICENCE_PLATE = "kenteken"


@dataclass(frozen=True)
class Span:
    """A piece of a text.

    Attributes:
        start: its first code point.
        end: the code point after its last.
        kind: what it is.
    """

    start: int
    end: int
    kind: Kind


_DIGITS = re.compile(r"\d+")


def at_numbers(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that begin with a number, as ``finditer`` would.

    A search tries every letter; texts are mostly letters.
    """
    end = 0
    for number in _DIGITS.finditer(text):
        match = pattern.match(text, number.start()) if number.start() >= end else None
        if match:
            end = match.end()
            yield match


def without_overlap(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return spans in the order of the text, none over another.

    Where two overlap, the one that was given first keeps its whole width; of the other
    stays what sticks out and holds a letter or digit, so that all that was covered
    stays covered.
    """
    taken = bytearray(len(text))
    kept = []
    for span in spans:
        for start, end in _free(taken, span.start, span.end):
            start, end = _trimmed(text, start, end)
            if start < end:
                kept.append(Span(start, end, span.kind))
                taken[start:end] = b"\1" * (end - start)
    return sorted(kept, key=lambda span: span.start)


def _free(taken: bytearray, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    while start < end:
        start = taken.find(0, start, end)
        if start < 0:
            break
        stop = taken.find(1, start, end)
        stop = end if stop < 0 else stop
        found.append((start, stop))
        start = stop
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds without white space and commas at the ends."""
    piece = text[start:end]
    if not any(map(str.isalnum, piece)):
        return start, start
    start += len(piece) - len(piece.lstrip(" \t\r\n,;:"))
    end -= len(piece) - len(piece.rstrip(" \t\r\n,;:"))
    return start, end


def redacted(text: str, spans: Iterable[Span]) -> str:
    """Return the text with each span replaced by its kind: ``[persoon]``.

    Args:
        text: any text.
        spans: as ``Finder.find`` gives them: in order, none over another.

    Not covered: what was not found. The result can still point at somebody.
    """
    parts = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], f"[{span.kind}]"]
        at = span.end
    return "".join([*parts, text[at:]])
