"""Walks past parties, people, who knows whom, and whom we miss."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.browser.visit import Visit

BODIES = json.dumps(
    [
        {
            "model": "metadata.organisation",
            "fields": {
                "identifier": f"https://identifier.overheid.nl/tooi/id/{path}",
                "naam": name,
                "oorsprong": "lijst",
            },
        }
        for path, name in (
            ("gemeente/gm0003", "gemeente Appingedam"),
            ("gemeente/gm0014", "gemeente Groningen"),
            ("waterschap/ws0001", "waterschap Zand"),
            ("nergens", "Zonder nummer"),
        )
    ],
    indent=1,
).encode()


# Eight whom nobody used for more than five years.
LONG_AGO = """
from datetime import timedelta
from achterban.advocate.stakeholders.actions.keeping import name_unused
from achterban.advocate.stakeholders.models import Contact
from achterban.core import clock
rows = Contact.objects.filter(organisation__slug="stille-kracht", account=None)
few = list(rows.values_list("pk", flat=True)[:8])
Contact.objects.filter(pk__in=few).update(used_on=clock.today() - timedelta(days=1900))
name_unused(clock.today())
"""


def a_circle(visit: Visit) -> Iterator[str]:
    """From a party to a person, who knows them, and on whom it rests."""
    visit.enter("coordinator")
    visit.go("werk/partijen/")
    yield "parties"
    visit.go("werk/partijen/?name=xyz")
    yield "parties-none"
    visit.go("werk/partijen/nieuw/")
    yield "party-new"
    visit.page.locator("[name=name]").fill("De Zandkoerier")
    visit.page.locator("[name=above]").fill("zand")
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "party-wrong"
    visit.go("werk/partijen/?name=gemeente+zand")
    visit.page.locator("main li a").first.click()
    visit.reads("Wie er eerder was")
    yield "party"
    visit.go("werk/contacten/")
    yield "contacts"
    visit.go("werk/contacten/nieuw/")
    yield "contact-new"
    visit.page.locator("[name=name]").fill("K. Oudwater")
    visit.page.locator("[name=title]").fill("adviseur")
    visit.page.locator("[name=party]").fill("Kleine Zandraad")
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "contact-new-party"
    visit.page.locator("[name=is_new_party]").check()
    visit.press("Bewaar")
    visit.reads("Deze naam kennen wij al")
    yield "contact-namesake"
    visit.page.get_by_label("iemand anders, met dezelfde naam").check()
    visit.press("Bewaar")
    visit.reads("Kleine Zandraad")
    yield "contact-bare"
    visit.press("Dit is dezelfde persoon als een ander contact …")
    visit.page.locator("[name=name]").fill("Oudwater")
    visit.press("Zoek de ander")
    visit.page.locator("main li a").first.wait_for()
    yield "merge-found"
    visit.page.locator("main li a").first.click()
    visit.reads("Dit is niet terug te draaien")
    yield "merge"
    visit.press("Ja, het is één persoon")
    visit.reads("Ze zijn nu één.")
    yield "contact-with-relations"
    visit.press("Voeg toe wie deze persoon kent")
    yield "relation-new"
    visit.page.locator("[name=name]").fill("Kim Kust")
    visit.page.get_by_label("ze spreken elkaar af en toe").check()
    visit.press("Bewaar")
    visit.reads("Zonder bron is het een gerucht")
    yield "relation-no-source"
    visit.go("werk/contacten/?name=brandsma")
    yield "contacts-found"
    visit.page.locator("main li a").first.click()
    visit.reads("nagekeken")
    yield "contact"
    visit.press("Voeg een opmerking toe")
    yield "remark-new"
    visit.page.locator("[name=text]").fill("Wil in mei een tweede gesprek.")
    visit.page.locator("[name=source]").fill("Mail van 3 april")
    visit.press("Bewaar")
    visit.reads("niet nagekeken")
    visit.press("Voeg een functie toe")
    yield "function-new"
    visit.go("werk/contacten/?name=dijkgraaf")
    visit.page.locator("main li a").first.click()
    visit.press("Ik keek dit na: het klopt")
    visit.reads("Het mag nu naar buiten")
    yield "remark-checked"
    visit.press("Deze persoon vraagt wat wij bewaren …")
    yield "contact-copy"
    visit.press("Maak het overzicht")
    visit.reads("Wat wij van u bewaren")
    yield "contact-copied"
    visit.go("werk/contacten/gaan-weg/")
    yield "leaving-none"
    visit.office.server.run("django", "shell", "-c", LONG_AGO)
    visit.go("werk/")
    visit.reads("contacten gaan weg, behalve als u ze houdt")
    visit.press("8 contacten gaan weg, behalve als u ze houdt")
    yield "leaving"
    visit.press("Het klopt nog: houd dit")
    visit.reads("De termijn begint opnieuw.")
    visit.go("werk/contacten/?name=dijkgraaf")
    visit.page.locator("main li a").first.click()
    visit.press("Wis deze persoon …")
    yield "contact-erase"


def a_network(visit: Visit) -> Iterator[str]:
    """Who knows whom, whom we miss, and public bodies from a file."""
    visit.enter("coordinator")
    visit.go("werk/wie-kent-wie/")
    visit.reads("Op wie het rust")
    yield "network"
    visit.go("werk/wie-missen-wij/")
    visit.reads("via ")
    yield "missing"
    visit.go("werk/contacten/?name=brandsma")
    visit.page.locator("main li a").first.click()
    visit.press("Kijk wie er om deze persoon heen staan")
    visit.reads("Hetzelfde, in woorden")
    yield "around"
    visit.go("werk/overheden/")
    yield "bodies"
    visit.choose(b"naam;nummer", "lijst.json", "application/json")
    visit.press("Bekijk dit bestand")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "bodies-wrong"
    visit.choose(BODIES, "lijst.json", "application/json")
    visit.press("Bekijk dit bestand")
    visit.reads("Wat er zou veranderen")
    yield "bodies-looked-at"
    visit.press("Lees dit in")
    visit.reads("Wat erbij kwam")
    yield "bodies-read"
    visit.press("Maak alles ongedaan")
    visit.reads("Ongedaan gemaakt.")
    yield "bodies-undone"
