"""Find things by words and facts, newest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from math import ceil
from typing import Any

from django.db import connection

from achterban.core.organisations.models import Organisation
from achterban.core.search.models import (
    RANDOM_BITS,
    STRETCH_DAYS,
    Indexed,
    first_order,
    stretch_of,
)
from achterban.core.search.tokens import expression, hasher, stretch_form
from achterban.rules.search import NoWords, Query, dutch, facet, read_query
from achterban.rules.search.query import Group

MOST_COUNTED = 1000
PAGE = 25
ENOUGH = 2000  # things, to say from them how usual a word is

# Each token is of one organisation and one kind: no other test is needed.
_SQLITE = """
SELECT rowid FROM search_tokens
WHERE search_tokens MATCH %(query)s AND rowid >= %(since)s AND rowid < %(before)s
ORDER BY rowid DESC LIMIT %(limit)s
"""
# By words first, whatever the planner thinks: to walk down from the newest reads all
# rows in between. What is only counted need not be fetched to the last row.
_POSTGRESQL = """
WITH found AS MATERIALIZED (
  SELECT "order" FROM search_indexed
  WHERE tokens @@ %(query)s::tsquery AND "order" >= %(since)s AND "order" < %(before)s
)
SELECT "order" FROM found
"""
_NEWEST = {
    "sqlite": _SQLITE,
    "postgresql": f'{_POSTGRESQL} ORDER BY "order" DESC LIMIT %(limit)s',
}
_ANY = {"sqlite": _SQLITE, "postgresql": f"{_POSTGRESQL} LIMIT %(limit)s"}
_COUNT = {
    "sqlite": """
SELECT count(*) FROM (
  SELECT 1 FROM search_tokens WHERE search_tokens MATCH %(query)s LIMIT %(limit)s
)
""",
    "postgresql": """
