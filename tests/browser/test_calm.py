"""Nothing moves, the reader's own settings hold, and pages are light (O5, O9)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Response, expect

from tests.browser.conftest import NewVisit
from tests.browser.visit import Visit

WAIT = 2000  # ms
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
SOFT = "getComputedStyle(document.querySelector('.meta')).color"
INK = "getComputedStyle(document.documentElement).color"
LIGHT, DARK, QUIET = "rgb(245, 239, 227)", "rgb(28, 21, 17)", "rgb(24, 17, 12)"
MOST_FIRST, MOST_WITHOUT_FONTS = 150_000, 30_000  # bytes over the wire


def test_nothing_changes_unprompted(new_visit: NewVisit) -> None:
    reporter, staff = new_visit(), new_visit()
    staff.enter("coordinator")
    shown = []
    for visit, path in (
        (reporter, ""),
        (reporter, "vertel/"),
        (reporter, "code/"),
        (staff, "werk/"),
        (staff, "werk/signalen/gesprek/"),
    ):
        page = visit.context.new_page()
        page.goto(visit.server.page(path))
        page.evaluate("document.fonts.ready.then(() => 0)")
        shown.append((path, page, page.screenshot()))
    shown[0][1].wait_for_timeout(WAIT)
    changed = [path for path, page, before in shown if page.screenshot() != before]
    assert changed == []


def test_what_the_device_asks_for_is_followed(new_visit: NewVisit) -> None:
    visit = new_visit(color_scheme="dark", reduced_motion="reduce")
    visit.go("vertel/")
    assert visit.page.evaluate(GROUND) == DARK
    assert visit.page.locator("meta[name=color-scheme]").get_attribute("content") == (
        "light dark"
    )
    assert visit.look("moving") == []
    visit.page.emulate_media(color_scheme="light")
    assert visit.page.evaluate(GROUND) == LIGHT
    assert visit.page.evaluate(SOFT) != visit.page.evaluate(INK)
    visit.page.emulate_media(contrast="more")
    assert visit.page.evaluate(SOFT) == visit.page.evaluate(INK)


def test_a_choice_of_display_is_remembered_without_identity(
    new_visit: NewVisit,
) -> None:
    visit = new_visit()
    visit.go("")
    visit.page.locator("summary").first.click()
    visit.press("Rustig")
    expect(visit.page.locator("html")).to_have_attribute("data-calm", "1")
    visit.page.locator("summary").first.click()
    visit.press("Groter")
    expect(visit.page.locator("html")).to_have_attribute("data-large", "1")
    visit.go("code/")
    assert visit.page.evaluate(GROUND) == QUIET
    assert visit.page.locator(".mark").is_hidden()
    assert visit.page.evaluate("document.fonts.check('16px Atkinson')") is False
    cookies = {one.get("name"): one.get("value") for one in visit.context.cookies()}
    assert cookies == {"weergave": "calm:1.large:1"}
    visit.go("ik-stop/")
    assert visit.kept_on_device() == ["weergave"]


@pytest.mark.parametrize("path", ["", "vertel/", "code/"])
def test_pages_are_light(visit: Visit, path: str) -> None:
    answers: list[Response] = []
    visit.page.on("response", lambda answer: answers.append(answer))
    visit.go(path)
    visit.page.evaluate("document.fonts.ready.then(() => 0)")
    visit.page.wait_for_load_state("networkidle")
    weights = {}
    for answer in answers:
        sizes = answer.request.sizes()
        weights[urlsplit(answer.url).path] = (
            sizes["responseBodySize"] + sizes["responseHeadersSize"]
        )
    fonts = {place: n for place, n in weights.items() if place.endswith(".woff2")}
    assert fonts
    assert len([place for place in weights if re.search(r"draad.*\.css", place)]) == 1
    assert sum(weights.values()) <= MOST_FIRST
    assert sum(weights.values()) - sum(fonts.values()) <= MOST_WITHOUT_FONTS
