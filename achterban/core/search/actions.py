"""Put things in the index, and take them out."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, connection, transaction

from achterban.core.search.models import RANDOM_BITS, Indexed, first_order, stretch_of
from achterban.core.search.tokens import hasher, joined, stretch_form
from achterban.rules.search import VERSION, dutch, facet, forms_of

MOST_TRIES = 8


@dataclass(frozen=True)
class Thing:
    """What is to be found.

    Attributes:
        key: of its row.
        on: the day it is found under, newest first.
        text: its words; those that others may read.
        facets: facts to choose by, by name; one value each.
    """

    key: int
    on: date
    text: str
    facets: Mapping[str, str] = field(default_factory=dict)


def index(organisation_id: int, kind: str, things: Collection[Thing]) -> None:
    """Let things be found, in the place of what they were found under before.

    In one transaction: give at most 500 at once.

    Args:
        organisation_id: whose they are.
        kind: what they are, such as ``report``.
        things: with their words and facts.
    """
    token = hasher(organisation_id, kind)
    rows = [
        Indexed(
            organisation_id=organisation_id,
            kind=kind,
            thing=thing.key,
            order=first_order(thing.on),
            version=VERSION,
            tokens=joined(map(token, _forms(thing))),
        )
        for thing in things
    ]
    _store(kind, rows)


def _forms(thing: Thing) -> set[str]:
    facts = {facet(name, value) for name, value in thing.facets.items()}
    facts.add(stretch_form(stretch_of(first_order(thing.on))))
    return forms_of(thing.text, dutch()) | facts


def _store(kind: str, rows: list[Indexed]) -> None:
    """Store rows; within its day each gets a random place, or the one that it had."""
    with transaction.atomic():
        old = Indexed.objects.filter(kind=kind, thing__in=[row.thing for row in rows])
        known = dict(old.values_list("thing", "order"))
        old.delete()
        days = [row.order for row in rows]
        for n_tries in range(1, MOST_TRIES + 1):
            for row, day in zip(rows, days, strict=True):
                was = known.get(row.thing, 0)
                stays = n_tries == 1 and was >> RANDOM_BITS == day >> RANDOM_BITS
                row.order = was if stays else day + secrets.randbits(RANDOM_BITS)
            try:
                with transaction.atomic():
                    Indexed.objects.bulk_create(rows)
                return
            except IntegrityError:  # a place was taken already
                if n_tries == MOST_TRIES:
                    raise


def forget(kind: str, keys: Collection[int]) -> None:
    """Let things be found no more, in the transaction of the caller.

    SQLite overwrites what stood in the index; on PostgreSQL ``wipe`` takes it away.
    """
    Indexed.objects.filter(kind=kind, thing__in=keys).delete()


def set_facet(
    organisation_id: int,
    kind: str,
    keys: Collection[int],
    name: str,
    value: str,
    *,
    among: Collection[str],
) -> None:
    """Give things another value of one fact, in the transaction of the caller.

    Args:
        organisation_id: whose they are.
        kind: what they are.
        keys: of the things; what is not in the index stays out of it.
        name: of the fact.
        value: what it is now; empty for nothing.
        among: all values that it can have had.
    """
    token = hasher(organisation_id, kind)
    gone = {token(facet(name, each)) for each in among}
    fresh = {token(facet(name, value))} if value else set()
    rows = list(Indexed.objects.filter(kind=kind, thing__in=keys))
    for row in rows:
        row.tokens = joined((set(row.tokens.split()) - gone) | fresh)
    Indexed.objects.bulk_update(rows, ["tokens"], batch_size=500)


def wipe() -> None:
    """Take away what forgotten rows left in the index of PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (INDEX_CLEANUP ON) search_indexed")
