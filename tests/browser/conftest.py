"""One server and one Chromium for all tests here; a profile for each person."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.visit import PATIENCE, PHONE, Office, Visit, launch, start_office
from tests.driver import Server

expect.set_options(timeout=PATIENCE)
NewVisit = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all that stands here."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


# For this package and not for the session: while Playwright runs, Django's own tests
# in the same process would believe that they are in an event loop.


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    data = tmp_path_factory.mktemp("office") / "data"
    example = _copy_example(_shared(tmp_path_factory), data)
    office = start_office(data, example)
    yield office
    office.server.stop()


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of the whole run: that of a worker stands in it."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _copy_example(shared: Path, data: Path) -> dict[str, Any]:
    """Make the example once for all workers, as it takes long; return what is in it."""
    made = shared / "example" / "data"
    said = shared / "example.json"
    with (shared / "example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(json.dumps(Server(made).example))
    for folder in (made, made.with_name("data-keys")):
        shutil.copytree(folder, data.with_name(folder.name), dirs_exist_ok=True)
    example: dict[str, Any] = json.loads(said.read_text())
    return example


@pytest.fixture
def new_visit(chromium: Browser, office: Office) -> Iterator[NewVisit]:
    """Return a function that lets somebody come by: a phone of 320 by 640 pixels."""
    visits: list[Visit] = []

    def come(**options: Any) -> Visit:
        context = chromium.new_context(
            **{"viewport": PHONE, "locale": "nl-NL", **options}
        )
        visits.append(Visit(context, office))
        return visits[-1]

    yield come
    for visit in visits:
        visit.context.close()


@pytest.fixture
def visit(new_visit: NewVisit) -> Visit:
    return new_visit()
