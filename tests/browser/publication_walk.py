"""Walks past letters: written by one, sent by another, signed by more, corrected."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.visit import Visit

QUOTED = "De gemeente belt mij nooit terug"
# Two claims of one issue: one that a passage and a source prove, one that nothing does.
PROVEN = """
from achterban.advocate.publications.tests.factories import claimed, told
from achterban.core.accounts.models import Account, Role
from achterban.core.organisations.models import Organisation
ours = Organisation.objects.get(slug="stille-kracht")
by = Account.objects.filter(
    memberships__organisation=ours, memberships__role=Role.VOLUNTEER
).first()
report = told(ours, by)
first = claimed(
    ours, by, passages=[(report, "De gemeente belt mij nooit terug")],
    source="Richtlijn bereikbaarheid, 2024, bladzijde 3",
)
claimed(ours, by, sentence="Niemand weet wie er belt.", issue=first.issue)
"""
WITHDRAWN = """
from achterban.advocate.publications.models import Cited
from achterban.core import clock
from achterban.listen.reports.actions.returning import withdraw_report
from achterban.listen.reports.models import Report
ours = Cited.objects.filter(version__title="Bel mensen terug")
for row in ours.exclude(report=None):
    withdraw_report(Report.objects.get(pk=row.report), on=clock.today())
"""


def a_letter(visit: Visit) -> Iterator[str]:
    """From an empty list to what was sent, and what is left of it."""
    visit.office.server.run("django", "shell", "-c", PROVEN)
    visit.enter("volunteer")
    visit.go("werk/publicaties/")
    yield "publications"
    visit.press("Schrijf er een")
    yield "publication-new"
    visit.page.locator("[name=title]").fill("Bel mensen terug")
    visit.page.get_by_label("Wachten", exact=True).check()
    visit.press("Begin met schrijven")
    visit.reads("Stellingen die klaarstaan")
    yield "publication-write-empty"
    visit.write("Wij schrijven u over bellen. Dat gaat niet goed.\n\nZie ook [9].")
    visit.page.locator(".status", has_text="Bewaard").wait_for()
    visit.page.locator("[name=text]").evaluate("it => it.setSelectionRange(28, 28)")
    visit.page.locator("[name=text]").press("Shift")
    ready = visit.page.locator("main li", has_text="Terugbellen duurt te lang.")
    ready.get_by_role("button", name="Zet in de tekst").click()
    visit.reads("[9] wijst nergens naar.")
    visit.press("Zet het citaat in de tekst")
    visit.reads("[citaat 2]")
    yield "publication-write"
    text = visit.page.locator("[name=text]").input_value()
    assert "bellen. Terugbellen duurt te lang. [1] Dat" in text
    visit.press("Bewaar en lees")
    visit.reads("Wat het bewijst")
    yield "publication"
    visit.page.locator("a.proven").first.click()
    visit.page.locator("#n1:target").wait_for()
    visit.press("Titel en geadresseerde")
    visit.page.locator("[name=addressee]").fill("Gemeenteraad\nPostbus 1\n1234 AB Ons")
    visit.page.locator("[name=salutation]").fill("Geachte raad,")
    visit.page.locator("[name=closing]").fill("Met vriendelijke groet,\nStille Kracht")
    yield "publication-facts"
    visit.press("Bewaar")
    visit.go(visit.page.url.partition("/o/stille-kracht/")[2] + "vraag/")
    visit.reads("Dit moet eerst beter")
    yield "publication-ask-not-yet"
    visit.press("Schrijf verder")
    visit.write(text.replace("Zie ook [9].", "Wij denken graag mee."))
    visit.press("Bewaar en lees")
    visit.press("Vraag een tweede lezer")
    yield "publication-ask"
    visit.press("Vraag om het te versturen")
    visit.reads("wacht op een tweede lezer")
    path = visit.page.url.partition("/o/stille-kracht/")[2]
    visit.enter("coordinator")
    visit.go(path)
    yield "publication-waits"
    visit.press("Lees door en verstuur")
    yield "publication-send"
    visit.press("Ik las alles: verstuur")
    visit.reads("Het ligt vast als versie 1.")
    yield "version"
    with visit.page.expect_download() as coming:
        visit.press("PDF")
    pdf = coming.value.path().read_bytes()
    visit.page.locator("a.proven").first.click()
    visit.press("Waar het nog meer in staat")
    yield "trace"
    visit.page.locator("a.back").click()
    visit.press("Controleer een bestand")
    visit.choose(pdf, "brief.pdf", "application/pdf")
    visit.press("Controleer")
    visit.reads("Ja: dit is nummer")
    yield "check-yes"
    visit.choose(pdf + b" ", "brief.pdf", "application/pdf")
    visit.press("Controleer")
    visit.reads("Nee: zo’n bestand stuurden wij niet")
    yield "check-no"
    visit.go(path)
    visit.press("Verbeter het")
    yield "correct"
    visit.press("Ja, schrijf een nieuwe versie")
    visit.page.locator("[name=changes]").fill("De eerste zin is korter.")
    yield "correct-facts"
    visit.press("Bewaar")
    visit.reads("verbetering in de maak")
    yield "correction"
    visit.press("Gooi weg")
    yield "correction-drop"
    visit.office.server.run("django", "shell", "-c", WITHDRAWN)
    visit.go(path)
    visit.page.get_by_role("link", name="versie 1,").click()
    visit.reads("Woorden hierin mogen niet meer gebruikt worden.")
    visit.reads_not(QUOTED)
    yield "version-withdrawn"
    visit.go("werk/publicaties/")
    yield "publications-more"
    visit.go("werk/knelpunten/")
    visit.press("Wachten")
    visit.press("Waar staat dit in?")
    yield "used"
    visit.page.locator("a.back").click()
    visit.press("Maak een bewijsblad")
    yield "sheet"


JOINT = """
from achterban.advocate.dossiers.actions import coalitions
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.issues.models import Claim
from achterban.advocate.publications.actions import sending
from achterban.advocate.publications.actions.writing import keep_facts
from achterban.advocate.publications.tests.factories import claimed, letter, put, told
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.tests.factories import member
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
at = clock.now()
def who(name, role):
    return Account.objects.filter(
        memberships__organisation__slug=name, memberships__role=role
    ).first()
