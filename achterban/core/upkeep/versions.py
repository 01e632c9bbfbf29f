"""Which migrations a database has had, by the names that they have today."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.migrations.loader import MigrationLoader

Name = tuple[str, str]


def by_todays_names(
    loader: MigrationLoader, applied: Iterable[Name]
) -> tuple[set[Name], set[Name]]:
    """Return which of the migrations ``applied`` this program has, and which it lacks.

    Those that were joined into one count as that one, once all of them were applied.
    What it lacks was made by a newer program.
    """
    applied = set(applied)
    nodes = set(loader.graph.nodes)
    joined = {
        name: set(migration.replaces) for name, migration in loader.replacements.items()
    }
    whole = {name for name, parts in joined.items() if parts <= applied}
    known = (applied & nodes) | whole
    return known, applied - known - set(joined).union(*joined.values())
