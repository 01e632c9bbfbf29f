"""The day from which to count a letter's term, out of what somebody holds in hand.

The law counts from the day of sending (Awb 3:41, 6:8 lid 1), which a letter seldom
says. The earliest day that it can be is the safe one; a later postmark gives another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from achterban.rules.deadlines.terms import NotCovered

NOT_YET = "Die dag moet nog komen. Kijk nog eens naar de datums."
_LATE = timedelta(days=7)
_SEND_NOW = "Wacht niet: stuur vandaag een korte brief. De redenen mag u later sturen."


@dataclass(frozen=True)
class Begin:
    """From when to count.

    Attributes:
        day: the safe day.
        later: the day by the postmark, where it gives more time.
        note: what to know of it, in Dutch; empty for nothing.
    """

    day: date
    later: date | None = None
    note: str = ""


def begins(
    dated: date | None, postmark: date | None, received: date | None, *, today: date
) -> Begin:
    """Return from when to count.

    Args:
        dated: the day that stands on the letter.
        postmark: the day that stands on its envelope.
        received: the day that it came.
        today: the day of asking.

    Raises:
        NotCovered: these days do not tell; the text says what to do.
    """
    if any(day and day > today for day in (postmark, received)):
        raise NotCovered(NOT_YET)
    if dated and dated > today and postmark is None:
        raise NotCovered(
            "De datum op de brief moet nog komen. Kijk nog eens. Staat hij er echt zo? "
            "Typ dan ook de dag die op de envelop staat. " + _SEND_NOW
        )
    if dated is None and postmark is None:
        raise NotCovered(
            "Zonder datum is de laatste dag niet te zeggen. Kijk op de brief en de "
            "envelop, of bel wie hem stuurde. " + _SEND_NOW
        )
    sent = postmark or dated
    if received and sent and received < sent:
        raise NotCovered(
            "De brief kwam eerder dan de dag die erop staat. Kijk nog eens naar de "
            "datums. " + _SEND_NOW
        )
    day = min(it for it in (dated, postmark) if it)
    return _with_note(day, dated, postmark, received)


def _with_note(
    day: date, dated: date | None, postmark: date | None, received: date | None
) -> Begin:
    if dated and postmark and postmark > dated:
        note = (
            "Op de envelop staat een latere dag. Die telt voor de wet. Wij rekenen met "
            "de eerste: dat is veilig. Bewaar de envelop."
        )
        return Begin(day, postmark, note)
    if dated and postmark and postmark < dated:
        note = (
            "Op de envelop staat een eerdere dag. Wij rekenen daarmee: dat is veilig."
        )
        return Begin(day, None, note)
    if received and received - day > _LATE:
        note = (
            "De brief kwam laat. Voor de wet telt de dag van verzenden. Schrijf erbij "
            "wanneer hij kwam. Bewaar de envelop, als u die nog hebt."
        )
        return Begin(day, None, note)
    return Begin(day)
