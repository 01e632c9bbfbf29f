"""Walks past hearing back: choosing, a mail, an update to many, stopping."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from tests.browser.visit import Visit

TOLD = "De nieuwe rolstoel staat al vier maanden bij de leverancier."
LEAD = "De gemeente knipt het gesprek voortaan in stukjes."
REST = "Zes van u vroegen erom. Vanaf 1 mei geldt het voor iedereen.\n\nDank u wel."


def choosing_to_hear(visit: Visit) -> Iterator[str]:
    """Choose what to hear, before sending and behind the code."""
    visit.go("vertel/")
    visit.write(TOLD)
    visit.step("Verder vertellen")
    visit.skip_to("Wilt u horen wat ermee gebeurt?")
    yield "what-to-hear"
    visit.page.locator("[name=address]").fill("els@voorbeeld")
    visit.press("Verder")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "what-to-hear-slip"
    visit.page.locator("[name=address]").fill("els@voorbeeld.example")
    visit.page.get_by_label("Alleen het resultaat").check()
    visit.press("Verder")
    visit.reads("Dat waren alle vragen")
    visit.press("Dit is genoeg, verstuur")
    visit.page.locator("main .code").first.wait_for()
    code = visit.code()
    visit.open_code(code)
    visit.reads("Wat u erover hoort")
    yield "course-hearing"
    visit.page.locator("form[action$='/horen/'] button").click()
    visit.reads("U gaf al een adres")
    yield "hear"
    visit.page.get_by_label("Elke stap").check()
    visit.press("Bewaar")
    visit.reads("Bewaard.")
    yield "hear-kept"
    visit.press("Wis mijn adres")
    visit.reads("Uw adres is gewist.")
    yield "hear-erased"


def telling_back(visit: Visit) -> Iterator[str]:
    """From the list to behind the code, by mail, and no more of it."""
    address = f"els-{time.time_ns()}@voorbeeld.example"
    yield from _slip(visit)
    told = f"{time.time_ns()} keer gebeld over de rolstoel."
    code = _tell_and_leave(visit, told, address)
    link = re.search(r"http\S+/mail/\S+", visit.office.letter_to(address, "/mail/"))
    assert link
    visit.page.goto(link[0])
    yield "mail-question"
    visit.press("Ja, mail mij")
    visit.reads("Dank u. Wij mailen u")
    yield "mail-confirmed"
    visit.enter("coordinator")
    visit.go("werk/signalen/")
    yield "choose-reports"
    visit.page.locator("li", has_text=told).first.get_by_label("Kies").check()
    visit.press("Vertel wie u aanvinkte wat er gebeurde")
    visit.reads("Voor 1 signaal")
    yield "write-update"
    visit.press("Kijk wie het bereikt")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "write-update-slip"
    visit.page.locator("[name=kind]").select_option("result")
    visit.page.locator("[name=lead]").fill(LEAD)
    visit.page.locator("[name=rest]").fill(REST)
    visit.page.locator("[name=wants_public]").check()
    visit.press("Bewaar")
    visit.reads("Bewaard. Er is nog niets verstuurd.")
    visit.press("Gooi weg")
    visit.reads("Dit concept weggooien?")
    yield "throw-away"
    visit.press("Nee, bewaar het")
    visit.press("Kijk wie het bereikt")
    visit.reads("Wie het bereikt")
    yield "check-update"
    visit.press("Verstuur het nu")
    visit.reads("Onderweg.")
    yield "update-sent"
    visit.go("werk/terugkoppeling/")
    visit.reads(LEAD)
    yield "update-list"
    _wait_behind(visit, code)
    yield "course-told"
    visit.go("werk/terugkoppeling/")
    visit.press(LEAD)
    visit.press("Neem het terug")
    visit.reads("Terugnemen?")
    yield "take-back"
    visit.page.goto(link[0])
    visit.reads("Lees uw bericht")
    yield "mail-read"
    visit.press("Geen mail meer: wis mijn adres")
    visit.reads("Uw adres is gewist")
    yield "mail-stopped"
    visit.page.goto(link[0])
    visit.reads("Dit adres is niet meer bij ons")
    yield "mail-over"


def _slip(visit: Visit) -> Iterator[str]:
    """Ask for a mail and for nothing at all."""
    visit.open_code(visit.tell(TOLD))
    visit.page.locator("form[action$='/horen/'] button").click()
    visit.page.get_by_label("Niets").check()
    visit.page.locator("[name=address]").fill("els@voorbeeld.example")
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "hear-slip"


def _tell_and_leave(visit: Visit, told: str, address: str) -> str:
    """Tell something and leave an address for mail, behind the code."""
    code = visit.tell(told)
    visit.open_code(code)
    visit.page.locator("form[action$='/horen/'] button").click()
    visit.page.locator("[name=address]").fill(address)
    visit.press("Bewaar")
    visit.reads("Wij stuurden een mail")
    return code


def _wait_behind(visit: Visit, code: str) -> None:
    """Open the code until the update stands there: it comes within seconds."""
    for _ in range(60):
        visit.open_code(code)
        visit.page.locator(".course").wait_for()
        if LEAD in visit.shown():
            return
        time.sleep(0.5)
    raise LookupError(LEAD)
