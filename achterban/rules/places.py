"""Which municipality a text names: by its name, where it can hardly be another word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

BEFORE = r"(?:in|te|uit|van|bij|naar|rond|omgeving|regio|wmo|loket)\s+"
OFFICE = r"(?i:gemeente|gemeentehuis|stadhuis|wethouder|raadslid)\s+(?i:van\s+)?"


def named_places(text: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the places that a text names, the likeliest first, each once.

    Many municipalities are also a word or a surname (Best, Goes, Ede, Buren, Bergen). A
    name counts after "gemeente", in any letters; after a word such as "in" or "uit" it
    counts with a capital. A name alone does not.

    Args:
        text: what somebody wrote.
        names: of the places.

    Returns:
        The name, and the words of the text that name it.
    """
    office, before = _patterns(tuple(names))
    found = {match[1].casefold(): match[0] for match in office.finditer(text)}
    for match in before.finditer(text):
        found.setdefault(match[1].casefold(), match[0])
    spelled = {name.casefold(): name for name in names}
    return [(spelled[name], " ".join(words.split())) for name, words in found.items()]


@lru_cache(maxsize=2)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    longest_first = sorted(names, key=lambda name: -len(name))
    any_name = "|".join(map(re.escape, longest_first)) or "(?!)"
    office = re.compile(rf"\b{OFFICE}((?i:{any_name}))\b")
    before = re.compile(rf"\b(?i:{BEFORE})({any_name})\b")
    return office, before
