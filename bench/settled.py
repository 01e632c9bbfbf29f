"""Bring a bench to rest, as an installation is that runs for a while; keep its rows."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path


def settle() -> None:
    """Freeze what stands in memory, as ``serve`` does; count rows, as PostgreSQL does.

    A bench fills its database in its own process, and asks before autovacuum came by.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    gc.collect()
    gc.freeze()


def keep_rows(document: Path, heading: Sequence[str], rows: Sequence[str]) -> None:
    """Write a page: rows of this database, in the place of those it had, then others.

    Args:
        document: the page.
        heading: its lines down to the head of the table.
        rows: lines that begin with the name of the database.
    """
    before = document.read_text("utf-8").splitlines() if document.exists() else []
    name = rows[0].split("|")[1]
    others = [
        line
        for line in before
        if line.startswith(("| sqlite", "| postgresql")) and line.split("|")[1] != name
    ]
    document.write_text("\n".join([*heading, *rows, *others, ""]), "utf-8")
