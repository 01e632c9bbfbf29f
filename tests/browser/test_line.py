"""Journey 1 from end to end on a phone of 320 pixels: told, asked, answered, withdrawn.

With JavaScript and without. What the browser asked for and kept meanwhile is looked at
too: nothing foreign (B2), nothing that tells who somebody is (B3), nothing in the
address, the title or the history (B4), and no breach of the policy (J2).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisit
from tests.browser.visit import CODE, Visit
from tests.browser.walks import WALKS

FIRST = "Regenboogtraplift: ik wacht al een jaar op een traplift."
MORE = f"{FIRST} De gemeente zegt dat het systeem maar één aanvraag kent."
QUESTION = "Heeft u daar een brief over gekregen?"
CHANGED = "Heeft u daar een mail of een brief over gekregen?"
REPLY = "Ja, een brief van drie regels."
ANSWER = "Dank u. Wij hebben de gemeente geschreven."
ADDED = "Er is vandaag iemand komen meten."
TOPIC = ("traplift", "Regenboog", "gemeente", "brief")
ORGANISATIONS = {True: "stille-kracht", False: "spierkring"}  # a team for each
STAFF_COOKIES = {"werk", "csrf"}


def typed_by_a_tired_hand(code: str) -> str:
    """Return a code as somebody types it: small letters, odd spaces, O for 0."""
    return f"  {code.lower().replace(' ', '-').replace('0', 'o')} "


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_the_line(new_visit: NewVisit, js: bool) -> None:
    organisation = ORGANISATIONS[js]
    reporter = new_visit(java_script_enabled=js)
    volunteer = new_visit(java_script_enabled=js)

    code = tell(reporter, organisation)
    ask(volunteer, organisation)
    letters = volunteer.office.letters()
    assert letters
    assert not [one for one in letters if any(word in str(one) for word in TOPIC)]

    elsewhere = new_visit(java_script_enabled=js)  # next week, on another device
    reply(elsewhere, organisation, code)
    answer(volunteer, organisation)
    withdraw(elsewhere, organisation, code)

    for visit in (reporter, elsewhere):
        assert left_by(visit, code) == []
        # Without JavaScript nothing can be kept but cookies, and nothing can be asked.
        assert visit.context.cookies() == [] if not js else visit.kept_on_device() == []
    for visit in (reporter, volunteer, elsewhere):
        assert visit.complaints == []
        hosts = {urlsplit(address).netloc for address in visit.requested}
        assert hosts == {urlsplit(visit.server.url).netloc}
    names = {cookie.get("name") for cookie in volunteer.context.cookies()}
    assert names == STAFF_COOKIES


def tell(visit: Visit, organisation: str) -> str:
    """Tell something, with a choice of display halfway that loses no word."""
    visit.go("", organisation)
    visit.press("Vertel het ons")
    visit.write(FIRST)
    visit.page.locator("summary", has_text="Weergave").click()
    visit.press("Donker")
    expect(visit.page.locator("html")).to_have_attribute("data-theme", "dark")
    text = visit.page.locator("[name=text]")
    expect(text).to_have_value(FIRST)
    text.fill(MORE)
    visit.page.locator("summary", has_text="Weergave").click()
    visit.press("Donker")  # pressed again: as the device asks, and no cookie
    expect(visit.page.locator("html")).to_have_attribute("data-theme", "auto")
    expect(text).to_have_value(MORE)
    visit.press("Bewaar het, ik ga later verder")
    expect(visit.page.locator("h1")).to_have_text("Bewaard. Rust eerst maar.")
    code = visit.code()
    visit.open_code(typed_by_a_tired_hand(code), organisation)
    expect(text).to_have_value(MORE)
    visit.press("Verstuur: lees dit en tel het mee")
    expect(visit.page.locator("h1")).to_have_text("Dank u wel. Wij hebben het.")
    assert visit.code() == code
    assert re.fullmatch(r"([0-9A-Z]{4} ){3}[0-9A-Z]{4}", code)
    visit.press("Ik stop")
    expect(visit.page.locator("h1")).to_have_text("U kunt dit venster sluiten")
    return code


def ask(visit: Visit, organisation: str) -> None:
    """Log in with two factors, read, ask, take it back, and ask better."""
    visit.go("", organisation)
    visit.press("Voor vrijwilligers")
    visit.log_in("volunteer", organisation)
    expect(visit.page.locator("h1")).to_have_text("Vandaag")
    visit.page.locator("nav summary").click()
    visit.press("Alle signalen")
    visit.page.get_by_role("link", name=FIRST[:40]).click()
    visit.reads(MORE)
    visit.press("Ik neem dit signaal")
    visit.write(QUESTION)
    visit.press("Stel deze vraag")
    visit.reads("Verstuurd")
    visit.press("Neem het laatste terug")
    text = visit.page.locator("[name=text]")
    expect(text).to_have_value(QUESTION)  # comes back, to be mended
    text.fill(CHANGED)
    visit.press("Stel deze vraag")
    visit.reads(CHANGED)
    visit.reads_not(QUESTION)


def reply(visit: Visit, organisation: str, code: str) -> None:
    """Open the code typed sloppily, read the question, reply."""
    visit.open_code(typed_by_a_tired_hand(code), organisation)
    expect(visit.page.locator("h1")).to_have_text("Wij hebben een vraag")
    visit.reads(CHANGED)
    visit.reads_not(QUESTION)
    visit.write(REPLY)
    visit.press("Verstuur")
    visit.reads(REPLY)


def answer(visit: Visit, organisation: str) -> None:
    """See that there is news, and answer."""
    visit.press("Vandaag")
    mine = visit.page.locator("li", has_text=FIRST[:40])
    expect(mine).to_contain_text("nieuw bericht")
    mine.get_by_role("link").click()
    visit.reads(REPLY)
    visit.write(ANSWER)
    visit.press("Geef dit antwoord")
    expect(visit.page.locator("h1")).to_have_text("Er is een antwoord")


def withdraw(visit: Visit, organisation: str, code: str) -> None:
    """Read the answer, add something, take all back; a wrong code says otherwise."""
    visit.open_code(code, organisation)
    expect(visit.page.locator("h1")).to_have_text("Er is een antwoord")
    visit.reads(ANSWER)
    visit.write(ADDED)
    visit.press("Verstuur")
    visit.reads(ADDED)
    visit.press("Trek alles in")
    visit.press("Ja, wis het voorgoed")
    expect(visit.page.locator("h1")).to_have_text("Dit is ingetrokken")
    visit.open_code(code, organisation)
    expect(visit.page.locator("h1")).to_have_text("Dit is ingetrokken")
    visit.reads_not(ANSWER)
    other = re.sub(".", lambda it: "7" if it[0] != "7" else "8", code[:1]) + code[1:]
    visit.open_code(other, organisation)
    expect(visit.page.locator("h1")).to_have_text("Verder met uw code")
    visit.reads("Eén teken klopt niet")
    visit.open_code("0000 0000 0000 0000", organisation)
    visit.reads("Wij kennen deze code niet")
    visit.go("ik-stop/", organisation)


def left_by(visit: Visit, code: str) -> list[str]:
    """Return addresses and titles that give away a code, a text or a topic."""
    secrets = {code, code.replace(" ", ""), code.replace(" ", "-"), "#", *TOPIC}
    secrets |= {"Vereniging", "Stichting"}  # in a title: the name may be an illness
    places = [*visit.requested, *visit.history()]
    return [
        place
        for place in places
        if any(secret.casefold() in place.casefold() for secret in secrets)
    ]


def test_nothing_is_kept_on_the_device(visit: Visit) -> None:
    """Also before “Ik stop”, which would wipe it (B3)."""
    code = visit.tell("Niets blijft hier achter.")
    assert visit.kept_on_device() == []
    visit.open_code(code)
    visit.reads("Niets blijft hier achter.")
    assert visit.kept_on_device() == []


@pytest.mark.wide
def test_a_call_by_telephone(new_visit: NewVisit) -> None:
    volunteer = new_visit(viewport={"width": 1100, "height": 800})
    volunteer.enter("coordinator")
    volunteer.go("werk/signalen/gesprek/")
    volunteer.page.get_by_label("Wat vertelt de beller?").fill("Beller wacht op hulp.")
    expect(volunteer.page.locator(".status")).to_have_text("Bewaard.")
    volunteer.press("Sla dit gesprek op")
    volunteer.reads("Vraag de beller om dit ja")
    text = volunteer.page.get_by_label("Wat vertelt de beller?")
    expect(text).to_have_value("Beller wacht op hulp.")
    volunteer.page.get_by_label("Gemeente of postcode").fill("Assen")
    volunteer.page.get_by_label("Naam, alleen").fill("Jopie")
    volunteer.page.get_by_label("Telefoonnummer").fill("06 00 00 00 00")
    volunteer.page.get_by_label("De beller zegt ja").check()
    volunteer.press("Sla dit gesprek op")
    code = volunteer.code()
    volunteer.press("Naar het signaal")
    volunteer.reads("Assen")
    volunteer.reads_not("Jopie")
    volunteer.press("Toon naam en nummer")
    volunteer.reads("Jopie")

    caller = new_visit()
    caller.open_code(code)
    caller.reads("Beller wacht op hulp.")
    caller.reads_not("Jopie")


def test_a_qr_leaves_no_trace_in_the_address(new_visit: NewVisit) -> None:
    reporter = new_visit()
    code = reporter.tell("Een verhaal op papier.")
    reporter.press("Code op papier of als QR")
    expect(reporter.page.locator("img.qr")).to_be_visible()
    assert reporter.code() == code

    phone = new_visit()
    phone.go(f"code/#{code.replace(' ', '')}")  # what a camera opens
    expect(phone.page.locator("[name=code]")).to_have_value(code.replace(" ", ""))
    assert "#" not in phone.page.url
    assert not [place for place in phone.history() if code[:4] in place or "#" in place]
    phone.page.keyboard.press("Enter")
    phone.reads("Een verhaal op papier.")
    assert phone.page.url.endswith("/code/")


@pytest.mark.trust
def test_words_survive_a_server_that_is_killed(new_visit: NewVisit) -> None:
    reporter = new_visit()
    reporter.go("vertel/")
    field, line = reporter.page.locator("[name=text]"), reporter.page.locator(".status")
    field.press_sequentially("Voor de stroom uitviel.")
    expect(line).to_have_text("Bewaard.")  # nobody pressed anything
    reporter.page.locator("summary", has_text="Later verder?").click()
    code = reporter.code()

    reporter.server.kill9()
    field.press_sequentially(" En erna.")
    expect(line).to_have_text("Nog niet bewaard. Uw tekst staat er nog.")
    reporter.server.start()
    kept = new_visit()
    kept.open_code(code)
    # It may have tried again already, where a start takes long.
    expect(kept.page.locator("[name=text]")).to_have_value(
        re.compile(r"^Voor de stroom uitviel\.")
    )

    expect(line).to_have_text("Bewaard.", timeout=12_000)  # it tries again by itself
    kept.open_code(code)
    expect(kept.page.locator("[name=text]")).to_have_value(
        "Voor de stroom uitviel. En erna."
    )


@pytest.mark.trust  # but for the kill it is in the line, above
def test_without_javascript_the_button_keeps_it(new_visit: NewVisit) -> None:
    reporter = new_visit(java_script_enabled=False)
    reporter.go("vertel/")
    reporter.write("Halverwege gestopt.")
    reporter.press("Bewaar het, ik ga later verder")
    code = reporter.code()
    reporter.server.kill9()
    reporter.server.start()
    later = new_visit(java_script_enabled=False)
    later.open_code(code)
    expect(later.page.locator("[name=text]")).to_have_value("Halverwege gestopt.")
    assert later.page.locator(CODE).count() == 1  # the way back stays in sight


@pytest.mark.wide
@pytest.mark.parametrize("has_js", [True, False], ids=["with-js", "without-js"])
def test_the_optional_questions(new_visit: NewVisit, *, has_js: bool) -> None:
    visit = new_visit(java_script_enabled=has_js)
    shown = list(WALKS["questions"](visit))
    assert shown[-1] == "course-with-answers"
    visit.press("Intrekken")
    visit.reads("Ingetrokken. Dit mogen wij niet meer.")
    visit.reads_not("Wat wij ermee mogen")
    visit.reads("ME/CVS en postural tachycardia")
