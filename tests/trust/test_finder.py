"""The process that looks through words: it comes when it is needed, and may die."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import driver
from tests.trust.conftest import Figure, Places
from tests.trust.tools import Visitor

pytestmark = pytest.mark.trust
WORDS = "Dokter Willem Verhoeven belde op 06-12345678 over de keuring."
LONGEST = 240  # seconds; the very first start makes tables for the next ones


def finder_of(data: Path) -> tuple[int, int]:
    """Return process id and memory (MB) of an installation's finder; 0 for none."""
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if (
                b"finder" in words
                and str(data).encode() in (entry / "environ").read_bytes()
            ):
                status = (entry / "status").read_text()
                rss = next(line for line in status.splitlines() if "VmRSS" in line)
                return int(entry.name), int(rss.split()[1]) // 1000
        except (OSError, StopIteration):
            continue
    return 0, 0


def wait_until(is_so: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < LONGEST
        time.sleep(0.5)
    return time.monotonic() - began


def marked(server: driver.Server, session: driver.requests.Session) -> list[str]:
    """Return what the newest report has marked, once it was looked through."""
    page = session.get(server.page("werk/signalen/"), timeout=60).text
    link = driver.re.search(r'href="([^"]+/werk/signalen/\d+/)">Dokter', page)
    assert link
    found = session.get(f"{server.url}{link[1]}nakijken/", timeout=60).text
    return driver.re.findall(r"<mark[^>]*>([^<]+)</mark>", found)


def test_it_comes_when_needed_and_what_it_missed_is_read_later(
    sqlite: Places, figure: Figure
) -> None:
    server = sqlite.start(ACHTERBAN_FINDER="1")
    wait_until(lambda: finder_of(server.data)[0] > 0)  # for the example itself
    first, _memory = finder_of(server.data)
    os.kill(first, signal.SIGKILL)
    Visitor(server).send(WORDS)
    session = server.login("volunteer")

    took = wait_until(lambda: bool(marked(server, session)))

    second, memory = finder_of(server.data)
    assert second not in {0, first}
    assert memory < 2000
    assert {"Willem Verhoeven", "06-12345678"} <= set(marked(server, session))
    figure(f"killed once; {took:.0f} s to the words, with {memory} MB")
    server.stop()
    wait_until(lambda: finder_of(server.data)[0] == 0)  # it goes with the program
