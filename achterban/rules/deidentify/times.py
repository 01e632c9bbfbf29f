"""Find dates, dates of birth and ages in Dutch text.

A number or month is found first, cheaply; what stands around it decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from achterban.rules.deidentify.spans import Kind, Span
from achterban.rules.deidentify.words import endings

_YEAR = r"(?:\b(?:19|20)\d\d\b|['’‘`]\d\d\b)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = r"(?:e|ste|de)"
_ONES = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen"
_TEENS = (
    "tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien"
)
_TENS = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig"
_IN_WORDS = rf"(?:(?:(?:{_ONES})(?:en|ën))?(?:{_TENS})|{_TEENS})"
_DAY_IN_WORDS = (
    rf"(?:(?:(?:{_ONES})(?:en|ën))?(?:twintig|dertig)(?:ste)?|eerste|derde|achtste|"
    rf"(?:{_TEENS}|{_ONES})(?:de)?)"
)
_MONTH = re.compile(
    r"\b(?:jan(?:uari)?|feb(?:r(?:uari)?)?|maart|mrt|apr(?:il)?|mei|juni?|juli?"
    r"|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?",
    re.IGNORECASE,
)
# Before a month: "4, 6 en 11", "drie", "de 3e".
_DAY_BEFORE = re.compile(
    rf"(?<![\d.,-])(?:{_DAY}{_NTH}?(?:, ?| ?[-/] ?| en | of | tot | t/m | tot en met ))"
    rf"{{0,4}}({_DAY}){_NTH}?[ .-]{{0,2}}(?:van )?$|\b{_DAY_IN_WORDS} (?:van )?$",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    rf"(?:[ ,-]{{1,2}}(?:van )?{_YEAR}|-\d\d\b"
    r"| (?:tweeduizend|negentien|twintig)[a-zë]*)",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE = re.compile(
    r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|woe?|do|vr|za|zo)"
    r"\.?,? ?(?:de )?$",
    re.IGNORECASE,
)
_IN_DIGITS = re.compile(
    rf"(?<![\d.,/-])(?:{_DAY}(?: ?[-/.] ?| )(?:1[0-2]|0?[1-9])(?: ?[-/.] ?| )"
    r"(?:(?:19|20)?\d\d|['’‘`]\d\d)(?![\d/-]|[.,]\d)"
    r"|(?:19|20)\d\d([-/.])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12]\d|0?[1-9])(?!\d))"
)
# What makes of two numbers no date: "2-3 keer", "4/5 uur", "1/2 pil".
_WITHOUT_YEAR = re.compile(
    rf"(?<![\d.,/-]){_DAY}[-/](?:1[0-2]|0?[1-9])(?![\d/-]|[.,]\d)"
    r"(?! ?(?:%|x\b|keer|maal|uur|uren|u\b|min|dag|wek|week|maand|jaar|jr|euro|kilo|kg|"
    r"km|meter|graden|procent|mens|kinder|pil|tablet|mg|ml|stuks|deel|pers))"
)
_ON = re.compile(
    r"(?:\b(?:op|van|per|tot|vanaf|sinds|d\.?d\.?|sedert|voor|datum:?|rond) |^|\n)$",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(
    rf"\b[Dd]e ({_DAY}{_NTH})(?= (?:van de(?:ze)? maand|om|is|was|moet|mag|kan|kom|"
    r"heb|had|ben|sta|kreeg|en|of|bel|weer|pas|'s|nog|zou|wordt)|[.,;:!?)\"”]|\s*$)"
)
_ANY_YEAR = re.compile(_YEAR)
_HOLIDAY_BEFORE = re.compile(
    r"\b(?:(?:eerste|tweede|1e|2e) )?(?:kerst(?:mis|dag|avond)?|paas(?:dag|maandag)|"
    r"pasen|pinkster(?:en|dag|maandag)|oud(?: en |-en-)nieuw|oudjaar(?:sdag)?|"
    r"nieuwjaar(?:sdag)?|koning(?:s|inne)dag|bevrijdingsdag|sinterklaas|"
    r"hemelvaart(?:sdag)?|carnaval|goede vrijdag),? (?:van |in )?$",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b[Gg]e?b(?:oren|oortedat\w*|oortejaar|oortedag|dat\w*|jr|\.)?\b\.?|\b[Bb]ouwjaar\b",
)
_BIRTH_YEAR = re.compile(rf"[ :(]{{1,2}}(?:[^\W\d]+,? ){{0,4}}({_YEAR})")
_IS_FROM = re.compile(
    r"\b(?:ben|is|was) (?:nog )?(?:van|uit)(?: bouwjaar)? (19\d\d|['’]\d\d)\b"
)
NEAR = 26  # characters between "geboren" and the date that belongs to it
_N_DAYS = {"apr": 30, "jun": 30, "sep": 30, "nov": 30, "feb": 29}
_WINDOW = 48  # characters before a month, year or number in which its words stand


def dates(text: str) -> Iterator[Span]:
    """Yield days, and months with a year; those after "geboren" as dates of birth.

    Not covered: a month, weekday, year or time of day on its own, and "vorige week".
    A day that does not exist (31 juni) is no date.
    """
    found = [*_with_months(text), *_in_digits(text), *_holidays(text)]
    births = [match.end() for match in _BORN.finditer(text)]
    for end in births:
        match = _BIRTH_YEAR.match(text, end)
        if match and all(not s <= match.start(1) < e for s, e in found):
            yield Span(match.start(1), match.end(1), Kind.BIRTH_DATE)
    for match in _IS_FROM.finditer(text):
        yield Span(match.start(1), match.end(1), Kind.BIRTH_DATE)
    for start, end in found:
        born = any(0 <= start - birth <= NEAR for birth in births)
        day = _WEEKDAY_BEFORE.search(text, max(0, start - 14), start)
        start = day.start() if day else start
        yield Span(start, end, Kind.BIRTH_DATE if born else Kind.DATE)


def _with_months(text: str) -> Iterator[tuple[int, int]]:
    for month in _MONTH.finditer(text):
        year = _YEAR_AFTER.match(text, month.end())
        end = year.end() if year else month.end()
        day = _DAY_BEFORE.search(text, max(0, month.start() - _WINDOW), month.start())
        if day and int(day[1] or 1) <= _N_DAYS.get(month.group()[:3].lower(), 31):
            yield day.start(), end
        elif year:
            yield month.start(), end


def _in_digits(text: str) -> Iterator[tuple[int, int]]:
    for match in _IN_DIGITS.finditer(text):
        yield match.span()
    for match in _WITHOUT_YEAR.finditer(text):
        start = max(0, match.start() - 14)
        if _ON.search(text, start, match.start()) or _WEEKDAY_BEFORE.search(
            text, start, match.start()
        ):
            yield match.span()
    for match in _DAY_OF_MONTH.finditer(text):
        yield match.span(1)


def _holidays(text: str) -> Iterator[tuple[int, int]]:
    for year in _ANY_YEAR.finditer(text):
        day = _HOLIDAY_BEFORE.search(text, max(0, year.start() - 30), year.start())
        if day:
            yield day.start(), year.end()


# By the end of the word.
_PEOPLE = endings("""
    man vrouw jongen meisje meid kerel dame heer zoon zoontje zoons dochter
    dochtertje dochters kind kindje kinderen baby peuter kleuter tiener puber
    student studente leerling moeder vader mama papa ouder ouders broer broertje
    broers zus zusje zussen zuster tweeling oma opa tante oom neef neefje nicht
    nichtje partner echtgenoot echtgenote vriend vriendin weduwe weduwnaar cliënt
    cliënte patiënt patiënte persoon iemand mevrouw meneer mw dhr collega er ster
    ist iste eur euse ant ante aar arts kundige loog
    """)
_AGE = r"(?:1[01]\d|[1-9]?\d)(?:[,.]5|½)?"
_NUMBER = re.compile(
    rf"(?<![\w.,€/-])(?<!€ )({_AGE}|{_IN_WORDS})({_NTH}(?!\w)|)"
    r"([ -]?(?:jaar|jarige?|jr)\b\.?(?: oud| jong)?|)(?![\w€%/-]|[.,]\d)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r" ?(?:%|x\b|keer|maal|uur|uren|u\b|min|dag|wek|week|maand|euro|kilo|kg|km|meter|"
    r"graden|procent|mens|kinder|mg|ml|stuks|punt|cm|afspra|brie|sessie|jaar|"
    r"(?:lang|geleden|later|ziek|bezig|getrouwd|werk|gewerkt|in dienst)\b)"
)
_STOPS = re.compile(
    r"[.,;:!?)\n\"”’]|\s*$| (?:en|maar|of|toen|dus|want|nu|geworden)\b| \("
)
_ENDS = re.compile(r"[,;)/.\n]|\s*$| \(")
_COUNTS_ON = re.compile(r", ?\d+(?:[.,)]| en\b)")
_WORDS_BEFORE = re.compile(
    rf"(\w+)(?: (\w+))? van(?: bijna| net| ruim| pas| al)?(?: {_AGE} en)? $"
)
_ASIDE = re.compile(r"(?:[^\W\d]['’]?\)?(?<!\bja), ?|[^\W\d] ?\()$", re.IGNORECASE)
_BY_ITSELF = re.compile(r"(?:^|[.!?\n] ?)$")
_SAID = re.compile(r"\b(?:leeftijd|lft)\b\.?(?: is| van|:)? ?$", re.IGNORECASE)
_IS = re.compile(
    r"\b(?:is|ben|bent|was|werd|wordt|word|(?:ben|was|werd) (?:ik|hij|zij|ze))"
    r"(?: nu| pas| net| al| inmiddels| intussen| zelf| bijna| toen| ook)? $",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:als|toen|dat|omdat|sinds) (?:hij|ik|ze|zij) $", re.IGNORECASE
)
_THEN_IS = re.compile(r" (?:is|was|ben|werd|wordt|word)\b")
_BECOMES = re.compile(r" (?:ge)?worden\b")
_OWN = re.compile(
    r"\b(?:z['’]n|zijn|haar|m['’]n|mijn|d['’]r|hun|je|uw) $", re.IGNORECASE
)
_AT_OWN = re.compile(
    r"\b(?:met|op|vanaf|sinds|tot|rond|voor|na) "
    r"(?:z['’]n|zijn|haar|m['’]n|mijn|d['’]r|hun|je|uw) $",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(r" (?:verjaardag|levensjaar)|[.,;:!?)]|\s*$")


def ages(text: str) -> Iterator[Span]:
    """Yield exact ages of people, of at most 119 years, in digits or words.

    Not covered: durations ("11 jaar ziek") and bands ("boven de zeventig"), on purpose.
    """
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if match[2]:
            is_age = _is_nth(text, start, end)
        elif re.search("jarig|oud|jong", match[3]):
            is_age = True
        else:
            is_age = not _COUNTED.match(text, end) and _is_age(text, match)
        if is_age:
            yield Span(start, end, Kind.AGE)


def _is_nth(text: str, start: int, end: int) -> bool:
    """Return whether "18e" is a birthday: "voor z'n 18e", "haar 18e verjaardag"."""
    before = text[max(0, start - 20) : start]
    return bool(
        _AT_OWN.search(before) or (_OWN.search(before) and _BIRTHDAY.match(text, end))
    )


def _is_age(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = text[max(0, start - _WINDOW) : start]
    if _after_person(before) or _SAID.search(before) or _AT_OWN.search(before):
        return True
    if _IS.search(before):
        return bool(_STOPS.match(text, end) or _BECOMES.match(text, end))
    if _SUBJECT.search(before):
        return bool(_THEN_IS.match(text, end))
    if _ASIDE.search(before):
        return bool(_ENDS.match(text, end)) and not _COUNTS_ON.match(text, end)
    alone = match[3] and _BY_ITSELF.search(before) and _ENDS.match(text, end)
    return bool(alone or _BECOMES.match(text, end))


def _after_person(before: str) -> bool:
    """Return whether "van" and a word for a person stand before: "een zoon van"."""
    words = _WORDS_BEFORE.search(before)
    found = words.groups("") if words else ()
    return any(word.lower().endswith(_PEOPLE) for word in found)
