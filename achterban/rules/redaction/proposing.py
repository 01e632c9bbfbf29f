"""Propose what to take out of a correspondence; a person decides.

Names of public bodies, functions and who holds an office by name (a minister) stay.
Source: Woo art. 5.1 (2) e, and the usual handling of it: names of civil servants who
do not speak in public, and what reaches them, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from achterban.rules.deidentify.spans import Kind, Span
from achterban.rules.deidentify.words import PARTICLES, UPPER
from achterban.rules.redaction.grounds import USUAL, Ground
from achterban.rules.redaction.matching import ROLE_BOXES, squeezed
from achterban.rules.redaction.removing import Decision
from achterban.rules.search import dutch
from achterban.rules.search.fold import folded

GROUNDS = {
    **dict.fromkeys(
        [
            *(Kind.PERSON, Kind.ADDRESS, Kind.POSTCODE, Kind.PHONE, Kind.EMAIL),
            *(Kind.USERNAME, Kind.BIRTH_DATE, Kind.LICENCE_PLATE, Kind.IBAN),
        ],
        USUAL,
    ),
    Kind.BSN: Ground.NUMBER_OF_LAW,
}
MOST_LINES_OF_SIGNATURE = 2
LONGEST = 120  # characters of what is proposed
_HEADER = re.compile(
    r"^[> \t\xa0*]*"
    r"(?:Van|Aan|Cc|Bcc|From|To|Sender|Reply-To|Antwoord aan)\s?\*{0,2}:\*{0,2}"
    r"[ \t]*(.+(?:\n[ \t]+\S.*)*)",
    re.MULTILINE | re.IGNORECASE,
)
_BESIDE = re.compile(r"<[^>]*>|\S+@\S+|\[[^\]]*\]|\([^)]*\)|\"")
_GROUP = re.compile(
    r"\b(?:_?groep|team|secretariaat|afdeling|directie|bestuur|gemeente|ministerie|"
    r"vereniging|stichting|provincie|redactie|meldpunt|leden|bureau|info)\b",
    re.IGNORECASE,
)
_SOMEBODY = rf"(?:{UPPER}[\w'’.-]*|(?:{PARTICLES}))"
_NAME = re.compile(rf"{UPPER}[\w'’.-]*(?: {_SOMEBODY})*")
_NAME_LINE = re.compile(rf"^[>\s]*({UPPER}[\w'’.-]*(?: {_SOMEBODY}){{0,5}})[ ,]*$")
_CLOSING = re.compile(
    r"^[> \t\xa0]*(?:met )?(?:vriendelijke |hartelijke |lieve )?"
    r"(?:groet(?:en|jes)?|mvg|hoogachtend)\b[^\n]{0,20}$",
    re.MULTILINE | re.IGNORECASE,
)
_GREETING = re.compile(
    r"^[> \t\xa0]*"
    r"(?:Beste|Dag|Hallo|Hoi|Ha|Hé|Geachte|Lieve|Goedemorgen|Goedemiddag)\s+"
    r"([^\n,!.]{2,80})",
    re.MULTILINE,
)
_IN_OFFICE = re.compile(
    r"(?:minister(?:-president)?|staatssecretaris|burgemeester|wethouder|gedeputeerde|"
    r"kamerlid|koning|koningin)\s+$",
    re.IGNORECASE,
)
_AND = re.compile(r"( en | & )")
_CAPITAL_INSIDE = re.compile(
    r"\b([a-zß-ÿ][^\W\d]*)[,)]? (?=[^\W\d_a-zß-ÿ])([^\W\d_][a-zß-ÿ]{2,})"
    r"(?![\w.(-]| [A-Z])"
)
_THINGS = """
de het een t der den des onze ons uw deze dit die dat in te uit naar op rond bij regio
gemeente provincie stichting vereniging ministerie stad dorp straat
"""
_BEFORE_A_THING = frozenset(_THINGS.split())
_ALL = "heer mevrouw allen allemaal mensen collega collegas leden aanwezigen en"
_NOBODY = frozenset(["", *_ALL.split()])
_TAKEN_OUT = re.compile(r"redacted|gelakt|\b5\.[12](?:\.\d[a-i]?)?", re.IGNORECASE)
_CODED = re.compile(r"(?:[A-Za-z0-9+/]{60,}={0,2}\s?\n?){3,}")


def propose(text: str, more: Iterable[Span] = ()) -> list[Decision]:
    """Return words that likely go out, each once, in the order of the text.

    Args:
        text: a correspondence.
        more: what a ``Finder`` found in it, if there was one.
    """
    # Its patterns take a tenth of a second, which each start would wait for.
    from achterban.rules.deidentify.structured import find_structured

    spans = [*_by_shape(text, [*find_structured(text), *more]), *_by_place(text)]
    found: dict[str, Decision] = {}
    for start, end, ground in sorted(spans):
        words = text[start:end].strip(" \t\n,;:<>()[]\"'’“”")
        key = squeezed(words)
        if (
            key not in _NOBODY
            and len(words) <= LONGEST
            and not _TAKEN_OUT.search(words)
        ):
            found.setdefault(key, Decision(words, ground))
    return list(found.values())


def coded(text: str) -> bool:
    """Return whether a part of a text is in a code that no person can look through."""
    return _CODED.search(text) is not None


def _by_shape(text: str, spans: Iterable[Span]) -> Iterator[tuple[int, int, Ground]]:
    for span in spans:
        ground = GROUNDS.get(span.kind)
        if ground is not None and not _stays(text, span):
            at = span.start
            for one in _AND.split(text[span.start : span.end]):  # of two people
                yield at, at + len(one), ground
                at += len(one)


def _stays(text: str, span: Span) -> bool:
    words = text[span.start : span.end]
    match span.kind:
        case Kind.EMAIL:
            return squeezed(words.partition("@")[0]) in ROLE_BOXES
        case Kind.USERNAME:  # what is left of an address that was taken out before
            return words.startswith("@") and "." in words
        case Kind.ADDRESS | Kind.POSTCODE:
            return "postbus" in text[max(0, span.start - 24) : span.end].lower()
        case Kind.PERSON:
            before = text[max(0, span.start - 24) : span.start]
            return _IN_OFFICE.search(before) is not None
        case _:
            return False


def _by_place(text: str) -> Iterator[tuple[int, int, Ground]]:
    """Yield names by where they stand: above, in the greeting or a sentence, below."""
    for find in (_in_headers, _greeted, _signed, _unknown):
        for start, end in find(text):
            yield start, end, USUAL


def _unknown(text: str) -> Iterator[tuple[int, int]]:
    """Yield a word with a capital in a sentence that no Dutch word is made of.

    It may be an organisation as well: a person sees that at once. After an article, and
    after a preposition of place, it mostly is no person.
    """
    words = dutch()
    for found in _CAPITAL_INSIDE.finditer(text):
        plain = folded(found[2])
        is_known = plain in words or bool(words.parts(plain))
        if not is_known and found[1].lower() not in _BEFORE_A_THING:
            yield found.span(2)


def _in_headers(text: str) -> Iterator[tuple[int, int]]:
    for header in _HEADER.finditer(text):
        sign = ";" if ";" in header[1] else ","
        at = header.start(1)
        for one in header[1].split(sign):
            yield from _named(text, at, at + len(one))
            at += len(one) + 1


def _named(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the name in one address of a header; a team has none."""
    beside = _BESIDE.search(text, start, end)
    stop = beside.start() if beside and beside.start() > start else end
    if beside and beside.group() == '"':
        start, stop = beside.end(), text.find('"', beside.end(), end)
    name = text[start:stop]
    if _GROUP.search(name) or not any(map(str.isupper, name)) or "@" in name:
        return
    yield start + len(name) - len(name.lstrip()), start + len(name.rstrip())


def _greeted(text: str) -> Iterator[tuple[int, int]]:
    for greeting in _GREETING.finditer(text):
        for name in _NAME.finditer(text, greeting.start(1), greeting.end(1)):
            if not _GROUP.search(name.group()):
                yield name.span()


def _signed(text: str) -> Iterator[tuple[int, int]]:
    for closing in _CLOSING.finditer(text):
        at, n = closing.end() + 1, 0
        while at < len(text) and n < MOST_LINES_OF_SIGNATURE:
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop
            line = text[at:stop]
            if line.strip(" >"):
                n += 1
                name = _NAME_LINE.match(line)
                is_likely = name and (n == 1 or name[1].count(" "))
                if name and is_likely and not _GROUP.search(line):
                    yield at + name.start(1), at + name.end(1)
            at = stop + 1
