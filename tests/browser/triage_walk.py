"""Walks past sorting: what a report is about, who takes it, lists, ten minutes."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.browser.review_walk import LOOK_THROUGH
from tests.browser.visit import Visit

ABOUT = "De regiotaxi kwam weer niet. De gemeente Amersfoort belt niet terug."


def sorting(visit: Visit) -> Iterator[str]:
    """From checked words to who takes it."""
    told = f"{time.time_ns()} keer gewacht"
    visit.tell(f"{told}. {ABOUT}")
    path = visit.office.report_path(told)
    visit.office.server.run("django", "shell", "-c", LOOK_THROUGH)
    visit.enter("coordinator")
    visit.go(path)
    visit.press("Kijk de woorden na")
    visit.press("Zo mag het gelezen worden")
    visit.reads("want er staat")
    yield "triage"
    visit.page.locator("[name=municipality]").fill("Nergenshuizen")
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "triage-wrong"
    visit.page.locator("[name=municipality]").fill("Amersfoort")
    visit.page.get_by_text("Iets anders").first.click()
    visit.page.get_by_label("Geld en kosten").check()
    visit.press("Bewaar")
    visit.reads("Bewaard. Wij vragen")
    yield "report-sorted"
    visit.go("werk/signalen/?theme=transport")
    yield "reports-about-something"
    visit.press("Bewaar deze lijst")
    yield "keep-list"
    visit.page.locator("[name=name]").fill("Ritten en wachttijden in heel de provincie")
    visit.press("Bewaar")
    visit.reads("Hij staat boven uw lijsten")
    yield "list-kept"
    visit.page.locator("[name=report]").first.check()
    visit.press("Geef door of sorteer wat aangevinkt is")
    visit.reads("Met 1 signaal")
    yield "together"
    visit.press("Zet deze status")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "together-nothing-chosen"
    visit.go("werk/wie-neemt-wat/")
    yield "who-takes-what"
    visit.page.locator("main .worklist a").first.click()
    visit.page.locator("[name=places]").wait_for()
    yield "what-somebody-takes"
    visit.go("werk/organisatie/woorden/")
    yield "terms"
    visit.press("Vervoer en parkeren")
    visit.page.locator("[name=lines]").wait_for()
    yield "term"
    visit.context.clear_cookies()
    visit.enter("advocate")
    visit.go("werk/vandaag/")
    visit.reads("Iets voor u?")
    yield "today-of-an-advocate"
    visit.page.locator("h2", has_text="Iets voor u?").wait_for()
    visit.page.locator("a[href*='/voor-u/']").first.click()
    visit.reads("niemand heeft dit signaal")
    yield "offered"


def ten_minutes(visit: Visit) -> Iterator[str]:
    """A round, begun and ended."""
    told = f"{time.time_ns()} keer gebeld met 06 12 34 56 78"
    visit.tell(told)
    visit.office.server.run("django", "shell", "-c", LOOK_THROUGH)
    visit.enter("volunteer")
    visit.go("werk/tien-minuten/")
    visit.reads("Ik heb tien minuten")
    yield "ten-minutes"
    visit.press("Begin")
    visit.reads("1 van 5")
    yield "review-in-a-round"
    visit.press("Zo mag het gelezen worden")
    visit.reads("Waar gaat het over?")
    yield "triage-in-a-round"
    visit.press("Bewaar")
    visit.page.locator("h1").wait_for()
    visit.go("werk/tien-minuten/")
    visit.reads("1 gedaan")
    yield "ten-minutes-done"
