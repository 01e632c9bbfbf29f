"""The walk past reading in a file: refused, looked at, read, corrected, undone."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.visit import Visit

LETTER = (
    "Beste minister, al jaren wachten mensen met mijn ziekte op een behandeling die "
    "helpt. Er is te weinig geld voor onderzoek en artsen geloven ons niet."
)
ROWS = [
    "Meldpunt 2024;;;;;;",
    "Datum;Gemeente;Naam;E-mail;Over;Wat is uw ervaring?;Nr",
    "2-3-2024;6711 AB;Els Visser;els@voorbeeld.test;Huisarts;De keuring duurde twee "
    "uur en daarna lag ik vier dagen plat.;1",
    "gisteren;Utrecht;;;;Ik weet niet meer welke dag het was.;2",
    *(
        f"{n + 1}-3-2024;Utrecht;Mens {n};mens{n}@voorbeeld.test;UWV;{LETTER};{n + 3}"
        for n in range(4)
    ),
    "5-3-2024;Utrecht;;;;;7",
    f"6-3-2024;Utrecht;Mens 1;mens1@voorbeeld.test;UWV;{LETTER};8",
]


def reading_in(visit: Visit) -> Iterator[str]:
    """From a spreadsheet to reports, and back."""
    visit.enter("coordinator")
    visit.go("werk/inlezen/")
    yield "import"
    visit.choose(b"%PDF-1.7", "brief.pdf", "application/pdf")
    visit.press("Bekijk dit bestand")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "import-refused"
    visit.choose("\n".join(ROWS).encode("cp1252"), "Lijst 2024.csv", "text/csv")
    visit.press("Bekijk dit bestand")
    visit.reads("Er is nog niets opgeslagen")
    yield "import-plan"
    visit.page.locator("[name=is_for_all]").check()
    visit.press("Lees 8 regels in")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "import-plan-wrong"
    visit.page.locator("[name=wording]").fill("Mijn verhaal mag gedeeld worden.")
    visit.press("Lees 8 regels in")
    visit.reads("Opgenomen")
    yield "import-begun"  # the background may be faster than the page
    visit.office.server.run("importer", "--once")
    visit.go("werk/inlezen/")
    yield "import-list"
    visit.press("Lijst 2024.csv")
    visit.reads("Opgenomen")
    yield "import-done"
    visit.press("3 regels die niet meegingen")
    visit.reads("Eén voor één")
    yield "import-rows"
    visit.press("Regel 4")
    visit.reads("Dit is geen datum")
    yield "import-row"
    visit.go("werk/campagnes/")
    yield "campaigns"
    visit.page.locator(".worklist a").first.click()
    visit.reads("Wie dit zei")
    yield "campaign"
    visit.page.locator("main ul a").first.click()
    visit.reads("Dezelfde woorden")
    visit.press("Ik neem dit signaal")
    visit.reads("Dezelfde woorden")
    yield "report-of-a-campaign"
    visit.go("werk/inlezen/")
    visit.press("Lijst 2024.csv")
    visit.press("Maak dit bestand ongedaan")
    visit.reads("Aan 1 signaal is gewerkt")
    yield "import-undo"
    visit.page.locator("[name=whole]").check()
    visit.press("Wis en maak ongedaan")
    visit.page.wait_for_url("**/inlezen/*/")
    visit.office.server.run("importer", "--once")
    visit.page.reload()
    visit.reads("Ongedaan gemaakt")
    yield "import-undone"
