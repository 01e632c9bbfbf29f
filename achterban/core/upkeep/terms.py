"""What is kept for how long: each room says it, the daily round carries it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True)
class Term:
    """Something that goes by itself (Dutch: bewaartermijn).

    Attributes:
        name: what goes.
        after: when, and why no sooner.
        n_due: how many would go on a day, without touching them.
        erase: lets a batch go; returns how many, 0 when there is nothing left.
    """

    name: Promise
    after: Promise
    n_due: Callable[[date], int]
    erase: Callable[[date], int]


_terms: list[Term] = []


def goes(term: Term) -> Term:
    """Register what goes by itself; the daily round may do it twice."""
    _terms.append(term)
    return term


def all_terms() -> tuple[Term, ...]:
    """Return everything that goes by itself."""
    return tuple(_terms)


def let_go(term: Term, on: date) -> None:
    """Let everything go that goes on a day, a batch at a time."""
    while term.erase(on):
        pass
