"""What an authority owes that decides too late, and what a court asks.

Sources: Awb 4:17, 4:18, 6:12 (notice of default, penalty), 8:41 and 8:109 (court fees);
``data/amounts.toml`` with the day from which each amount holds. The day on which the
decision was sent is counted as a day of penalty (ECLI:NL:RBROT:2025:5069); the other
reading is given too. Not covered: penalties that a judge sets, and whether somebody
asked unreasonably late (Awb 4:17 lid 6 a), which is a judgement.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any

from achterban.rules.deadlines.answering import Deadline, deadline
from achterban.rules.deadlines.counting import told
from achterban.rules.deadlines.terms import (
    DATA,
    Checked,
    NotCovered,
    checked_in,
    find,
)

MOST_DAYS = 42
_BLOCK = 14  # days of one amount
_A_DAY = timedelta(days=1)


class Court(StrEnum):
    """Where somebody appeals."""

    APPEAL = "appeal"
    HIGHER_APPEAL = "higher_appeal"


class Payer(IntEnum):
    """Who pays, in the order of the amounts."""

    REDUCED = 0
    PERSON = 1
    ORGANISATION = 2


@dataclass(frozen=True)
class Notice:
    """A notice of default that was received.

    Attributes:
        received: when.
        ended: the last day on which the authority could decide in time.
        is_valid: whether it came after that day.
        doubt: what can be said against that, in Dutch.
        runs: the two weeks; None where it is void.
        no_penalty: why no amount is said, in Dutch; empty where one is.
        is_known: whether it is sure that there is no penalty.
    """

    received: date
    ended: date
    is_valid: bool
    doubt: str
    runs: Deadline | None
    no_penalty: str = ""
    is_known: bool = True

    @property
    def earliest_appeal(self) -> date | None:
        """Return from when one may go to court (Awb 6:12 lid 2)."""
        return self.runs.last + _A_DAY if self.runs else None

    @property
    def first_penalty(self) -> date | None:
        """Return the first day of penalty, which may be a Saturday (Awb 4:17 lid 3)."""
        return None if self.no_penalty else self.earliest_appeal

    @property
    def last_penalty(self) -> date | None:
        """Return the last day of penalty if no decision comes."""
        first = self.first_penalty
        return first + (MOST_DAYS - 1) * _A_DAY if first else None


@dataclass(frozen=True)
class Amount:
    """A penalty in one reading.

    Attributes:
        n_days: of penalty, at most 42.
        euros: of all of them.
        why: what this reading is, in Dutch; empty for the first one.
    """

    n_days: int
    euros: int
    why: str = ""


@dataclass(frozen=True)
class Penalty:
    """What is owed.

    Attributes:
        amount: in the reading that we follow.
        share: what each of the applicants gets (Awb 4:17 lid 7), in euros.
        others: the other readings.
        source: where the amounts stand.
        checked: who looked them over.
    """

    amount: Amount
    share: float
    others: tuple[Amount, ...]
    source: str
    checked: Checked


def notice(received: date, ended: date, *, kind: str = "") -> Notice:
    """Return what a notice of default does.

    Args:
        received: the day that the authority got it.
        ended: the last day on which it could decide in time.
        kind: ``woo`` or ``wia``, for which there are exceptions; else empty.

    Raises:
        NotCovered: it came before there were such penalties.
    """
    term = find("ingebrekestelling", "", received)
    reason, is_known = _exception(kind, received)
    if received <= ended:
        doubt = "Een rechter laat een brief van één dag te vroeg soms gelden."
        return Notice(received, ended, False, doubt, None, reason, is_known)
    runs = deadline(term, received)
    doubt = runs.others[0].why if runs.others else ""
    return Notice(received, ended, True, doubt, runs, reason, is_known)


def penalty(
    of: Notice, *, on: date, decided: date | None = None, n_applicants: int = 1
) -> Penalty:
    """Return what is owed on a day.

    Args:
        of: the notice.
        on: until when the days are counted, if nothing was decided.
        decided: when the decision was sent.
        n_applicants: who asked together.

    Raises:
        NotCovered: there is no penalty, or nobody knows.
    """
    if of.no_penalty:
        raise NotCovered(of.no_penalty)
    first = of.first_penalty
    if first is None or of.runs is None:
        raise NotCovered("Uw brief kwam te vroeg. Stuur een nieuwe. Dan loopt het.")
    rate = _rate(of.received)
    until = max(decided or on, first - _A_DAY)
    found = _amount(first, until, rate)
    others = []
    if decided:
        why = "als de dag van het besluit zelf niet meetelt"
        others.append(_amount(first, until - _A_DAY, rate, why))
    elif until < first + (MOST_DAYS - 1) * _A_DAY:
        why = "als er niets komt en de tijd vol is"
        others.append(_amount(first, first + MOST_DAYS * _A_DAY, rate, why))
    for reading in of.runs.others:
        why = "zonder de Algemene termijnenwet op de twee weken"
        others.append(_amount(reading.last + _A_DAY, until, rate, why))
    return Penalty(
        found,
        found.euros / n_applicants,
        tuple(it for it in others if it.n_days != found.n_days),
        rate["source"],
        checked_in(rate["checked"]),
    )


@dataclass(frozen=True)
class Fee:
    """A court fee.

    Attributes:
        euros: how much.
        source: where it stands.
        checked: who looked it over.
    """

    euros: int
    source: str
    checked: Checked


def fee(year: int, court: Court, payer: Payer) -> Fee:
    """Return a court fee.

    Args:
        year: in which the appeal was received.
        court: where.
        payer: who pays.

    Raises:
        NotCovered: the amount of that year is not known.
    """
    for row in _amounts()["fee"]:
        if row["year"] == year and row[court.value][payer]:
            euros = int(row[court.value][payer])
            return Fee(euros, row["source"], checked_in(row["checked"]))
    raise NotCovered(
        f"Het griffierecht van {year} kennen wij niet. Het staat in de nota van de "
        "rechtbank."
    )


def most_of(received: date) -> int:
    """Return the most that is owed after a notice of that day, in euros."""
    return sum(_BLOCK * each for each in _rate(received)["per_day"])


def _amount(first: date, until: date, rate: dict[str, Any], why: str = "") -> Amount:
    n_days = min(max((until - first).days + 1, 0), MOST_DAYS)
    euros = sum(
        min(max(n_days - n * _BLOCK, 0), _BLOCK) * each
        for n, each in enumerate(rate["per_day"])
    )
    return Amount(n_days, euros, why)


def _rate(received: date) -> dict[str, Any]:
    for row in _amounts()["penalty"]:
        if row["from"] <= received <= row.get("until", date.max):
            return row
    raise NotCovered(f"Voor een brief van {told(received)} kennen wij geen bedrag.")


def _exception(kind: str, on: date) -> tuple[str, bool]:
    for row in _amounts()["exception"]:
        if row["kind"] == kind and row["from"] <= on <= row.get("until", date.max):
            return row["reason"], row["is_known"]
    return "", True


@cache
def _amounts() -> dict[str, list[dict[str, Any]]]:
    with (DATA / "amounts.toml").open("rb") as file:
        return tomllib.load(file)
