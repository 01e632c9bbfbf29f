"""Real experiences go the whole way: told, read, answered, and the answer read back."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import driver

pytestmark = [pytest.mark.server, pytest.mark.wide]

SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[2] / "shared"))
FILE = SHARED / "inputs" / "ervaringen-zorg.csv"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LINK = re.compile(r'href="([^"]*/werk/signalen/\d+/)"')


def experiences() -> list[str]:
    """Return what people told, in their own words."""
    if not FILE.exists():
        pytest.skip(f"the experiences are not here: {FILE}")
    with FILE.open(encoding="utf-8", newline="") as file:
        return [line["tekst"] for line in csv.DictReader(file)]


def test_every_experience_is_answered(
    tmp_path: Path, new_database: Callable[[], dict[str, str]]
) -> None:
    told = experiences()
    server = driver.start(tmp_path / "data", new_database())
    try:
        codes = [driver.send_report({"text": text}, {}) for text in told]
        answers = answer_all(server, told)
        for code, text in zip(codes, told, strict=True):
            page = driver.open_receipt(code)
            assert words(text) in page
            assert answers[text] in page
            others = [a for t, a in answers.items() if t != text]
            assert not any(answer in page for answer in others)
    finally:
        server.stop()


def answer_all(server: driver.Server, told: list[str]) -> dict[str, str]:
    """Read every report as a volunteer and answer it; return the answers by text."""
    volunteer = driver.login("volunteer")
    answers: dict[str, str] = {}
    for address in report_addresses(server, volunteer):
        page = volunteer.get(address, timeout=60)
        text = next((t for t in told if words(t) in driver.text_of(page.text)), None)
        if text is None:
            continue  # of the example
        number = address.rstrip("/").rpartition("/")[2]
        answers[text] = f"Dank u. Wij nemen dit mee als signaal {number}."
        token = TOKEN.findall(page.text)[0]
        fields = {"act": "answer", "text": answers[text], "csrfmiddlewaretoken": token}
        sent = volunteer.post(
            f"{address}schrijf/", fields, headers={"Referer": address}, timeout=60
        )
        assert answers[text] in driver.text_of(sent.text)
    assert set(answers) == set(told)
    return answers


def report_addresses(
    server: driver.Server, volunteer: driver.requests.Session
) -> set[str]:
    """Return the address of every report on the list, page after page."""
    found: set[str] = set()
    for n in range(1, 20):
        page = volunteer.get(server.page(f"werk/signalen/?page={n}"), timeout=60)
        more = {f"{server.url}{link}" for link in LINK.findall(page.text)}
        if more <= found:
            break
        found |= more
    return found


def words(text: str) -> str:
    """Return a text as it reads on a page."""
    return " ".join(text.split())
