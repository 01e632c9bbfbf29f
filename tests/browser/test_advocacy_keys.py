"""From what goes wrong to a letter, and to who decides, by keyboard alone (O2)."""

from __future__ import annotations

import time

import pytest

from tests.browser.keyboard import (
    access_key,
    from_menu,
    press,
    tab_to,
    tick,
    title,
    type_in,
)
from tests.browser.visit import Visit

ISSUE = "Een gesprek duurt te lang"
DOSSIER = "Keukentafelgesprek in delen"


@pytest.mark.wide
def test_a_claim_with_its_source_goes_into_a_letter_by_keyboard(visit: Visit) -> None:
    sentence = f"Gesprek {time.time_ns()} was te lang."
    visit.enter("volunteer")
    visit.go("werk/")
    from_menu(visit, "Knelpunten")
    press(visit, ISSUE)
    press(visit, "Schrijf een stelling")
    type_in(visit, "sentence", sentence)
    tick(visit, "richtlijn")
    press(visit, "Bewaar")
    press(visit, "Noem een bron")
    type_in(visit, "source", "Richtlijn gesprekken, 2025, bladzijde 4")
    press(visit, "Bewaar")
    visit.reads("Richtlijn gesprekken")
    from_menu(visit, "Publicaties")
    press(visit, "Schrijf er een")
    tick(visit, "Een brief")
    type_in(visit, "title", "Korter praten")
    tick(visit, ISSUE)
    press(visit, "Begin met schrijven")
    ready = visit.page.locator("main li", has_text=sentence)
    tab_to(visit, ready.get_by_role("button", name="Zet in de tekst", exact=True))
    visit.page.keyboard.press("Enter")
    visit.reads("[1]")
    press(visit, "Bewaar en lees")
    title(visit, "Korter praten")
    visit.reads("Niets staat in de weg.")
    tab_to(visit, visit.page.locator(".letter a.proven"))
    visit.page.keyboard.press("Enter")
    assert visit.page.locator(":target").inner_text().count("Richtlijn gesprekken")
    press(visit, "Vraag een tweede lezer")
    press(visit, "Vraag om het te versturen")
    visit.reads("wacht op een tweede lezer")


@pytest.mark.wide
def test_who_decides_is_written_down_by_keyboard(visit: Visit) -> None:
    name = f"Wethouder {time.time_ns()}"
    visit.enter("volunteer")
    visit.go("werk/")
    from_menu(visit, "Contacten")
    press(visit, "Schrijf iemand op")
    type_in(visit, "name", name)
    type_in(visit, "title", "wethouder zorg")
    type_in(visit, "party", "Gemeente Utrecht")
    press(visit, "Bewaar")
    title(visit, name)
    from_menu(visit, "Dossiers")
    press(visit, DOSSIER)
    press(visit, "Wie gaat erover, en wie wil wat")
    press(visit, "Zet er iemand bij")
    type_in(visit, "naam", "Gemeente Utrecht")
    press(visit, "Zoek")
    press(visit, "Gemeente Utrecht")
    visit.reads(name)
    tick(visit, f"{name}, wethouder zorg")
    for choice in ("power", "interest", "stance"):
        tab_to(visit, visit.page.locator(f"main [name={choice}]").first)
        visit.page.keyboard.press("Space")
    type_in(visit, "why", "Zei dat op de raadsavond.")
    press(visit, "Bewaar")
    visit.reads("Zei dat op de raadsavond.")


@pytest.mark.wide
def test_letters_become_public_by_keyboard(visit: Visit) -> None:
    name = f"Mail {time.time_ns()}"
    visit.enter("volunteer")
    visit.go("werk/")
    from_menu(visit, "Dossiers")
    press(visit, DOSSIER)
    press(visit, "Openbare versies")
    press(visit, "Haal brieven of mails binnen")
    type_in(visit, "title", name)
    type_in(visit, "text", "Beste Tjalling, de sleutel ligt bij de balie.")
    press(visit, "Haal het binnen")
    title(visit, "Wat gaat eruit?")
    access_key(visit, "v")
    access_key(visit, "e")
    visit.page.keyboard.type("de balie")
    access_key(visit, "g")
    visit.reads("Nu kijkt iemand anders")
    visit.enter("coordinator")
    visit.go("werk/")
    from_menu(visit, "Openbare versies")
    press(visit, name)
    press(visit, "Kijk na en maak openbaar")
    press(visit, "Ik las alles: maak het openbaar")
    visit.reads("Het is openbaar.")
