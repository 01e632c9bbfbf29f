"""What the long tests share: visitors, rows, forms of a word, figures of speed."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import secrets
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

import psycopg
import requests
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests import driver

TOKEN = re.compile(r'name="token" value="([^"]+)"')
ENTRY = re.compile(r'name="entry" value="([^"]+)"')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
REPORT_LINK = re.compile(r"/werk/signalen/(\d+)/")
MADE_ANEW = {
    "django_session",
    "django_migrations",
    "sqlite_sequence",
    "auth_permission",
    "django_content_type",
}
BEHIND_PROXY = {"ACHTERBAN_PROXIES": "127.0.0.1"}


def canary() -> str:
    """Return a word that occurs nowhere else: no digits, they may make up a BSN."""
    return "kanarie" + "".join(secrets.choice("bdfgklmnprstvz") for _ in range(16))


# Visitors


@dataclass
class Visitor:
    """A browser of somebody who tells something, with one connection kept open.

    Attributes:
        server: where.
        headers: sent with everything.
    """

    server: driver.Server
    headers: dict[str, str] = field(default_factory=dict)
    organisation: str = driver.ORGANISATION
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.headers.update(self.headers)

    def post(self, path: str, **fields: str) -> requests.Response:
        """Press a button on a page."""
        return self.session.post(
            self.server.page(path, self.organisation), fields, timeout=60
        )

    def token(self) -> str:
        """Open the form; return its token."""
        page = self.session.get(
            self.server.page("vertel/", self.organisation), timeout=60
        )
        return str(TOKEN.findall(page.text)[0])

    def send(self, text: str, token: str = "") -> requests.Response:
        """Send a report."""
        return self.post("vertel/", act="send", token=token or self.token(), text=text)

    def keep(self, text: str) -> str:
        """Leave a draft; return its code."""
        token = self.token()
        assert self.post("vertel/bewaar/", token=token, text=text).ok
        return code_in(token)

    def add(self, code: str, text: str) -> requests.Response:
        """Write behind a code."""
        entry = ENTRY.findall(self.post("code/", code=code).text)[0]
        return self.post("code/zeg/", code=code, entry=entry, text=text)


def code_in(token: str) -> str:
    """Return the receipt code that a form carries."""
    return token.partition(":")[0]


def shown_code(answer: requests.Response) -> str:
    """Return the code on a page that gives a receipt, empty where it gives none."""
    return receipt_in(answer.text) if answer.ok else ""


def receipt_in(page: str) -> str:
    """Return the code of the receipt that a page is, empty where it is none."""
    found = driver.CODE.search(page)
    if found is None or 'id="tell"' in page:
        return ""
    return re.sub(r"\W", "", driver.TAG.sub("", found[1]).replace("&#32;", ""))


def peer(n: int) -> dict[str, str]:
    """Return the headers with which the named proxy passes on a peer of its own."""
    return {"X-Forwarded-For": f"198.51.{n >> 8 & 255}.{n & 255}"}


def csrf_of(session: requests.Session, address: str) -> str:
    """Return the token of the first form on a page."""
    return str(CSRF.findall(session.get(address, timeout=60).text)[0])


def press(
    session: requests.Session, page: str, address: str, **fields: str
) -> requests.Response:
    """Press a button on a page of the Werkplek."""
    fields["csrfmiddlewaretoken"] = csrf_of(session, page)
    return session.post(address, fields, headers={"Referer": page}, timeout=60)


# Many at once


def at_once(n: int, act: Callable[[int], None]) -> None:
    """Run ``act`` in threads, with their number; raise what one of them raised."""
    errors: list[BaseException] = []

    def run(i: int) -> None:
        try:
            act(i)
        except BaseException as error:  # noqa: BLE001 - raised again below
            errors.append(error)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@contextmanager
def meanwhile(n: int, act: Callable[[int], None]) -> Iterator[None]:
    """Run ``act`` over and over in threads, as long as the block lasts."""
    is_over = threading.Event()

    def run(i: int) -> None:
        while not is_over.is_set():
            with suppress(requests.RequestException, OSError):
                act(i)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(n)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def percentile(seconds: list[float], part: float) -> float:
    """Return the value below which a part of the measurements lies."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * part))]


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Add how long the block took."""
    began = time.perf_counter()
    yield
    seconds.append(time.perf_counter() - began)


# What stands in a database


def rows(server: driver.Server, query: str) -> list[tuple[Any, ...]]:
    """Return what a query finds in the database of a server."""
    if address := server.env.get("DATABASE_URL"):
        with psycopg.connect(address) as postgres:
            return postgres.execute(query.encode()).fetchall()
    file = sqlite3.connect(server.data / "achterban.sqlite3", timeout=20)
    try:
        return file.execute(query).fetchall()
    finally:
        file.close()


def tables(server: driver.Server) -> list[str]:
    """Return the names of all tables."""
    query = (
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if server.env.get("DATABASE_URL")
        else "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE "
        "'%WITHOUT ROWID%'"  # parts of an index: those lie in the order of their words
    )
    return sorted(name for (name,) in rows(server, query))


def n_rows(server: driver.Server, table: str, where: str = "1 = 1") -> int:
    """Return how many rows a table has."""
    return int(rows(server, f"SELECT count(*) FROM {table} WHERE {where}")[0][0])


def counts(server: driver.Server) -> dict[str, int]:
    """Return how many rows each table has, but for what is made anew."""
    return {
        name: n_rows(server, name)
        for name in tables(server)
        if name not in MADE_ANEW and not name.startswith("search_")
    }


def report_id(server: driver.Server, code: str) -> int:
    """Return the key of the report behind a code; only the keys make that possible."""
    keys = json.loads((server.keys / "keys.json").read_text())["hash_keys"]
    key = base64.b64decode(keys["receipt"])
    for (organisation,) in rows(server, "SELECT id FROM organisations_organisation"):
        value = f"{organisation}:{re.sub(r'[^A-Z0-9]', '', code)}".encode()
        digest = driver.hmac.digest(key, value, hashlib.sha256).hex()
        blob = f"decode('{digest}', 'hex')" if is_postgres(server) else f"x'{digest}'"
        found = rows(
            server, f"SELECT id FROM reports_report WHERE receipt_hash = {blob}"
        )
        if found:
            return int(found[0][0])
    raise LookupError(code)


def is_postgres(server: driver.Server) -> bool:
    """Return which of the two databases it has."""
    return "DATABASE_URL" in server.env


# Words in files


def all_bytes(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file below some folders, with what is in it."""
    for folder in folders:
        for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                with suppress(FileNotFoundError):  # a WAL that was just emptied
                    yield path, path.read_bytes()


