"""Walks past looking through words: waiting, marked, added, approved."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.browser.visit import Visit

# By our own rules alone: the process that holds deduce takes a gigabyte and seconds.
LOOK_THROUGH = """
from achterban.listen.reports.actions.reviewing import look_through
from achterban.rules.deidentify.structured import find_structured
look_through(find_structured)
"""


def checking_words(visit: Visit) -> Iterator[str]:
    """From a report that nobody looked through to words that others may read."""
    told = f"{time.time_ns()} keer gebeld"
    visit.tell(
        f"{told} met 06 12 34 56 78 en gemaild naar els@voorbeeld.example.\n\n"
        "Mijn buurman Hendrik weet ervan. Ik wil niet meer leven."
    )
    visit.enter("coordinator")
    visit.go("werk/")
    yield "today-with-an-urgent-one"
    visit.go(visit.office.report_path(told))
    visit.reads("Dit is misschien dringend")
    yield "report-urgent"
    visit.press("Kijk de woorden na")
    visit.reads("Het programma heeft dit nog niet gelezen")
    yield "words-wait"
    visit.office.server.run("django", "shell", "-c", LOOK_THROUGH)
    visit.press("Kijk opnieuw")
    visit.page.locator("mark").first.wait_for()
    yield "words-marked"
    visit.page.locator("[name=more]").fill("Hendriks")
    visit.press("Bewaar, ik kijk verder")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "words-not-there"
    visit.page.locator("[name=more]").fill("hendrik")
    visit.page.locator("[name=more_kind]").select_option("persoon")
    visit.press("Bewaar, ik kijk verder")
    visit.reads("Het is nog niet nagekeken")
    yield "words-added"
    visit.press("Zo mag het gelezen worden")
    visit.reads("Nagekeken.")
    visit.page.locator("a.back").click()
    yield "report-checked"
    visit.press("Kijk de woorden na")
    visit.reads("Zo lezen anderen het")
    yield "words-checked"
    visit.go("werk/zoeken/")
    yield "search-empty"
    visit.page.locator("[name=words]").fill("buurvrouwen bellen")
    visit.press("Zoek nu")
    visit.reads("Niets gevonden")
    yield "search-nothing"
    visit.page.locator("[name=words]").fill("buurman gebelt")
    visit.page.locator("summary", has_text="Minder resultaten").click()
    visit.page.locator("[name=place]").fill("Nergens")
    visit.press("Zoek nu")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "search-no-such-place"
    visit.page.locator("[name=place]").fill("")
    visit.press("Zoek nu")
    visit.page.locator("mark").first.wait_for()
    yield "search-found"
