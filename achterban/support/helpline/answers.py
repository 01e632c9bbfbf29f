"""The answer to what was asked, in sentences: the last day first, then why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from achterban.rules.deadlines import (
    NOT_YET,
    Begin,
    Checked,
    Court,
    Deadline,
    NotCovered,
    Notice,
    Payer,
    Step,
    Who,
    begins,
    deadline,
    fee,
    find,
    notice,
    penalty,
)
from achterban.support.helpline.matters import Advice, Matter, Shape

_DAY = timedelta(days=1)


@dataclass
class Answer:
    """What stands on the page.

    Attributes:
        says: the last day, in one sentence.
        last: that day; None where there is none.
        safe: the day to do it, or the first day to write.
        advice: that day, in one sentence.
        more: what else to know, each with whether it is Dutch.
        steps: why it is that day.
        checked: who looked the rule over.
        articles: where it stands.
        found: the term, for what was sent.
        may_adjourn: by how much they may put it off, where they did not yet.
        is_over: whether the day to do something, or to wait for, is past.
        next: what to do.
    """

    says: str
    last: date | None = None
    safe: date | None = None
    advice: str = ""
    more: list[tuple[str, bool]] = field(default_factory=list)
    steps: tuple[Step, ...] = ()
    checked: Checked = field(default_factory=Checked)
    articles: tuple[str, ...] = ()
    found: Deadline | None = None
    may_adjourn: str = ""
    is_over: bool = False
    next: Advice = Advice.NOTHING

    @property
    def share(self) -> str:
        """Return the day for somebody else, without what it is about."""
        if self.last is None or self.safe is None or self.is_over:
            return ""
        if self.safe > self.last:
            return _("From %(day)s on I can go on.") % {"day": told(self.safe)}
        said = _("The last day is %(day)s.") % {"day": told(self.last)}
        if self.safe < self.last:
            safe = {"day": told(self.safe)}
            said += " " + _("To be safe, do it by %(day)s.") % safe
        return said

    def add(self, words: str) -> None:
        """Put a sentence of ours under the answer."""
        self.more.append((words, False))

    def quote(self, words: str) -> None:
        """Put a sentence of the rules, which are Dutch, under the answer."""
        if words:
            self.more.append((words, True))


def told(day: date) -> str:
    """Return a day in the language of the page."""
    return date_format(day, "l j F Y")


def answer(
    matter: Matter, given: dict[str, Any], *, today: date, is_adjourned: bool = False
) -> Answer:
    """Return the answer.

    Args:
        matter: what it is about.
        given: what was asked for it, read.
        today: the day of asking.
        is_adjourned: they wrote in time that it takes longer.

    Raises:
        NotCovered: there is none; the text says why, in Dutch.
    """
    if matter.shape is Shape.NOTICE:
        return _of_notice(matter, given, today)
    begin = _begin(matter, given, today)
    term = find(matter.key, matter.variant, begin.day)
    found = deadline(
        term,
        begin.day,
        length=given.get("length"),
        paused=_paused(given),
        adjourned=term.adjourn if is_adjourned else None,
    )
    said = _of(matter, found, today)
    if begin.later:
        by_mark = deadline(term, begin.later).last
        said.add(_("By the postmark it is %(day)s.") % {"day": told(by_mark)})
    said.quote(begin.note)
    if matter.shape is Shape.FEE:
        _add_fee(said, begin.day, given)
    if is_adjourned:
        said.add(_("Does their letter say another day? Then that one holds."))
    elif term.adjourn:
        said.may_adjourn = str(term.adjourn)
    return said


def _begin(matter: Matter, given: dict[str, Any], today: date) -> Begin:
    if matter.shape is Shape.LETTER:
        return begins(
            given.get("dated"), given.get("postmark"), given.get("came"), today=today
        )
    begun: date = given["begun"]
    comes = matter.shape in (Shape.HEARING, Shape.FREE)
    if begun > today and not comes:
        raise NotCovered(NOT_YET)
    return Begin(begun)


def _paused(given: dict[str, Any]) -> int:
    asked, answered = given.get("asked"), given.get("answered")
    if not asked:
        return 0
    if not answered:
        raise NotCovered(
            "Zij wachten nog op wat zij vroegen. De termijn staat stil tot u het "
            "stuurt. Vul daarna de dag in."
        )
    if answered < asked:
        raise NotCovered("U stuurde het voordat zij het vroegen. Kijk naar de datums.")
    return int((answered - asked).days)


def _of(matter: Matter, found: Deadline, today: date) -> Answer:
    term = found.term
    said = Answer(
        str(matter.says) % {"day": told(found.last)},
        found.last,
        found.safe,
        steps=found.steps,
        checked=term.checked,
        articles=term.articles,
        found=found,
        next=matter.advice,
    )
    if term.who is Who.AUTHORITY:
        _add_waiting(said, matter, found, today)
    elif found.last < today:
        said.is_over = True
        said.advice = (
            _(
                "That day is over. Send it today all the same, and write why. "
                "Sometimes it still counts."
            )
            if term.by_post
            else _("That day is over. Call them today.")
        )
    elif found.safe < today:
        said.safe = found.last
        said.advice = _(
            "Do it today, and not by post: at the counter or on their site."
        )
    else:
        said.advice = _("To be safe, do it by %(day)s.") % {"day": told(found.safe)}
    if found.received_by and not said.is_over:
        day = {"day": told(found.received_by)}
        said.add(_("What goes by post must arrive by %(day)s.") % day)
    if matter.shape in (Shape.LETTER, Shape.FEE):
        said.add(_("Does the letter say an earlier day or less time? Keep to that."))
    for other in found.others:
        said.add(_("It may also be %(day)s:") % {"day": told(other.last)})
        said.quote(other.why)
    said.quote(term.note)
    if not found.is_sure:
        said.add(_("A day off may still be added to that year. Then it is later."))
    return said


def _add_waiting(said: Answer, matter: Matter, found: Deadline, today: date) -> None:
    said.safe = found.safe + _DAY
    said.is_over = said.safe <= today
    day = {"day": told(said.safe)}
    if matter.advice is Advice.APPLY:
        said.advice = _("From %(day)s on you may apply all the same.") % day
    elif matter.advice is Advice.WAIT and said.is_over:
        said.advice = _("They are too late. You can write them so now.")
    elif matter.advice is Advice.WAIT:
        said.advice = _("Do not write before %(day)s that they are too late.") % day


def _add_fee(said: Answer, on: date, given: dict[str, Any]) -> None:
    try:
        asked = fee(on.year, Court(given["court"]), Payer(int(given["payer"])))
    except NotCovered as reason:
        said.quote(str(reason))
        return
    said.add(
        _("Mostly € %(euros)s. Pay what stands on the bill.") % {"euros": asked.euros}
    )
    said.quote(_seen(asked.source, asked.checked))


def _of_notice(matter: Matter, given: dict[str, Any], today: date) -> Answer:
    received, decided = given["begun"], given.get("decided")
    if received > today or (decided and decided > today):
        raise NotCovered(NOT_YET)
    of = notice(received, given["ended"], kind=matter.kind)
    if of.runs is None:
        said = Answer(
            _("Your letter came too early and does not count. Send it again.")
        )
        said.quote(of.doubt)
        said.next = Advice.WAIT
        return said
    said = _of(matter, of.runs, today)
    first = of.runs.last + _DAY
    said.says = str(matter.says) % {"day": told(first)}
    _add_penalty(said, of, decided, today)
    if decided:  # there is nothing left to go to court for
        said.says, said.last, said.next = _("They decided."), None, Advice.OWED
    return said


def _add_penalty(said: Answer, of: Notice, decided: date | None, today: date) -> None:
    if of.no_penalty:
        said.quote(of.no_penalty)
        return
    owed = penalty(of, on=today, decided=decided)
    euros = {"euros": owed.amount.euros, "n": owed.amount.n_days}
    if owed.amount.n_days:
        said.advice = _("They owe you € %(euros)s, for %(n)s days.") % euros
    elif decided:
        said.advice = _("They decided in time: they owe you nothing.")
    else:
        said.advice = _("From then on they owe you money for each day.")
    for other in owed.others:
        said.quote(f"{other.n_days} dagen, € {other.euros}: {other.why}.")
    said.quote(_seen(owed.source, owed.checked))


def _seen(source: str, checked: Checked) -> str:
    return f"Het bedrag is {checked} (bron: {source})."
