"""Links that scanners open first (I4), no puzzle, and pasting everywhere (O8)."""

from __future__ import annotations

import time

import pytest
import requests
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import NewVisit
from tests.browser.visit import Visit
from tests.browser.walks import invitation_link, mailed_code


def scan(new_visit: NewVisit, address: str) -> None:
    """Open an address as the scanner of a mailbox does: HEAD, GET, a real browser."""
    for _ in range(2):
        head = requests.head(address, timeout=30, allow_redirects=True)
        assert head.status_code == 200
        assert requests.get(address, timeout=30).status_code == 200
    scanner = new_visit()
    scanner.page.goto(address)
    scanner.page.wait_for_load_state("networkidle")


@pytest.mark.wide
def test_an_invitation_survives_scanners_and_works_once(new_visit: NewVisit) -> None:
    link = invitation_link(new_visit(), f"scan-{time.time_ns()}@voorbeeld.example")
    scan(new_visit, link)

    person = new_visit()
    person.page.goto(link)
    person.page.locator("[name=name]").fill("Gescande Gast")
    person.press("Aannemen")
    expect(person.page.locator("h1")).to_have_text("Een tweede stap")

    assert requests.get(link, timeout=30).status_code == 404
    second = new_visit()
    second.page.goto(link)
    expect(second.page.locator("h1")).to_have_text("Deze link werkt niet meer")
    assert second.page.locator("main form").count() == 0


@pytest.mark.trust
def test_a_mailed_code_survives_scanners_and_works_once(new_visit: NewVisit) -> None:
    persona = new_visit().server.persona("volunteer", "spierkring")
    person, thief = new_visit(), new_visit()
    for visit in (person, thief):
        visit.go("inloggen/code/", "spierkring")
    person.page.locator("[name=email]").fill(persona["email"])
    person.press("Mail mij een code")
    person.page.locator("main [name=code]").wait_for()
    code = mailed_code(person, persona["email"])
    letter = person.office.letter_to(persona["email"], code)
    assert "http" not in letter  # nothing for a scanner to open
    assert requests.head(person.page.url, timeout=30).status_code in {200, 302}
    person.page.reload()  # looking acts on nothing

    person.page.locator("main [name=code]").fill(code)
    person.press("Verder")
    expect(person.page.locator("h1")).to_have_text("De tweede stap")

    thief.page.locator("[name=email]").fill("niemand@voorbeeld.example")
    thief.press("Mail mij een code")
    thief.page.locator("main [name=code]").fill(code)
    thief.press("Verder")
    thief.reads("Deze code klopt niet")


def paste(page: Page, name: str, words: str) -> None:
    """Paste in a field, as from a password manager or another window."""
    page.evaluate("words => navigator.clipboard.writeText(words)", words)
    field = page.locator(f"main [name={name}]")
    field.click()
    page.keyboard.press("Control+V")
    expect(field).to_have_value(words)


@pytest.mark.wide
def test_pasting_works_in_every_field(new_visit: NewVisit) -> None:
    visit = new_visit(permissions=["clipboard-read", "clipboard-write"])
    code = visit.tell("Om te plakken.")
    visit.go("code/")
    paste(visit.page, "code", f" {code} ")
    visit.press("Open")
    visit.reads("Om te plakken.")
    paste(visit.page, "text", "Geplakt 🌱 عربي")
    visit.go("inloggen/")
    persona = visit.server.persona("administrator", "spierkring")
    paste(visit.page, "login", persona["email"])
    paste(visit.page, "password", persona["password"])
    visit.press("Inloggen")
    visit.page.get_by_role("heading", name="De tweede stap", exact=True).wait_for()
    digits = visit.office.second_factor("administrator", "spierkring")
    paste(visit.page, "code", f"{digits[:3]} {digits[3:]}")  # as apps show it
    visit.press("Verder")
    expect(visit.page.locator("h1")).not_to_have_text("De tweede stap")


@pytest.fixture
def visit_with_passkeys(visit: Visit) -> tuple[Visit, CDPSession]:
    """Return a phone that makes passkeys and always recognises its owner."""
    phone = visit.context.new_cdp_session(visit.page)
    phone.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return visit, phone


def test_a_passkey_is_made_and_opens_without_typing(
    visit_with_passkeys: tuple[Visit, CDPSession],
) -> None:
    visit, _phone = visit_with_passkeys
    address = f"passkey-{time.time_ns()}@voorbeeld.example"
    visit.page.goto(invitation_link(visit, address))
    visit.page.locator("[name=name]").fill("Passkey Persoon")
    visit.press("Aannemen")
    visit.press("Met een passkey")
    visit.press("De passkey maken")
    expect(visit.page.locator("h1")).to_have_text("Herstelcodes")
    visit.press("Ik heb ze bewaard")
    expect(visit.page.locator("h1")).to_have_text("Vandaag")

    visit.context.clear_cookies()
    visit.go("inloggen/")
    visit.press("Inloggen met een passkey")
    expect(visit.page.locator("h1")).to_have_text("Vandaag")
    assert visit.complaints == []
