"""The last day of a known term, why it is that one, and what the other reading says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from achterban.rules.deadlines.counting import (
    Counted,
    Length,
    Step,
    TooFar,
    Unit,
    count,
    count_back,
    told,
)
from achterban.rules.deadlines.terms import (
    NO_LENGTH,
    Counting,
    NotCovered,
    Term,
    Who,
    find,
)
from achterban.rules.holidays import (
    FIRST,
    LAST,
    is_ordinary,
    last_decree,
    ordinary_before,
)

_A_WEEK = timedelta(weeks=1)
_STAYS = "Deze termijn is van u. Hij staat niet stil en wordt niet uitgesteld."
_BEGINS = "Awb 6:8 lid 1"
_EARLIEST = date(FIRST, 1, 15)  # of what ends sooner, the day before is not known
_BACKWARD = (Counting.BACK, Counting.SAME)


@dataclass(frozen=True)
class Reading:
    """Another answer that can be defended.

    Attributes:
        last: the last day in that reading.
        why: what is doubted, in Dutch.
    """

    last: date
    why: str


@dataclass(frozen=True)
class Deadline:
    """A term with its answer.

    Attributes:
        term: the rule that holds.
        event: the day that begins it, or that it is counted back from.
        parts: what was counted, one after the other; empty when counted back.
        last: the last day that is in time.
        is_ended: ``event`` is the end of the term before it.
    """

    term: Term
    event: date
    parts: tuple[Counted, ...]
    last: date
    is_ended: bool = False

    @cached_property
    def others(self) -> tuple[Reading, ...]:
        """Return the other readings, one for each day that differs."""
        readings = [it for it in _others(self) if it.last != self.last]
        kept = {it.last: it for it in reversed(readings)}
        return tuple(reversed(kept.values()))

    @property
    def own(self) -> tuple[Counted, ...]:
        """Return what was counted of the term itself, without the one before it."""
        return self.parts[1:] if self.term.after and not self.is_ended else self.parts

    @property
    def first(self) -> date | None:
        """Return the first day that counts; None for what is counted back."""
        return self.own[0].first if self.parts else None

    @property
    def nominal(self) -> date:
        """Return the last day by counting alone."""
        return self.parts[-1].nominal if self.parts else self.last

    @property
    def is_moved(self) -> bool:
        """Return whether it ends later than by counting alone."""
        return self.last != self.nominal

    @property
    def is_sure(self) -> bool:
        """Return whether a royal decree could not make it later any more."""
        return self.last.year <= last_decree()

    @property
    def begins_after(self) -> date | None:
        """Return the end of the term before it, where there is one."""
        return self.parts[0].last if self.term.after and not self.is_ended else None

    @property
    def posted_by(self) -> date | None:
        """Return the last day to post by law (Awb 6:9 lid 2); None if it says none."""
        return self.last if self.term.by_post else None

    @property
    def received_by(self) -> date | None:
        """Return by when what was posted in time must have come (Awb 6:9 lid 2)."""
        return self.last + _A_WEEK if self.term.by_post else None

    @cached_property
    def safe(self) -> date:
        """Return the day that we advise: it is in time in every reading.

        For who must do something that is the last ordinary day before the last one, so
        that a missed collection still gives a postmark in time: a policy, no law. For
        what must be in before a hearing it is the last ordinary day up to then. For an
        authority it is the latest of all readings: too early a reminder is void.
        """
        days = [self.last, *(it.last for it in self.others)]
        if self.term.who is Who.AUTHORITY:
            return max(days)
        if self.term.counting is Counting.SAME:
            return self.last
        if self.term.counting is Counting.BACK and is_ordinary(min(days)):
            return min(days)
        return ordinary_before(min(days))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return how it came to its last day, a Dutch sentence each."""
        return tuple(self._steps())

    def _steps(self) -> list[Step]:
        if self.term.counting is Counting.SAME:
            return [Step(f"Het mag nog op {told(self.last)} zelf.", self._articles[0])]
        if self.term.counting is Counting.BACK:
            n = (self.event - self.last).days - 1
            lie = f"moet nog {n} dag" if n == 1 else f"moeten nog {n} dagen"
            said = (
                f"Tussen de laatste dag en {told(self.event)} {lie} liggen: "
                f"het wordt {told(self.last)}."
            )
            stays = "Een termijn die terugtelt, schuift niet door."
            return [Step(said, self._articles[0]), Step(stays, "ATW 1 lid 2")]
        steps: list[Step] = []
        for n, part in enumerate(self.parts):
            first, length, *more = part.steps
            articles = self._articles
            if n == 0 and self.begins_after:
                articles = find(self.term.after, "", self.event).articles
                steps.append(Step("Eerst loopt de termijn voor bezwaar.", articles[0]))
            elif part in self.own[1:]:
                articles = (self.term.adjourn_article,)
                steps.append(Step(f"Zij stellen het {part.length} uit.", articles[0]))
            begins = _BEGINS if _BEGINS in articles else articles[0]
            steps += [
                Step(first.says, begins),
                Step(length.says, articles[0]),
                *more,
            ]
        return steps

    @property
    def _articles(self) -> tuple[str, ...]:
        return self.term.articles


