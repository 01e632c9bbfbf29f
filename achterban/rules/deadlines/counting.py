"""Count a term of law in days, weeks or months, and say why it ends where it does.

Sources: Algemene termijnenwet (ATW), art. 1, 2 and 4; the day of the event is not
counted (Awb 6:8 lid 1, 7:10 lid 1); a month ends on the day with the same number, else
on its last (HR 1 September 2017, ECLI:NL:HR:2017:2225, used by analogy). Not covered:
terms in hours, terms of imprisonment (ATW 4 c), and whether a term may be exceeded for
a good reason (Awb 6:11).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from achterban.rules.holidays import FIRST, LAST, is_ordinary, last_decree, why_not
from achterban.rules.recurrence import months_later

_A_DAY = timedelta(days=1)
_FEWEST, _SHORTEST = 2, 3  # ATW 2: ordinary days, in a term of so many


class Unit(StrEnum):
    """In what a term is told."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


# Above these the Algemene termijnenwet does not hold (art. 4 a); of years never.
_MOST = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.YEARS: 0}
_DUTCH = {
    Unit.DAYS: ("dag", "dagen"),
    Unit.WEEKS: ("week", "weken"),
    Unit.MONTHS: ("maand", "maanden"),
    Unit.YEARS: ("jaar", "jaar"),
}
_WEEKDAYS = (
    *("maandag", "dinsdag", "woensdag", "donderdag"),
    *("vrijdag", "zaterdag", "zondag"),
)
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


class TooFar(ValueError):
    """The term ends in a year of which the holidays are not known."""


@dataclass(frozen=True)
class Length:
    """How long a term is.

    Attributes:
        n: at least 1.
        unit: in what.
    """

    n: int
    unit: Unit

    def __str__(self) -> str:
        one, more = _DUTCH[self.unit]
        return f"{self.n} {one if self.n == 1 else more}"

    @property
    def is_rolling(self) -> bool:
        """Return whether the Algemene termijnenwet holds for it (art. 4 a)."""
        return self.n <= _MOST[self.unit]


@dataclass(frozen=True)
class Step:
    """One step of the counting.

    Attributes:
        says: a Dutch sentence.
        article: where the law says so.
    """

    says: str
    article: str


@dataclass(frozen=True)
class Counted:
    """A term that was counted.

    Attributes:
        first: the first day that counts.
        nominal: the last one by counting alone.
        last: the last day that is in time.
        steps: how it came there.
        is_sure: False where it ends after the last year of which the days of a royal
            decree are known: such a day could only make it later.
    """

    first: date
    nominal: date
    last: date
    steps: tuple[Step, ...] = field(default=())
    is_sure: bool = True

    @property
    def is_moved(self) -> bool:
        """Return whether it ends later than by counting alone."""
        return self.last != self.nominal


def count(
    event: date,
    length: Length,
    *,
    counts_event: bool = False,
    is_rolling: bool | None = None,
) -> Counted:
    """Return where a term ends that begins with an event.

    Args:
        event: the day of it, which is not counted.
        length: of the term.
        counts_event: the law says that the day itself is counted (Awb 3:16 lid 2).
        is_rolling: whether the Algemene termijnenwet holds; None for what its art. 4
            says of the length, False where another law excludes it.

    Raises:
        TooFar: nobody knows the holidays of the year in which it begins or ends.
    """
    if not FIRST <= event.year < LAST:
        raise TooFar(event)
    first = event if counts_event else event + _A_DAY
    nominal = _last(event, length) - (_A_DAY if counts_event else timedelta())
    if nominal.year >= LAST:
        raise TooFar(nominal)
    begin = (
        f"De dag zelf telt mee: dag 1 is {told(first)}."
        if counts_event
        else f"De dag zelf telt niet mee: dag 1 is {told(first)}."
    )
    steps = [
        Step(begin, "Awb 3:16 lid 2" if counts_event else "Awb 6:8 lid 1"),
        Step(f"{length} lopen dan tot en met {told(nominal)}.", ""),
    ]
    if is_rolling is None:
        is_rolling = length.is_rolling
        if not is_rolling:
            steps.append(Step("Zo’n lange termijn schuift niet door.", "ATW 4 onder a"))
    last = nominal
    if is_rolling:
        last = _rolled(first, nominal, steps)
    return Counted(
        first, nominal, last, tuple(steps), is_sure=last.year <= last_decree()
    )


def count_back(event: date, length: Length) -> date:
    """Return the last day before an event by which something must be in.

    Such a term does not move (ATW 1 lid 2): ten days before a hearing on the 20th end
    on the 9th, so that ten whole days lie between (Awb 8:58).
    """
    if length.unit not in (Unit.DAYS, Unit.WEEKS):
        raise ValueError(length)
    days = length.n * (7 if length.unit is Unit.WEEKS else 1)
    return event - timedelta(days=days + 1)


def _last(event: date, length: Length) -> date:
    match length.unit:
        case Unit.DAYS:
            return event + timedelta(days=length.n)
        case Unit.WEEKS:
            return event + timedelta(weeks=length.n)
        case Unit.MONTHS:
            return months_later(event, length.n)
        case Unit.YEARS:
            return months_later(event, 12 * length.n)


def _rolled(first: date, nominal: date, steps: list[Step]) -> date:
    last = nominal
    passed = []
    while not is_ordinary(last):
        passed.append(f"{told(last)} ({why_not(last)})")
        last += _A_DAY
    if passed:
        said = f"Op {_listed(passed)} eindigt geen termijn: het wordt {told(last)}."
        steps.append(Step(said, "ATW 1 lid 1"))
    if (nominal - first).days + 1 < _SHORTEST:
        return last
    late = _with_enough(first, last)
    if late != last:
        said = f"Er moeten twee gewone dagen in zitten: het wordt {told(late)}."
        steps.append(Step(said, "ATW 2"))
    return late


def _with_enough(first: date, last: date) -> date:
    """Return the first ordinary day from ``last`` on with two of them in the term."""
    n_days = (last - first).days + 1
    n_ordinary = sum(is_ordinary(first + timedelta(days=n)) for n in range(n_days))
    while n_ordinary < _FEWEST:
        last += _A_DAY
        n_ordinary += is_ordinary(last)
    return last


def _listed(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} en {last}" if most else last


def told(day: date) -> str:
    """Return a day as one says it in Dutch."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
