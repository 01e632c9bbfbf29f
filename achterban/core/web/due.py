"""What waits for somebody on a day: each room adds its own when it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.functional import Promise

A_FEW = 3


@dataclass(frozen=True)
class Due:
    """Something that waits for whoever looks.

    Attributes:
        words: what it is.
        day: by when, None where it has none.
        address: name of the page about it.
        key: of the thing on that page, None where it takes none.
        where: what it belongs to.
    """

    words: str
    day: date | None
    address: str
    key: int | None = None
    where: str | Promise = ""


Find = Callable[[HttpRequest, date, int], Iterable[Due]]

_sources: dict[str, tuple[str, Find]] = {}


def add_due(name: str, permission: str, find: Find) -> None:
    """Let what waits elsewhere stand on *Today*; twice changes nothing.

    Args:
        name: ``room.model``.
        permission: the verb it takes.
        find: returns the first ``n`` that are due on a day for whoever asks.
    """
    _sources[name] = permission, find


def due_for(request: HttpRequest, on: date, n: int = A_FEW) -> list[Due]:
    """Return a few things, what is latest first (``request.may``, set at the door).

    The first of each source comes before the second of any: three late tasks hide
    nothing of another kind.
    """
    may: frozenset[str] = getattr(request, "may", frozenset())
    asked = [find for permission, find in _sources.values() if permission in may]
    found = [_in_order(find(request, on, n)) for find in asked]
    firsts = _in_order(due for rows in found for due in rows[:1])
    rest = _in_order(due for rows in found for due in rows[1:])
    return _in_order([*firsts, *rest][:n])


def _in_order(rows: Iterable[Due]) -> list[Due]:
    return sorted(rows, key=lambda due: due.day or date.max)
