"""Keys that tell nothing about order, and words without what we may not keep."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from achterban.rules.deidentify import mask_bsn
from achterban.rules.signs import printable

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


if TYPE_CHECKING:
    _Char = models.CharField[str, str]
    _Text = models.TextField[str, str]
    _Url = models.URLField[str, str]
else:
    _Char, _Text, _Url = models.CharField, models.TextField, models.URLField


class _WithoutBsn:
    """Words that stand open in a row: a BSN is masked on its way to the disk.

    Signs that a feed or a database cannot hold are left out there as well. The mask is
    longer than a number: what does not fit its column any more is cut off. To a
    migration it is the field of Django: nothing of the table differs.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Mask it in the row as well."""
        value = self._masked(super().pre_save(model_instance, add))  # type: ignore[misc]
        setattr(model_instance, self.attname, value)  # type: ignore[attr-defined]
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Mask what is stored without a row, as ``update`` does."""
        return super().get_db_prep_save(self._masked(value), connection)  # type: ignore[misc]

    def _masked(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return mask_bsn(printable(value)).text[: self.max_length]  # type: ignore[attr-defined]

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Call itself in migrations what it is in the database."""
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, f"django.db.models.{type(self).__mro__[2].__name__}", args, kwargs


class LineField(_WithoutBsn, _Char):
    """A line that somebody typed."""


class WordsField(_WithoutBsn, _Text):
    """Lines that somebody typed."""


class AddressField(_WithoutBsn, _Url):
    """An address on the web; one that holds a BSN opens nothing any more."""