ours = Organisation.objects.get(slug="stille-kracht")
by, boss = who("stille-kracht", "volunteer"), who("stille-kracht", "coordinator")
dossier = begun(ours, by, title="Bel mensen terug")
own = coalitions.begin(dossier, by=boss, at=at)
others = [Organisation.objects.get(slug="spierkring")]
others += [
    OrganisationFactory.create(name=name, is_example=True)
    for name in ("Bond Zandbank", "Landelijk overleg van mensen die lang ziek zijn")
]
for other in others:
    place = coalitions.ask(own, other, by=boss, at=at)
    leader = who(other.slug, "coordinator") or member(other, "coordinator")
    coalitions.join(place, None, by=leader, at=at)
report = told(ours, by)
claim = claimed(ours, by, passages=[(report, "De gemeente belt mij nooit terug")])
row = letter(ours, by, claim)
put(row, claim, by, "Wij schrijven u over bellen.")
around = {
    "addressee": "Gemeenteraad van Zandvelde",
    "salutation": "Geachte raad,",
    "closing": "Met vriendelijke groet,\\nEls Zandpad, voorzitter",
}
keep_facts(row.pk, row.title, around, [claim.issue], dossier=dossier, by=by, at=at)
sending.ask(row.pk, by=by, at=at)
"""
OTHER = "spierkring"


def a_joint_letter(visit: Visit) -> Iterator[str]:
    """Three organisations are asked to sign; one does, and stands below it."""
    visit.enter("coordinator", OTHER)
    visit.go("werk/ondertekenen/", OTHER)
    yield "none-to-sign"
    visit.office.server.run("django", "shell", "-c", JOINT)
    visit.enter("coordinator")
    visit.go("werk/dossiers/")
    visit.press("Bel mensen terug")
    visit.press("Brieven en stukken")
    yield "of-a-dossier"
    visit.press("Bel mensen terug")
    path = visit.page.url.partition("/o/stille-kracht/")[2]
    visit.press("Lees door en verstuur")
    yield "send-alone"
    visit.press("Vraag de anderen om te tekenen")
    visit.reads("Bond Zandbank")
    until = visit.page.locator("[name=until]")
    offered = until.input_value()
    until.fill("2020-01-01")
    visit.press("Ik las alles: vraag het hun")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "ask-slip"
    until.fill(offered)
    visit.press("Ik las alles: vraag het hun")
    visit.reads("Gevraagd.")
    yield "send-waits"
    visit.enter("coordinator", OTHER)
    visit.go("werk/", OTHER)
    visit.reads("Om te tekenen: Bel mensen terug")
    yield "today"
    visit.press("Om te tekenen: Bel mensen terug")
    visit.reads(QUOTED)
    yield "to-sign"
    visit.press("Wij tekenen niet")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "sign-slip"
    why = visit.page.locator("[name=why]")
    why.fill("Te scherp voor ons")
    why.press("Enter")  # it says why not, and never signs
    visit.reads("Doorgegeven. Uw naam staat er niet onder.")
    yield "not-signed"
    visit.press("Ik las alles: wij tekenen")
    visit.reads("Getekend. Dank u wel.")
    yield "signed"
    question = visit.page.url.partition(f"/o/{OTHER}/")[2]
    visit.enter("coordinator")
    visit.go(f"{path}verstuur/")
    visit.reads("Mede namens: ")
    yield "send-with-a-name"
    visit.press("Ik las alles: verstuur")
    visit.reads("Mede namens: ")
    yield "sent-with-a-name"
    visit.enter("coordinator", OTHER)
    visit.go(question, OTHER)
    visit.reads("verstuurd met uw naam")
    yield "was-sent"
    visit.go("werk/ondertekenen/", OTHER)
    yield "signings"
