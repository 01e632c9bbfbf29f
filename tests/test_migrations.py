"""Models and migrations agree (M2)."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
@pytest.mark.slow
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


@pytest.mark.django_db
def test_any_sqlite_can_check_the_database() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("of SQLite")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        tables = "\n".join(sql for (sql,) in cursor.fetchall())
    assert re.findall(r"\bdjango_\w+\(", tables) == []
