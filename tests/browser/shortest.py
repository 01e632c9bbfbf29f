"""The shortest way from the first page to a receipt code, counted."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.visit import CODE, Visit

TOLD = "Ik wacht al een jaar op een rolstoel."


@dataclass(frozen=True)
class Step:
    """One page on the way.

    Attributes:
        title: its heading.
        words: what there is to read in its main text, without the code.
        questions: what is asked.
        presses: buttons and links to press, to come further.
    """

    title: str
    words: int
    questions: int
    presses: int


def shortest_way(visit: Visit) -> list[Step]:
    """Go from the doorstep to the code, as fast as it can be done."""
    visit.go("")
    steps = [_step(visit, presses=1)]
    visit.press("Vertel het ons")
    visit.page.locator("main textarea").wait_for()
    steps.append(_step(visit, presses=1))
    visit.write(TOLD)
    visit.press("Verstuur: lees dit en tel het mee")
    visit.page.locator(CODE).wait_for()
    steps.append(_step(visit, presses=0))
    pages = [url for url in visit.requested if url.endswith("/")]
    kept = [url for url in pages if url.endswith("/vertel/bewaar/")]  # not a page
    assert len(pages) - len(kept) == len(steps)
    return steps


def _step(visit: Visit, presses: int) -> Step:
    title = visit.page.locator("h1").inner_text()
    return Step(title, visit.look("words"), visit.look("questions"), presses)
