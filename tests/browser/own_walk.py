"""The walk past what an organisation sets itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achterban.core.files.tests import samples
from tests.browser.visit import Visit

OURS = "spierkring"
HARD = "Indien u iets wilt vertellen, kan dat hier. Wij lezen alles zelf, en wij zijn "
HARD += "vrijwilligers met een spierziekte, dus het antwoord kan soms wat langer duren "
HARD += "dan u en wij graag zouden willen."
LONG_TITLE = "Welke hulp bij het reizen hebt u nodig?"
LONG_ANSWERS = [  # with the title as many words as are taken
    "een lift die het doet",
    "iemand die mee reist",
    "een plek om even te liggen",
    "een bus tot de deur",
    "iets anders",
]


def our_own(visit: Visit) -> Iterator[str]:
    """House style, with slips."""
    visit.enter("administrator", OURS)
    visit.go("werk/organisatie/", OURS)
    yield "organisation"
    visit.go("werk/organisatie/huisstijl/", OURS)
    yield "house-style"
    colour(visit, "#f2b705")
    visit.press("Eerst bekijken")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "house-style-too-faint"
    colour(visit, "#005ea5")
    visit.press("Bewaar")
    visit.page.locator(".notice.kind").wait_for()
    logo = samples.photo("PNG", width=900, height=270)
    visit.choose(logo, "logo.png", "image/png")
    visit.press("Gebruik dit logo")
    visit.page.locator("main .logo").first.wait_for()
    yield "house-style-kept"
    visit.go("werk/organisatie/teksten/", OURS)
    visit.page.locator("[name=welcome]").fill(HARD)
    visit.press("Bewaar")
    visit.page.locator(".notice.kind").wait_for()
    yield "own-words-with-advice"
    for _ in range(15):  # what an organisation is, is remembered for ten seconds
        visit.go("", OURS)
        if visit.page.locator("header .logo").count():
            break
        visit.page.wait_for_timeout(1000)
    yield "home-in-our-style"


def colour(visit: Visit, value: str) -> None:
    """Choose a colour."""
    visit.page.locator("#colour [name=colour]").fill(value)


def own_questions(visit: Visit) -> Iterator[str]:
    """Set what is asked, and answer it as somebody who tells something."""
    visit.enter("coordinator", OURS)
    visit.go("werk/organisatie/vragen/", OURS)
    yield "our-questions"
    visit.go("werk/organisatie/vragen/nieuw/", OURS)
    yield "new-question"
    visit.page.locator("[name=title]").fill(LONG_TITLE)
    visit.page.get_by_label("één of meer van deze antwoorden").check()
    visit.press("Bewaar")
    visit.page.locator(".errorlist").first.wait_for()
    yield "new-question-refused"
    visit.page.locator("[name=lines]").fill("\n".join(LONG_ANSWERS))
    visit.page.locator("[name=is_on]").check()
    visit.press("Bewaar")
    visit.page.locator(".notice.kind").wait_for()
    yield "our-questions-kept"
    visit.context.clear_cookies()


def branches(visit: Visit) -> Iterator[str]:
    """Make a branch, with slips, see it with a report, and take it away."""
    visit.enter("coordinator", OURS)
    visit.go("werk/organisatie/afdelingen/", OURS)
    yield "branches-none"
    visit.press("Maak een afdeling")
    visit.page.locator("[name=name]").fill("Achterhoek en Veluwe, met al haar dorpen")
    visit.page.locator("[name=places]").fill("Zutphen\nNergenshuizen\nEde")
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "branch-refused"
    visit.page.locator("[name=places]").fill("Zutphen\nEde")
    visit.press("Bewaar")
    visit.page.locator(".notice.kind").wait_for()
    yield "branches"
    visit.go("werk/signalen/", OURS)
    visit.page.locator("select[name=branch]").select_option("none")
    visit.press("Toon")
    visit.page.locator("select[name=branch]").wait_for()
    yield "reports-outside-branches"
    visit.go("werk/organisatie/afdelingen/", OURS)
    visit.press("Achterhoek en Veluwe, met al haar dorpen")
    visit.press("Hef deze afdeling op")
    visit.page.locator("button.danger").wait_for()
    yield "take-branch-away"
    visit.press("Hef op")
    visit.page.locator(".notice.kind").wait_for()


def an_umbrella(visit: Visit) -> Iterator[str]:
    """Ask to join, and agree."""
    visit.enter("coordinator", OURS)
    visit.go("werk/organisatie/koepel/", OURS)
    yield "umbrella"
    visit.press("Vraag")
    visit.page.locator(".errorlist").first.wait_for()
    yield "umbrella-refused"
    visit.page.locator("[name=other]").fill("stille-kracht")
    visit.page.get_by_label("Wij zijn uw koepel").check()
    visit.press("Vraag")
    visit.page.locator(".notice.kind").wait_for()
    yield "umbrella-asked"
    visit.context.clear_cookies()
    visit.enter("administrator")
    visit.go("werk/organisatie/koepel/")
    visit.named(re.compile("Stichting Spierkring als koepel")).click()
    visit.named("Wij vinden het goed").wait_for()
    yield "do-you-agree"
    visit.press("Nee, liever niet")
    visit.page.locator(".notice.kind").wait_for()
    visit.context.clear_cookies()


def an_own_question(visit: Visit) -> Iterator[str]:
    """Answer the longest question that an organisation can ask."""
    for _name in own_questions(visit):
        pass
    visit.go("vertel/", OURS)
    visit.page.locator("[name=text]").fill("De lift op het station is kapot.")
    visit.step("Verder vertellen")
    visit.skip_to(LONG_TITLE)
    visit.page.get_by_label(LONG_ANSWERS[0]).check()
    yield "own-question"
