"""M: what an older version stored is read by this one, whatever happens meanwhile."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests import driver
from tests.trust.conftest import Figure, Places
from tests.trust.tools import Visitor, counts, is_postgres, rows, shown_code, tables
from tests.versions import BACKUP, KEYS, Facts, facts_of, kept_versions

pytestmark = pytest.mark.trust

# M1


@pytest.mark.parametrize("version", kept_versions(), ids=lambda path: path.name)
def test_a_released_version_upgrades_with_all_that_it_holds(
    version: Path, places: Places, figure: Figure
) -> None:
    facts = facts_of(version)
    server = empty(places, version)

    server.run("restore", str(version / BACKUP))
    found = counts(server)
    server.start()

    assert closed(server, facts) == []
    there = facts["rows"].keys() & found.keys()
    assert {name: found[name] for name in there} == {
        name: facts["rows"][name] for name in there
    }
    assert server.verify_audit()
    server.run("check")
    figure(
        f"{places.kind}: {len(facts['receipts'])} receipts of {version.name} open; "
        f"{sum(facts['rows'].values())} rows in {len(there)} of {len(facts['rows'])} "
        "tables, all equal"
    )


def empty(places: Places, version: Path | None = None) -> driver.Server:
    """Return a server that is not there yet, with the keys of a kept version."""
    data = places.folder / f"data{len(places.made)}"
    server = driver.Server(data, places.new_database())
    if version:
        shutil.copytree(version / KEYS, server.keys)
        server.env["ACHTERBAN_CLOCK"] = facts_of(version)["kept_at"]
    places.made.append(server)
    return server


def closed(server: driver.Server, facts: Facts) -> list[str]:
    """Return the words that no longer stand behind their code."""
    return [
        word
        for receipt in facts["receipts"]
        for page in [server.open_receipt(receipt["code"], receipt["organisation"])]
        for word in receipt["words"]
        if word not in page
    ]


# M3

ROUNDS, ROUNDS_PER_VERSION = 20, 4
LAST_MOMENT = 3.0  # seconds
MIGRATE, PREPARE = ("django", "migrate"), ("check", "--prepare")
SHAPE = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master"],
    "postgres": [
        "SELECT table_name, column_name, data_type, is_nullable, column_default "
        "FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    ],
}
APPLIED = "SELECT app, name FROM django_migrations"
PUT_BACK = """
from pathlib import Path
from achterban.core.upkeep.backup import put_back
for _n_rows in put_back(Path({file!r})):
    pass
"""


def test_killed_while_migrating(places: Places, figure: Figure) -> None:
    whole = empty(places)
    began = time.monotonic()
    whole.run(*PREPARE)
    latest = min(time.monotonic() - began, LAST_MOMENT)
    expected, n_migrations, n_within = shape(whole), n_applied(whole), 0

    for n in range(ROUNDS):
        server, command = empty(places), PREPARE if n % 4 == 0 else MIGRATE
        said = killed(server, command, latest)
        n_within += "Applying" in said and n_applied(server) < n_migrations
        server.run(*command)
        server.run("check")
        assert shape(server) == expected
        assert server.example
        server.start()
        told = f"na de onderbreking {n}"
        assert told in server.open_receipt(shown_code(Visitor(server).send(told)))
        server.stop()

    figure(
        f"{places.kind}: {ROUNDS} kills in the first {latest:.1f} s, {n_within} "
        "seen to fall within the migrations; each ended well the second time"
    )
    assert n_within


@pytest.mark.parametrize("version", kept_versions(), ids=lambda path: path.name)
def test_a_released_version_is_killed_while_it_upgrades(
    version: Path, places: Places, figure: Figure
) -> None:
    whole = empty(places)
    whole.run(*PREPARE)
    expected, n_migrations, n_within = shape(whole), n_applied(whole), 0
    facts = facts_of(version)

    for _n in range(ROUNDS_PER_VERSION):
        server = empty(places, version)
        put_back = PUT_BACK.format(file=str(version / BACKUP))
        server.run("django", "shell", "-c", put_back)
        said = killed(server, MIGRATE, LAST_MOMENT)
        n_within += "Applying" in said and n_applied(server) < n_migrations
        server.run(*PREPARE)
        server.run("check")
        assert shape(server) == expected
        server.start()
        assert closed(server, facts) == []
        server.stop()

    figure(
        f"{places.kind}: {ROUNDS_PER_VERSION} kills of an upgrade from {version.name}, "
        f"{n_within} within the migrations; all was there"
    )


def killed(server: driver.Server, command: tuple[str, ...], latest: float) -> str:
    """Run a command, kill it with all that it started; return what it had said."""
    with server.begin(*command) as process:
        time.sleep(random.uniform(0, latest))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        assert process.stdout is not None
        return process.stdout.read()


def n_applied(server: driver.Server) -> int:
    """Return how many migrations it had.

    Looks at a copy: whoever opens a database mends it, and that is for the program.
    """
    copy = driver.Server(server.data.with_name(f"{server.data.name}-copy"), server.env)
    shutil.copytree(server.data, copy.data)
    return len(rows(copy, APPLIED)) if "django_migrations" in tables(copy) else 0


def shape(server: driver.Server) -> list[tuple[str, ...]]:
    """Return how the tables are made, and by which migrations."""
    kind = "postgres" if is_postgres(server) else "sqlite"
    found = [row for query in (*SHAPE[kind], APPLIED) for row in rows(server, query)]
    return sorted(tuple(map(str, row)) for row in found)
