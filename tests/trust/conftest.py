"""Servers of both kinds, and what they say."""

from __future__ import annotations

import secrets
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from threading import Event

import psycopg
import pytest

from scripts import postgres
from tests import driver, program
from tests.figures import Figure as Figure  # for the tests beside this


@dataclass
class Places:
    """Makes servers, with a database of one kind each.

    Attributes:
        folder: for their data.
        kind: ``sqlite`` or ``postgres``.
        cluster: address of the PostgreSQL, empty on SQLite.
        said: every line that any of these servers said.
        made: the servers.
    """

    folder: Path
    kind: str
    cluster: str
    said: list[str]
    made: list[driver.Server] = field(default_factory=list)

    def new_database(self) -> dict[str, str]:
        """Return the variables of an empty database."""
        if not self.cluster:
            return {}
        name = f"trust_{secrets.token_hex(6)}"
        with psycopg.connect(self.cluster, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"'.encode())
        return {"DATABASE_URL": self.cluster.replace("/postgres?", f"/{name}?")}

    def start(self, data: Path | None = None, /, **env: str) -> driver.Server:
        """Start a server with the example; it stops when the test ends."""
        folder = data or self.folder / f"data{len(self.made)}"
        server = driver.start(folder, {**self.new_database(), **env})
        self.made.append(server)
        return server

    def restore(self, server: driver.Server, file: Path) -> driver.Server:
        """Put a backup back in a new place; the server stops when the test ends."""
        restored = server.restore(file, self.new_database())
        self.made.append(restored)
        return restored

    def files(self, server: driver.Server) -> list[Path]:
        """Return the folders in which anything of a server can last."""
        folders = [server.data, server.keys]
        if self.cluster:
            folders.append(Path(_socket_folder(self.cluster)) / "data")
        return folders


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """Run a PostgreSQL of our own, where its programs are."""
    programs = postgres.find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not on this machine")
    ours, tempfile.tempdir = tempfile.tempdir, "/tmp"  # noqa: S108 - its user reads no folder of ours
    try:
        running = postgres.cluster(programs)
        address = running.__enter__()
    finally:
        tempfile.tempdir = ours
    yield address
    running.__exit__(None, None, None)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep every line that a server of this test says."""
    lines: list[str] = []

    def listen(process: Popen[str], last: deque[str], is_ready: Event) -> None:
        assert process.stdout is not None
        with suppress(ValueError):  # closed while reading
            for line in process.stdout:
                last.append(line)
                lines.append(line)
                if line.startswith("Klaar"):
                    is_ready.set()
        is_ready.set()

    monkeypatch.setattr(program, "_listen", listen)
    return lines


@pytest.fixture
def sqlite(tmp_path: Path, said: list[str]) -> Iterator[Places]:
    """Make servers on SQLite."""
    places = Places(tmp_path, "sqlite", "", said)
    yield places
    _stop(places)


@pytest.fixture(params=["sqlite", "postgres"])
def places(
    request: pytest.FixtureRequest, tmp_path: Path, said: list[str]
) -> Iterator[Places]:
    """Make servers, on each of the two databases in turn."""
    address = ""
    if request.param == "postgres":
        address = request.getfixturevalue("postgres_address")
    places = Places(tmp_path, request.param, address, said)
    yield places
    _stop(places)


def _stop(places: Places) -> None:
    for server in places.made:
        server.stop()
    if not places.cluster:
        return
    with psycopg.connect(places.cluster, autocommit=True) as cluster:
        found = cluster.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'trust%'"
        )
        for (name,) in found.fetchall():
            cluster.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _socket_folder(address: str) -> str:
    host = psycopg.conninfo.conninfo_to_dict(address)["host"]
    return str(host)
