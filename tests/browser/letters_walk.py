"""A walk past letters that become public: from a file to what is taken back."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.visit import Visit

OTHER = "spierkring"
MAIL = (
    "Van: Tjalling Hoekema <t.hoekema@utrecht.example>\nOnderwerp: De kamer\n\n"
    "Beste mensen,\n\nHoekema belt u. De sleutel ligt bij de balie.\n\n"
    "Groeten,\n\nTjalling Hoekema\nGemeente Utrecht"
)
LOCKED = b"From: a@b.example\nContent-Type: application/pkcs7-mime\n\nx"


def public_letters(visit: Visit) -> Iterator[str]:
    """Bring them in, look them through, let another release them, withdraw them."""
    visit.enter("coordinator", OTHER)
    visit.go("werk/openbare-versies/", OTHER)
    yield "none"
    visit.go("openbaar/", OTHER)
    yield "public-none"
    visit.enter("volunteer")
    visit.go("werk/openbare-versies/")
    yield "list"
    visit.press("Mails met het ministerie: elke zes weken aan tafel")
    yield "is-public"
    visit.page.locator("a.back").click()
    yield "with-dossier"
    visit.press("Haal brieven of mails binnen")
    visit.page.locator("[name=title]").fill("Mail over de kamer")
    visit.press("Haal het binnen")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "new-slip"
    visit.choose(LOCKED, "mail.eml", "message/rfc822")
    visit.press("Haal het binnen")
    visit.reads("Deze mail is op slot")
    yield "new-refused"
    visit.page.locator("[name=text]").fill(MAIL)
    visit.press("Haal het binnen")
    visit.reads("Dit zegt nog wie het is")
    yield "review"
    visit.page.locator("[name=more]").fill("iets anders")
    visit.press("Bewaar, ik kijk verder")
    visit.reads("Deze woorden staan er niet")
    yield "review-slip"
    visit.page.locator("[name=more]").fill("de balie")
    visit.press("Dit is alles: laat iemand anders kijken")
    visit.reads("Nu kijkt iemand anders")
    yield "asked"
    visit.enter("coordinator")
    visit.go("werk/openbare-versies/")
    visit.press("Mail over de kamer")
    visit.press("Kijk na en maak openbaar")
    visit.reads("Wat iedereen gaat lezen")
    yield "release"
    visit.press("Ik las alles: maak het openbaar")
    visit.reads("Het is openbaar.")
    yield "released"
    visit.press("Zo leest iedereen het")
    visit.reads("Dit is een openbare versie")
    yield "public"
    visit.page.locator("a.back").click()
    yield "public-list"
    visit.go("werk/openbare-versies/")
    visit.press("Mail over de kamer")
    visit.press("Intrekken")
    yield "withdraw"
    visit.press("Ja, trek het in")
    visit.reads("Het is niet meer openbaar")
    yield "withdrawn"
    visit.press("Gooi weg")
    yield "drop"
    visit.press("Ja, gooi het weg")
    visit.reads("De tekst is weg")