def deadline(
    term: Term,
    event: date,
    *,
    length: Length | None = None,
    paused: int = 0,
    adjourned: Length | None = None,
    is_ended: bool = False,
) -> Deadline:
    """Return the last day of a term.

    Args:
        term: the rule.
        event: the day that begins it; of a term that comes after another one, the day
            that begins that other one.
        length: of a term that has no length of its own.
        paused: days that it stood still.
        adjourned: by how much the authority put it off, which it wrote in time. It is
            a term of its own from the moved end.
        is_ended: ``event`` is the last day of the term before it.

    Raises:
        NotCovered: it cannot be answered; the text says why.
    """
    if term.who is Who.CITIZEN and term.length and (paused or adjourned):
        raise NotCovered(_STAYS)
    length = term.length or length
    try:
        if term.counting in _BACKWARD:
            return _back(term, event, length)
        if length is None:
            raise NotCovered(NO_LENGTH)
        before: tuple[Counted, ...] = ()
        start = event
        if term.after and not is_ended:
            before = deadline(find(term.after, "", event), event).parts
            start = before[-1].last
        own = _counted(term, start, length, term.is_rolling, paused)
        parts = (*before, own)
        if adjourned is not None:
            parts = (*parts, _counted(term, own.last, adjourned, term.is_rolling, 0))
        last = _known(parts[-1].last)
    except TooFar:
        raise NotCovered(
            f"Wij kennen de feestdagen van {FIRST} tot en met {LAST - 1}. Kijk de "
            "datum nog eens na."
        ) from None
    return Deadline(term, event, parts, last, is_ended)


def _known(last: date) -> date:
    if last < _EARLIEST:
        raise TooFar(last)
    return last


def _counted(
    term: Term, event: date, length: Length, is_rolling: bool | None, paused: int
) -> Counted:
    return count(
        event,
        length,
        counts_event=term.counting is Counting.WITH,
        is_rolling=is_rolling,
        paused=paused,
    )


def _others(of: Deadline) -> Iterator[Reading]:
    term = of.term
    if term.counting is Counting.BACK and term.doubt:
        yield Reading(of.last + timedelta(days=1), term.doubt)
    if not of.own:
        return
    own, last = of.own[0], of.own[-1]
    if term.other is not None:
        other = _counted(term, own.event, own.length, term.other, own.paused)
        yield Reading(other.last, term.doubt)
    if last is own:
        return
    if own.is_moved:
        other = _counted(term, own.nominal, last.length, term.is_rolling, 0)
        why = "Wie verdaagt, kan ook rekenen vanaf het einde zonder doorschuiven."
        yield Reading(other.last, why)
    if last.is_moved:
        why = "Met de verdaging erbij is het misschien te lang om door te schuiven."
        yield Reading(last.nominal, why)


def _back(term: Term, event: date, length: Length | None) -> Deadline:
    if not FIRST <= event.year < LAST:
        raise TooFar(event)
    if term.counting is Counting.SAME:
        return Deadline(term, event, (), event)
    if length is None:
        raise NotCovered(NO_LENGTH)
    if length.unit not in (Unit.DAYS, Unit.WEEKS):
        raise NotCovered("Terugtellen kunnen wij alleen in dagen of weken.")
    return Deadline(term, event, (), _known(count_back(event, length)))
