"""One server and one Chromium for all tests here; a profile for each person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.visit import PATIENCE, PHONE, Office, Visit, launch, start_office

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
    office = start_office(tmp_path_factory.mktemp("office") / "data")
    yield office
    office.server.stop()


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
