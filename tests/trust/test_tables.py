"""The tables that our shorter way makes are those of Django's own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

MIGRATE = """
import django
django.setup()
from django.core.management import call_command
from {module} import Command
call_command(Command(), verbosity=0)
"""
OURS = "achterban.core.upkeep.management.commands.migrate"
DJANGOS = "django.core.management.commands.migrate"


def tables(folder: Path, module: str) -> list[tuple[str, ...]]:
    """Return what stands in a database that a command made."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "achterban.config.settings",
        "ACHTERBAN_DATA": str(folder / "data"),
        "ACHTERBAN_KEYS": str(folder / "keys"),
    }
    environment.pop("DATABASE_URL", None)
    script = MIGRATE.format(module=module)
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    [database] = (folder / "data").glob("*.sqlite3")
    with sqlite3.connect(database) as made:
        asked = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
        return made.execute(asked).fetchall()


@pytest.mark.trust
@pytest.mark.once
def test_a_new_database_has_the_tables_that_django_makes(tmp_path: Path) -> None:
    ours, djangos = (
        tables(tmp_path / str(n), it) for n, it in enumerate([OURS, DJANGOS])
    )

    assert len(ours) > 200
    assert ours == djangos
