"""Store a row with a statement that is made once for each model.

The ORM composes every INSERT anew; for the five rows of a report that costs more than
the disk does (``bench/measure.py``). Only for models with a ``RandomKey``.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

PLAIN = {int, str, bytes, bool, type(None)}  # these go into a database as they are


@dataclass(frozen=True)
class Ready:
    """A row that waits for its transaction, with all arithmetic done.

    Attributes:
        row: a new instance with its key set.
        statement: its INSERT.
        values: as they go into the database.
    """

    row: models.Model
    statement: str
    values: list[Any]

    def insert(self) -> bool:
        """Insert it in the transaction of the caller; return whether it was stored."""
        return insert_all([self]) == 1


def insert_all(rows: list[Ready]) -> int:
    """Insert rows in the transaction of the caller; return how many were stored."""
    n_stored = 0
    database = connections[DEFAULT_DB_ALIAS]
    cursor, place = _cursor(database)
    with database.wrap_database_errors, closing(cursor):
        for each in rows:
            cursor.execute(each.statement.replace("%s", place), each.values)
            is_stored = cursor.rowcount == 1
            each.row._state.adding = not is_stored
            each.row._state.db = DEFAULT_DB_ALIAS
            n_stored += is_stored
    return n_stored


def _cursor(database: BaseDatabaseWrapper) -> tuple[Any, str]:
    """Return a cursor of the driver, and how it marks the place of a value.

    What Django wraps around each statement costs a twelfth of a whole request. Where
    somebody counts statements or listens to them, the cursor is Django's.
    """
    if database.queries_logged or database.execute_wrappers:
        return database.cursor(), "%s"
    database.validate_no_broken_transaction()
    database.ensure_connection()
    place = "?" if database.vendor == "sqlite" else "%s"
    return database.connection.cursor(), place


def insert_many(rows: Iterable[Ready]) -> None:
    """Insert a great many rows in the transaction of the caller, each table at once.

    On PostgreSQL with COPY: a statement for each row costs more than the row. One that
    is there already is refused; who wants ``unless_there`` takes ``insert_all``.
    """
    tables: dict[str, list[Ready]] = {}
    for each in rows:
        tables.setdefault(each.statement, []).append(each)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        for statement, those in tables.items():
            values = [each.values for each in those]
            if cursor.db.vendor == "postgresql":
                _copy(cursor, statement, values)
            else:
                cursor.executemany(statement, values)
            for each in those:
                each.row._state.adding = False
                each.row._state.db = DEFAULT_DB_ALIAS


def _copy(cursor: Any, statement: str, values: list[list[Any]]) -> None:
    where = statement.removeprefix("INSERT INTO ").partition(" VALUES ")[0]
    with (
        cursor.db.wrap_database_errors,
        cursor.cursor.copy(f"COPY {where} FROM STDIN") as copy,
    ):
        for row in values:
            copy.write_row(row)


def ready(row: models.Model, *, unless_there: bool = False) -> Ready:
    """Prepare a new row, so that its transaction is short.

    Args:
        row: a new instance with its key set.
        unless_there: store nothing where a unique value of it exists already.
    """
    database = connections[DEFAULT_DB_ALIAS]
    fields, statement = _statement(type(row), database.vendor)
    if unless_there:
        statement += " ON CONFLICT DO NOTHING"
    held = vars(row)
    values = [
        value
        if type(value := held[name]) in PLAIN
        else field.get_db_prep_save(value, database)
        for name, field in fields
    ]
    return Ready(row, statement, values)


def insert(row: models.Model, *, unless_there: bool = False) -> bool:
    """Prepare a row and insert it in the transaction of the caller."""
    return ready(row, unless_there=unless_there).insert()


@cache
def _statement(
    model: type[models.Model], vendor: str
) -> tuple[list[tuple[str, Any]], str]:
    """Return the fields of a model, each with where a row holds it, and its INSERT."""
    fields = [(str(f.attname), f) for f in model._meta.local_concrete_fields]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(str(field.column)) for _name, field in fields)
    places = ", ".join(["%s"] * len(fields))
    # Names of our own models, no input.
    return fields, f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
