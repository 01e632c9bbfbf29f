"""Keys that tell nothing about order."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

MOST_DIGITS = 20  # of a key, and one more


def random_key() -> int:
    """Return a whole number of 63 random bits, never 0."""
    return secrets.randbits(63) or 1


def keys_among(typed: Iterable[str]) -> list[int]:
    """Return which of some values from a form can be keys; no database asks for more.

    A number that no column holds would end the page in an error.
    """
    can_be = (each for each in typed if each.isdecimal() and len(each) < MOST_DIGITS)
    return [key for each in can_be if (key := int(each)) < 1 << 63]


APART_BITS = 44


def keys_together() -> Callable[[], int]:
    """Return a maker of keys that lie together, for many rows of one transaction.

    Rows with wholly random keys each touch a page of their own, in the table and in
    what points to it: 500 at once then write the tenfold. These share 19 random bits
    and differ in 44. They tell which rows were stored at once, so they are for rows
    that came in one file only, never for what people send themselves.
    """
    start = secrets.randbits(63 - APART_BITS) << APART_BITS
    return lambda: start | (secrets.randbits(APART_BITS) or 1)


class RandomKey(models.BigIntegerField):  # type: ignore[type-arg]
    """A primary key of 63 random bits.

    On SQLite the column is the row id itself (``INTEGER PRIMARY KEY``): with any other
    type a hidden, counting row id would still tell who wrote after whom.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Fill in what every random key is; nothing else may be set."""
        super().__init__(primary_key=True, default=random_key, editable=False)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Leave out of migrations what ``__init__`` fills in."""
        name, path, _args, _kwargs = super().deconstruct()
        return name, path, [], {}

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the row id of SQLite, else a big integer."""
        if connection.vendor == "sqlite":
            return "integer"
        return super().db_type(connection)

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the type of a column that points here."""
        return models.BigIntegerField().db_type(connection)
