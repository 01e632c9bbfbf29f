"""Find names of people by the words before them, and wherever they come back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from achterban.rules.deidentify.spans import Kind, Span
from achterban.rules.deidentify.words import (
    CAPITALISED,
    EPONYMS,
    GREETINGS,
    MOSTLY_WORDS,
    NAME,
    NEVER_TITLED,
    NO_NAMES,
    NOBODY,
    PARTICLES,
    ROLES,
    TITLES,
    UPPER,
    WHOLE_ROLES,
)

_WORD_BEFORE = re.compile(
    rf"\b([^\W\d][\w-]*)[.,:]?[ \n]{{1,2}}(?=(?:(?:{PARTICLES}) ){{0,2}}{UPPER})"
)
_NAME = re.compile(rf"{NAME}(?: (?:en|&) {NAME})?")
_NAME_OR_PARTICLE = re.compile(
    rf"(?:(?:{PARTICLES}) ){{0,2}}{NAME}(?: (?:en|&) {NAME})?"
)
# A line that is nothing but a name, as under a letter.
_LINE = re.compile(r"[^\n]+")
_AT_END = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.!?] )|(?<=, ))({NAME}(?: (?:en|&) {NAME})?)[.,]?\s*$"
)
LONGEST_SIGNATURE = 60
MOST_PARTS = 500  # different names of one text that are looked for again
_SIGNED_LETTER = re.compile(r"(?:[.!?\n] ?|^)([a-z]\.?)\s*$")
_CAPITAL_PARTICLES = frozenset({"Van", "De", "Den", "Der", "Ter", "Ten", "Te", "In"})
_BEFORE_DASH = frozenset({"Al", "El", "An", "Ben", "Bin"})  # "Al-Masoudi"
_SMALL_INITIAL = re.compile(
    rf"\b(?P<name>(?:[a-z]\. ?)+(?:(?:{PARTICLES}) )?(?P<last>[a-z]{{4,}}))\b"
)
_SMALL_WORD = re.compile(r"(?<![\w@.])[a-zß-öø-ÿ]{3,}(?:-[a-zß-öø-ÿ]+)?(?![\w@])")
_SMALL_REST = re.compile(rf" ((?:{PARTICLES}) )?([a-zß-öø-ÿ]{{3,}})(?!\w)")
_BEFORE_SMALL = re.compile(rf"(\w+)\.? ((?:{PARTICLES}) )?$")
_GREETED_SMALL = re.compile(r"\b(\w+)(?:(?<=naam) is)?[.,]?[ \n]{1,2}$")
_ANOTHER_SMALL = re.compile(r" en ([a-zß-öø-ÿ]{3,})(?!\w)")
_GREETED_FROM = re.compile(rf"\b[Gg]roet(?:en|jes)? van (?={UPPER})")
# Behind these stands a name, in the lists or not.
_SHORT_TITLE = re.compile(r"\b(?:dhr|mevr|mw|mvr|drs)\.? ([a-zß-öø-ÿ]{4,})(?![\w@-])")
_VERB_ENDS = ("de", "te", "den", "ten", "eft", "gt", "kt", "lt", "ent", "ing")
_SMALL_DE = re.compile(
    r"\b(?:mevrouw|meneer|mijnheer|mevr|dhr|mw|fam|familie)\.? "
    r"(?P<name>de (?P<last>[a-zß-öø-ÿ]{3,}))(?![\w-])"
)
# "dokter bakker, die": a usual word too, but for where it stands.
_SMALL_TITLED = re.compile(
    r"\b(?:dokter|mevrouw|meneer|mijnheer|mevr|dhr|mw|dr|juf|meester|\w+deskundige)\.?"
    rf" (?P<name>(?!(?:{'|'.join(sorted(NEVER_TITLED))})\b)(?P<last>[a-zß-öø-ÿ]{{4,}}))"
    r"(?!\w)"
)
# Who says so themselves is named, whatever the name: "mijn naam is", "… is mijn naam".
_INTRODUCED = re.compile(
    rf"\b(?:[Ii]k ben|ben ik) ({NAME})(?![\w-])"
    r"|\b(?:[Ii]k heet|[Mm]ijn (?:voor|achter)?naam(?: is|:)) "
    rf"({NAME}|[a-zß-öø-ÿ]{{3,}})(?![\w-])"
)
_IS_MY_NAME = re.compile(
    r"(?:^|(?<=[.!?\n] ))([^\W\d]+(?: [^\W\d]+){0,2}) is mijn naam\b"
)
_WHAT_ONE_IS = ("er", "se", "sche", "ist", "iste", "aan", "aat", "ant", "ling", "s")
_NAME_ENDS = re.compile(r"[.,;:!?\n]|$| en ")
_TITLE_AT_END = re.compile(
    r"\b(?:mevrouw|meneer|mijnheer|mevr|dhr|mw|dokter|dr|drs|prof)\.? $", re.IGNORECASE
)
_I_AM = re.compile(r"\b(?:ik ben|ik heet|mijn naam is|dit is) $", re.IGNORECASE)
# "mijn zoon (Bram)"
_IN_BRACKETS = re.compile(rf"(?:\(({NAME})[),]|, ({NAME})[.,]|, ({UPPER}\.), )")
_WORD_AT_END = re.compile(r"([^\W\d][\w-]*) ?$")
_NOBODY = re.compile("|".join(map(re.escape, NOBODY)))
_ILLNESS_BEFORE = re.compile(
    r"(?:ziekte|syndroom|diagnose|dystrofie|lijder|diabetes|anemie|tumor|contractuur|"
    r"thyreo[ïi]ditis|ataxie|atrofie|chorea|morbus|m\.)(?: van)?(?: de| von)? ?$",
    re.IGNORECASE,
)
_ILLNESS_AFTER = re.compile(
    r"[ -](?:ziekte|syndroom|patiënt|lijder|café|dementie|body|bodies|test|vereniging|"
    r"groep|verpleegkundige|disease|syndrome|dag|lotgenoten)",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"((?:[Dd]e )?[^\W\d]+)\b\.? ?")
_WORDS = re.compile(r"[^\W\d]+(?:-[^\W\d]+)*")
_BEGIN = re.compile(r"(?:^|[.!?:\n\"“‘'(])\s*$")
_FIRST_NAME_BEFORE = re.compile(rf"(?<![\w-])({UPPER}[\w-]*\w) $")
_SURNAME_AFTER = re.compile(rf" (?:(?:{PARTICLES}) ){{0,2}}({CAPITALISED})(?![\w-])")
_LETTER_AFTER = re.compile(rf" {UPPER}\.(?=[ ,;)\n]|$)(?! {UPPER}\.)")
_PART = re.compile(rf"{UPPER}[\w]{{2,}}|\A[a-zß-öø-ÿ]{{4,}}\Z")


def titled(text: str) -> Iterator[Span]:
    """Yield names after a title, kinship, role or greeting.

    Not covered: names in the middle of a sentence without such a word before them.
    """
    for word in _WORD_BEFORE.finditer(text):
        small = word[1].lower()
        if small in TITLES and "," in word.group():
            continue  # "Geachte mevrouw,", and the letter begins
        if small in TITLES:
            name = _NAME_OR_PARTICLE.match(text, word.end())
        elif _can_announce(small, word.group()):
            name = _NAME.match(text, word.end())
        else:
            continue
        if name:
            start, end = without_title(text, *name.span())
            start, end = _without_words(text, start, end, small in TITLES)
            if any(map(str.isupper, text[start:end])):
                yield Span(start, end, Kind.PERSON)
    yield from _others_titled(text)


def _introduces(name: str, is_maybe: bool, after: str) -> bool:
    """Return whether "ik ben Selamawit." says who, and not what somebody is."""
    first = name.partition(" ")[0]
    if first in NO_NAMES or first.lower() in NEVER_TITLED:
        return False
    if not is_maybe or " " in name:
        return True
    is_what = first.endswith(_WHAT_ONE_IS) or first.isupper() or "-" in first
    return not is_what and _NAME_ENDS.match(after) is not None


def is_titled(text: str, start: int) -> bool:
    """Return whether right before it stands a title, as people have."""
    return bool(_TITLE_AT_END.search(text, max(0, start - 12), start))


def _others_titled(text: str) -> Iterator[Span]:
    """Yield names after "groeten van", and in small letters after "mw."."""
    for greeting in _GREETED_FROM.finditer(text):
        if name := _NAME.match(text, greeting.end()):
            yield Span(name.start(), name.end(), Kind.PERSON)
    for match in _IS_MY_NAME.finditer(text) if "is mijn naam" in text else ():
        yield Span(match.start(1), match.end(1), Kind.PERSON)
    for match in _INTRODUCED.finditer(text):
        start, end = match.span(match.lastindex or 0)
        if _introduces(text[start:end], match.lastindex == 1, text[end:]):
            yield Span(start, end, Kind.PERSON)
    for match in _SHORT_TITLE.finditer(text):
        if match[1] not in MOSTLY_WORDS and not match[1].endswith(_VERB_ENDS):
            yield Span(match.start(1), match.end(1), Kind.PERSON)


def _can_announce(small: str, written: str) -> bool:
    """Return whether a name may follow this word and the sign behind it."""
    if small in GREETINGS:
        return True
    if "\n" in written or "," in written or ". " in written:
        return False
    return small.endswith(ROLES) or small in WHOLE_ROLES


def _without_words(text: str, start: int, end: int, is_titled: bool) -> tuple[int, int]:
    """Cut a name off where it runs into a word that is none.

    After a title an illness is a name: "dr. Becker".
    """
    for word in re.finditer(r"[^\s-]+", text[start:end]):
        bare = word.group().strip(".,'’")
        after = text[start + word.end() : end]
        if after and bare in _CAPITAL_PARTICLES:
            continue
        if after.startswith("-") and bare in _BEFORE_DASH:
            continue
        if bare in NO_NAMES or (bare.lower() in EPONYMS and not is_titled):
            end = start + word.start()
            break
    return start, start + len(text[start:end].rstrip(" -"))


class NameLists:
    """First names and surnames, to know a name by itself and in small letters."""

    def __init__(
        self, first: Iterable[str], last: Iterable[str], also_words: Iterable[str] = ()
    ) -> None:
        """Keep the lists, as they are and in small letters without usual words.

        Args:
            first: first names.
            last: surnames.
            also_words: surnames that are usual words: "de jong".
        """
        self.first = frozenset(first)
        self.last = frozenset(last)
        self._small_first = frozenset(_small_spellings(self.first)) - MOSTLY_WORDS
        self._all_small_last = frozenset(map(str.lower, self.last.union(also_words)))
        self._small_last = frozenset(_small_spellings(self.last)) - MOSTLY_WORDS
        self._small = self._small_first | self._small_last

    def signed(self, text: str) -> Iterator[Span]:
        """Yield a line or last sentence that is a name, and a letter as signature."""
        for line in _LINE.finditer(text):
            last_word = line.group().rstrip(" .,").rpartition(" ")[2]
            if not last_word[:1].isupper():
                continue
            start = max(line.start(), line.end() - LONGEST_SIGNATURE)
            name = _AT_END.search(text, start, line.end())
            words = re.findall(r"[\w'’]+", name[1]) if name else [""]
            if name and (words[0] in self.first or words[-1] in self.last):
                yield Span(name.start(1), name.end(1), Kind.PERSON)
        small = (_SMALL_INITIAL, _SMALL_DE, _SMALL_TITLED)
        for match in (match for each in small for match in each.finditer(text)):
            if match["last"] in self._all_small_last:
                yield Span(match.start("name"), match.end("name"), Kind.PERSON)
        for match in _SIGNED_LETTER.finditer(text):
            yield Span(match.start(1), match.end(1), Kind.PERSON)

    def in_brackets(self, text: str) -> Iterator[Span]:
        """Yield a name in brackets behind who that is."""
        for match in _IN_BRACKETS.finditer(text):
            start, (begin, end) = match.start(), match.span(match.lastindex or 0)
            word = _WORD_AT_END.search(text, max(0, start - 24), start)
            small = word[1].lower() if word else ""
            is_role = small.endswith(ROLES) or small in WHOLE_ROLES
            is_known = text[begin:end].partition(" ")[0] in self.first
            if is_role and (is_known or match[3]):
                yield Span(begin, end, Kind.PERSON)

    def in_small_letters(self, text: str) -> Iterator[Span]:
        """Yield names without capitals: "wim de bruin", "mevrouw jansen"."""
        for word in _SMALL_WORD.finditer(text):
            if word.group() not in self._small:
                continue
            is_first = word.group() in self._small_first
            start, end = word.span()
            rest = _SMALL_REST.match(text, end) if is_first else None
            if rest and self._is_last(rest[1], rest[2]):
                yield Span(start, rest.end(), Kind.PERSON)
            elif (before := self._announced(text, start, is_first)) is not None:
                yield Span(before, end, Kind.PERSON)
                another = _ANOTHER_SMALL.match(text, end) if is_first else None
                if another and another[1] in self._small_first:
                    yield Span(another.start(1), another.end(1), Kind.PERSON)

    def _is_last(self, particle: str | None, word: str) -> bool:
        """Return whether "bruin" is a surname: after "de" even where it is a word."""
        return word in (self._all_small_last if particle else self._small_last)

    def _announced(self, text: str, start: int, is_first: bool) -> int | None:
        """Return where the name begins if a title stands before it, or kinship."""
        greeted = _GREETED_SMALL.search(text, max(0, start - 20), start)
        if is_first and greeted and greeted[1].lower() in GREETINGS:
            return start
        if is_first and _I_AM.search(text, max(0, start - 16), start):
            return start
        before = _BEFORE_SMALL.search(text, max(0, start - 32), start)
        if not before:
            return None
        small = before[1].lower()
        kin = small.endswith(ROLES) or small in WHOLE_ROLES
        if small in TITLES or (is_first and not before[2] and kin):
            return before.start(2) if before[2] else start
        return None


def _small_spellings(names: Iterable[str]) -> Iterator[str]:
    """Yield names in small letters, and without accents as many type them."""
    for name in names:
        small = name.lower()
        yield small
        if not small.isascii():
            plain = unicodedata.normalize("NFKD", small).replace("ı", "i")
            yield "".join(c for c in plain if not unicodedata.combining(c))


def without_title(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a name without "mevr.", "dr." or "verpleegkundige"."""
    while word := _FIRST_WORD.match(text, start, end):
        small = word[1].lower().removeprefix("de ")
        if word.end() == end or not (small in TITLES or small.endswith(ROLES)):
            break
        start = word.end()
    return start, end


