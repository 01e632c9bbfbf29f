"""What is found: a row for each thing, with the keyed hashes of its words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation

RANDOM_BITS = 24  # beside the day, in the order
STRETCH_DAYS = 32


class TokensField(models.TextField):  # type: ignore[type-arg]
    """Tokens with spaces between; a tsvector on PostgreSQL, without positions."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of the column."""
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, *args: Any) -> str:
        """Return them as they were given: PostgreSQL shows each in quotes."""
        return str(value).replace("'", "")


class Indexed(models.Model):
    """Under which tokens a thing is found. No row points here: it can be made anew.

    SQLite finds it through ``search_tokens`` (FTS5), which triggers keep in step.
    """

    id = RandomKey()
    # It is in each token; nothing is found by this column.
    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    kind = models.CharField(max_length=20)
    thing = models.BigIntegerField()
    # The day, then chance: newest first, and within a day no order that tells.
    order = models.BigIntegerField(unique=True)
    version = models.PositiveSmallIntegerField()  # of the forms (``rules.search``)
    tokens = TokensField()

    class Privacy:
        """Hashes of words, with a key that lives outside the database."""

        personal = frozenset({"thing", "tokens"})
        neutral = frozenset({"id", "organisation", "kind", "order", "version"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "thing"], name="indexed_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"


def first_order(day: date) -> int:
    """Return the lowest order of a day."""
    return day.toordinal() << RANDOM_BITS


def stretch_of(order: int) -> int:
    """Return in which stretch of 32 days an order lies, counted from the year 1."""
    return (order >> RANDOM_BITS) // STRETCH_DAYS
