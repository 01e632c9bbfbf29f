"""Store a row with a statement that is made once for each model.

The ORM composes every INSERT anew; for the five rows of a report that costs more than
the disk does (``bench/measure.py``). Only for models with a ``RandomKey``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models

PLAIN = {int, str, bytes, bool, type(None)}  # these go into a database as they are


def insert(row: models.Model, *, unless_there: bool = False) -> bool:
    """Insert a new row in the transaction of the caller; return whether it was stored.

    Args:
        row: a new instance with its key set.
        unless_there: return False, and store nothing, where a unique value of it
            exists already.
    """
    fields, statement = _statement(type(row), connection.vendor)
    if unless_there:
        statement += " ON CONFLICT DO NOTHING"
    values = [_stored(field, getattr(row, field.attname)) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        stored: bool = cursor.rowcount == 1
    row._state.adding = not stored
    row._state.db = connection.alias
    return stored


def _stored(field: Any, value: Any) -> Any:
    return value if type(value) in PLAIN else field.get_db_prep_save(value, connection)


@cache
def _statement(model: type[models.Model], vendor: str) -> tuple[list[Any], str]:
    fields = list(model._meta.local_concrete_fields)
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    # Names of our own models, no input.
    return fields, f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
