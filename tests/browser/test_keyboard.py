"""The whole line by Tab, Shift+Tab, Enter and Space (O2)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisit
from tests.browser.keyboard import from_menu, press, tab_to, title, type_in
from tests.browser.visit import Visit

TOLD = "Met toetsen verteld: ik kan geen muis vasthouden."


@pytest.mark.wide
def test_the_line_by_keyboard(new_visit: NewVisit) -> None:
    reporter, volunteer = new_visit(), new_visit()

    reporter.go("")
    press(reporter, "Vertel het ons")
    title(reporter, "Wat maakt u mee?")
    tab_to(reporter, reporter.page.locator("summary", has_text="Weergave"))
    reporter.page.keyboard.press("Space")
    press(reporter, "Groter", "Space")
    expect(reporter.page.locator("html")).to_have_attribute("data-large", "1")
    type_in(reporter, "text", TOLD)
    press(reporter, "Verstuur: lees dit en tel het mee")
    title(reporter, "Dank u wel. Wij hebben het.")
    code = reporter.code()

    volunteer.go("")
    press(volunteer, "Voor vrijwilligers")
    persona = volunteer.server.persona("coordinator")
    type_in(volunteer, "login", persona["email"])
    type_in(volunteer, "password", persona["password"])
    volunteer.page.keyboard.press("Enter")
    title(volunteer, "De tweede stap")
    type_in(volunteer, "code", volunteer.office.second_factor("coordinator"))
    press(volunteer, "Verder", "Space")
    title(volunteer, "Vandaag")
    from_menu(volunteer, "Alle signalen")
    title(volunteer, "Alle signalen")
    tab_to(volunteer, volunteer.page.get_by_role("link", name=TOLD[:30]))
    volunteer.page.keyboard.press("Enter")
    type_in(volunteer, "text", "Mogen wij u bellen?")
    press(volunteer, "Stel deze vraag")
    title(volunteer, "Wij hebben een vraag")
    press(volunteer, "Neem het laatste terug")
    volunteer.page.locator("main .notice", has_text="Teruggenomen").wait_for()
    type_in(volunteer, "text", "Mogen wij u mailen?")
    press(volunteer, "Geef dit antwoord")
    title(volunteer, "Er is een antwoord")

    reporter.go("code/")
    type_in(reporter, "code", code.lower())
    reporter.page.keyboard.press("Enter")
    title(reporter, "Er is een antwoord")
    type_in(reporter, "text", "Liever niet.")
    press(reporter, "Verstuur")
    reporter.reads("Liever niet.")
    press(reporter, "Trek alles in")
    title(reporter, "Alles intrekken?")
    press(reporter, "Ja, wis het voorgoed", "Space")
    title(reporter, "Dit is ingetrokken")


def test_tab_goes_round_and_back(visit: Visit) -> None:
    visit.go("vertel/")
    text = visit.page.locator("[name=text]")
    tab_to(visit, text)
    tab_to(visit, visit.page.locator("header > a"), back=True)
    tab_to(visit, visit.page.locator("footer a").last)
    tab_to(visit, visit.page.locator(".skip"))  # past the end, no trap


def test_the_way_past_the_header(visit: Visit) -> None:
    visit.go("vertel/")
    skip = visit.page.locator(".skip")
    unseen = skip.bounding_box()
    visit.page.keyboard.press("Tab")
    seen = skip.bounding_box()
    assert unseen
    assert unseen["width"] < 2
    assert seen
    assert seen["width"] > 100
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    first = visit.page.locator("main a").first
    assert first.evaluate("it => it === document.activeElement")


def test_focus_is_drawn(visit: Visit) -> None:
    """What the style says is not enough: the pixels around it change."""
    visit.go("vertel/")
    for selector in ("[name=text]", "button[value=send]", "main a", "summary"):
        one = visit.page.locator(selector).first
        one.scroll_into_view_if_needed()
        box = one.bounding_box()
        assert box
        around = {
            "x": max(box["x"] - 8, 0),
            "y": max(box["y"] - 8, 0),
            "width": box["width"] + 16,
            "height": box["height"] + 16,
        }
        one.evaluate("it => document.activeElement.blur()")
        without = visit.page.screenshot(clip=around)  # type: ignore[arg-type]
        one.evaluate("it => it.focus({focusVisible: true, preventScroll: true})")
        assert visit.page.screenshot(clip=around) != without, selector  # type: ignore[arg-type]
