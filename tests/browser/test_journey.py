"""Journey 1 whole, as somebody with little sight and no mouse goes it.

A window of 1280 pixels at 400 % leaves 320 by 256. Two devices, one of them without
JavaScript, and the volunteer beside it; by keyboard alone. In every state that comes
by, axe finds nothing and nothing stands beside the window.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Route, expect

from achterban.core.files.tests import samples
from tests.browser.conftest import NewVisit
from tests.browser.keyboard import (
    choose_file,
    from_menu,
    press,
    tab_to,
    tick,
    title,
    type_in,
)
from tests.browser.visit import Visit

ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
FIRST = "Kastanjelaan: de taxi komt niet tot de deur."
MORE = f"{FIRST} Ik moet dan vijftig meter lopen, en dat lukt mij niet."
QUESTION = "Weet u nog welke dag dat was?"
REPLY = "Iedere dinsdag. Na de fysio."
ANSWER = "Dank u. Wij bellen de vervoerder, en schrijven u hier wat hij zegt."
RESULT = "De taxi stopt voortaan voor de deur."
ILLNESS = "spierziekte"
MOST_QUESTIONS = 20


@dataclass
class Looking:
    """Looks at every state that somebody comes by.

    Attributes:
        page: of a browser with JavaScript: axe needs it, also where the visitor has
            none.
        seen: names of the states.
    """

    page: Page
    seen: list[str] = field(default_factory=list)

    def at(self, visit: Visit, state: str, *, has_js: bool) -> None:
        """Fail where a state has a fault of WCAG, or more than fits the window."""
        self.seen.append(state)
        found = visit.axe() if has_js else self._axe_without_js(visit)
        assert (state, found) == (state, [])
        assert (state, visit.look("reflow")) == (state, [])

    def _axe_without_js(self, visit: Visit) -> list[str]:
        """Return what axe finds on a page as it stands, without its scripts."""
        shown = visit.page.content()

        def answer(route: Route) -> None:
            route.fulfill(body=shown, content_type="text/html; charset=utf-8")

        self.page.unroute_all()
        self.page.route("**/*.js", lambda route: route.abort())
        self.page.route(visit.page.url, answer)
        self.page.goto(visit.page.url)
        return visit.axe(on=self.page)


@dataclass
class Device:
    """Something to tell with."""

    visit: Visit
    has_js: bool
    looking: Looking

    def at(self, heading: str, state: str) -> None:
        """Wait for a page, and look."""
        title(self.visit, heading)
        self.looking.at(self.visit, state, has_js=self.has_js)

    def say(self, words: str) -> None:
        """Write in the large field."""
        type_in(self.visit, "text", words)

    def press(self, name: str) -> None:
        """Press a button or link."""
        press(self.visit, name)

    def press_until(self, name: str, heading: str) -> None:
        """Go on until a question: an organisation may have some of its own."""
        for _ in range(MOST_QUESTIONS):
            before = self.visit.page.locator("h1").inner_text()
            self.press(name)
            expect(self.visit.page.locator("h1")).not_to_have_text(before)
            if self.visit.page.locator("h1").inner_text() == heading:
                return
        raise AssertionError(f"no page {heading}")

    def open_code(self, code: str) -> None:
        """Go to what stands behind a code."""
        self.visit.go("code/")
        type_in(self.visit, "code", code.lower())
        self.visit.page.keyboard.press("Enter")


# Under --trust: it is long, and on a busy machine once did not reach its end.
@pytest.mark.trust
@pytest.mark.parametrize(
    "js_first", [True, False], ids=["js-then-none", "none-then-js"]
)
def test_the_journey_of_one_report(new_visit: NewVisit, *, js_first: bool) -> None:
    looking = Looking(new_visit(**ZOOMED).page)

    def device(*, js: bool) -> Device:
        visit = new_visit(**ZOOMED, java_script_enabled=js)
        return Device(visit, js, looking)

    phone, other = device(js=js_first), device(js=not js_first)
    desk = device(js=True)
    desk.visit.enter("volunteer")

    code = tell_a_part(phone)
    go_on(other, code)
    ask(desk)
    reply(other, code)
    answer(desk)
    tell_what_happened(desk)
    hear(phone, code)
    into_mijn(phone, code)
    take_back(phone, code)
    out_of_mijn(phone)

    assert desk.visit.complaints == phone.visit.complaints == []
    assert len(looking.seen) > 25


def tell_a_part(phone: Device) -> str:
    """Tell in pieces, answer some questions, add a photo and a voice, and stop."""
    visit = phone.visit
    visit.go("")
    phone.at("Vertel ons wat u meemaakt", "doorstep")
    phone.press("Vertel het ons")
    phone.at("Wat maakt u mee?", "tell")
    phone.say(FIRST)
    if phone.has_js:
        expect(visit.page.locator(".status")).to_have_text("Bewaard.")
        phone.looking.at(visit, "kept by itself", has_js=True)
    phone.say(MORE)
    phone.press("Verder vertellen")

    phone.at("Waar gebeurt dit?", "where")
    type_in(visit, "municipality", "Assen")
    phone.press("Verder")
    phone.at("Over wie gaat het?", "about whom")
    tick(visit, "Iemand anders")
    phone.press("Verder")
    phone.at("Welke ziekte hebt u?", "illness")
    type_in(visit, "condition", ILLNESS)
    phone.press("Verder")
    phone.at("Hoelang is dit al zo?", "since")
    tick(visit, "Ongeveer een jaar")
    phone.press("Verder")
    phone.at("Wat doet het met u?", "effects")
    phone.press_until("Sla over", "Wie maakt dit mee?")
    phone.at("Wie maakt dit mee?", "who")
    phone.press_until("Sla over", "Wilt u iets laten zien?")
    phone.at("Wilt u iets laten zien?", "show")
    choose_file(visit, samples.photo(), "stoep.jpg", "image/jpeg")
    phone.press("Voeg toe")
    visit.reads("Foto 1")
    phone.at("Wilt u iets laten zien?", "shown")
    phone.press("Verder")
    phone.at("Wilt u iets inspreken?", "speak")
    choose_file(visit, samples.sound(), "opname.webm", "audio/webm")
    phone.press("Voeg toe")
    visit.reads("Opname 2")
    phone.at("Wilt u iets inspreken?", "spoken")
    phone.press("Stop en bewaar")
    phone.at("Bewaard. Rust eerst maar.", "stopped")
    return visit.code()


def go_on(other: Device, code: str) -> None:
    """Find everything back elsewhere, say what may be done with it, and send."""
    visit, page = other.visit, other.visit.page
    visit.go("code/")
    other.at("Verder met uw code", "code")
    other.open_code(code)
    other.at("Wat maakt u mee?", "found back")
    expect(page.locator("[name=text]")).to_have_value(MORE)
    tab_to(visit, page.locator("summary", has_text="Helpt u iemand?"))
    page.keyboard.press("Space")
    tick(visit, "Een mantelzorger")
    other.at("Wat maakt u mee?", "with help")
    other.press("Verder vertellen")
    title(visit, "Wat mogen wij ermee doen?")  # what lies before is not asked again
    other.press_until("Terug", "Wilt u iets inspreken?")
    visit.reads("Opname 2")
    other.press_until("Terug", "Wilt u iets laten zien?")
    visit.reads("Foto 1")
    other.press_until("Terug", "Hoelang is dit al zo?")
    expect(page.get_by_label("Ongeveer een jaar")).to_be_checked()
    other.press_until("Terug", "Welke ziekte hebt u?")
    expect(page.locator("[name=condition]")).to_have_value(ILLNESS)
    other.press_until("Terug", "Over wie gaat het?")
    expect(page.get_by_label("Iemand anders")).to_be_checked()
    other.press_until("Terug", "Waar gebeurt dit?")
    expect(page.locator("[name=municipality]")).to_have_value("Assen")
    other.press_until("Verder", "Wat mogen wij ermee doen?")
    other.at("Wat mogen wij ermee doen?", "what may")
    tick(visit, "Mij meer vragen (2 jaar)")
    tick(visit, "Een zin in een brief, zonder naam (2 jaar)")
    other.press("Verder")
    other.at("Wilt u horen wat ermee gebeurt?", "what to hear")
    tick(visit, "Alleen het resultaat (5 jaar)")
    other.press("Verder")
    other.at("Dat waren alle vragen", "ready")
    other.press("Dit is genoeg, verstuur")
    other.at("Dank u wel. Wij hebben het.", "sent")
    assert visit.code() == code


def ask(desk: Device) -> None:
    """Find the report, see all that was sent, and ask."""
    desk.visit.go("werk/")
    title(desk.visit, "Vandaag")
    from_menu(desk.visit, "Alle signalen")
    desk.at("Alle signalen", "list")
    tab_to(desk.visit, desk.visit.page.get_by_role("link", name=FIRST[:30]))
    desk.visit.page.keyboard.press("Enter")
    desk.at("Ontvangen", "report")
    for told in (MORE, "Assen", ILLNESS, "Mij meer vragen", "Foto 1", "Opname 2"):
        desk.visit.reads(told)
    desk.visit.reads("Een mantelzorger")
    desk.say(QUESTION)
    desk.press("Stel deze vraag")
    desk.at("Wij hebben een vraag", "asked")


def reply(other: Device, code: str) -> None:
    """Read the question, and reply."""
    other.open_code(code)
    other.at("Wij hebben een vraag", "question")
    other.visit.reads(QUESTION)
    other.say(REPLY)
    other.press("Verstuur")
    other.visit.reads(REPLY)
    other.at("Wij zijn ermee bezig", "replied")


def answer(desk: Device) -> None:
    """Read the reply, and answer."""
    desk.visit.page.reload()
    desk.visit.reads(REPLY)
    desk.say(ANSWER)
    desk.press("Geef dit antwoord")
    desk.at("Er is een antwoord", "answered")


def tell_what_happened(desk: Device) -> None:
    """Write the result, see whom it reaches, and send it."""
    visit = desk.visit
    desk.press("Vertel wat er gebeurde")
    desk.at("Vertel wat er gebeurde", "result")
    tab_to(visit, visit.page.locator("[name=kind]"))
    visit.page.keyboard.type("Resultaat")
    type_in(visit, "lead", RESULT)
    desk.press("Kijk wie het bereikt")
    desk.at("Kijk het na", "whom it reaches")
    desk.press("Verstuur het nu")
    visit.reads("Onderweg.")


def hear(phone: Device, code: str) -> None:
    """Read the answer, and the result once it is there."""
    for _ in range(60):
        phone.open_code(code)
        title(phone.visit, "Er is een antwoord")
        if RESULT in phone.visit.shown():
            break
        phone.visit.page.wait_for_timeout(500)
    phone.visit.reads(ANSWER)
    phone.visit.reads(RESULT)
    phone.at("Er is een antwoord", "told")


def into_mijn(phone: Device, code: str) -> None:
    """Have it with one's own mail address, and read the answer there."""
    visit = phone.visit
    address = f"journey-{time.time_ns()}@voorbeeld.example"
    visit.go("mijn/")
    phone.at("Mijn", "Mijn")
    type_in(visit, "email", address)
    phone.press("Mail mij een link")
    phone.at("Kijk in uw mail", "mailed")
    link = re.search(r"http\S+/binnen/\S+", visit.office.letter_to(address, "/binnen/"))
    assert link
    visit.page.goto(link[0])
    phone.at("Welkom bij Mijn", "come in")
    phone.press("Inloggen")
    phone.at("Mijn signalen", "nothing yet")
    phone.press("Voeg een signaal toe met de code")
    phone.at("Een signaal toevoegen?", "no longer anonymous")
    type_in(visit, "code", code)
    phone.press("Ja, zet het bij mijn adres")
    phone.at("Er is een antwoord", "answer")
    visit.reads(ANSWER)


def out_of_mijn(phone: Device) -> None:
    """Leave nothing behind."""
    visit = phone.visit
    visit.go("mijn/wissen/")
    phone.at("Uw account wissen?", "leave")
    phone.press("Wis het account")
    phone.at("Uw account is gewist", "gone")


def take_back(phone: Device, code: str) -> None:
    """Take one yes back, and then everything."""
    visit = phone.visit
    phone.press("Intrekken")
    visit.reads_not("Een zin in een brief")
    visit.reads("Mij meer vragen")
    phone.at("Er is een antwoord", "one yes less")
    phone.press("Trek alles in")
    phone.at("Alles intrekken?", "sure")
    phone.press("Ja, wis het voorgoed")
    phone.at("Dit is ingetrokken", "erased")
    phone.open_code(code)
    phone.at("Dit is ingetrokken", "erased before")
    visit.reads_not(RESULT)
    visit.go("ik-stop/")
    phone.at("U kunt dit venster sluiten", "stop")
