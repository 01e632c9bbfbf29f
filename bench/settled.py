"""Bring a bench to rest, as an installation is that runs for a while."""

from __future__ import annotations

import gc


def settle() -> None:
    """Freeze what stands in memory, as ``serve`` does; count rows, as PostgreSQL does.

    A bench fills its database in its own process, and asks before autovacuum came by.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    gc.collect()
    gc.freeze()
