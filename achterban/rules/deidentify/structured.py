"""All that is found by shape and by the words around it, without any list of names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from achterban.rules.deidentify import names, numbers, organisations, places, times
from achterban.rules.deidentify.spans import Span, without_overlap

# In this order: of two that overlap the first keeps its width.
EXACT: list[Callable[[str], Iterator[Span]]] = [
    numbers.links_and_mail,
    numbers.accounts,
    numbers.phones,
    numbers.plates,
    times.dates,
    numbers.citizen_numbers,
    numbers.usernames,
    places.addresses,
    numbers.postcodes,
    numbers.file_numbers,
    organisations.unique_roles,
    organisations.institutions,
    times.ages,
]


def find_structured(text: str) -> list[Span]:
    """Return what could identify somebody and needs no list of names to be found.

    Numbers, mail, links, dates, ages, addresses, institutions, roles that one person
    has, and names after a title or a role. In order, none over another. Any text may
    be given.

    Not covered: other names, and places: ``Finder`` finds those.
    """
    return without_overlap(text, [*exact(text), *names.titled(text)])


def exact(text: str) -> list[Span]:
    """Return the same without names of people, the surest first; they may overlap."""
    return [span for find in EXACT for span in find(text)]