def forms_of(word: str) -> dict[str, bytes]:
    """Return a word in every form in which a careless program keeps it."""
    plain = word.encode()
    forms = {"plain": plain, "utf-16-le": word.encode("utf-16-le")}
    forms["utf-16-be"] = word.encode("utf-16-be")
    forms["hex"] = plain.hex().encode()
    forms["HEX"] = plain.hex().upper().encode()
    for shift in range(3):  # whatever stands before it
        packed = base64.b64encode(b"\0" * shift + plain)
        forms[f"base64+{shift}"] = packed[4 if shift else 0 : -4]
    for name in ("md5", "sha1", "sha256"):
        digest = hashlib.new(name, plain, usedforsecurity=False)
        forms[name] = digest.digest()
        forms[f"{name} hex"] = digest.hexdigest().encode()
        forms[f"{name} base64"] = base64.b64encode(digest.digest())[:-2]
    return forms


def hits(words: Iterable[str], *folders: Path) -> list[str]:
    """Return where any of these words stands in any form."""
    forms = [(w, name, form) for w in words for name, form in forms_of(w).items()]
    return [
        f"{path}: {word} ({name})"
        for path, content in all_bytes(*folders)
        for word, name, form in forms
        if form in content
    ]


# Mail


class Sink:
    """A mail server that keeps what it gets, and can be slow.

    Attributes:
        letters: what came, in order.
        seconds: how long it takes over each one.
    """

    def __init__(self, seconds: float = 0) -> None:
        self.letters: list[Message] = []
        self.seconds = seconds
        self.port = driver.Server(Path()).port

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a letter in."""
        import asyncio
        import email

        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(email.message_from_bytes(content))
        await asyncio.sleep(self.seconds)
        return "250 OK"

    @contextmanager
    def open(self) -> Iterator[None]:
        """Take letters in as long as the block lasts."""
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()

    @property
    def url(self) -> str:
        """Return its address for the program."""
        return f"smtp://127.0.0.1:{self.port}?tls=none"

    @property
    def ids(self) -> list[str]:
        """Return the Message-ID of each letter."""
        return [str(letter["Message-ID"]) for letter in self.letters]


# A proxy before it


@contextmanager
def nginx(servers: str, folder: Path) -> Iterator[None]:
    """Run nginx with these ``server`` blocks; all that it writes is in the folder."""
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        "worker_processes 1; events { worker_connections 512; }\n"
        f"http {{ access_log {folder}/access.log; "
        f"client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n{servers} }}\n"
    )
    with running(["nginx", "-c", str(conf), "-p", str(folder)]):
        yield


@contextmanager
def running(command: list[str], **env: str) -> Iterator[None]:
    """Run a program until the block ends."""
    process = subprocess.Popen(command, env={**os.environ, **env})
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until something listens."""
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(port)
