"""Walks past bundling: from a report to what else is about the same, to an issue."""

from __future__ import annotations

import time
from collections.abc import Iterator

from achterban.core.files.tests import samples
from tests.browser.visit import Visit
from tests.driver import ORGANISATION

# Words that somebody agreed with, without a look at each.
APPROVE_ALL = """
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.models import Review
look_through(lambda _: [])
for review in Review.objects.filter(approved_on=None).select_related("report__key"):
    ours = review.report.organisation
    by = Account.objects.filter(
        memberships__organisation=ours, memberships__role=Role.VOLUNTEER
    ).first()
    if by:
        keep_review(review, [], by=by, at=clock.now(), approve=True)
"""


# Twelve people who told the same last month, in the issue that was opened last.
TWELVE_TOLD = """
from datetime import timedelta
from achterban.advocate.issues.models import Issue
from achterban.core import clock
from achterban.listen.reports.tests.factories import told
issue = Issue.objects.order_by("-opened_on").first()
on = clock.today().replace(day=1) - timedelta(days=1)
for n in range(12):
    issue.bundled.create(
        report=told(issue.organisation, f"{n} keer gebeld.", on=on)[1], added_on=on
    )
"""


ASKED_BY_ANOTHER = """
from achterban.advocate.issues.models import Figure
from achterban.core.accounts.models import Account, Role
for figure in Figure.objects.waiting().select_related("issue"):
    figure.asked_by = Account.objects.filter(
        memberships__organisation=figure.issue.organisation,
        memberships__role=Role.VOLUNTEER,
    ).first()
    figure.save()
"""


# As many everywhere as inhabitants would give, and twelve more in Zwolle.
SPREAD_OUT = """
from achterban.core import clock
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Municipality
from achterban.listen.reports.actions import telling
from achterban.listen.reports.models import Telling
from achterban.listen.reports.tests.factories import YES
ours = Organisation.objects.get(slug="{slug}")
for place in Municipality.objects.all():
    n = round(place.inhabitants / 60_000) + 12 * (place.name == "Zwolle")
    for _ in range(n):
        told = Telling("Lang gewacht.", municipality=place.code)
        code = telling.fresh_code()
        telling.send_report(code, ours, told, consent=YES, on=clock.today())
"""


def what_stands_out(visit: Visit) -> Iterator[str]:
    """From too little to say, to a municipality that stands out and its reports."""
    visit.enter("coordinator")
    visit.go("werk/waar-valt-iets-op/")
    visit.reads("Wat u kan misleiden")
    yield "too-little"
    told = SPREAD_OUT.format(slug=ORGANISATION)
    visit.office.server.run("django", "shell", "-c", told)
    visit.page.reload()
    visit.reads("Zwolle")
    yield "one"
    visit.page.locator("main summary").first.click()
    yield "too-small"
    visit.press("De signalen erachter")
    visit.reads("nieuwste eerst")
    yield "reports"
    visit.go("werk/waar-valt-iets-op/")
    visit.press("Maak er een knelpunt van")
    yield "issue"


def an_issue(visit: Visit) -> Iterator[str]:
    """From one report to an issue with more, and out of it again."""
    told = f"{time.time_ns()} keer gebeld"
    visit.go("vertel/")
    visit.write(f"{told} over de scootmobiel. De gemeente stuurt niemand om te kijken.")
    visit.step("Verder vertellen")
    visit.skip_to("Wat mogen wij ermee doen?")
    visit.page.get_by_label("Een zin in een brief").check()
    visit.press("Dit is genoeg, verstuur")
    visit.page.locator(".code").first.wait_for()
    visit.tell("Mijn scootmobiel staat stuk in de schuur. Niemand komt repareren.")
    visit.enter("coordinator")
    visit.go("werk/knelpunten/")
    yield "issues-none"
    path = visit.office.report_path(told)
    visit.go(path)
    visit.press("Wat gaat hier ook over?")
    visit.reads("Niemand keek deze woorden nog na")
    yield "alike-unchecked"
    visit.office.server.run("django", "shell", "-c", APPROVE_ALL)
    visit.page.reload()
    visit.page.locator("main li").first.wait_for()
    yield "alike"
    visit.press("Bundel")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "alike-no-name"
    visit.page.locator("main li [name=report]").first.check()
    visit.page.locator("[name=title]").fill("Niemand repareert de scootmobiel")
    visit.press("Bundel")
    visit.reads("Er zijn 2 signalen bij gekomen.")
    yield "issue"
    visit.press("Verander")
    visit.page.locator("[name=text]").fill("Reparaties duren maanden; wie betaalt?")
    visit.page.locator("[name=level]").select_option("local")
    yield "issue-change"
    visit.press("Bewaar")
    visit.reads("op te lossen: lokaal")
    one = visit.page.locator("main li", has_text="Mijn scootmobiel")
    one.locator("[name=report]").check()
    visit.press("Haal de gekozen signalen eruit")
    visit.reads("Er is 1 signaal uit gehaald.")
    visit.page.locator("main summary").first.click()
    yield "issue-taken-out"
    visit.press("Schrijf een stelling")
    yield "claim-new"
    visit.page.locator("[name=sentence]").fill("Reparaties duren maanden.")
    visit.page.get_by_label("ervaring").check()
    visit.press("Bewaar")
    visit.reads("gaat de deur niet uit")
    yield "claim-bare"
    visit.press("Haal een signaal aan")
    visit.page.locator("main li a").first.click()
    yield "cite"
    visit.page.locator("[name=words]").fill("Dit staat er niet.")
    visit.press("Haal dit aan")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "cite-not-there"
    words = visit.page.locator("main blockquote").inner_text()
    visit.page.locator("[name=words]").fill(words)
    visit.press("Haal dit aan")
    visit.reads("Het staat nu bij de stelling als bewijs.")
    visit.press("Noem een bron")
    visit.page.locator("[name=source]").fill(
        "Richtlijn hulpmiddelen, 2024, bladzijde 3"
    )
    yield "source"
    visit.press("Bewaar")
    visit.reads("Richtlijn hulpmiddelen")
    yield "claim"
    yield from _a_figure(visit)
    yield from _a_document(visit)
    visit.page.locator("a.back").click()
    yield "issue-with-a-claim"
    yield from _a_persona(visit)
    visit.go("werk/knelpunten/")
    yield "issues"
    visit.go("werk/knelpunten/nieuw/")
    yield "issue-new"


