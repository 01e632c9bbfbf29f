"""A walk past what is followed: a principle, a motion, a consultation, a recess."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.visit import Visit

MOTION = (
    "Voorgesteld\n3 maart 2026\nDe Kamer,\nverzoekt de regering keuringen aan huis "
    "mogelijk te maken, en de Kamer hierover voor 1 juni 2026 te informeren,\n"
    "en gaat over tot de orde van de dag."
)
LETTER = b"""From: Wethouder <wethouder@zandvelde.example>
To: bestuur@stillekracht.example
Subject: Cijfers
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Beste mensen,

Wij sturen u uiterlijk 14 maart de cijfers. Helaas kan meer niet.
"""


def what_is_followed(visit: Visit) -> Iterator[str]:
    """Hold a decision against a principle, follow a motion, plan a talk."""
    visit.enter("coordinator")
    visit.go("werk/toezeggingen/?welke=uitgangspunten")
    yield "principles"
    visit.press("Wij horen u voordat wij besluiten.")
    visit.reads("nagekomen bij 1 van de 3 besluiten")
    yield "principle"
    visit.press("Leg een besluit ernaast")
    visit.page.locator("[name=decision]").fill("De nieuwe brochure")
    visit.page.locator("[name=on]").fill("2999-01-01")
    visit.page.get_by_label("ja", exact=True).check()
    visit.press("Bewaar")
    visit.reads("Die dag moet nog komen.")
    yield "decision-slip"
    visit.page.locator("[name=on]").fill("2026-01-05")
    visit.press("Bewaar")
    visit.reads("nagekomen bij 2 van de 4 besluiten")
    visit.go("werk/toezeggingen/?welke=moties")
    visit.page.locator(".worklist a").first.click()
    visit.reads("1 van de 3 stappen gedaan")
    yield "motion"
    visit.page.locator("main").get_by_role("link", name="Hoe ver is het?").last.click()
    yield "step-of-execution"
    visit.go("werk/dossiers/")
    visit.press("Keukentafelgesprek in delen")
    visit.page.locator("main").get_by_role("link", name="Toezeggingen").click()
    yield "with-dossier"
    visit.press("een motie")
    visit.page.locator("[name=naam]").fill("zorg")
    visit.press("Zoek")
    visit.press("Ministerie van Zorg")
    yield "motions"
    visit.page.locator("[name=text]").fill(MOTION)
    visit.press("Zoek moties")
    visit.reads("Keuringen aan huis mogelijk te maken")
    yield "motion-found"
    visit.press("Schrijf deze op")
    visit.reads("1 motie staat erbij.")
    visit.go("werk/toezeggingen/?welke=betwist")
    visit.page.locator(".worklist a").first.click()
    visit.press("Met gesprekken, agenda en besluiten")
    yield "consultation"
    visit.press("Plan dit gesprek")
    visit.reads("Het staat gepland.")
    yield "planned"
    visit.go("werk/toezeggingen/kalender/")
    yield "calendar"
    visit.go("werk/toezeggingen/kalender/?maand=2001-01")
    yield "calendar-empty"
    visit.go("werk/toezeggingen/reces/")
    yield "recesses-none"
    visit.page.locator("[name=first]").fill("2027-07-09")
    visit.page.locator("[name=last]").fill("2027-07-01")
    visit.press("Bewaar")
    visit.reads("De laatste dag ligt voor de eerste.")
    yield "recess-slip"
    visit.page.get_by_label("zomerreces").check()
    visit.page.locator("[name=last]").fill("2027-08-30")
    visit.press("Bewaar")
    visit.reads("zomerreces 2027")
    yield "recesses"
    visit.go("werk/documenten/")
    visit.page.locator("[name=file]").set_input_files(
        {"name": "brief.eml", "mimeType": "message/rfc822", "buffer": LETTER}
    )
    visit.page.locator("[name=title]").fill("Mail van de wethouder")
    visit.press("Haal het binnen")
    visit.reads("Binnengehaald.")
    visit.go("werk/dossiers/")
    visit.press("Keukentafelgesprek in delen")
    visit.page.locator("main").get_by_role("link", name="Toezeggingen").click()
    visit.press("Schrijf een toezegging op")
    visit.page.locator("[name=naam]").fill("utrecht")
    visit.press("Zoek")
    visit.press("Gemeente Utrecht")
    visit.press("Hebt u een brief of verslag? Zoek daarin naar toezeggingen")
    visit.page.locator("[name=document]").select_option(label="Mail van de wethouder")
    visit.page.locator("[name=said_on]").fill("2026-01-05")
    visit.press("Zoek toezeggingen")
    yield "found-in-document"
    visit.press("Schrijf dit op")
    visit.page.get_by_label("Gemeente Utrecht als geheel").check()
    visit.press("Bewaar")
    visit.press("Lees het daar")
    visit.page.locator("mark").wait_for()
    yield "place"
