"""All that is found by shape and by the words around it, without any list of names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from achterban.rules.deidentify import (
    ages,
    dates,
    names,
    numbers,
    organisations,
    places,
    roles,
)
from achterban.rules.deidentify.spans import Span, without_overlap

CHUNK = 2000  # code points at once
# Where a piece may end, the best first: a line or sentence, a list, a word.
_BREAKS = (re.compile(r"\n|[.!?] "), re.compile(r"[;,]\s"), re.compile(r"\s"))
# In this order: of two that overlap the first keeps its width.
EXACT: list[Callable[[str], Iterator[Span]]] = [
    numbers.links_and_mail,
    numbers.accounts,
    numbers.phones,
    numbers.plates,
    dates.dates,
    numbers.citizen_numbers,
    numbers.usernames,
    places.addresses,
    numbers.postcodes,
    numbers.file_numbers,
    roles.unique_roles,
    organisations.institutions,
    ages.ages,
]


def find_structured(text: str) -> list[Span]:
    """Return what could identify somebody and needs no list of names to be found.

    Numbers, mail, links, dates, ages, addresses, institutions, roles that one person
    has, and names after a title or a role. In order, none over another. Any text may
    be given.

    Not covered: other names, and places: ``Finder`` finds those.
    """
    return without_overlap(text, in_chunks(_found, text))


def _found(text: str) -> list[Span]:
    return [*exact(text), *names.titled(text)]


def in_chunks(find: Callable[[str], list[Span]], text: str) -> list[Span]:
    """Return what is found in a text, piece by piece.

    A text that is no language may take time with the square of its length; a piece is
    short, and cut between lines or sentences; in a long list between two of it.
    """
    found = []
    start = 0
    while start < len(text):
        stop = len(text)
        if stop - start > CHUNK:
            stop = _cut(text, start, start + CHUNK)
        spans = find(text[start:stop])
        found += (
            [Span(s.start + start, s.end + start, s.kind) for s in spans]
            if start
            else spans
        )
        start = stop
    return found


def _cut(text: str, start: int, stop: int) -> int:
    """Return where a piece ends; in the middle of a word if nowhere else."""
    for pattern in _BREAKS:
        if cuts := [match.end() for match in pattern.finditer(text, start, stop)]:
            return cuts[-1]
    return stop


def exact(text: str) -> list[Span]:
    """Return the same without names of people, the surest first; they may overlap."""
    return [span for find in EXACT for span in find(text)]
