"""Whether something that was sent or received was in time.

Sources: Awb 6:9 (in before the end; by post posted before the end and in within a
week), 3:41 (a decision is made known on the day that it is sent). What comes without a
readable postmark on the first or second working day after the term counts as posted in
time (settled case law). Not covered: lateness that is excusable (Awb 6:11).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from achterban.rules.deadlines.answering import Deadline
from achterban.rules.deadlines.counting import told
from achterban.rules.holidays import next_ordinary, ordinary_later

_PRESUMED = 2  # working days


class By(StrEnum):
    """How it was sent."""

    POST = "post"
    UNMARKED = "post_zonder_stempel"
    DIGITAL = "digitaal"
    COUNTER = "balie"
    DECISION = "besluit_bekendgemaakt"
    PAPER = "stuk_ontvangen"


@dataclass(frozen=True)
class InTime:
    """Whether it was in time.

    Attributes:
        is_in_time: None where the days given do not tell.
        why: a Dutch sentence.
        doubt: what can be said against it, in Dutch; empty for nothing.
    """

    is_in_time: bool | None
    why: str
    doubt: str = ""


def in_time(
    to: Deadline, by: By, *, sent: date | None = None, received: date | None = None
) -> InTime:
    """Return whether something was in time.

    Args:
        to: the term.
        by: how it was sent.
        sent: the day of it; by post that of the postmark.
        received: the day that it came.
    """
    if by is By.POST and to.term.by_post:
        return _posted(to, sent, received)
    if by is By.UNMARKED and to.term.by_post:
        return _unmarked(to, received)
    day = (sent or received) if by in (By.DIGITAL, By.DECISION) else received or sent
    if day is None:
        return InTime(None, "Op welke dag het binnenkwam, staat er niet.")
    return _before(to, day)


def _before(to: Deadline, day: date) -> InTime:
    is_in_time = day <= to.last
    doubt = ""
    for other in to.others:
        if (day <= other.last) != is_in_time:
            doubt = other.why
    said = f"{told(day).capitalize()} is {'op tijd' if is_in_time else 'te laat'}."
    return InTime(is_in_time, said, doubt)


def _posted(to: Deadline, sent: date | None, received: date | None) -> InTime:
    if received is not None and received <= to.last:
        return InTime(True, f"Het kwam op {told(received)}: op tijd.")
    if sent is None:
        return InTime(None, "De dag van het poststempel ontbreekt.")
    if sent > to.last:
        doubt = "Postte u eerder? Dan moet u dat aannemelijk maken."
        why = f"Het is gepost op {told(sent)}, na de laatste dag: te laat."
        return InTime(False, why, doubt)
    if received is None:
        by = told(_week_after(to))
        return InTime(None, f"Op tijd gepost. Het moet er uiterlijk {by} zijn.")
    if received <= _week_after(to):
        return InTime(True, f"Gepost op {told(sent)} en binnen een week daar: op tijd.")
    moved = next_ordinary(_week_after(to))
    doubt = "Of de week van artikel 6:9 doorschuift, is niet zeker. Reken er niet op."
    if received <= moved:
        why = f"De week eindigt op een vrije dag en loopt door tot {told(moved)}."
        return InTime(True, why, doubt)
    return InTime(False, "Het kwam meer dan een week na de laatste dag: te laat.")


def _unmarked(to: Deadline, received: date | None) -> InTime:
    if received is None:
        return InTime(None, "Op welke dag het binnenkwam, staat er niet.")
    if received <= to.last:
        return InTime(True, f"Het kwam op {told(received)}: op tijd.")
    if received <= ordinary_later(to.last, _PRESUMED):
        why = "Zonder leesbaar stempel mag het nog twee werkdagen later komen."
        return InTime(True, why, "De andere kant mag aantonen dat u te laat postte.")
    why = "Zonder leesbaar stempel kwam het te laat."
    doubt = "Op tijd: ja, als u aannemelijk maakt dat u op tijd postte."
    if received > next_ordinary(_week_after(to)):
        doubt = ""
    return InTime(False, why, doubt)


def _week_after(to: Deadline) -> date:
    assert to.received_by is not None  # who calls asked for a term with a post rule
    return to.received_by
