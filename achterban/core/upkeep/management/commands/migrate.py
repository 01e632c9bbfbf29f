"""Bring the tables up to date, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.migrations.state import ProjectState


class Command(migrate.Command):
    """As Django's, in one transaction.

    Django makes the tables of a migration in a transaction, and often writes down that
    it did in the next one: killed in between, it makes them again, and fails.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; a kill at any moment leaves what was there."""
        alias = options["database"]
        is_new = not connections[alias].introspection.table_names()
        with _in_one_go(alias), _in_half_the_time() if is_new else nullcontext():
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


@contextmanager
def _in_half_the_time() -> Iterator[None]:
    """Make no model anew because another one begins to point at it.

    For each model that a migration makes, Django makes all models anew that hang
    together with it, so that code in a migration can go from one to the other: the
    square of their number. In an empty database there is nothing to go to.
    """
    related = ProjectState._find_reload_model  # type: ignore[attr-defined]

    def only_itself_where_new(
        state: Any, app_label: str, model_name: str, delay: bool = False
    ) -> set[tuple[str, str]]:
        if model_name not in state.apps.all_models[app_label]:
            return {(app_label, model_name)}
        found: set[tuple[str, str]] = related(state, app_label, model_name, delay)
        return found

    ProjectState._find_reload_model = only_itself_where_new  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = related  # type: ignore[attr-defined]