def is_nobody(text: str, start: int, end: int) -> bool:
    """Return whether this is an illness, a saying, a brand or a usual word."""
    first = text.rfind(" ", 0, max(0, start - 1)) + 1
    if any(
        (known := _NOBODY.match(text, at)) and known.end() >= end
        for at in (start, first)
    ):
        return True
    words = _WORDS.findall(text, start, end)
    if all(word in NO_NAMES for word in words):
        return True
    if len(words) > 1:
        return False
    word = words[0].lower()
    if word in EPONYMS and _is_illness(text, start, end):
        return True
    return word in MOSTLY_WORDS and begins_sentence(text, start)


def begins_sentence(text: str, start: int) -> bool:
    """Return whether a capital here may be that of a sentence."""
    return bool(_BEGIN.search(text, max(0, start - 3), start))


def _is_illness(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 24) : start]
    return bool(_ILLNESS_BEFORE.search(before) or _ILLNESS_AFTER.match(text, end))


def joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return names whole: what overlaps as one, with what belongs to it.

    That is a first name before "van Soelen", a letter after "Tariq", and two people
    with one surname ("Lotte en Dario Bianchi").
    """
    whole: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        start, end = _widened(text, span.start, span.end)
        if whole and _belongs(text, whole[-1], start, end):
            last = whole.pop()
            start, end = last.start, max(last.end, end)
        whole.append(Span(start, end, Kind.PERSON))
    return whole


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    if text[start].islower():
        first = _FIRST_NAME_BEFORE.search(text, max(0, start - 30), start)
        if first and first[1] not in NO_NAMES and not first[1].lower().endswith(ROLES):
            start = first.start()
    surname = _SURNAME_AFTER.match(text, end)
    if surname and " " not in text[start:end] and surname[1] not in NO_NAMES:
        end = surname.end()
    letter = _LETTER_AFTER.match(text, end)
    return start, letter.end() if letter else end


def _belongs(text: str, last: Span, start: int, end: int) -> bool:
    between = text[last.end : start]
    if between in {"", " ", "-"}:
        return True
    one_word = " " not in text[last.start : last.end]
    return between in {" en ", " & "} and one_word and " " in text[start:end]


def repeated(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield every other place where a part of a found name stands."""
    parts = {
        part
        for span in spans
        if span.kind is Kind.PERSON
        for part in _PART.findall(text[span.start : span.end])
        if part.lower() not in MOSTLY_WORDS and part not in NO_NAMES
    }
    for part in sorted(parts)[:MOST_PARTS]:
        at = text.find(part)
        while at >= 0:
            end = at + len(part)
            if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
                yield Span(at, end, Kind.PERSON)
            at = text.find(part, end)
