"""Find descriptions that fit one person: "de enige tandarts van …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from achterban.rules.deidentify.organisations import is_national
from achterban.rules.deidentify.spans import Kind, Span
from achterban.rules.deidentify.words import AGENTS, OFFICES, PROFESSIONS, PROPER

_SMALL = r"[a-zà-ÿ-]"
_ARTICLE = r"(?: (?:de|het|een|onze|ons|'t|hele))*"
_PROPER_WHERE = rf"(?: (?:van|op|in|bij|te|aan){_ARTICLE}"
# in de Grote Kerk, op het eiland, van de oude molen, van de 's-Graven dorpen
_WHERE = (
    rf"(?:{_PROPER_WHERE}(?: (?:['’]s-)?[A-Za-zà-ÿ-]+e(?= {_SMALL}))?"
    rf"(?: {PROPER}| {_SMALL}{{3,}}))){{1,2}}"
)
# van de Petruskerk, van de school in Winkel
_WHERE_BY_NAME = (
    rf"(?:{_PROPER_WHERE}(?: {_SMALL}{{3,}}(?: (?:van|in|op|te)(?: de| het)?)?)?"
    rf"(?: {PROPER}))){{1,2}}"
)
_BODY = (
    r"koor|orkest|kerk|school|harmonie|fanfare|schap|club|vereniging|molen|toren|haven|"
    "sluis|brug|dorp|eiland"
)


class _Rule(NamedTuple):
    """A word for who somebody is, between what may stand before it and after it.

    The first group of ``before`` belongs to the description.
    """

    endings: tuple[str, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]


_RULES = [
    _Rule(
        AGENTS + OFFICES + PROFESSIONS,
        re.compile(
            rf"\b((?:(?:de|het|als|onze) )?enige?(?:ste)? (?:{_SMALL}+e )?)$", re.I
        ),
        re.compile(_WHERE),
    ),
    _Rule(
        OFFICES + PROFESSIONS,
        re.compile(
            rf"\b((?:de|het) (?:laatste|eerste|oudste|jongste) (?:{_SMALL}+e )?)$"
        ),
        re.compile(_WHERE),
    ),
    _Rule(
        OFFICES + PROFESSIONS,
        re.compile(r"\b[Ii]k (?:ben|was) (?:\w+ )??((?:de )?)$"),
        re.compile(rf"(?! van (?:beroep|huis|opleiding)\b){_WHERE}"),
    ),
    # One in each place: with or without an article.
    _Rule(
        OFFICES,
        re.compile(r"((?:\b(?:de|oud|voormalig|zelf) )?)$", re.I),
        re.compile(rf"{_WHERE_BY_NAME}| van (?:het|de|onze?) {_SMALL}*(?:{_BODY})\b"),
    ),
    # Many in each place: only as "de smid van Winkel".
    _Rule(
        PROFESSIONS,
        re.compile(rf"\b([Dd]e (?:{_SMALL}{{3,}}e )?)$"),
        re.compile(rf" (?:van|op|voor) (?:het eiland )?{PROPER}"),
    ),
    # Eerste violiste van het Zeeuws Orkest
    _Rule(
        AGENTS,
        re.compile(r"((?:\b(?:de|eerste|tweede|solo) ){0,2})$", re.I),
        re.compile(
            rf" (?:van|in|bij) (?:het|de) {PROPER}"
            r"(?:(?<=orkest)|(?<=koor)|(?<=ensemble)|(?<=kwartet)|(?<=elftal))"
        ),
    ),
]
_PREPOSITION = re.compile(r" (?:van|op|in|bij|te|aan|voor) ")
_TWO_WORDS = re.compile(r"(?:\b([^\W\d_][\w-]{2,}) )?\b([^\W\d_][\w-]{2,})$")
_ALL = AGENTS + OFFICES + PROFESSIONS
_PUBLIC = ("wethouder", "burgemeester", "raadslid", "ambtenaar")
_FORMER = ("oud", "ex-")
_REACH = 32  # characters before the word in which its description begins


def unique_roles(text: str) -> Iterator[Span]:
    """Yield descriptions that fit one person, whole, with the place in them.

    Those in public office stay: there the authority is meant.

    Not covered: what only people of the place know to be one person.
    """
    for preposition in _PREPOSITION.finditer(text):
        end = preposition.start()
        words = _TWO_WORDS.search(text, max(0, end - _REACH), end)
        if words:
            yield from _role(text, words)


def _role(text: str, words: re.Match[str]) -> Iterator[Span]:
    """Yield what is described before and after the two words before a preposition."""
    for group, fitting in ((2, _ALL), (1, OFFICES)):
        small = (words[group] or "").lower()
        in_office = small.endswith(_PUBLIC) and not small.startswith(_FORMER)
        if small.endswith(fitting) and not in_office:
            yield from _described(text, small, words.start(group), words.end())
            return


def _described(text: str, small: str, start: int, end: int) -> Iterator[Span]:
    for rule in _RULES:
        if not small.endswith(rule.endings):
            continue
        before = rule.before.search(text, max(0, start - _REACH), start)
        after = rule.after.match(text, end)
        if before and after and not _is_national(after.group()):
            yield Span(before.start(1), after.end(), Kind.UNIQUE_ROLE)
            return


def _is_national(where: str) -> bool:
    """Return whether "de arts van het UWV" is meant: there are many."""
    return is_national(where.split(" ", 2)[2])
