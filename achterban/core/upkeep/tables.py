"""Make the tables of an empty database without doing the same work over and over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


@contextmanager
def in_an_empty_database() -> Iterator[None]:
    """Make no model anew because another one is made or changed.

    For each change of a model, Django makes all models anew that hang together with
    it, so that code in a migration can go from one to the other: the square of their
    number. In an empty database there is nothing to go to, and the tables are the same
    (``tests/trust/test_tables.py``).
    """
    related = ProjectState._find_reload_model  # type: ignore[attr-defined]
    ProjectState._find_reload_model = _only_itself  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = related  # type: ignore[attr-defined]


def _only_itself(
    _state: Any, app_label: str, model_name: str, delay: bool = False
) -> set[tuple[str, str]]:
    return {(app_label, model_name)}
