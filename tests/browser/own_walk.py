"""The walk past what an organisation sets itself."""

from __future__ import annotations

from collections.abc import Iterator

from achterban.core.files.tests import samples
from tests.browser.visit import Visit

OURS = "spierkring"


def our_own(visit: Visit) -> Iterator[str]:
    """House style, with slips."""
    visit.enter("administrator", OURS)
    visit.go("werk/organisatie/", OURS)
    yield "organisation"
    visit.go("werk/organisatie/huisstijl/", OURS)
    yield "house-style"
    colour(visit, "#f2b705")
    visit.press("Eerst bekijken")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "house-style-too-faint"
    colour(visit, "#005ea5")
    visit.press("Bewaar")
    visit.page.locator(".notice.kind").wait_for()
    logo = samples.photo("PNG", width=900, height=270)
    visit.choose(logo, "logo.png", "image/png")
    visit.press("Gebruik dit logo")
    visit.page.locator("main .logo").first.wait_for()
    yield "house-style-kept"
    for _ in range(15):  # what an organisation is, is remembered for ten seconds
        visit.go("", OURS)
        if visit.page.locator("header .logo").count():
            break
        visit.page.wait_for_timeout(1000)
    yield "home-in-our-style"


def colour(visit: Visit, value: str) -> None:
    """Choose a colour."""
    visit.page.locator("#colour [name=colour]").fill(value)
