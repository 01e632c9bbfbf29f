"""A volunteer's ten minutes: five reports from raw words to who takes them, by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisit
from tests.browser.keyboard import access_key, press, tab_to, title
from tests.browser.review_walk import LOOK_THROUGH

TOLD = [
    "De regiotaxi kwam niet. Bel 06 12 34 56 7{n}. De gemeente Amersfoort zwijgt.",
    "Mijn scootmobiel staat stil. Monteur belde van 06 12 34 56 7{n}.",
    "UWV belde van 06 12 34 56 7{n} over de keuring.",
    "De huisarts stuurt mij weg. Mijn mail is els{n}@voorbeeld.example.",
    "Geen pgb, schreven zij aan els{n}@voorbeeld.example.",
]


@pytest.mark.wide
def test_five_reports_by_keyboard(new_visit: NewVisit) -> None:
    volunteer, reporter = new_visit(), new_visit()
    for n, text in enumerate(TOLD):
        reporter.tell(text.format(n=n))
    volunteer.office.server.run("django", "shell", "-c", LOOK_THROUGH)
    volunteer.enter("volunteer")
    volunteer.go("werk/")
    press(volunteer, "Ik heb tien minuten")
    title(volunteer, "Ik heb tien minuten")
    press(volunteer, "Begin")
    for n in range(5):
        title(volunteer, "Kijk de woorden na")
        volunteer.reads(f"{n + 1} van 5")
        press(volunteer, "Zo mag het gelezen worden")
        title(volunteer, "Waar gaat het over?")
        if n == 0:
            choice = volunteer.page.get_by_label("zwaar", exact=True)
            tab_to(volunteer, volunteer.page.locator("[name=severity]").first)
            volunteer.page.keyboard.press("ArrowDown")
            expect(choice).to_be_checked()
        press(volunteer, "Bewaar")
    title(volunteer, "5 gedaan. Dank u wel.")
    assert volunteer.complaints == []


@pytest.mark.wide
def test_accept_change_and_add_are_a_key_each(new_visit: NewVisit) -> None:
    volunteer, reporter = new_visit(), new_visit()
    told = "De traplift kwam met een nummer"
    reporter.tell(f"{told}: 06 12 34 56 78 was van Hendrik.")
    path = volunteer.office.report_path(told)
    volunteer.office.server.run("django", "shell", "-c", LOOK_THROUGH)
    volunteer.enter("volunteer")
    volunteer.go(f"{path}nakijken/")
    keys, found = volunteer.page.keyboard, volunteer.page.locator("main mark")
    volunteer.reads("Met toetsen")

    access_key(volunteer, "e")
    keys.insert_text("hendrik")
    access_key(volunteer, "b")
    expect(found).to_have_text(["06 12 34 56 78", "Hendrik"])
    access_key(volunteer, "v")
    keys.press("h")
    expect(volunteer.page.locator("[name=span0]")).to_have_value("stays")
    access_key(volunteer, "g")

    title(volunteer, "Waar gaat het over?")
    volunteer.go(f"{path}nakijken/")
    expect(found).to_have_text(["Hendrik"])