SELECT count(*) FROM (
  SELECT 1 FROM search_indexed WHERE tokens @@ %(query)s::tsquery LIMIT %(limit)s
) AS found
""",
}
MOST_STRETCHES = 12  # of 32 days; a longer list takes longer than all at once
_END = 1 << 62


@dataclass(frozen=True)
class Found:
    """What was found.

    Attributes:
        keys: of the things, newest first.
        count: how many there are, at most ``MOST_COUNTED``.
        is_capped: whether there are more than that.
        next: where the next page begins (``before``), 0 when this is the last.
        also: words that were looked for beside those typed.
        forms: what to mark in the words (``rules.search.snippet``).
    """

    keys: list[int]
    count: int
    is_capped: bool
    next: int
    also: tuple[str, ...]
    forms: frozenset[str]


def find(
    organisation: Organisation,
    kind: str,
    typed: str,
    *,
    facets: Mapping[str, str] | None = None,
    any_of: Collection[tuple[str, str]] | None = None,
    synonyms: Sequence[Collection[str]] = (),
    since: date | None = None,
    before: int = 0,
    limit: int = PAGE,
) -> Found:
    """Return what has all words and all facts, newest first.

    Who asks may not see all that is found: pass the keys through ``visible_to``.

    Args:
        organisation: whose things.
        kind: what they are.
        typed: words, "a phrase", -not; may be empty where there are facts.
        facets: facts that must hold, by name.
        any_of: facts of which one must hold; none given, none found.
        synonyms: sets of words and phrases that mean the same.
        since: the first day, None for all.
        before: ``Found.next`` of the page before this one.
        limit: how many on a page.

    Raises:
        NoWords: there is nothing to look for.
    """
    query = _query(typed, facets or {}, any_of, synonyms)
    if any_of is not None and not any_of:
        return Found([], 0, False, 0, query.also, query.forms)
    token = hasher(organisation.pk, kind)
    look = partial(_orders, query, token, first_order(since) if since else 0)
    page = look(before or _END, limit + 1, _NEWEST)
    is_whole = not before and len(page) <= limit
    counted = page if is_whole else look(_END, MOST_COUNTED + 1, _ANY)
    shown = page[:limit]
    things = dict(Indexed.objects.filter(order__in=shown).values_list("order", "thing"))
    return Found(
        keys=[things[order] for order in shown if order in things],
        count=min(len(counted), MOST_COUNTED),
        is_capped=len(counted) > MOST_COUNTED,
        next=shown[-1] if len(page) > limit else 0,
        also=query.also,
        forms=query.forms,
    )


def find_any(
    organisation: Organisation,
    kind: str,
    ways: Collection[frozenset[str]],
    *,
    limit: int,
) -> list[int]:
    """Return the keys of what has all forms of at least one way, newest first.

    Who asks may not see all that is found: pass the keys through ``visible_to``.

    Args:
        organisation: whose things.
        kind: what they are.
        ways: forms that must stand together; no ways, nothing found.
        limit: how many.
    """
    if not ways:
        return []
    token = hasher(organisation.pk, kind)
    orders = _orders(Query((tuple(ways),)), token, 0, _END, limit, _NEWEST)
    things = dict(
        Indexed.objects.filter(order__in=orders).values_list("order", "thing")
    )
    return [things[order] for order in orders if order in things]


def how_often(
    organisation: Organisation,
    kind: str,
    forms: Collection[str],
    *,
    most: int,
    among: int,
) -> dict[str, int]:
    """Return for each form in how many things it stands: beyond ``most`` roughly.

    What stands in many is counted in one stretch of days, the one before the newest,
    where that holds enough; else it says ``most``.

    Args:
        organisation: whose things.
        kind: what they are.
        forms: words, as ``rules.search`` has them.
        most: what is counted one by one.
        among: how many things there are.
    """
    token = hasher(organisation.pk, kind)
    [newest] = _rows('SELECT max("order") FROM search_indexed', {})
    days = token(stretch_form(stretch_of(newest or 0) - 1))
    n_days = _n_then(days)

    def n_with(one: str) -> int:
        if n_days >= ENOUGH:
            roughly = _n_then(days, one) * among // n_days
            if roughly > most:
                return roughly
        return _n_with([one], most)

    return {form: n_with(token(form)) for form in forms}


@lru_cache(20_000)  # days that are over hardly change, and roughly is enough
def _n_then(*tokens: str) -> int:
    return _n_with(tokens, _END)


def _n_with(tokens: Sequence[str], most: int) -> int:
    """Return how many things have all tokens, counted up to ``most``."""
    every = " & " if connection.vendor == "postgresql" else " AND "
    values = {"query": every.join(tokens), "limit": most}
    return int(_rows(_COUNT[connection.vendor], values)[0])


def _query(
    typed: str,
    facets: Mapping[str, str],
    any_of: Collection[tuple[str, str]] | None,
    synonyms: Sequence[Collection[str]],
) -> Query:
    chosen: list[Group] = [(frozenset({facet(*each)}),) for each in facets.items()]
    if any_of:
        chosen.append(tuple(frozenset({facet(*each)}) for each in any_of))
    if not typed.strip() and chosen:
        return Query(tuple(chosen))
    query = read_query(typed, dutch(), synonyms)
    return replace(query, wanted=(*query.wanted, *chosen))


def _orders(
    query: Query,
    token: Callable[[str], str],
    since: int,
    before: int,
    limit: int,
    statements: Mapping[str, str],
) -> list[int]:
    """Return at most so many orders before one: the newest, or any."""
    written = expression(query, token, connection.vendor)
    statement = statements[connection.vendor]
    values = {"query": written, "since": since, "before": before, "limit": limit}
    if connection.vendor == "sqlite":  # FTS5 walks down from the newest by itself
        return _rows(statement, values)
    [newest] = _rows('SELECT max("order") FROM search_indexed', {})
    begin = min(before, newest or 0)
    n = 2  # the newest may have hardly begun
    while n <= MOST_STRETCHES:
        days = (token(stretch_form(stretch_of(begin) - back)) for back in range(n))
        part = {"query": f"{written} & ({' | '.join(days)})"}
        found = _rows(statement, values | part)
        if len(found) >= limit:
            return found
        n = max(n + 1, _likely_enough(begin, n, len(found), limit))
    return _rows(statement, values)


def _likely_enough(begin: int, n: int, n_found: int, limit: int) -> int:
    """Return how many stretches are likely to hold enough, with half to spare.

    Args:
        begin: order from which is walked down, within the newest stretch.
        n: stretches that were asked.
        n_found: how many were found in those.
        limit: how many are wanted.
    """
    begun = (begin >> RANDOM_BITS) % STRETCH_DAYS + 1
    days = (n - 1) * STRETCH_DAYS + begun
    wanted = 1.5 * limit * days / (n_found or 0.5)
    return 1 + ceil((wanted - begun) / STRETCH_DAYS)


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    """Return the first column."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


__all__ = [
    "MOST_COUNTED",
    "PAGE",
    "Found",
    "NoWords",
    "find",
    "find_any",
    "how_often",
]
