"""What every test starts from: folders that go away, settings, options.

Everything that a test run writes, it writes below one temporary folder, which is gone
afterwards. The variables are set here, before Django reads its settings.
"""

from __future__ import annotations

import gc
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

gc.disable()  # until all tests are known: looking through them takes an eighth of a run
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
SCRATCH = Path(tempfile.mkdtemp(prefix=f"achterban-{WORKER or 'test'}-"))
SWITCHES = {
    "TMPDIR": str(SCRATCH),  # of pytest, of Chromium, of every child
    # A table of letters that takes seconds to make; beside the other caches of ./test.
    "HYPOTHESIS_STORAGE_DIRECTORY": str(Path(sys.prefix) / "cache" / "hypothesis"),
    "ACHTERBAN_DATA": str(SCRATCH / "data"),
    "ACHTERBAN_KEYS": str(SCRATCH / "keys"),
    "ACHTERBAN_PLAIN_HTTP": "1",
    "ACHTERBAN_FINDER": "0",
    "ACHTERBAN_INTAKE_BURST": "100000",
    "DJANGO_SETTINGS_MODULE": "achterban.config.settings",
}
for name in [name for name in os.environ if name.startswith("ACHTERBAN_")]:
    if name not in {"ACHTERBAN_TEST_DATABASE_URL", "ACHTERBAN_SHARED"}:
        del os.environ[name]
os.environ.pop("DATABASE_URL", None)
os.environ.update(SWITCHES)
tempfile.tempdir = None
if TEST_DATABASE := os.environ.get("ACHTERBAN_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = TEST_DATABASE

import django  # noqa: E402 - the variables come first
import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402

if TEST_DATABASE is None:  # a file, as in earnest: threads share it
    settings.DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
settings.LOCAL_HOSTS.append(
    "testserver"
)  # is asked for as nobody's own, never looked up
settings.STATIC_ROOT.mkdir(parents=True)
settings.WHITENOISE_AUTOREFRESH = True  # else each new client reads all static files
django.setup()
# A worker of xdist inherits the variables, and would read the settings too early.
del os.environ["DJANGO_SETTINGS_MODULE"]

from django.contrib.contenttypes.management import create_contenttypes  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models.signals import post_migrate  # noqa: E402
from django.urls import set_script_prefix  # noqa: E402
from django.utils import translation  # noqa: E402
from hypothesis import settings as hypothesis_settings  # noqa: E402

from achterban.core.consent import actions as consents  # noqa: E402
from achterban.core.mine import access  # noqa: E402
from achterban.core.places.actions import load_places  # noqa: E402
from tests import figures  # noqa: E402
from tests.visitors import World, make_world  # noqa: E402

hypothesis_settings.register_profile("suite", database=None, deadline=None)
hypothesis_settings.load_profile("suite")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: what is packed by the clock differs per worker."""
    return argname if isinstance(val, bytes) else None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take in which order the tests run."""
    parser.addoption("--reverse", action="store_true", help="last test first")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Turn the order round where asked; on the second database only what sees it."""
    if config.getoption("--reverse"):
        items.reverse()
    if TEST_DATABASE:
        unseen = [item for item in items if not _sees_a_database(item)]
        items[:] = [item for item in items if _sees_a_database(item)]
        config.hook.pytest_deselected(items=unseen)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays to the end."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def _sees_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & {"db", "transactional_db", "new_database"}) or any(
        item.get_closest_marker(name) for name in ("django_db", "server", "trust")
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured."""
    lines = [
        f"{report.head_line}: {value}"
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        for name, value in report.user_properties
        if name == figures.NAME and report.when == "call"
    ]
    if lines:
        terminalreporter.section("figures")
    for line in sorted(lines):
        terminalreporter.write_line(line)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(SCRATCH, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Know the places before the first test: for each one anew takes too long.

    So do the rights of Django, which nothing here asks for: after a test with
    transactions of its own they would be made again.
    """
    with django_db_blocker.unblock():
        load_places()
    post_migrate.disconnect(
        dispatch_uid="django.contrib.auth.management.create_permissions"
    )
    post_migrate.disconnect(create_contenttypes)


@pytest.fixture(autouse=True)
def _nobody_was_here() -> Iterator[None]:
    """Let no test see what an earlier one left in memory."""
    cache.clear()
    consents._known_texts.clear()
    for limit in (access.strangers, access.tor_strangers, access.mailboxes):
        limit._buckets.clear()
    set_script_prefix("/")
    yield
    set_script_prefix("/")
    translation.activate("nl")


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep what other fixtures of a module make: each test finds it as it was made."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(kept: None) -> World:
    """One of each, made once a module."""
    return make_world()


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> figures.Figure:
    """Keep a line with a measured figure for the end of the run."""
    return lambda line: record_property(figures.NAME, line)


@pytest.fixture
def travel(settings: Any) -> Callable[..., None]:
    """Move the program's own clock: ``travel(days=8)``."""

    def move(**how_far: float) -> None:
        settings.CLOCK_OFFSET = settings.CLOCK_OFFSET + timedelta(**how_far)

    return move


@pytest.fixture
def new_database() -> Iterator[Callable[[], dict[str, str]]]:
    """Make an empty database of the kind that this run is about, for a server.

    Returns its variables; on SQLite there are none, as the file is in the data folder.
    """
    made: list[str] = []

    def make() -> dict[str, str]:
        if TEST_DATABASE is None:
            return {}
        name = f"server_{WORKER or 'test'}_{secrets.token_hex(4)}"
        _on_server(f'CREATE DATABASE "{name}"')
        made.append(name)
        address, _, query = TEST_DATABASE.partition("?")
        return {"DATABASE_URL": f"{address.rpartition('/')[0]}/{name}?{query}"}

    yield make
    for name in made:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    assert TEST_DATABASE is not None
    with psycopg.connect(TEST_DATABASE, autocommit=True) as server:
        server.execute(statement.encode())
