"""Find dates and dates of birth in Dutch text.

A number or month is found first, cheaply; what stands around it decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from achterban.rules.deidentify.spans import Kind, Span, at_numbers

_YEAR = r"(?:\b(?:19|20)\d\d\b|['’‘`]\d\d\b)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
NTH = r"(?:e|ste|de)"
ONES = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen"
TEENS = "tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien"
TENS = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig"
IN_WORDS = rf"(?:(?:(?:{ONES})(?:en|ën))?(?:{TENS})|{TEENS}|honderd(?:en)?(?:{ONES}))"
_DAY_IN_WORDS = (
    rf"(?:(?:(?:{ONES})(?:en|ën))?(?:twintig|dertig)(?:ste)?|eerste|derde|achtste|"
    rf"(?:{TEENS}|{ONES})(?:de)?)"
)
_MONTH = re.compile(
    r"\b(?:jan(?:uari)?|feb(?:r(?:uari)?)?|maart|mrt|apr(?:il)?|mei|juni?|juli?"
    r"|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?",
    re.IGNORECASE,
)
# Before a month: "3, 5 en 9", "drie", "de 3e".
_DAY_BEFORE = re.compile(
    rf"(?<![\d.,-])(?:{_DAY}{NTH}?"
    rf"(?:, ?| ?[-/] ?| en | of | tot | t/m | t\.e\.m\. | tot en met )){{0,4}}"
    rf"({_DAY})(?:{NTH} (?:van )?|{NTH}?[ .-]{{0,2}})$|\b{_DAY_IN_WORDS} (?:van )?$",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    rf"(?:[ ,.-]{{0,2}}(?:van )?{_YEAR}|-\d\d\b"
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
    r"(?:\b(?:op|van|per|tot|vanaf|sinds|d\.?d\.?|sedert|voor|rond) |: |^|\n"
    r"|(?:^|\n)\d{1,2}[.)] |(?:bezoek|gesprek|afspraak|verslag|brief|mail|contact|"
    r"datum|oproep|operatie|keuring) )$",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(
    rf"\b[Dd]e ({_DAY}{NTH})(?= (?:van de(?:ze)? maand|om|is|was|moet|mag|kan|kom|"
    r"heb|had|ben|sta|kreeg|en|of|bel|weer|pas|'s|nog|zou|wordt)|[.,;:!?)\"”]|\s*$)"
)
_ON_THE_NTH = re.compile(
    rf"\b(?:op|tot|vanaf|sinds|voor|rond) de ({_DAY}{NTH})\b"
    r"(?! (?:verdieping|etage|plaats|plek|keer|dag|week|eeuw|rij|rang|verjaardag))",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(r"(?:19|20)\d\d\b")
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
    r"\b(?:(?:ben|is|was) (?:nog )?(?:van|uit)(?: bouwjaar)? (19\d\d|['’]\d\d)"
    r"|bouwjaar (?=\d\d\b)(\d\d))\b"
)
NEAR = 26  # characters between "geboren" and the date that belongs to it
_N_DAYS = {"apr": 30, "jun": 30, "sep": 30, "nov": 30, "feb": 29}
_ENDS_OF_DAYS = tuple(
    f"{end} {van}"
    for end in ("en", "ee", "lf", "ie", "ier", "ijf", "es", "cht", "tig", "ste", "de")
    for van in ("", "van ")
)
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
        yield Span(*match.span(match.lastindex or 0), Kind.BIRTH_DATE)
    for start, end in found:
        born = any(0 <= start - birth <= NEAR for birth in births)
        day = _WEEKDAY_BEFORE.search(text, max(0, start - 14), start)
        start = day.start() if day else start
        yield Span(start, end, Kind.BIRTH_DATE if born else Kind.DATE)


def _with_months(text: str) -> Iterator[tuple[int, int]]:
    for month in _MONTH.finditer(text):
        year = _YEAR_AFTER.match(text, month.end())
        end = year.end() if year else month.end()
        day = _day_before(text, month.start())
        if day and int(day[1] or 1) <= _N_DAYS.get(month.group()[:3].lower(), 31):
            yield day.start(), end
        elif year:
            yield month.start(), end


def _day_before(text: str, month: int) -> re.Match[str] | None:
    near = text[max(0, month - 8) : month].lower()
    if not any(map(str.isdecimal, near)) and not near.endswith(_ENDS_OF_DAYS):
        return None  # most months have none: do not look far
    return _DAY_BEFORE.search(text, max(0, month - _WINDOW), month)


def _in_digits(text: str) -> Iterator[tuple[int, int]]:
    for match in at_numbers(_IN_DIGITS, text):
        yield match.span()
    for match in at_numbers(_WITHOUT_YEAR, text):
        start = max(0, match.start() - 14)
        if _ON.search(text, start, match.start()) or _WEEKDAY_BEFORE.search(
            text, start, match.start()
        ):
            yield match.span()
    for rule in (_DAY_OF_MONTH, _ON_THE_NTH):
        for match in rule.finditer(text):
            yield match.span(1)


def _holidays(text: str) -> Iterator[tuple[int, int]]:
    for year in at_numbers(_WHOLE_YEAR, text):
        day = _HOLIDAY_BEFORE.search(text, max(0, year.start() - 30), year.start())
        if day:
            yield day.start(), year.end()
