"""Bring the tables up to date, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction

from achterban.core.upkeep.tables import in_an_empty_database


class Command(migrate.Command):
    """As Django's, in one transaction.

    Django makes the tables of a migration in a transaction, and often writes down that
    it did in the next one: killed in between, it makes them again, and fails.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; a kill at any moment leaves what was there."""
        alias = options["database"]
        is_new = not connections[alias].introspection.table_names()
        with _in_one_go(alias), in_an_empty_database() if is_new else nullcontext():
            super().handle(*args, **options)


@contextmanager
def _in_one_go(alias: str) -> Iterator[None]:
    # SQLite makes a table anew to change it, and cannot stop checking references once
    # a transaction has begun. Django checks them at the end of each migration.
    connections[alias].disable_constraint_checking()
    try:
        with transaction.atomic(using=alias):
            yield
    finally:
        connections[alias].enable_constraint_checking()
