"""Make the tables of an empty database without doing the same work over and over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


@contextmanager
def in_an_empty_database() -> Iterator[None]:
    """Make no model anew because another one begins to point at it.

    For each model that a migration makes, Django makes all models anew that hang
    together with it, so that code in a migration can go from one to the other: the
    square of their number. In an empty database there is nothing to go to, and the
    tables are the same (``tests/trust/test_tables.py``).
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