def _a_figure(visit: Visit) -> Iterator[str]:
    """From a claim to a number of people, by two people, and back."""
    claim = visit.page.url
    visit.press("Noem een getal")
    visit.reads("nog geen getal van dit knelpunt")
    yield "cite-figure-none"
    visit.press("Geef een getal vrij")
    yield "figure"
    figure = visit.page.url
    visit.page.locator("[name=missing]").fill("Kinderen, en wie te ziek is.")
    visit.press("Vraag het een tweede persoon")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "figure-too-few"
    visit.office.server.run("django", "shell", "-c", TWELVE_TOLD)
    visit.press("Vraag het een tweede persoon")
    visit.reads("Bewaard. Een tweede persoon geeft het vrij.")
    yield "figure-asked"
    visit.office.server.run("django", "shell", "-c", ASKED_BY_ANOTHER)
    visit.page.goto(figure)
    yield "figure-second-person"
    visit.press("Geef het vrij")
    visit.reads("Vrijgegeven.")
    yield "figure-released"
    visit.page.goto(claim)
    visit.press("Noem een getal")
    visit.page.locator("[name=figure]").check()
    yield "cite-figure"
    visit.press("Bewaar")
    visit.reads("Minstens 10 mensen")
    yield "claim-with-a-figure"


# Three reports of the issue that was opened last, checked, that may be quoted.
THREE_TOLD = """
from dataclasses import replace
from achterban.advocate.issues.models import Issue
from achterban.core import clock
from achterban.core.consent.models import Purpose
from achterban.listen.reports.actions import telling
from achterban.listen.reports.models import Telling
from achterban.listen.reports.tests.factories import YES
issue = Issue.objects.order_by("-opened_on").first()
yes = replace(YES, more={Purpose.QUOTE.value: "Een zin in een brief"})
for text in (
    "Een jaar zonder scootmobiel. Buiten kom ik niet meer.",
    "Mijn hulp kwam pas toen ik niet meer kon staan.",
    "De leverancier zegt elke maand: volgende maand.",
):
    told = Telling(text, yes=[Purpose.QUOTE.value])
    code = telling.fresh_code()
    kept = telling.send_report(
        code, issue.organisation, told, consent=yes, on=clock.today()
    )
    issue.bundled.create(report=kept.report, added_on=clock.today())
"""


def _a_persona(visit: Visit) -> Iterator[str]:
    """From the page of an issue to somebody who does not exist, and back."""
    issue = visit.page.url
    visit.press("Schrijf een persona")
    yield "persona-too-few"
    visit.office.server.run("django", "shell", "-c", THREE_TOLD + APPROVE_ALL)
    visit.page.reload()
    visit.page.locator("[name=story]").fill("Buiten kom ik niet meer, zegt Noor.")
    visit.page.locator("[name=name]").fill("Noor")
    visit.page.locator("[name=age_band]").select_option("middle")
    for box in visit.page.locator("[name=report]").all():
        box.check()
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "persona-borrowed"
    story = "Noor wacht al lang op een ding dat rijdt. Zij ziet vooral haar plafond."
    visit.page.locator("[name=story]").fill(story)
    visit.press("Bewaar")
    visit.reads("Een tweede persoon kijkt ernaar.")
    yield "persona-waits"
    visit.page.goto(issue)
    yield "issue-with-a-persona"


def _a_document(visit: Visit) -> Iterator[str]:
    """From a claim to a page of what somebody else wrote, and back."""
    claim = visit.page.url
    visit.press("Haal een document aan")
    yield "cite-document-none"
    visit.press("Haal er een binnen")
    visit.page.locator("[name=title]").fill("Wachten op hulpmiddelen")
    visit.press("Haal het binnen")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "document-no-file"
    content = samples.pdf(1, "Van de honderd reparaties duren er zestig te lang.")
    visit.page.locator("[name=file]").set_input_files(
        {"name": "rapport.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    visit.page.locator("[name=author]").fill("Bureau Voorbeeld")
    visit.page.locator("[name=dated]").fill("2025")
    visit.press("Haal het binnen")
    visit.reads("U kunt er nu uit aanhalen.")
    yield "document"
    visit.page.goto(claim)
    visit.press("Haal een document aan")
    yield "cite-document-which"
    visit.page.locator("main .worklist a").first.click()
    visit.page.locator("[name=words]").fill("r")
    visit.press("Haal dit aan")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "cite-document-twice"
    visit.page.locator("[name=words]").fill("duren er zestig te lang")
    visit.press("Haal dit aan")
    visit.reads("Het staat nu bij de stelling als bewijs.")
    yield "claim-with-a-document"
    visit.press("Bureau Voorbeeld, Wachten op hulpmiddelen, 2025, bladzijde 1")
    yield "cited-page"
    visit.page.goto(claim)
