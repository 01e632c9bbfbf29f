"""Everything that happened in a dossier, newest first.

It is read from the rows themselves: this room and those above each register where
something happens (``add_happenings``). Pages follow one another by the last row that
was shown, so that the thousandth is as quick as the first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.utils.functional import Promise

from achterban.advocate.dossiers.models import Dossier

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Happening:
    """Something that happened.

    Attributes:
        what: in a few words, such as "Task done".
        words: in our own words what it was; may be empty.
        address: name of the page about it, which takes one key; empty for none.
        key: of the thing on that page.
        by: who did it, where that is known.
    """

    what: str | Promise
    words: str = ""
    address: str = ""
    key: int = 0
    by: str = ""


@dataclass(frozen=True, order=True)
class Mark:
    """Where one is in the timeline: a moment, and the row of it."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // TICK}-{self.pk}"

    @classmethod
    def read(cls, typed: str) -> Mark | None:
        """Return the mark that an address names, None where it names none."""
        moment, _, pk = typed.partition("-")
        if not (moment.isascii() and moment.isdigit() and pk.isascii()):
            return None
        if not pk.isdigit() or len(moment) > 16 or len(pk) > 19:
            return None
        return cls(EPOCH + int(moment) * TICK, min(int(pk), (1 << 63) - 1))


@dataclass(frozen=True, order=True)
class Dated:
    """A happening with its place in the timeline."""

    mark: Mark
    happening: Happening = field(compare=False)


@dataclass(frozen=True)
class Source:
    """Rows that are happenings of a dossier.

    Attributes:
        rows: all of them, with what ``say`` reads.
        dossier: the field that leads to the dossier.
        at: the field with the moment; rows without one have not happened.
        say: what happened.
    """

    rows: Callable[[], QuerySet[Any]]
    dossier: str
    at: str
    say: Callable[[Any], Happening]

    def newest(self, dossier: Dossier, before: Mark | None, n: int) -> list[Dated]:
        """Return the newest ``n`` happenings, or those before a mark."""
        rows = self.rows().filter(**{self.dossier: dossier})
        rows = rows.annotate(moment=F(self.at)).filter(moment__isnull=False)
        if before is not None:
            rows = rows.filter(
                Q(moment__lt=before.at) | Q(moment=before.at, pk__lt=before.pk)
            )
        found = rows.order_by("-moment", "-pk")[:n]
        return [Dated(Mark(row.moment, row.pk), self.say(row)) for row in found]

    def last(self, dossiers: Collection[Dossier]) -> dict[int, datetime]:
        """Return the last moment for each dossier that has one."""
        rows = self.rows().filter(**{f"{self.dossier}__in": dossiers})
        pairs = rows.order_by().values_list(self.dossier).annotate(last=Max(self.at))
        return {pk: last for pk, last in pairs if last is not None}


@cache
def _sources() -> dict[str, Source]:
    return {}


def add_happenings(name: str, source: Source) -> None:
    """Let the timeline show what happens elsewhere; twice changes nothing.

    Args:
        name: ``room.model``.
        source: where it is read.
    """
    _sources()[name] = source


def timeline(
    dossier: Dossier, *, before: Mark | None = None, n: int
) -> tuple[list[Dated], Mark | None]:
    """Return what happened in a dossier, newest first.

    Args:
        dossier: one that the reader may see.
        before: go on after this row, None for the newest.
        n: how many.

    Returns:
        The happenings, and the mark to go on with; None where that is all.
    """
    found = [
        dated
        for source in _sources().values()
        for dated in source.newest(dossier, before, n + 1)
    ]
    found.sort(reverse=True)
    more = found[n - 1].mark if len(found) > n else None
    return found[:n], more


def last_happened(dossiers: Collection[Dossier]) -> dict[int, datetime]:
    """Return when something last happened, by key of the dossier."""
    last: dict[int, datetime] = {}
    for source in _sources().values():
        for pk, at in source.last(dossiers).items():
            last[pk] = max(at, last.get(pk, at))
    return last
