"""A café without a line: what is typed stays, locked, and is sent once."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import NewVisit

STORIES = "De lift was stuk, al weken.\n\nDe wachtkamer heeft geen stoel om te liggen."


def test_an_evening_without_a_line(new_visit: NewVisit) -> None:
    visit = new_visit()
    visit.enter("advocate")
    visit.go("werk/bijeenkomsten/nieuw/")
    visit.page.locator("[name=name]").fill("Kelder zonder bereik")
    visit.press("Verder")
    field = visit.page.locator("[name=text]")
    field.wait_for()
    address = visit.page.url
    visit.context.set_offline(True)
    field.fill(STORIES)
    visit.press("Bewaar alle verhalen")
    visit.reads("Geen bereik. Het staat veilig op dit apparaat.")
    kept = visit.page.evaluate("Object.values(localStorage).join()")
    assert kept
    assert "lift" not in kept

    visit.page.close()  # the telephone closes it
    visit.context.set_offline(False)
    visit.page = visit.context.new_page()
    visit.page.goto(address)
    expect(visit.page.locator("[name=text]")).to_have_value(STORIES)
    visit.press("Bewaar alle verhalen")
    visit.reads("2 verhalen bewaard")
    visit.page.wait_for_function("localStorage.length === 0")
