"""Mijn in earnest: a passkey, a second browser, and nothing left when one logs out."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisit
from tests.browser.mine_walk import asked_link, heading, more
from tests.browser.visit import Visit


def phone_of(visit: Visit) -> None:
    """Give somebody a phone that makes passkeys and recognises its owner."""
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


@pytest.mark.wide
def test_a_passkey_is_made_and_opens_mijn_without_mail(visit: Visit) -> None:
    phone_of(visit)
    visit.page.goto(asked_link(visit, f"passkey-{time.time_ns()}@voorbeeld.example"))
    visit.press("Inloggen")
    visit.press("Mijn account")
    visit.press("Maak een passkey")
    visit.press("De passkey maken")
    heading(visit.page, "Mijn account")
    visit.reads("Passkey van")
    visit.press("Uitloggen")
    heading(visit.page, "U bent uitgelogd")

    visit.go("mijn/")
    visit.press("Inloggen met een passkey")
    heading(visit.page, "Mijn signalen")
    assert visit.complaints == []


@pytest.mark.trust
def test_a_link_that_was_forwarded_opens_nothing_there_and_still_works_here(
    new_visit: NewVisit,
) -> None:
    noor, other = new_visit(), new_visit()
    link = asked_link(noor, f"noor-{time.time_ns()}@voorbeeld.example")
    other.page.goto(link)
    heading(other.page, "Deze link werkt hier niet")
    expect(other.page.locator("main form")).to_have_count(0)

    noor.page.goto(link)
    noor.press("Inloggen")
    heading(noor.page, "Mijn signalen")


def test_all_of_mijn_works_without_javascript_and_leaves_nothing(
    new_visit: NewVisit,
) -> None:
    noor = new_visit(java_script_enabled=False)
    code = noor.tell("Zonder script.")
    noor.page.goto(asked_link(noor, f"stil-{time.time_ns()}@voorbeeld.example"))
    noor.press("Inloggen")
    noor.press("Voeg een signaal toe met de code")
    noor.page.locator("[name=code]").fill(code)
    noor.press("Ja, zet het bij mijn adres")
    noor.page.locator("[name=text]").fill("En nog iets.")
    noor.press("Verstuur")
    noor.reads("En nog iets.")
    more(noor)
    noor.press("Iets verbeteren")
    noor.page.locator("button[value=text]").click()
    noor.page.locator("[name=text]").fill("Zonder één script.")
    noor.press("Bewaar")
    noor.reads("Zonder één script.")
    noor.press("Uitloggen")
    heading(noor.page, "U bent uitgelogd")
    assert {cookie.get("name") for cookie in noor.context.cookies()} <= {"csrf"}
    assert not any(code.replace(" ", "") in line for line in noor.requested)
