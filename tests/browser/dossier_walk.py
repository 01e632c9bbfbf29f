"""Walks past dossiers: from none to one with tasks, issues and municipalities."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.visit import Visit


def a_dossier(visit: Visit) -> Iterator[str]:
    """Open one, say what has to be done, do it, and let it live in municipalities."""
    other = "spierkring"
    visit.enter("coordinator", other)
    visit.go("werk/dossiers/", other)
    yield "none"
    visit.go("werk/taken/", other)
    yield "no-tasks"
    visit.enter("coordinator")
    visit.go("werk/dossiers/nieuw/")
    yield "new"
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "new-slip"
    visit.page.locator("[name=title]").fill("Een tweede beluur bij de huisarts")
    visit.page.locator("[name=demand]").fill(
        "Huisartsen zijn ook ’s middags een uur te bellen, voor wie ’s ochtends ligt."
    )
    visit.press("Bewaar")
    visit.reads("wij bereiden voor")
    yield "empty"
    visit.press("Hoe ver zijn wij?")
    yield "step"
    visit.page.get_by_label("wij zijn ermee bezig").check()
    visit.page.locator("[name=why]").fill("Twee praktijken willen meedoen")
    visit.press("Bewaar")
    visit.reads("Twee praktijken willen meedoen")
    visit.press("Schrijf een taak op")
    yield "task"
    visit.page.locator("[name=what]").fill("Vraag de huisartsen om een gesprek")
    visit.page.locator("[name=by_when]").fill("2026-01-05")
    visit.press("Bewaar")
    visit.reads("zou klaar zijn op")
    visit.press("Klaar")
    visit.reads("Klaar. Dank u wel.")
    visit.press("Kies knelpunten")
    yield "link"
    visit.page.locator("[name=issue]").first.check()
    visit.press("Bewaar")
    visit.reads("Knelpunt erbij")
    visit.press("Doe het ook in gemeenten")
    visit.page.locator("[name=places]").fill("Nergens\nAssen")
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "mirror-slip"
    visit.page.locator("[name=places]").fill("Assen\nSúdwest-Fryslân\nUtrecht")
    visit.press("Bewaar")
    visit.reads("Er zijn 3 gemeenten bij gekomen.")
    yield "dossier"
    visit.press("Súdwest-Fryslân")
    visit.reads("hier en in het hele land")
    yield "mirror"
    visit.go("werk/dossiers/")
    yield "dossiers"
    visit.press("Keukentafelgesprek in delen")
    yield "example"
    visit.press("Alle taken, ook wat klaar is")
    yield "tasks"
    visit.page.locator("a.back").click()
    visit.press("Alles wat er gebeurde")
    yield "timeline"
    visit.go("werk/taken/")
    yield "own-tasks"


def a_talk(visit: Visit) -> Iterator[str]:
    """Say where a party stands, plan a talk with it, and tell what came of it."""
    visit.enter("coordinator")
    visit.go("werk/dossiers/")
    visit.press("Keukentafelgesprek in delen")
    visit.press("Wie gaat erover, en wie wil wat")
    yield "stands"
    visit.press("Zet er iemand bij")
    yield "choose"
    visit.page.locator("[name=naam]").fill("utrecht")
    visit.press("Zoek")
    yield "found"
    visit.press("Gemeente Utrecht")
    yield "position-new"
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "position-slip"
    for field in ("power", "interest"):
        visit.page.locator(f"[name={field}]").last.check()
    visit.page.locator("[name=stance]").first.check()
    visit.page.locator("[name=why]").fill("De raad nam er een motie over aan.")
    visit.press("Bewaar")
    visit.reads("De raad nam er een motie over aan.")
    visit.press("Plan iets")
    visit.page.locator("[name=what]").fill("Bedank de raad, en stuur het verslag")
    yield "plan"
    visit.press("Bewaar")
    visit.reads("Bedank de raad")
    yield "position"
    visit.press("Haal weg …")
    yield "position-drop"
    visit.go("werk/overleg/")
    yield "talks"
    visit.press("Gesprek in delen")
    yield "talk-planned"
    visit.press("Maak de agenda")
    yield "agenda"
    visit.press("Een eigen punt")
    yield "point"
    visit.page.locator("[name=title]").fill("Wie schrijft het verslag?")
    visit.press("Bewaar")
    visit.reads("Wie schrijft het verslag?")
    visit.press("Wie er komen")
    yield "who-comes"
    visit.page.locator("[name=naam]").fill("wijkteams")
    visit.press("Zoek")
    visit.press("Vereniging van Wijkteams")
    yield "invite"
    visit.press("Bewaar")
    visit.reads("Vereniging van Wijkteams")
    visit.page.locator("a.back").click()
    visit.press("Hoe ging het?")
    yield "how"
    visit.go("werk/overleg/")
    visit.press("Kennismaken in Utrecht")
    visit.reads("(lager dan beloofd)")
    yield "talk"
    visit.press("Een verslag om te printen")
    yield "report"
    visit.page.locator("a.back").click()
    visit.press("Verander")
    yield "talk-change"
    visit.page.locator("a.back").click()
    visit.press("Haal weg …")
    yield "talk-drop"


def with_another(visit: Visit) -> Iterator[str]:
    """Work at one goal with another organisation, and leave again."""
    other = "spierkring"
    visit.enter("coordinator")
    visit.go("werk/dossiers/")
    visit.press("Keukentafelgesprek in delen")
    path = visit.page.url.partition("/stille-kracht/")[2]
    visit.press("Samen met anderen")
    yield "alone"
    visit.press("Begin samen")
    visit.reads("Het is begonnen.")
    yield "begun"
    visit.page.locator("[name=other]").fill("nergens")
    visit.press("Vraag")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "unknown"
    visit.page.locator("[name=other]").fill(other)
    visit.press("Vraag")
    visit.reads("gevraagd op")
    visit.page.get_by_label("Een gesprek duurt te lang").check()
    visit.page.get_by_label("Kennismaken in Utrecht").check()
    visit.press("Deel deze")
    visit.reads("Bewaard.")
    yield "asked"
    visit.enter("coordinator", other)
    visit.go("werk/dossiers/", other)
    yield "question"
    visit.page.locator("main .notice a").click()
    yield "join"
    visit.press("Doe mee")
    visit.reads("U doet nu mee.")
    yield "joined"
    visit.press("Ga weg …")
    yield "leave"
    visit.press("Ga weg")
    visit.reads("Alles van u is er nog.")
    visit.press("Samen met anderen")
    yield "left"
    visit.enter("coordinator")
    visit.go(f"{path}samen/")
    visit.reads("vertrokken op")
    yield "left-by-other"


def to_take_along(visit: Visit) -> Iterator[str]:
    """Describe a material once, see it offered, and get a diary."""
    visit.enter("coordinator", "spierkring")
    visit.go("werk/materiaal/", "spierkring")
    yield "no-materials"
    visit.enter("coordinator")
    visit.go("werk/materiaal/nieuw/")
    yield "material-new"
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "material-slip"
    visit.page.get_by_label("goed voorbeeld").check()
    visit.page.locator("[name=title]").fill("Zo gaat het in Assen")
    visit.page.locator("[name=sentence]").fill("Het gesprek in drie delen, aan huis.")
    visit.page.locator("[name=level]").select_option("local")
    visit.press("Bewaar")
    yield "materials"
    visit.press("Verander")
    yield "material-change"
    visit.go("werk/dossiers/")
    visit.press("Keukentafelgesprek in delen")
    visit.press("Assen")
    visit.reads("Zo gaat het in Assen")
    yield "offered"
    visit.go("werk/taken/agenda/")
    yield "diary-none"
    visit.press("Maak een adres")
    visit.page.locator("#address").wait_for()
    yield "diary"
    visit.page.reload()
    visit.go("werk/taken/agenda/")
    yield "diary-there"
    visit.press("Stop dit adres")
    visit.reads("Het adres opent niets meer.")
