"""Walks past an evening written down, what many go through, and what goes by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.browser.visit import Visit


def an_evening(visit: Visit) -> Iterator[str]:
    """From a new gathering to the codes of its stories."""
    visit.enter("advocate")
    visit.go("werk/bijeenkomsten/")
    yield "gatherings"
    visit.press("Een nieuwe bijeenkomst")
    visit.page.locator("[name=name]").fill("Café in wijkcentrum De Verbindingskamer")
    yield "new-gathering"
    visit.page.locator("[name=place]").fill("Amersfoort")
    visit.press("Verder")
    visit.page.locator("[name=text]").wait_for()
    yield "stories"
    visit.press("Bewaar alle verhalen")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "no-stories"
    told = [f"{time.time_ns()} {n}: de bus reed voorbij." for n in range(3)]
    visit.page.locator("[name=text]").fill("\n\n".join(told))
    visit.reads("Bewaard op dit apparaat, op slot.")
    visit.press("Bewaar alle verhalen")
    visit.reads("3 verhalen bewaard")
    yield "stories-kept"


def what_many_go_through(visit: Visit) -> Iterator[str]:
    """A sentence written by one, made public by another, and had by a third."""
    visit.enter("coordinator")
    visit.go("werk/samenvattingen/nieuw/")
    yield "new-summary"
    title = f"De regiotaxi komt te laat en niemand belt terug ({time.time_ns()})."
    visit.page.locator("[name=title]").fill(title)
    visit.page.locator("[name=text]").fill("Soms een uur. Dan is de afspraak voorbij.")
    visit.press("Bewaar")
    visit.reads("wacht op een tweede mens")
    yield "summaries"
    visit.context.clear_cookies()
    visit.enter("volunteer")
    visit.go("werk/samenvattingen/")
    visit.press(title)
    visit.reads("schreef dit")
    yield "summary-of-a-colleague"
    visit.press("Maak het openbaar")
    visit.context.clear_cookies()
    visit.go("")
    visit.press("Speelt dit ook bij u?")
    visit.reads(title)
    yield "have-this-too"
    visit.page.get_by_role("button", name="Ik heb dit ook").first.click()
    visit.reads("Dank u wel. Wij hebben het.")
    code = visit.code()
    visit.open_code(code)
    visit.reads(title)
    yield "has-this-too"
    visit.page.get_by_text("Verbeteren, meer toestaan, wie keek").click()
    visit.press("Wie er keek")
    visit.reads("Nog niemand.")
    yield "who-looked"
    visit.enter("coordinator")
    visit.go("werk/organisatie/bewaren/")
    yield "how-long-we-keep"
