"""Find institutions by the words around their name, and roles that only one has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achterban.rules.deidentify.spans import Kind, Span
from achterban.rules.deidentify.words import (
    COMPOUND,
    HEADS,
    NATIONAL,
    NO_COMPOUND,
    PROFESSION,
    PROPER,
    SCHOOLS,
    TAIL,
    UPPER,
    WORKPLACES,
)

_ARTICLE = r"(?:\b(?:[Hh]et|[Dd]e) )?"
_WORD_BEFORE = re.compile(rf"\b([^\W\d][\w-]*) \(?(?=(?:(?:het|de|'t|’t) )?{UPPER})")
_PROPER = re.compile(PROPER)
_BY_THE_WAY = [
    re.compile(pattern)
    for pattern in (
        # Van Opstal Logistiek, het Zuiderzee Gasthuis
        rf"{_ARTICLE}\b(?:(?:van|de) )?"
        rf"(?:{UPPER}[\w'’&-]*\w (?:(?:van|de|der|den|en|&) )?){{1,4}}(?:{TAIL})(?!\w)",
        # het St. Antonius, het Sint Jozef
        rf"\b(?:[Hh]et|in|bij|naar|van) (?:St\.?|Sint|Heilige?)[ -]{UPPER}\w+(?:-\w+)*",
    )
]
_COMPOUND = re.compile(rf"{_ARTICLE}\b({UPPER}\w+(?:{COMPOUND}))\b")
_NEUTER = re.compile(
    rf"\b(?:op|in|bij|van|naar|uit|door) "
    rf"(het (?!St\b){UPPER}[a-z]\w+(?: {UPPER}\w+)*)(?![\w-])"
)
_NO_NEUTER = re.compile(
    r"het (?:Rijk|Juridisch|Neder|Engels|Frans|Duits|Turks|Fries|Gronings|Spaans|Rode|"
    r"Parool|Kabinet|Zorg|Centr|Landelijk|Sociaal|Wmo|Pgb|Europ|Internat|Ministerie|Gemeente"
    r"|Kruidvat|Noorden|Zuiden|Oosten|Westen|Malieveld|Binnenhof)"
)
_EMPLOYER = re.compile(
    r"\b(?:[Ww]erk(?:t|te|ten|en|zaam|ster)?|gewerkt|dienst|baan|aanstelling|stage|"
    r"contract|[a-zë]{3,}(?:er|ster|or|eur|euse|ente?|iste?|leid(?:er|ster)|kracht|"
    r"man|vrouw|arts|kundige))(?:(?: \w+){0,3}? bij| van beroep, bij|, bij) "
    rf"(?:de |het )?({PROPER})"
)


def is_national(name: str) -> bool:
    """Return whether a name begins as that of a body of the whole country."""
    return re.split(r"\W", name.lower(), maxsplit=1)[0] in NATIONAL


def institutions(text: str) -> Iterator[Span]:
    """Yield care institutions, practices, schools, employers and firms of the place.

    Known by a word that says what it is, before the name or at its end, or because
    somebody works there. An article goes with the name ("het Sint Jozef").

    Not covered: names without any such word (``Finder`` knows more), and on purpose
    bodies of the whole country (UWV, insurers).
    """
    yield from _named(text)
    for pattern in _BY_THE_WAY:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), Kind.INSTITUTION)
    for match in _COMPOUND.finditer(text):
        if match[1].lower() not in NO_COMPOUND:
            yield Span(match.start(), match.end(), Kind.INSTITUTION)
    for match in (*_NEUTER.finditer(text), *_EMPLOYER.finditer(text)):
        if not _NO_NEUTER.match(match[1]) and not is_national(match[1]):
            yield Span(match.start(1), match.end(1), Kind.INSTITUTION)


def _named(text: str) -> Iterator[Span]:
    """Yield a name with the word before it that says what it is."""
    for word in _WORD_BEFORE.finditer(text):
        small = word[1].lower()
        is_head = small.endswith(HEADS) or word[1] in SCHOOLS
        if not is_head and small not in WORKPLACES:
            continue
        name = _PROPER.match(text, word.end())
        if name and not is_national(name.group()):
            start = _with_article(text, word.start()) if is_head else name.start()
            yield Span(start, name.end(), Kind.INSTITUTION)


def _with_article(text: str, start: int) -> int:
    before = text[max(0, start - 4) : start].lower()
    if before == "het ":
        return start - 4
    return start - 3 if before.endswith("de ") and not before[0].isalnum() else start


_WHERE = (
    r"(?: (?:van|op|in|bij|uit|te)(?: (?:de|het|een|onze|ons|'t))?"
    r"(?: [a-zë]+e(?= [a-z]))?"
    rf"(?: {PROPER}|(?: [a-zë-]{{3,}})))"
)
_ONLY = re.compile(
    r"(?i:\b(?:de|het|een van de (?:twee|drie)) (?:enige|enigste|laatste|eerste|oudste|"
    rf"jongste)(?: [a-zë]+e)? "
    rf"(?:{PROFESSION}|[a-zë]{{4,}}(?:er|ster|ist|iste|ant|eur|aar|or|in)))"
    rf"{_WHERE}{{1,2}}"
)
_OF_A_PLACE = re.compile(rf"\b[Dd]e {PROFESSION}(?: [a-z]+)? (?:van|op) ({PROPER})")
_I_AM = re.compile(
    rf"\b(?:[Ii]k (?:ben|was)|ben ik|was ik|was|is zelf|zelf|bekend als)"
    r"(?: (?:vroeger|jarenlang|nog|nu))? "
    rf"((?:de )?{PROFESSION}(?: [a-z]+)?{_WHERE}{{1,2}})"
)
_OF_A_CHOIR = re.compile(
    rf"\bde {PROFESSION} van (?:het|de|onze?) "
    r"[a-zë]*(?:koor|orkest|kerk|school|harmonie|fanfare|schap|club|vereniging|molen|toren|markt|haven|sluis|brug)\b"
    rf"(?: (?:van|in|op)(?: (?:de|het))? {PROPER})?"
)
_AUTHORITY = re.compile(r"de (?:wethouder|raadslid|burgemeester)\b", re.IGNORECASE)


def unique_roles(text: str) -> Iterator[Span]:
    """Yield descriptions that fit one person: "de enige tandarts van …".

    The whole description, with the place in it. Posts in public office stay: who is
    meant there is the authority.

    Not covered: what only people of the place know to be one person.
    """
    for match in _ONLY.finditer(text):
        yield Span(match.start(), match.end(), Kind.UNIQUE_ROLE)
    for match in _I_AM.finditer(text):
        if not match[1].endswith((" van beroep", " van huis", " in hart")):
            yield Span(match.start(1), match.end(1), Kind.UNIQUE_ROLE)
    for match in _OF_A_CHOIR.finditer(text):
        yield Span(match.start(), match.end(), Kind.UNIQUE_ROLE)
    for match in _OF_A_PLACE.finditer(text):
        if not _AUTHORITY.match(match.group()) and not is_national(match[1]):
            yield Span(match.start(), match.end(), Kind.UNIQUE_ROLE)
