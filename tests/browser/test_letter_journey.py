"""Journey 3, its first half: 37 reports from 12 municipalities become a sent letter.

One writes, without JavaScript; another sends. Each sentence of the letter that was sent
opens what proves it, and who takes back what they told stands nowhere from then on.
"""

from __future__ import annotations

import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisit
from tests.browser.visit import Visit

OFFICE = "spierkring"
N_REPORTS, N_PLACES = 37, 12
WAITS = "Maanden wachten op een rolstoel"
CLAIMS = {  # what is said, and the beginning of the report that proves it
    "Op een rolstoel wachten mensen vele maanden.": "Na 11 maanden",
    "Een handtekening die ontbreekt, houdt alles op.": "Na 23 maanden",
}
PASSAGE = " is mijn rolstoel er nog niet."
# Told as from the public page, and looked through; the code of one is printed.
TOLD = f"""
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Municipality
from achterban.listen.reports.actions import telling
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.models import Review, Telling
ours = Organisation.objects.get(slug="{OFFICE}")
by = Account.objects.get(
    memberships__organisation=ours, memberships__role=Role.VOLUNTEER
)
places = list(Municipality.objects.order_by("code").values_list("code", flat=True))
yes = telling.Yes("Verstuur", "nl", {{"quote": "Een zin in een brief"}})
for n in range({N_REPORTS}):
    words = (
        f"Na {{n + 2}} maanden{PASSAGE} De leverancier zegt dat de handtekening van "
        "de gemeente ontbreekt, en de gemeente belt nooit terug."
    )
    told = Telling(words, municipality=places[n % {N_PLACES}], yes=["quote"])
    code = telling.fresh_code()
    telling.send_report(code, ours, told, consent=yes, on=clock.today())
    if n + 2 == 11:
        print("code", code)
for _ in range(9):
    look_through(lambda _: [])
waiting = Review.objects.filter(report__organisation=ours, approved_on=None)
for review in waiting.select_related("report__key"):
    keep_review(review, [], by=by, at=clock.now(), approve=True)
"""


def paths_of_reports(visit: Visit) -> list[str]:
    """Return where each of the reports stands."""
    found: list[str] = []
    for page in (1, 2):
        visit.go(f"werk/signalen/?page={page}", OFFICE)
        links = visit.page.locator("main a", has_text=PASSAGE.strip())
        found += [str(link.get_attribute("href")) for link in links.all()]
    return found


def bundle_all(visit: Visit, paths: list[str]) -> None:
    """From a report to what is about the same, until all stand in one issue."""
    for path in paths:
        key = re.findall(r"\d+", path)[-1]
        visit.go(f"werk/knelpunten/bij/{key}/", OFFICE)
        if visit.page.get_by_role("link", name=WAITS).count():
            continue
        for box in visit.page.locator("main li [name=report]").all():
            box.check()
        known = visit.page.locator("[name=issue] option", has_text=WAITS)
        if known.count():
            visit.page.locator("[name=issue]").select_option(label=WAITS)
        else:
            visit.page.locator("[name=title]").fill(WAITS)
        visit.press("Bundel")


def claim(visit: Visit, sentence: str, told: str) -> None:
    """State a claim of the issue, and let a passage of a report prove it."""
    visit.press("Schrijf een stelling")
    visit.page.locator("[name=sentence]").fill(sentence)
    visit.page.get_by_label("ervaring").check()
    visit.press("Bewaar")
    visit.press("Haal een signaal aan")
    report = visit.page.locator("main li a", has_text=f"{told} ")
    if not report.count():
        visit.press("Volgende")
    report.click()
    visit.page.locator("[name=words]").fill(f"{told}{PASSAGE}")
    visit.press("Haal dit aan")
    visit.reads("Het staat nu bij de stelling als bewijs.")
    visit.page.locator("a.back").click()


def write_letter(visit: Visit) -> str:
    """Write a letter of claims and quotes only, and ask for a second reader."""
    visit.go("werk/publicaties/nieuw/", OFFICE)
    visit.page.locator("[name=title]").fill("Rolstoelen die niet komen")
    visit.page.get_by_label(WAITS).check()
    visit.press("Begin met schrijven")
    for sentence in CLAIMS:
        for button in ("Zet in de tekst", "Zet het citaat in de tekst"):
            ready = visit.page.locator("main li", has_text=sentence)
            ready.get_by_role("button", name=button, exact=True).click()
    visit.press("Bewaar en lees")
    visit.reads("Niets staat in de weg.")
    visit.reads_not("zonder onderbouwing")
    visit.press("Titel en geadresseerde")
    visit.page.locator("[name=addressee]").fill("Aan de minister")
    visit.press("Bewaar")
    visit.press("Vraag een tweede lezer")
    visit.press("Vraag om het te versturen")
    visit.reads("wacht op een tweede lezer")
    return visit.page.url


def each_sentence_opens_its_proof(visit: Visit) -> None:
    """Follow every sentence of the letter to what proves it, and back to nothing."""
    sentences = visit.page.locator(".letter a.proven")
    expect(sentences).to_have_count(2 * len(CLAIMS))
    for sentence in sentences.all():
        sentence.focus()
        visit.page.keyboard.press("Enter")
        proof = visit.page.locator(":target")
        expect(proof).to_be_in_viewport()
        expect(proof.locator("blockquote")).to_contain_text(PASSAGE.strip())
        opened = proof.get_by_role("link", name="Signaal")
        expect(opened).to_have_attribute("href", re.compile(r"/werk/signalen/\d+/$"))


@pytest.mark.trust
def test_reports_become_a_letter_whose_sentences_open_what_proves_them(
    new_visit: NewVisit,
) -> None:
    writer, sender = new_visit(java_script_enabled=False), new_visit()
    made = writer.office.server.run("django", "shell", "-c", TOLD)
    code = made.partition("code ")[2].split("\n")[0]
    writer.enter("volunteer", OFFICE)
    bundle_all(writer, paths_of_reports(writer))
    writer.go("werk/knelpunten/", OFFICE)
    writer.press(WAITS)
    writer.reads(f"{N_REPORTS} signalen")
    writer.reads(f"{N_PLACES} gemeenten")
    for sentence, told in CLAIMS.items():
        claim(writer, sentence, told)
    address = write_letter(writer)

    sender.enter("coordinator", OFFICE)
    sender.page.goto(address)
    sender.press("Lees door en verstuur")
    each_sentence_opens_its_proof(sender)
    sender.press("Ik las alles: verstuur")
    sender.reads("Het ligt vast als versie 1.")
    each_sentence_opens_its_proof(sender)
    with sender.page.expect_download() as coming:
        sender.press("PDF")
    with pypdfium2.PdfDocument(coming.value.path()) as document:
        printed = " ".join(document[0].get_textpage().get_text_range().split())
    for sentence, told in CLAIMS.items():
        assert sentence in printed
        assert f"“{told}{PASSAGE}”" in printed

    teller = new_visit()
    teller.open_code(code, OFFICE)
    teller.press("Trek alles in")
    teller.press("Ja, wis het voorgoed")
    teller.reads("Dit is ingetrokken")
    sender.page.reload()
    sender.reads("Woorden hierin mogen niet meer gebruikt worden.")
    sender.reads_not("Na 11 maanden")
    sender.reads("Na 23 maanden")
    expect(sender.page.get_by_role("link", name="PDF")).to_have_count(0)
    for _ in range(30):  # the background takes the files within seconds
        sender.page.wait_for_timeout(1000)
        sender.page.reload()
        if "zijn gewist op" in sender.shown():
            break
    sender.reads("zijn gewist op")
