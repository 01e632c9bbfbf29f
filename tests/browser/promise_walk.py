"""A walk past promises: from a few to one that is written down, moved and told of."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.visit import Visit

OTHER = "spierkring"
LETTER = (
    "Beste mensen,\n\nWij sturen u uiterlijk 14 maart de cijfers. Helaas kan meer niet."
)


def a_promise(visit: Visit) -> Iterator[str]:
    """Write one down, read it, dispute it, move it, and tell what took place."""
    visit.enter("coordinator", OTHER)
    visit.go("werk/toezeggingen/", OTHER)
    yield "none"
    visit.enter("coordinator")
    visit.go("werk/toezeggingen/")
    yield "list"
    visit.press("Alles")
    visit.press("Wij spreken elkaar elke zes weken, met de minister erbij.")
    visit.reads("1 van de 8 keer zoals beloofd")
    yield "series"
    visit.go("werk/dossiers/")
    visit.press("Keukentafelgesprek in delen")
    visit.page.locator("main").get_by_role("link", name="Toezeggingen").click()
    yield "with-dossier"
    visit.press("Schrijf een toezegging op")
    visit.page.locator("[name=naam]").fill("zorg")
    visit.press("Zoek")
    yield "choose"
    visit.press("Ministerie van Zorg")
    yield "new"
    visit.press("Hebt u een brief of verslag? Zoek daarin naar toezeggingen")
    yield "read"
    visit.page.locator("[name=text]").fill(LETTER)
    visit.page.locator("[name=said_on]").fill("2026-01-05")
    visit.page.locator("[name=source]").fill("Brief van het ministerie")
    visit.press("Zoek toezeggingen")
    visit.reads("Wanneer: 14 maart")
    yield "found"
    visit.press("Schrijf dit op")
    assert visit.page.locator("[name=words]").input_value() == "14 maart"
    visit.press("Bewaar")
    visit.reads("klaar op 14 maart 2026")
    visit.page.locator("a.back").click()
    visit.press("Schrijf een toezegging op")
    visit.page.locator("[name=naam]").fill("zorg")
    visit.press("Zoek")
    visit.press("Ministerie van Zorg")
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    visit.page.get_by_label("Ministerie van Zorg als geheel").check()
    visit.page.locator("[name=verbatim]").fill("Wij komen elke maand langs.")
    visit.page.locator("[name=said_on]").fill("2026-01-05")
    visit.page.locator("[name=source]").fill("Brief aan ons, bladzijde 2")
    visit.page.locator("[name=words]").fill("zodra het kan")
    visit.press("Bewaar")
    visit.reads("In die woorden lezen wij geen dag.")
    yield "new-slip"
    visit.page.locator("[name=words]").fill("elke maand")
    visit.press("Bewaar")
    visit.reads("nog niet ingevuld")
    yield "promise"
    visit.press("Wat kwam ervan?")
    visit.page.get_by_label("betwist").check()
    visit.press("Bewaar")
    visit.reads("Schrijf eerst op hoe wij het lezen")
    yield "step-slip"
    visit.page.locator("a.back").click()
    visit.press("Een andere dag of een ander ritme")
    visit.press("Bewaar")
    visit.reads("Vul in wanneer het nu moet")
    yield "move-slip"
    visit.page.locator("[name=words]").fill("elke twee maanden")
    visit.press("Bewaar")
    visit.reads("opnieuw afgesproken")
    visit.page.locator("main").get_by_role("link", name="Ging het door?").first.click()
    yield "time"
    visit.page.get_by_label("ging niet door").check()
    visit.page.locator("[name=note]").fill("Afgezegd per mail")
    visit.press("Bewaar")
    visit.reads("Afgezegd per mail")
    yield "told"
    visit.press("Maak het openbaar")
    yield "not-public"
    visit.press("Vraag een collega om het openbaar te maken")
    visit.reads("Een collega kijkt er nu naar.")
    yield "asked"
    visit.go("toezeggingen/")
    yield "public-list"
    visit.press("Wij spreken elkaar elke zes weken, met de minister erbij.")
    visit.reads("1 van de 8 keer zoals beloofd")
    yield "public"
    visit.go("werk/toezeggingen/")
    visit.press("Wij komen elke maand langs.")
    visit.press("Brieven erover")
    yield "letters"
    visit.page.get_by_label("Het een trede hoger vragen").check()
    visit.press("Maak de brief")
    visit.reads("Zeg waarom het hoger gaat.")
    yield "letter-slip"
    visit.page.locator("[name=rung]").select_option("management")
    visit.page.locator("[name=why]").fill("Drie keer afgezegd")
    visit.press("Maak de brief")
    visit.reads("Waarom wij nu bij u komen: Drie keer afgezegd")
    yield "letter"
    visit.go("werk/publicaties/wachten/")
    yield "owing"
    visit.press("Ministerie van Zorg")
    yield "party"
    visit.page.locator("a.back").click()
    visit.press("Verander de tekst waarmee deze brieven beginnen")
    yield "first-words-list"
    visit.press("Herinneren: de dag is voorbij")
    visit.page.locator("[name=text]").fill("Nog niets van {wie}: {toezeggingen}")
    visit.press("Bewaar")
    visit.reads("{wie} betekent hier niets.")
    yield "first-words-slip"
    visit.go("werk/dossiers/")
    visit.press("Keukentafelgesprek in delen")
    visit.press("Wat het opbracht")
    yield "brought-nothing"
    visit.press("Schrijf op wat het opbracht")
    visit.page.locator("[name=result][value=not]").check()
    visit.page.locator("[name=what]").fill(
        "Het gesprek in delen komt er dit jaar niet."
    )
    visit.press("Bewaar")
    visit.reads("Zeg waarom het niet bereikt is.")
    yield "outcome-slip"
    visit.page.locator("[name=why]").fill("De raad wil eerst weten wat het kost.")
    visit.press("Bewaar")
    visit.reads("hoorden het nog niet")
    yield "brought"
    visit.press("Vertel het iedereen die erover vertelde")
    visit.reads("Lees het na, en verander wat u wilt.")
    yield "to-tell"
    visit.go("werk/opbrengst/")
    yield "all-outcomes"
    visit.go("werk/signalen/")
    visit.page.locator(".worklist a").first.click()
    visit.page.locator("main").get_by_role("link", name="Wat ervan kwam").click()
    yield "course"
