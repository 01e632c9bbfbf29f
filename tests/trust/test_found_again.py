"""Texts that came as files are looked through, approved, and found again."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
import requests

from tests import driver
from tests.test_experiences import SHARED
from tests.trust.conftest import Figure, Places
from tests.trust.tools import CSRF, REPORT_LINK

pytestmark = pytest.mark.trust

EXPERIENCES = SHARED / "inputs" / "ervaringen-zorg.csv"
GOLD = SHARED / "gold" / "reports.jsonl"
MARKED = re.compile(r"\[[^\]]*\]")  # what stands for somebody's name or number
CHECKED = re.compile(
    r"<h2>Zo lezen anderen het</h2>\s*<blockquote>(.*?)</blockquote>", re.S
)
N_LIST = 25


class Fields(HTMLParser):
    """What a browser would send of the form with an id, as it stands."""

    def __init__(self, form_id: str) -> None:
        """Look for this form."""
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._form_id, self._is_in, self._select = form_id, False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field with the value that it has."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_in = given.get("id") == self._form_id
        if not self._is_in:
            return
        if tag == "select":
            self._select = given["name"]
        elif tag == "option" and "selected" in given:
            self.sent.append((self._select, given["value"]))
        elif tag == "input" and given.get("name"):
            can_be_off = given.get("type") in {"checkbox", "radio"}
            if not can_be_off or "checked" in given:
                self.sent.append((given["name"], given.get("value", "")))


@dataclass
class Desk:
    """A coordinator at work.

    Attributes:
        server: where.
        session: logged in.
    """

    server: driver.Server
    session: requests.Session

    def get(self, path: str) -> str:
        """Return a page of the Werkplek."""
        answer = self.session.get(self.server.page(path), timeout=60)
        answer.raise_for_status()
        return answer.text

    def post(self, path: str, fields: list[tuple[str, str]]) -> str:
        """Send a form of that page; return what comes."""
        address = self.server.page(path)
        headers = {"Referer": address, "Origin": self.server.url}
        answer = self.session.post(address, fields, headers=headers, timeout=60)
        answer.raise_for_status()
        return answer.text

    def reports(self) -> list[str]:
        """Return the key of every report, page after page of the list."""
        found: dict[str, None] = {}
        for n in range(1, 1000):
            keys = REPORT_LINK.findall(self.get(f"werk/signalen/?page={n}"))
            if not set(keys) - found.keys():
                break
            found |= dict.fromkeys(keys)
        return list(found)

    def approve(self, key: str) -> str:
        """Say that the words may be read as the program marked them; return them."""
        path = f"werk/signalen/{key}/nakijken/"
        form = Fields("review")
        form.feed(self.get(path))
        self.post(path, [*form.sent, ("act", "approve")])
        found = CHECKED.search(self.get(path))
        assert found, f"{key} was not approved"
        return unescape(re.sub(r"<[^>]+>", " ", found[1]))

    def finds(self, words: str) -> list[str]:
        """Return the keys of the reports with all these words, newest first."""
        token = CSRF.findall(self.get("werk/zoeken/"))[0]
        fields = [("csrfmiddlewaretoken", token), ("words", words), ("act", "find")]
        return REPORT_LINK.findall(self.post("werk/zoeken/", fields))


def gold_as_csv(path: Path) -> Path:
    """Write the 300 texts as a spreadsheet of an organisation."""
    texts = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["nr", "gemeente", "tekst"])
        for each in texts:
            rows.writerow([each["id"], each["municipality"] or "", each["text"]])
    return path


def telling_words(text: str) -> Iterator[str]:
    """Yield the longest words of a text, each once."""
    words = dict.fromkeys(re.findall(r"[^\W\d_]{4,}", MARKED.sub(" ", text)))
    yield from sorted(words, key=len, reverse=True)[:4]


@pytest.mark.skipif(
    not (EXPERIENCES.exists() and GOLD.exists()), reason=f"not here: {SHARED}"
)
def test_imported_texts_are_reviewed_and_found_again(
    sqlite: Places, tmp_path: Path, figure: Figure
) -> None:
    server = sqlite.start()
    desk = Desk(server, server.login("coordinator"))
    before = set(desk.reports())
    for file in (EXPERIENCES, gold_as_csv(tmp_path / "gold.csv")):
        server.run("import", str(file), "--organisation", driver.ORGANISATION)
    server.run("finder", "--once")
    ours = [key for key in desk.reports() if key not in before]

    checked = {key: desk.approve(key) for key in ours}
    server.jobs()
    missed = {}
    for key, text in checked.items():
        words = " ".join(telling_words(text))
        if words and key not in desk.finds(words):
            missed[words] = text

    n_marked = sum(bool(MARKED.search(text)) for text in checked.values())
    figure(
        f"{len(ours)} texts imported and approved, {n_marked} with something taken "
        f"out, {len(ours) - len(missed)} found again by their longest words"
    )
    assert len(ours) >= 315
    assert missed == {}
