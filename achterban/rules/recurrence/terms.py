"""Read Dutch words for a term or a rhythm, with the date of the text they stand in.

Conventions, as people who keep minutes use them: "vóór 1 mei" ends on 30 April,
"uiterlijk 1 mei" on that day; a week ends on its Friday, a month, quarter or year on
its last day; the beginning of a month on the 10th, half of it on the 15th; "vanaf" and
"per" give the day on which something starts. Not covered: working days that are a
holiday, school holidays (they differ by region), and terms of law.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How sharp a term is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"


class Doubt(StrEnum):
    """Why words cannot be read as a day: somebody is asked."""

    EVENT = "event"  # "zodra de raad besluit": when is that?
    VAGUE = "vague"  # "zo spoedig mogelijk": when is that too late?
    HOLIDAY = "holiday"  # "na de herfstvakantie": it differs by region
    RECESS = "recess"  # "voor het zomerreces": parliament sets it each year


@dataclass(frozen=True)
class Term:
    """Words for a term, and what they say.

    Attributes:
        start: code point where they begin.
        end: code point behind them.
        due: the last day that is in time, or the day on which something starts.
        rhythm: the value of an RRULE, empty for what happens once.
        precision: how sharp ``due`` is.
        doubt: why no day is given, where none is.
    """

    start: int
    end: int
    due: date | None = None
    rhythm: str = ""
    precision: Precision = Precision.DAY
    doubt: Doubt | None = None


_Read = Callable[[re.Match[str], date], Term | None]

MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4,
    "apr": 4, "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "augustus": 8,
    "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "maandag": 0, "dinsdag": 1, "woensdag": 2, "donderdag": 3, "vrijdag": 4,
    "zaterdag": 5, "zondag": 6,
}  # fmt: skip
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBERS = {
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6,
    "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12,
    "veertien": 14, "twintig": 20, "dertig": 30, "zestig": 60, "negentig": 90,
}  # fmt: skip
_ORDINALS = {
    "eerste": 1, "1e": 1, "tweede": 2, "2e": 2, "derde": 3, "3e": 3, "vierde": 4,
    "4e": 4, "laatste": -1,
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY = "|".join(WEEKDAYS)
_NAMES = "|".join(name for name in MONTHS if len(name) > 3 or name == "mei")
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = (
    r"(?P<unit>werkdag(?:en)?|dag(?:en)?|we+k(?:en)?|maand(?:en)?|kwarta(?:al|len)"
    r"|jaar|jaren|uur)\b"
)
_YEAR = r"(?:\s+(?:van\s+)?(?P<year>20\d\d))?"
_BEFORE = (
    r"(?P<before>\bv[óo]{1,2}r(?:\s+(?:het|de)\s+(?!eerst|laatst)[\w-]+\s+"
    r"(?:van|op))?\s+)?"
)
_EACH = r"(?:elke?|iedere?)"
_PART = r"(?:ochtend|middag|avond)?"
_DAY_BEFORE = timedelta(days=1)
_FRIDAY = 4
_FAR = 300  # a day without a year that lies further ahead was meant to be past
_PER_YEAR = {1: 12, 2: 6, 3: 4, 4: 3, 6: 2, 12: 1}


def read_term(text: str, on: date) -> Term | None:
    """Return what a passage says of its term, None where it says nothing.

    A rhythm goes together with the day on which it starts; of more terms the first
    that could be read counts, as a promise is made before it is explained.

    Args:
        text: one promise.
        on: the date of what it stands in.
    """
    found = terms_in(text, on)
    rhythms = [term for term in found if term.rhythm]
    days = [term for term in found if term.due is not None]
    if rhythms:
        begun = next((it for it in days if not it.rhythm), rhythms[0])
        return replace(rhythms[0], due=begun.due, precision=begun.precision)
    return next(iter(days), next(iter(found), None))


def terms_in(text: str, on: date) -> list[Term]:
    """Return all words for terms and rhythms, in order; of overlapping ones the longer.

    Args:
        text: any Dutch text.
        on: the date of the text: "morgen" is the day after.
    """
    found = sorted(_found(text, on), key=lambda it: (it.start - it.end, it.start))
    taken: list[Term] = []  # in order: a long text has thousands
    for term in found:
        n = bisect(taken, term.start, key=_start)
        is_free = not n or taken[n - 1].end <= term.start
        if is_free and (n == len(taken) or term.end <= taken[n].start):
            taken.insert(n, term)
    return [it for it in taken if it.due or it.rhythm or it.doubt]


def _start(term: Term) -> int:
    return term.start


def _found(text: str, on: date) -> Iterator[Term]:
    for rule, read in _RULES:
        for match in rule.finditer(text):
            try:
                term = read(match, on)
            except (ValueError, OverflowError):  # a day that no calendar has
                term = None
            yield term or Term(*match.span())  # it is known, and no term


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words.casefold()]


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month; months run on over years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def months_later(day: date, n: int) -> date:
    """Return the same day some months later, or the last of a month that is shorter."""
    last = last_of_month(day.year, day.month + n)
    return last.replace(day=min(day.day, last.day))


def working_days_later(day: date, n: int) -> date:
    """Return the nth day from Monday to Friday after a day."""
    while n:
        day += _DAY_BEFORE
        n -= day.weekday() <= _FRIDAY
    return day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _calendar_day(match: re.Match[str], on: date) -> Term | None:
    """Read "uiterlijk 14 maart", "voor 1-4-2025", "11/2"."""
    named = match.groupdict()
    month = MONTHS[named["month"].casefold()] if "month" in named else int(named["m"])
    day, year = int(match["day"]), match["year"]
    if match["of"]:
        return None  # "uw brief van 9 december"
    found = _day(int(year) if year else on.year, month, day)
    if found is None or (year and len(year) < 4):
        return None
    if not year and found < on:
        found = _day(on.year + 1, month, day)
    before = bool(match["before"])
    if found is None or found < on:
        return None
    if not (year or before) and (found - on).days > _FAR:
        return None
    return Term(*match.span(), due=found - _DAY_BEFORE if before else found)


_IN_MONTH = {"begin": 10, "half": 15, "halverwege": 15, "medio": 15}


def _month(match: re.Match[str], on: date) -> Term | None:
    """Read "in mei 2026", "begin maart", "volgend jaar oktober", "voor mei"."""
    month, part = MONTHS[match["month"].casefold()], match["part"] or ""
    year = int(match["year"] or on.year)
    if not any(match[it] for it in ("part", "year", "before", "next")):
        return None  # "Jan belt"
    if match["next"]:
        year = on.year + 1
    elif not match["year"] and last_of_month(year, month) < on:
        year += 1
    last = last_of_month(year, month)
    if last < on:
        return None
    if match["before"]:
        return Term(*match.span(), due=last.replace(day=1) - _DAY_BEFORE)
    due = last.replace(day=_IN_MONTH.get(part.casefold(), last.day))
    return Term(*match.span(), due=due, precision=Precision.MONTH)


def _span(match: re.Match[str], on: date) -> Term | None:
    """Read "binnen acht weken", "over een jaar", "na drie maanden"."""
    if match["event"]:
        return Term(*match.span(), doubt=Doubt.EVENT)
    n, unit = _number(match["n"]), match["unit"].casefold()
    due = _later(on, n, unit)
    is_after = match["how"].casefold() != "binnen"
    rough = not unit.startswith(("dag", "werk", "uur"))
    precision = Precision.MONTH if is_after and rough else Precision.DAY
    return Term(*match.span(), due=due, precision=precision)


def _later(on: date, n: int, unit: str) -> date:
    if unit.startswith("werk"):
        return working_days_later(on, n)
    if unit == "uur":
        return on + timedelta(days=-(-n // 24))
    if unit.startswith("dag"):
        return on + timedelta(days=n)
    if unit.startswith("w"):
        return on + timedelta(weeks=n)
    months = {"m": 1, "k": 3, "j": 12}[unit[0]]
    return months_later(on, n * months)


def _half_year(match: re.Match[str], on: date) -> Term | None:
    months = 18 if "anderhalf" in match[0].casefold() else 6
    return Term(*match.span(), due=months_later(on, months), precision=Precision.MONTH)


_SOON = {
    "vandaag": 0, "vanmiddag": 0, "vanavond": 0,
    "morgen": 1, "morgenochtend": 1, "morgenmiddag": 1, "morgenavond": 1,
    "overmorgen": 2,
}  # fmt: skip


def _soon(match: re.Match[str], on: date) -> Term | None:
    days = _SOON[match["soon"].casefold()]
    return Term(*match.span(), due=on + timedelta(days=days))


def _weekday(match: re.Match[str], on: date) -> Term | None:
    """Read "vrijdag", "aanstaande maandag", "volgende week dinsdag"."""
    ahead = (WEEKDAYS[match["weekday"].casefold()] - on.weekday()) % 7 or 7
    due = on + timedelta(days=ahead)
    if match["next"]:
        due = on + timedelta(
            days=7 - on.weekday() + WEEKDAYS[match["weekday"].casefold()]
        )
    if match["later"]:
        due += timedelta(weeks=1)
    if match["before"]:
        due -= _DAY_BEFORE
    return Term(*match.span(), due=due)


def _this(match: re.Match[str], on: date) -> Term | None:
    """Read "deze maand", "volgende week", "eind dit jaar", "komend kwartaal"."""
    n = int(match["which"].casefold().startswith(("volgend", "komend")))
    unit, part = match["unit"].casefold(), (match["part"] or "").casefold()
    if unit == "week":
        friday = on + timedelta(days=_FRIDAY - on.weekday() + 7 * n)
        return Term(*match.span(), due=friday, precision=Precision.WEEK)
    if unit == "maand":
        last = last_of_month(on.year, on.month + n)
        due = last.replace(day=_IN_MONTH.get(part, last.day))
        return Term(*match.span(), due=due, precision=Precision.MONTH)
    if unit == "kwartaal":
        quarter = (on.month - 1) // 3 + 1 + n
        due = last_of_month(on.year, quarter * 3)
        return Term(*match.span(), due=due, precision=Precision.QUARTER)
    return replace(_year_of(on.year + n, part), start=match.start(), end=match.end())


def _year_of(year: int, part: str) -> Term:
    month = {"begin": 3, "half": 6, "halverwege": 6, "medio": 6}.get(part, 12)
    precision = Precision.QUARTER if month < 12 else Precision.YEAR
    return Term(0, 0, due=last_of_month(year, month), precision=precision)


def _year(match: re.Match[str], on: date) -> Term | None:
    year = int(match["year"])
    if not on.year <= year <= on.year + 50:
        return None
    if match["before"]:
        return Term(*match.span(), due=date(year - 1, 12, 31))
    term = _year_of(year, (match["part"] or "").casefold())
    return replace(term, start=match.start(), end=match.end())


def _quarter(match: re.Match[str], on: date) -> Term | None:
    """Read "in het derde kwartaal (van 2026)", "Q2", "de tweede helft van het jaar"."""
    named = match.groupdict()
    n = _ORDINALS[match["which"].casefold()] if match["which"] else int(match["q"])
    size = 6 if (named["unit"] or "").casefold() == "helft" else 3
    if not 1 <= n <= 12 // size:
        return None
    year = int(match["year"] or on.year)
    if named["next"]:
        year = on.year + 1
    elif not match["year"] and last_of_month(year, n * size) < on:
        year += 1
    months = (n - 1 if named["before"] else n) * size
    due = last_of_month(year, months)
    return Term(*match.span(), due=due, precision=Precision.QUARTER)


def _week(match: re.Match[str], on: date) -> Term | None:
    n, year = int(match["n"]), int(match["year"] or on.year)
    try:
        due = date.fromisocalendar(year, n, _FRIDAY + 1)
        if not match["year"] and due < on:
            due = date.fromisocalendar(year + 1, n, _FRIDAY + 1)
    except ValueError:
        return None
    return Term(*match.span(), due=due, precision=Precision.WEEK)


def _week_of(match: re.Match[str], on: date) -> Term | None:
    """Read "in de week van 22 september"."""
    year = int(match["year"] or on.year)
    found = _day(year, MONTHS[match["month"].casefold()], int(match["day"]))
    if found is None:
        return None
    friday = found + timedelta(days=_FRIDAY - found.weekday())
    if friday < on:
        return None
    return Term(*match.span(), due=friday, precision=Precision.WEEK)


def _day_of_month(match: re.Match[str], on: date) -> Term | None:
    """Read "op de 20e": of this month, or of the next when that day is over."""
    found = _day(on.year, on.month, int(match["day"]))
    if found is not None and found < on:
        after = months_later(on.replace(day=1), 1)
        found = _day(after.year, after.month, int(match["day"]))
    return Term(*match.span(), due=found) if found else None


def _at_once(match: re.Match[str], on: date) -> Term | None:
    return Term(*match.span(), due=on)


_SEASONS = {"voorjaar": (6, 20), "lente": (6, 20), "zomer": (9, 22),
            "najaar": (12, 20), "herfst": (12, 20)}  # fmt: skip


def _season(match: re.Match[str], on: date) -> Term | None:
    """Read "voor de zomer", "na de zomer", "in het najaar"."""
    name, how = match["season"].casefold(), (match["how"] or "").casefold()
    year = int(match["year"] or on.year)
    month, day = _SEASONS[name]
    if name == "zomer":
        month, day = {"na": (9, 30), "in": (8, 31)}.get(how, (6, 30))
    elif how.startswith("v"):
        month, day = (2, 28) if month == 6 else (8, 31)
    due = date(year, month, day)
    if due < on and not match["year"]:
        due = date(year + 1, month, day)
    return Term(*match.span(), due=due, precision=Precision.SEASON)


def _feast(match: re.Match[str], on: date) -> Term | None:
    """Read "voor de kerst", "voor de jaarwisseling"."""
    month, day = (12, 24) if match["feast"].casefold().startswith("kerst") else (12, 31)
    return Term(*match.span(), due=date(on.year, month, day))


def _budget_day(match: re.Match[str], on: date) -> Term | None:
    """Read "voor Prinsjesdag", the third Tuesday of September (Grondwet, art. 65)."""
    before = _DAY_BEFORE if match["before"] else timedelta(0)
    due = _third_tuesday(on.year) - before
    return Term(
        *match.span(), due=due if due >= on else _third_tuesday(on.year + 1) - before
    )


def _third_tuesday(year: int) -> date:
    first = date(year, 9, 1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 14)


def _doubt(doubt: Doubt) -> _Read:
    def read(match: re.Match[str], on: date) -> Term:
        return Term(*match.span(), doubt=doubt)

    return read


def _every(match: re.Match[str], on: date) -> Term | None:
    """Read "elke zes weken", "eens per twee maanden", "om de drie weken"."""
    return _rhythm(match, _number(match["n"]) if match["n"] else 1)


def _other(match: re.Match[str], on: date) -> Term | None:
    """Read "om de week", "om de andere maand": every second one."""
    return _rhythm(match, 2)


def _rhythm(match: re.Match[str], n: int) -> Term | None:
    unit = match["unit"].casefold()
    if unit == "uur" or not n:
        return None
    freq, times = {
        "d": ("DAILY", 1), "w": ("WEEKLY", 1), "m": ("MONTHLY", 1), "k": ("MONTHLY", 3),
        "h": ("MONTHLY", 6), "j": ("YEARLY", 1),
    }[unit[0]]  # fmt: skip
    if unit.startswith("werk"):
        rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    else:
        rule = f"FREQ={freq}" + (f";INTERVAL={n * times}" if n * times > 1 else "")
    return Term(*match.span(), rhythm=rule)


_WORDS_FOR = {
    "dagelijks": "FREQ=DAILY", "wekelijks": "FREQ=WEEKLY",
    "maandelijks": "FREQ=MONTHLY",
    "tweewekelijks": "FREQ=WEEKLY;INTERVAL=2", "zeswekelijks": "FREQ=WEEKLY;INTERVAL=6",
    "tweemaandelijks": "FREQ=MONTHLY;INTERVAL=2", "jaarlijks": "FREQ=YEARLY",
    "kwartaals": "FREQ=MONTHLY;INTERVAL=3", "halfjaarlijks": "FREQ=MONTHLY;INTERVAL=6",
    "tweejaarlijks": "FREQ=YEARLY;INTERVAL=2",
    "driemaandelijks": "FREQ=MONTHLY;INTERVAL=3",
}  # fmt: skip


def _adverb(match: re.Match[str], on: date) -> Term | None:
    word = match["word"].casefold().removesuffix("e")
    return Term(*match.span(), rhythm=_WORDS_FOR[word])


def _times(match: re.Match[str], on: date) -> Term | None:
    """Read "twee keer per jaar", "viermaal per jaar"."""
    n, unit = _number(match["n"]), match["unit"].casefold()
    if n == 1:
        return _rhythm(match, 1)
    if unit == "jaar" and n in _PER_YEAR:
        return Term(*match.span(), rhythm=f"FREQ=MONTHLY;INTERVAL={_PER_YEAR[n]}")
    return Term(*match.span(), doubt=Doubt.VAGUE)  # which days would that be?


def _each_weekday(match: re.Match[str], on: date) -> Term | None:
    """Read "elke dinsdag", "op dinsdag- en donderdagochtend"."""
    days = [
        _CODES[WEEKDAYS[it.casefold()]] for it in re.findall(_WEEKDAY, match[0], re.I)
    ]
    return Term(*match.span(), rhythm=f"FREQ=WEEKLY;BYDAY={','.join(days)}")


def _nth_weekday(match: re.Match[str], on: date) -> Term | None:
    """Read "de eerste woensdag van de maand", "de eerste werkdag van elke maand"."""
    n, day = _ORDINALS[match["which"].casefold()], match["weekday"].casefold()
    if day == "werkdag":
        rule = f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={n}"
    else:
        rule = f"FREQ=MONTHLY;BYDAY={n}{_CODES[WEEKDAYS[day]]}"
    return Term(*match.span(), rhythm=rule)


def _each_year(match: re.Match[str], on: date) -> Term | None:
    """Read "elk jaar in november", "twee keer per jaar, in april en oktober"."""
    months = [MONTHS[it] for it in re.findall(_NAMES, match["months"].casefold())]
    rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}"
    return Term(*match.span(), rhythm=rule)


_AND = rf"(?:(?:{_WEEKDAY}){_PART}-?,?\s+(?:en\s+)?)"
_PATTERNS: list[tuple[str, _Read]] = [
    (
        rf"{_BEFORE}(?P<of>van\s+)?\b(?:(?:{_WEEKDAY})\s+)?(?P<day>\d{{1,2}})(?:e|ste|de)?\s+{_MONTH}{_YEAR}",
        _calendar_day,
    ),
    (
        rf"{_BEFORE}(?P<of>van\s+)?(?<![\d/.,-])(?P<day>\d{{1,2}})(?P<sep>[-/])"
        r"(?P<m>\d{1,2})(?:(?P=sep)(?P<year>\d{2,4}))?(?![\d/-])",
        _calendar_day,
    ),
    (
        rf"{_BEFORE}(?:(?P<part>begin|half|halverwege|medio|einde?(?:\s+van)?|vanaf|in|per|rond|tot|met"
        r"|uiterlijk(?:\s+in)?)\s+)"
        rf"?(?:de\s+maand\s+)?(?P<next>volgend\s+jaar\s+(?:in\s+)?)?\b{_MONTH}{_YEAR}"
        r"(?!\s*\d)",
        _month,
    ),
    (
        rf"\b(?P<how>binnen|over|na)\s+(?:nu\s+en\s+|uiterlijk\s+|ongeveer\s+)?{_N}\s+"
        rf"{_UNIT}(?P<event>\s+(?:na|nadat|vanaf|dat)\s+\w+)?",
        _span,
    ),
    (
        r"\b(?:binnen|over|na)\s+(?:een\s+)?(?:half\s?jaar|anderhalf\s+jaar)\b",
        _half_year,
    ),
    (
        r"\b(?:vanaf\s+|nog\s+)?(?P<soon>vandaag|vanmiddag|vanavond"
        r"|morgen(?:ochtend|middag|avond)?|overmorgen)(?:\s+nog)?\b",
        _soon,
    ),
    (
        rf"{_BEFORE}(?P<next>volgende\s+week\s+)?"
        rf"\b(?:(?:aanstaande|komende|a\.s\.)\s+)?(?P<weekday>{_WEEKDAY}){_PART}\b"
        r"(?P<later>\s+over\s+een\s+week)?",
        _weekday,
    ),
    (
        r"\b(?:(?P<part>begin|half|halverwege|medio|einde?(?:\s+van)?)\s+)?(?:nog\s+)?"
        r"(?P<which>deze|dit|volgende?|komende?)\s+(?P<unit>week|maand|kwartaal|jaar)"
        r"(?:\s+nog)?\b",
        _this,
    ),
    (
        r"\b(?P<part>einde?)\s+van\s+(?P<which>het|dit|deze|de|volgend)\s+"
        r"(?:lopende\s+)?(?P<unit>jaar|kwartaal|maand|week)\b",
        _this,
    ),
    (
        r"\b(?:v[óo]{1,2}r\s+)?(?:het\s+)?(?:(?P<part>begin|half|halverwege|medio|einde?)"
        r"\s+(?:van\s+)?|in\s+(?:de\s+loop\s+van\s+)?|per\s+|uiterlijk\s+(?:in\s+)?"
        r"|tot\s+|(?P<before>v[óo]{1,2}r\s+))(?P<year>20\d\d)\b",
        _year,
    ),
    (
        r"\b(?P<before>v[óo]{1,2}r\s+)?(?:(?:het|de)\s+)?(?:(?P<which>eerste|tweede|derde|vierde|[1-4]e)\s+"
        r"(?P<unit>kwartaal|helft)|Q(?P<q>[1-4]))"
        rf"(?P<next>\s+van\s+volgend\s+jaar)?(?:\s+van\s+(?:het|dit)\s+jaar)?{_YEAR}\b",
        _quarter,
    ),
    (
        rf"\bin\s+de\s+week\s+van\s+(?P<day>\d{{1,2}})\s+{_MONTH}{_YEAR}",
        _week_of,
    ),
    (r"\bop\s+de\s+(?P<day>\d{1,2})(?:e|ste|de)\b", _day_of_month),
    (r"\bper\s+(?:direct|heden|ommegaande)\b", _at_once),
    (
        rf"\b(?:{_N}\s*(?:keer|maal|x)\s+per|{_EACH})\s+jaar,?\s+(?:in|rond)\s+"
        rf"(?P<months>(?:{_NAMES})(?:(?:,\s+|\s+en\s+)(?:{_NAMES}))*)\b",
        _each_year,
    ),
    (rf"\bweek\s+(?P<n>\d{{1,2}}){_YEAR}\b", _week),
    (
        r"\b(?:(?P<how>v[óo]{1,2}r|na|in)\s+)?(?:de|het)\s+(?:komende?\s+)?"
        rf"(?P<season>zomer|voorjaar|lente|najaar|herfst){_YEAR}\b",
        _season,
    ),
    (
        r"\bv[óo]{1,2}r\s+(?:de\s+)?(?P<feast>kerst(?:mis|dagen)?|jaarwisseling"
        r"|oud\s+en\s+nieuw)\b",
        _feast,
    ),
    (
        r"\b(?:v[óo]{1,2}r|na|in)\s+(?:de\s+|het\s+)?(?:zomer|kerst|mei|herfst|voorjaars"
        r"|krokus|school|bouw)?vakantie\b",
        _doubt(Doubt.HOLIDAY),
    ),
    (
        r"\b(?:v[óo]{1,2}r|na|in)\s+(?:de\s+|het\s+)?(?:zomer|kerst|herfst|mei"
        r"|voorjaars)?reces\b",
        _doubt(Doubt.RECESS),
    ),
    (
        r"\b(?:(?P<before>v[óo]{1,2}r)|op|uiterlijk(?:\s+op)?)\s+prinsjesdag\b",
        _budget_day,
    ),
    (r"\b(?:zodra|wanneer)\s+(?:\w+\s+){0,8}\w+", _doubt(Doubt.EVENT)),
    (
        r"\b(?:v[óo]{1,2}r|na|bij|tijdens|uiterlijk\s+bij)\s+(?:de\s+|het\s+)?(?:eerst"
        r"volgende\s+|komende\s+)?(?:plenaire\s+)?(?:voorjaarsnota|najaarsnota"
        r"|miljoenennota|belastingplan|(?:begrotings)?behandeling|commissiedebat|debat"
        r"|begroting)(?:\s+(?:van|over)\s+(?:de|het)\s+[\w-]+)?(?:\s+20\d\d)?\b",
        _doubt(Doubt.EVENT),
    ),
    (
        r"\b(?:zo\s+(?:spoedig|snel)\s+mogelijk|op\s+(?:korte|afzienbare|middellange)"
        r"\s+termijn|binnenkort|(?:te\s+zijner|ter)\s+tijd|t\.z\.t\.|binnen\s+afzienbare"
        r"\s+tijd|spoedig|op\s+een\s+passend\s+moment)\b",
        _doubt(Doubt.VAGUE),
    ),
    (
        rf"\b(?:{_EACH}|(?:een|één)(?:s|maal)?\s+(?:keer\s+)?(?:per|in\s+de|elke)|per)\s+"
        rf"(?:{_N}\s+)?(?P<unit>(?:half\s?)?jaar|jaren|werkdag(?:en)?|dag(?:en)?"
        r"|we+k(?:en)?|maand(?:en)?|kwarta(?:al|len))\b",
        _every,
    ),
    (rf"\bom\s+de\s+{_N}\s+{_UNIT}", _every),
    (
        r"\bom\s+(?:de|het)\s+(?:andere\s+)?(?P<unit>dag|week|maand|jaar)\b",
        _other,
    ),
    (
        rf"\b{_N}-(?P<unit>wekelijks|maandelijks|jaarlijks)e?\b",
        _every,
    ),
    (
        rf"\b(?P<word>(?:{'|'.join(sorted(_WORDS_FOR, key=len, reverse=True))}))e?\b",
        _adverb,
    ),
    (
        rf"\b{_N}\s*(?:keer|maal|x)\s+(?:per|in\s+het|in\s+een)\s+"
        r"(?P<unit>jaar|maand|week)\b",
        _times,
    ),
    (
        rf"\b(?:{_EACH}\s+{_AND}*(?:{_WEEKDAY}){_PART}"
        rf"|(?:op\s+)?{_AND}+(?:{_WEEKDAY})(?:{_PART}|en)(?:en)?)\b",
        _each_weekday,
    ),
    (
        rf"\b(?:{_EACH}\s+|de\s+)?(?P<which>eerste|tweede|derde|vierde|laatste)\s+"
        rf"(?P<weekday>werkdag|{_WEEKDAY}){_PART}\s+van\s+(?:de|{_EACH})\s+maand\b",
        _nth_weekday,
    ),
]
_RULES = [(re.compile(rule, re.I), read) for rule, read in _PATTERNS]
