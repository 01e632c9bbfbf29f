"""Count a term of law in days, weeks or months, and say why it ends where it does.

Sources: Algemene termijnenwet (ATW), art. 1, 2 and 4; the day of the event is not
counted (Awb 6:8 lid 1, 7:10 lid 1); a month ends on the day with the same number, else
on its last (HR 1 September 2017, ECLI:NL:HR:2017:2225, used by analogy). Not covered:
terms in hours, terms of imprisonment (ATW 4 c), and whether a term may be exceeded for
a good reason (Awb 6:11).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from achterban.rules.holidays import (
    FIRST,
    LAST,
    holidays,
    is_ordinary,
    last_decree,
    next_ordinary,
)
from achterban.rules.recurrence import months_later

_A_DAY = timedelta(days=1)
_FEWEST, _SHORTEST = 2, 3  # ATW 2: ordinary days, in a term of so many
_LONG_ENOUGH = 14  # days, of which two are ordinary whatever the holidays


class Unit(StrEnum):
    """In what a term is told."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


# Above these the Algemene termijnenwet does not hold (art. 4 a); of years never.
_MOST = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.YEARS: 0}
_DAYS_IN = {Unit.DAYS: 1, Unit.WEEKS: 7}
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
        article: where the law says so; empty for what the term itself says.
    """

    says: str
    article: str


class Counted(NamedTuple):
    """A term that was counted.

    Attributes:
        event: the day that begins it.
        length: of the term.
        counts_event: whether that day is counted itself.
        is_rolling: whether the Algemene termijnenwet holds.
        paused: days that it stood still.
        nominal: the last day by counting alone.
        last: the last day that is in time.
    """

    event: date
    length: Length
    counts_event: bool
    is_rolling: bool
    paused: int
    nominal: date
    last: date

    @property
    def first(self) -> date:
        """Return the first day that counts."""
        return self.event if self.counts_event else self.event + _A_DAY

    @property
    def is_moved(self) -> bool:
        """Return whether it ends later than by counting alone."""
        return self.last != self.nominal

    @property
    def is_sure(self) -> bool:
        """Return whether the days of a decree are known; one may make it only later."""
        return self.last.year <= last_decree()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return how it came there, a Dutch sentence each."""
        return tuple(_steps(self))


def count(
    event: date,
    length: Length,
    *,
    counts_event: bool = False,
    is_rolling: bool | None = None,
    paused: int = 0,
) -> Counted:
    """Return where a term ends that begins with an event.

    Args:
        event: the day of it, which is not counted.
        length: of the term.
        counts_event: the law says that the day itself is counted (Awb 3:16 lid 2).
        is_rolling: whether the Algemene termijnenwet holds; None for what its art. 4
            says of the length, False where another law excludes it.
        paused: days that it stood still (Awb 4:15, 7:10 lid 2); they come before the
            moving to an ordinary day.

    Raises:
        TooFar: nobody knows the holidays of the year in which it begins or ends.
    """
    if not FIRST <= event.year < LAST:
        raise TooFar(event)
    if is_rolling is None:
        is_rolling = length.is_rolling
    try:
        nominal = _last(event, length) + timedelta(days=paused - counts_event)
    except (OverflowError, ValueError):
        raise TooFar(event) from None
    if nominal.year >= LAST:
        raise TooFar(nominal)
    last = nominal
    if is_rolling:
        n_counted = (nominal - event).days + counts_event
        last = next_ordinary(nominal)
        if _SHORTEST <= n_counted < _LONG_ENOUGH:
            last = _with_enough(event + timedelta(days=not counts_event), last)
    return Counted(event, length, counts_event, is_rolling, paused, nominal, last)


def count_back(event: date, length: Length) -> date:
    """Return the last day before an event by which something must be in.

    Such a term does not move (ATW 1 lid 2): ten days before a hearing on the 20th end
    on the 9th, so that ten whole days lie between (Awb 8:58).
    """
    if length.unit not in _DAYS_IN:
        raise ValueError(length)
    return event - timedelta(days=length.n * _DAYS_IN[length.unit] + 1)


def _last(event: date, length: Length) -> date:
    if length.unit in _DAYS_IN:
        return event + timedelta(days=length.n * _DAYS_IN[length.unit])
    n_months = length.n if length.unit is Unit.MONTHS else 12 * length.n
    return months_later(event, n_months)


def _steps(counted: Counted) -> Iterator[Step]:
    first, nominal, last = counted.first, counted.nominal, counted.last
    if counted.counts_event:
        yield Step(f"De dag zelf telt mee: dag 1 is {told(first)}.", "")
    else:
        yield Step(f"De dag zelf telt niet mee: dag 1 is {told(first)}.", "")
    still = ""
    if counted.paused:
        n = counted.paused
        still = f" plus {n} {'dag' if n == 1 else 'dagen'} waarin hij stilstaat,"
    yield Step(f"{counted.length}{still} lopen dan tot en met {told(nominal)}.", "")
    if not counted.is_rolling:
        if not counted.length.is_rolling:
            yield Step("Zo’n lange termijn schuift niet door.", "ATW 4 onder a")
        return
    ordinary = next_ordinary(nominal)
    n_passed = (ordinary - nominal).days
    passed = [nominal + timedelta(days=n) for n in range(n_passed)]
    if passed:
        named = _listed([_named(day) for day in passed])
        said = f"Op {named} eindigt geen termijn: het wordt {told(ordinary)}."
        yield Step(said, "ATW 1 lid 1")
    if last != ordinary:
        said = f"Er moeten twee gewone dagen in zitten: het wordt {told(last)}."
        yield Step(said, "ATW 2")


def _with_enough(first: date, last: date) -> date:
    """Return the first ordinary day from ``last`` on with two of them in the term."""
    n_days = (last - first).days + 1
    n_ordinary = sum(is_ordinary(first + timedelta(days=n)) for n in range(n_days))
    while n_ordinary < _FEWEST:
        last += _A_DAY
        n_ordinary += is_ordinary(last)
    return last


def _named(day: date) -> str:
    name = holidays(day.year).get(day)
    return f"{told(day)} ({name})" if name else told(day)


def _listed(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} en {last}" if most else last


def told(day: date) -> str:
    """Return a day as one says it in Dutch."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
