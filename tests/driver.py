"""Drive Achterban from outside, as anybody could: with requests and the command line.

``start`` makes an example organisation in a data folder and serves it; the functions
of this module then act on that server, and those of a ``Server`` on that one::

    server = driver.start(tmp_path / "data")
    url, fields, _ = driver.report_form()
    code = driver.send_report({"text": "Ik wacht al een jaar."}, {})
    assert "Ik wacht" in driver.open_receipt(code)
    server.stop()

Works on both databases: give ``DATABASE_URL`` in ``env``. Nothing here knows the
program from inside.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
import os
import re
import struct
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests

from tests.program import DriverError, Fields, Program

ORGANISATION = "stille-kracht"
ROLES = ("patient", "volunteer", "advocate", "coordinator", "administrator")
STEP_SECONDS = 30  # of the second factor (RFC 6238)
CODE = re.compile(r'<p class="code"[^>]*>(.*?)</p>', re.DOTALL)
HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")
TAG = re.compile(r"<[^>]+>")
Files = Mapping[str, Any]
ReportForm = tuple[str, dict[str, str], str | None]


@dataclass
class Server(Program):
    """A program that serves the example, and what people do with it."""

    _last_steps: dict[str, int] = field(default_factory=dict)

    # Whoever tells something

    def page(self, path: str, organisation: str = ORGANISATION) -> str:
        """Return the address of a page of an organisation."""
        return f"{self.url}/o/{organisation}/{path}"

    def report_form(self, organisation: str = ORGANISATION) -> ReportForm:
        """Fetch the public form: where it goes, its hidden fields, its file field.

        Files go along on a later page; ``send_report`` finds it.
        """
        address = self.page("vertel/", organisation)
        answer = requests.get(address, timeout=60)
        answer.raise_for_status()
        form = re.search(
            r'<form id="tell".*?action="([^"]+)"(.*?)</form>', answer.text, re.DOTALL
        )
        if form is None:
            raise DriverError("no form to tell something on the page")
        return urljoin(address, form[1]), _hidden_fields(form[2]), FILE_FIELD

    def send_report(
        self, fields: Fields, files: Files, organisation: str = ORGANISATION
    ) -> str:
        """Fill in the form and send it; return the receipt code from the answer.

        Args:
            fields: ``text`` at least; a hidden field given here replaces the page's
                own, so that one token can be sent twice.
            files: by the name of the file field; as ``requests`` takes them, or a
                list of such.
            organisation: short name.

        Raises:
            DriverError: no receipt; the text is what the page said.
        """
        url, hidden, _file_field = self.report_form(organisation)
        data = {"act": "send", **hidden, **fields}
        if files:
            url, data = self._with_files(url, data, files)
        answer = requests.post(url, data, timeout=60)
        found = CODE.search(answer.text)
        if answer.status_code != requests.codes.ok or found is None:
            raise DriverError(f"{answer.status_code}: {text_of(answer.text)}")
        return " ".join(TAG.sub(" ", found[1]).replace("&#32;", " ").split())

    def _with_files(
        self, url: str, data: Fields, files: Files
    ) -> tuple[str, dict[str, str]]:
        """Bring files to the page that takes them; return the form to send there."""
        answer = requests.post(url, {**data, "act": "speak"}, timeout=60)
        for given in files.values():
            for each in given if isinstance(given, list) else [given]:
                url, hidden = _file_form(answer.url, answer.text)
                answer = requests.post(
                    url, {**hidden, "act": "add"}, files={FILE_FIELD: each}, timeout=120
                )
                if 'class="notice error"' in answer.text:
                    raise DriverError(text_of(answer.text))
        url, hidden = _file_form(answer.url, answer.text)
        return url, {**hidden, "act": "send"}

    def open_receipt(self, receipt: str, organisation: str = ORGANISATION) -> str:
        """Return the words on the page behind a code, as a reader sees them."""
        answer = requests.post(
            self.page("code/", organisation), {"code": receipt}, timeout=60
        )
        return text_of(answer.text)

    # Whoever works there

    @cached_property
    def example(self) -> dict[str, Any]:
        """Make the example where it is not yet; return its people and codes."""
        example: dict[str, Any] = json.loads(self.run("demo", "--json"))
        return example

    def persona(self, role: str, organisation: str = ORGANISATION) -> dict[str, str]:
        """Return who has a role in the example: email, password, TOTP secret.

        Raises:
            LookupError: nobody has; a patient cannot log in yet.
        """
        personas: list[dict[str, str]] = self.example["personas"]
        for persona in personas:
            if (persona["role"], persona["organisation"]) == (role, organisation):
                return persona
        raise LookupError(f"nobody logs in as {role} of {organisation}")

    def login(self, role: str, organisation: str = ORGANISATION) -> requests.Session:
        """Return a session that is logged in with password and second factor.

        A code of the second factor works once: logging in again with the same account
        waits for the next one, at most half a minute.

        Raises:
            LookupError: the example has nobody in this role. There is no log-in for
                patients yet.
            DriverError: the log-in was refused.
        """
        persona = self.persona(role, organisation)
        session = requests.Session()
        session.headers["Sec-Fetch-Site"] = "same-origin"
        self._submit(
            session,
            self.page("inloggen/", organisation),
            {"login": persona["email"], "password": persona["password"]},
        )
        answer = self._submit(
            session,
            self.page("inloggen/controle/", organisation),
            {"code": self._fresh_code(persona["secret"])},
        )
        if not answer.is_redirect or "/inloggen/" in answer.headers["Location"]:
            raise DriverError(f"log-in refused: {text_of(answer.text)}")
        return session

    def _submit(
        self, session: requests.Session, address: str, fields: Fields
    ) -> requests.Response:
        page = session.get(address, timeout=60)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        if token is None:
            raise DriverError(f"{page.status_code}, no form at {address}")
        data = {"csrfmiddlewaretoken": token[1], **fields}
        answer = session.post(
            address,
            data,
            headers={"Referer": address, "Origin": self.url},
            allow_redirects=False,
            timeout=60,
        )
        answer.raise_for_status()
        return answer

    def _fresh_code(self, secret: str) -> str:
        """Return a code that was not used before."""
        while (step := int(time.time()) // STEP_SECONDS) <= self._last_steps.get(
            secret, 0
        ):
            time.sleep(0.5)
        self._last_steps[secret] = step
        return totp(secret, step)

    # Commands

    def jobs(self) -> None:
        """Do all background work that is due."""
        self.run("work", "--once")

    def seed(self, n: int) -> dict[str, tuple[str, str, str]]:
        """Plant ``n`` reports: key of the row to (code, organisation, canary)."""
        planted = json.loads(self.run("seed", str(n)))
        return {key: (one[0], one[1], one[2]) for key, one in planted.items()}

    def erase(self, person: str) -> None:
        """Erase what somebody told; they are known by their receipt code only."""
        self.run("erase", person)

    def withdraw(self, person: str, purpose: str) -> None:
        """Withdraw a consent, known by the receipt code.

        Args:
            person: the code.
            purpose: of ``core.consent``; ``read`` takes everything back, behind the
                code, as reporters do themselves.

        Raises:
            DriverError: the code opened nothing, or there is no such consent.
        """
        if purpose != "read":
            self.run("withdraw", person, purpose)
            return
        for organisation in sorted(self.example["codes"]):
            address = self.page("code/intrekken/", organisation)
            answer = requests.post(address, {"code": person, "sure": "yes"}, timeout=60)
            if answer.ok and CODE_FIELD not in answer.text:
                return
        raise DriverError("no organisation knows this code")

    def backup(self, file: str | Path) -> None:
        """Write a backup, while it serves."""
        self.run("backup", str(file))

    def restore(self, file: str | Path, env: Fields | None = None) -> Server:
        """Put a backup back into a new folder, with these keys; return it, stopped.

        Args:
            file: the backup.
            env: ``DATABASE_URL`` of an empty database, where that is not SQLite.
        """
        data = self.data.with_name(f"{self.data.name}-restored-{os.urandom(3).hex()}")
        other = Server(data, {**self.env, "ACHTERBAN_KEYS": str(self.keys)})
        other.env |= env or {}
        other.run("restore", str(file))
        return other

    def verify_audit(self) -> bool:
        """Return whether the log is whole."""
        try:
            self.run("audit", "verify")
        except DriverError:
            return False
        return True

    # What there is to look at

    def public_urls(self) -> list[str]:
        """Return the pages that everybody may see."""
        paths = ["", "privacy/", "toegankelijk/", "vertel/", "code/", "ik-stop/"]
        own = [self.page(path, slug) for slug in self.organisations() for path in paths]
        return [f"{self.url}/", f"{self.url}/huisstijl/", *own]

    def organisations(self) -> list[str]:
        """Return the short names of the organisations in the example."""
        return sorted({one["organisation"] for one in self.example["personas"]})

    def stats_urls(self) -> list[str]:
        """Return the pages with figures; there are none yet."""
        return []

    def export_urls(self) -> list[str]:
        """Return what can be taken along as a file; there is nothing yet."""
        return []

    def media_urls(self) -> list[str]:
        """Return the files that people sent, as those who work there reach them."""
        found: list[str] = []
        for organisation in self.organisations():
            with self.login("coordinator", organisation) as session:
                found += self._files_in(organisation, session)
        return [urljoin(self.url, path) for path in found]

    def _files_in(self, organisation: str, session: requests.Session) -> Iterator[str]:
        for n in range(1, MOST_PAGES):
            address = self.page(f"werk/signalen/?page={n}", organisation)
            shown = session.get(address, timeout=60).text
            for path in set(re.findall(r'href="([^"]+/signalen/\d+/)"', shown)):
                page = session.get(urljoin(self.url, path), timeout=60).text
                yield from re.findall(r'href="([^"]+/signalen/bestand/\d+/)"', page)
            if f"page={n + 1}" not in shown:
                break


CODE_FIELD = 'class="code-field"'
FILE_FIELD = "file"
MOST_PAGES = 1_000


def _file_form(address: str, page: str) -> tuple[str, dict[str, str]]:
    form = re.search(
        r'<form[^>]*class="brings-file"[^>]*action="([^"]+)"(.*?)</form>',
        page,
        re.DOTALL,
    )
    if form is None:
        raise DriverError(text_of(page))
    return urljoin(address, form[1]), _hidden_fields(form[2])


def totp(secret: str, step: int) -> str:
    """Return the six digits of a step of half a minute (RFC 6238)."""
    digest = hmac.digest(
        base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1
    )
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def text_of(page: str) -> str:
    """Return the words in the main part of a page, one space between them."""
    _, _, main = page.partition("<main")
    main = main.partition(">")[2].partition("</main>")[0] or page
    return " ".join(html.unescape(TAG.sub(" ", main)).split())


def _hidden_fields(form: str) -> dict[str, str]:
    fields = {}
    for tag in HIDDEN.findall(form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        fields[attributes["name"]] = html.unescape(attributes.get("value", ""))
    return fields


# The functions of driving.md, on the server that was started last

_servers: list[Server] = []


def current() -> Server:
    """Return the server that was started last.

    Raises:
        DriverError: none was.
    """
    if not _servers:
        raise DriverError("start a server first")
    return _servers[-1]


def start(
    data: str | Path,
    env: Mapping[str, str] | None = None,
    example: dict[str, Any] | None = None,
) -> Server:
    """Make the example in a data folder, serve it, and make it the current server.

    Args:
        data: the folder; its keys come beside it.
        env: variables for the program, as ``DATABASE_URL``.
        example: what ``Server.example`` said, where it stands there already.
    """
    server = Server(Path(data).resolve(), dict(env or {}))
    server.example = example or server.example
    server.start()
    _servers.append(server)
    return server


# What each of these does, the method of Server says.


def stop() -> None:
    current().stop()


def kill9() -> None:
    current().kill9()


def restart(env: Mapping[str, str] | None = None) -> None:
    current().restart(env)


def jobs() -> None:
    current().jobs()


def report_form() -> ReportForm:
    return current().report_form()


def send_report(fields: Fields, files: Files) -> str:
    return current().send_report(fields, files)


def open_receipt(receipt: str) -> str:
    return current().open_receipt(receipt)


def login(role: str, organisation: str = ORGANISATION) -> requests.Session:
    return current().login(role, organisation)


def seed(n: int) -> dict[str, tuple[str, str, str]]:
    return current().seed(n)


def public_urls() -> list[str]:
    return current().public_urls()


def stats_urls() -> list[str]:
    return current().stats_urls()


def export_urls() -> list[str]:
    return current().export_urls()


def media_urls() -> list[str]:
    return current().media_urls()


def erase(person: str) -> None:
    current().erase(person)


def withdraw(person: str, purpose: str) -> None:
    current().withdraw(person, purpose)


def backup(file: str | Path) -> None:
    current().backup(file)


def restore(file: str | Path, env: Fields | None = None) -> Server:
    return current().restore(file, env)


def verify_audit() -> bool:
    return current().verify_audit()
