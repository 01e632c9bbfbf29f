"""Find institutions by the words around their name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achterban.rules.deidentify.spans import Kind, Span
from achterban.rules.deidentify.words import (
    COMPOUNDS,
    HEADS,
    HOSPITALS,
    NATIONAL,
    NO_COMPOUND,
    PROPER,
    SCHOOLS,
    TAILS,
    UPPER,
    WORKPLACES,
)

_WORD_BEFORE = re.compile(rf"\b([^\W\d][\w-]*):? \(?(?=(?:(?:het|de|'t|’t) )?{UPPER})")
_PROPER = re.compile(PROPER)
_CAPITAL = re.compile(rf"\b{UPPER}[\w'’&.-]*\w")
_BEFORE_TAIL = re.compile(
    rf"(?:\b(?:[Hh]et|[Dd]e) )?(?:\b(?:van|de|'t) )?"
    rf"(?:{UPPER}[\w'’&-]*\w (?:(?:van|de|der|den|en|&) )?){{1,4}}$"
)
# het St. Antonius, het Sint Jozef
_SAINT = re.compile(
    rf"\b(?:[Hh]et|in|bij|naar|van) (?:St\.?|Sint|Heilige?)[ -]{UPPER}\w+(?:-\w+)*"
)
# in het Paulus, op De Regenboog: an article that belongs to a name.
_ARTICLE_OF_NAME = re.compile(
    rf"\b(?:op|in|bij|van|naar|uit|door) "
    rf"((?:het (?!St\b)|De |Het |['’]t ){UPPER}[a-zë]\w+(?: {UPPER}\w+)*)(?![\w-])"
)
_NO_NAME = re.compile(
    r"het (?:Rijk|Juridisch|Neder|Engels|Frans|Duits|Turks|Fries|Gronings|Spaans|Rode|"
    r"Parool|Kabinet|Zorg|Centr|Landelijk|Sociaal|Wmo|Pgb|Europ|Internat|Ministerie|"
    r"Gemeente|Kruidvat|Noorden|Zuiden|Oosten|Westen|Malieveld|Binnenhof)"
)
_AT = re.compile(rf" (?:bij|voor) ({PROPER})")
_WORKS = re.compile(
    r"\b(?:[Ww]oont?|[Ww]onen|[Vv]erblijft?|[Oo]pgenomen|[Ww]erk(?:t|te|ten|en|zaam|ster)?|gewerkt|dienst|baan|aanstelling|stage|"
    r"contract|[a-zà-ÿ]{3,}(?:er|ère|ier|ster|or|eur|euse|ente?|iste?|kracht|man|vrouw|arts|"
    r"kundige))(?:(?: \w+){0,3}|,| van beroep,)$"
)
_WORKS_THERE = re.compile(r" (?:werk|gewerkt|in dienst)")
_SORT = re.compile(
    r"\b(?:[Oo]penbare|[Cc]hristelijke|[Kk]atholieke|[Pp]rotestantse|[Aa]lgemene|[Vv]rije|"
    r"[Ii]slamitische|[Gg]ereformeerde|[Hh]ervormde|[Ss]peciale|[Rr]egionale|"
    r"[Mm]edisch|[Rr]egionaal|[Aa]cademisch|[Pp]sychiatrisch|[Ff]orensisch) $"
)
_REACH = 60  # characters before the last word of a name in which it begins


def is_national(name: str) -> bool:
    """Return whether a name begins as that of a body of the whole country."""
    first = re.match(r"\W*(?:(?:het|de) )?(\w*)", name.lower())
    return first is not None and first[1] in NATIONAL


def institutions(text: str) -> Iterator[Span]:
    """Yield care institutions, practices, schools, employers and firms of the place.

    Known by a word that says what it is, before the name or at its end, or because
    somebody works there. An article goes with the name ("het Sint Jozef").

    Not covered: names without any such word (``Finder`` knows more), and on purpose
    bodies of the whole country (UWV, insurers).
    """
    for start, end in (*_by_first_word(text), *_by_last_word(text)):
        yield Span(start, end, Kind.INSTITUTION)
    for match in _SAINT.finditer(text):
        yield Span(match.start(), match.end(), Kind.INSTITUTION)
    for match in _ARTICLE_OF_NAME.finditer(text):
        if not _NO_NAME.match(match[1]) and not is_national(match[1]):
            yield Span(match.start(1), match.end(1), Kind.INSTITUTION)
    for match in _AT.finditer(text):
        if _is_employer(text, match):
            yield Span(match.start(1), match.end(1), Kind.INSTITUTION)


def _is_employer(text: str, at: re.Match[str]) -> bool:
    """Return whether somebody works at the name after "bij"."""
    if is_national(at[1]):
        return False
    works = _WORKS_THERE.match(text, at.end())
    return bool(works or _WORKS.search(text, max(0, at.start() - _REACH), at.start()))


def _by_first_word(text: str) -> Iterator[tuple[int, int]]:
    """Yield "OBS Het Anker", "praktijk Beekzicht", and Jansen of "kantoor Jansen"."""
    for word in _WORD_BEFORE.finditer(text):
        small = word[1].lower()
        is_head = small.endswith(HEADS) or word[1].upper() in SCHOOLS
        if not is_head and small not in WORKPLACES:
            continue
        name = _PROPER.match(text, word.end())
        if name and not is_national(name.group()):
            yield (
                _first_word(text, word.start()) if is_head else name.start(),
                name.end(),
            )


def _by_last_word(text: str) -> Iterator[tuple[int, int]]:
    """Yield "Van Rijn Logistiek", and in one word "het Vlietumc"."""
    for word in _CAPITAL.finditer(text):
        small = word.group().lower()
        if word.group() in HOSPITALS:
            yield word.span()
        elif small in TAILS:
            start = max(0, word.start() - _REACH)
            before = _BEFORE_TAIL.search(text, start, word.start())
            if before and not is_national(before.group()):
                yield before.start(), word.end()
        elif small.endswith(COMPOUNDS) and small not in NO_COMPOUND:
            yield _with_article(text, word.start()), word.end()


def _first_word(text: str, start: int) -> int:
    """Return where a name begins: with "Openbare" and an article before "school"."""
    sort = _SORT.search(text, max(0, start - 20), start)
    return _with_article(text, sort.start() if sort else start)


def _with_article(text: str, start: int) -> int:
    before = text[max(0, start - 4) : start].lower()
    if before == "het ":
        return start - 4
    return start - 3 if before.endswith("de ") and not before[0].isalnum() else start
