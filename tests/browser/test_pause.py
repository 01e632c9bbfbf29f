"""A pause is no error: a lid closed, twenty hours, a lost log-in, an old page (O4)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from achterban.core.files.tests import samples
from tests.browser.conftest import NewVisit
from tests.browser.visit import Office, Visit

TWENTY_HOURS = timedelta(hours=20)
WORDS = "Gisteren begonnen, vandaag pas klaar."
LONGER_AGO = 40 * 60  # seconds: the second factor is asked again after half an hour
# Lets somebody's last sign-in be longer ago, as waiting would.
AGE = """
import django; django.setup()
from achterban.core.accounts.sessions import SessionStore
session = SessionStore(session_key={key!r})
for record in session["account_authentication_methods"]:
    record["at"] -= {seconds}
session.modified = True
session.save()
"""


@pytest.fixture
def later(office: Office) -> Iterator[None]:
    """Return to the present afterwards."""
    yield
    office.server.env.pop("ACHTERBAN_CLOCK", None)
    office.server.restart()


def wait_twenty_hours(office: Office) -> None:
    """Restart the program with a clock that far ahead."""
    moment = datetime.now(UTC) + TWENTY_HOURS
    office.server.restart({"ACHTERBAN_CLOCK": moment.isoformat()})


@pytest.mark.trust
@pytest.mark.usefixtures("later")
def test_a_page_left_for_twenty_hours(new_visit: NewVisit, office: Office) -> None:
    code = new_visit().tell("Eerder verteld.")
    told, added, answered, called = (
        new_visit(java_script_enabled=False) for _ in "1234"
    )
    told.go("vertel/")
    told.write(WORDS)
    added.open_code(code)
    added.write(WORDS)
    for staff in (answered, called):
        staff.enter("coordinator")
    answered.go(office.report_path("Eerder verteld."))
    answered.write(WORDS)
    called.go("werk/signalen/gesprek/")
    called.page.locator("[name=text]").fill(WORDS)
    called.page.locator("[name=yes]").check()

    wait_twenty_hours(office)

    told.press("Verstuur: lees dit en tel het mee")
    told.reads("Dank u wel. Wij hebben het.")
    told.open_code(told.code())
    told.reads(WORDS)
    added.press("Verstuur")
    added.reads("Dank u wel. Wij hebben het.")
    added.reads(WORDS)
    answered.press("Geef dit antwoord")
    answered.reads("Verstuurd")
    answered.reads(WORDS)
    called.press("Sla dit gesprek op")
    called.reads("Het gesprek is bewaard")


def make_old(visit: Visit) -> None:
    """Let the last sign-in be longer ago than half an hour."""
    key = next(
        one.get("value") for one in visit.context.cookies() if one.get("name") == "werk"
    )
    script = AGE.format(key=key, seconds=LONGER_AGO)
    server = visit.server
    subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "achterban.config.settings",
            "ACHTERBAN_DATA": str(server.data),
            "ACHTERBAN_KEYS": str(server.keys),
            "ACHTERBAN_DEMO": "1",
        },
        check=True,
    )


@pytest.mark.trust
def test_what_was_typed_waits_while_a_factor_is_asked_again(visit: Visit) -> None:
    visit.go("werk/team/uitnodigen/")
    visit.log_in("administrator")
    expect(visit.page.locator("h1")).to_have_text("Iemand uitnodigen")
    visit.page.locator("[name=email]").fill("pauze@voorbeeld.example")
    visit.page.get_by_label("Belangenbehartiger").check()
    make_old(visit)
    visit.press("Uitnodigen")
    expect(visit.page.locator("h1")).to_have_text("Bent u het nog?")
    visit.page.locator("main [name=code]").fill(
        visit.office.second_factor("administrator")
    )
    visit.press("Verder")
    email = visit.page.locator("[name=email]")
    expect(email).to_have_value("pauze@voorbeeld.example")
    assert visit.page.get_by_label("Belangenbehartiger").is_checked()
    visit.press("Uitnodigen")
    visit.reads("pauze@voorbeeld.example")


def test_what_a_volunteer_wrote_waits_while_they_log_in_again(
    new_visit: NewVisit,
) -> None:
    new_visit().tell("Verhaal voor wie even weg was.")
    visit = new_visit()
    visit.go("werk/signalen/")
    visit.log_in("volunteer")
    visit.page.get_by_role("link", name="Verhaal voor wie").click()
    visit.write(WORDS)
    visit.context.clear_cookies(name="werk")  # the log-in is over
    visit.press("Geef dit antwoord")
    visit.log_in("volunteer")
    expect(visit.page.locator("[name=text]")).to_have_value(WORDS, timeout=2000)


@pytest.mark.trust
@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("has_js", [True, False], ids=["with-js", "without-js"])
def test_a_lid_closed_in_the_middle_of_a_sentence(
    new_visit: NewVisit, office: Office, *, has_js: bool
) -> None:
    """What had reached the server is there the next day; nothing is asked again."""
    writing, answering = (new_visit(java_script_enabled=has_js) for _ in "12")
    code = tell_with_answers_and_a_photo(writing)
    writing.press("Nu verder")
    text = writing.page.locator("[name=text]")
    text.press("Control+End")
    text.press_sequentially(" En toen zei hij dat")
    if has_js:
        expect(writing.page.locator(".status")).to_have_text("Bewaard.")
    answering.go("vertel/")
    answering.write(WORDS)
    answering.press("Verder vertellen")
    answering.page.locator("[name=municipality]").fill("Emm")

    office.server.kill9()
    moment = datetime.now(UTC) + TWENTY_HOURS
    office.server.env["ACHTERBAN_CLOCK"] = moment.isoformat()
    office.server.start()

    elsewhere = new_visit(java_script_enabled=has_js)
    elsewhere.open_code(code)
    reached = f"{WORDS} En toen zei hij dat" if has_js else WORDS
    expect(elsewhere.page.locator("[name=text]")).to_have_value(reached)
    expect(text).to_have_value(f"{WORDS} En toen zei hij dat")  # the lid is open again
    text.press_sequentially(" het niet kon.")
    writing.press("Verder vertellen")
    writing.reads("Wilt u iets inspreken?")  # what lies before is not asked again
    while not writing.page.get_by_label("Een school").count():
        writing.step("Terug")
    expect(writing.page.get_by_label("Een school")).to_be_checked()
    writing.press("Terug")
    expect(writing.page.locator("[name=municipality]")).to_have_value("Assen")
    writing.press("Verder")
    expect(writing.page.get_by_label("Een school")).to_be_checked()
    answering.page.locator("[name=municipality]").fill("Emmen")
    answering.press("Verder")
    answering.reads("Over wie gaat het?")
    answering.press("Terug")
    expect(answering.page.locator("[name=municipality]")).to_have_value("Emmen")

    writing.press("Dit is genoeg, verstuur")
    writing.reads("Dank u wel. Wij hebben het.")
    assert writing.code() == code
    writing.open_code(code)
    for told in (f"{WORDS} En toen zei hij dat het niet kon.", "Assen", "Foto 1"):
        writing.reads(told)


def tell_with_answers_and_a_photo(visit: Visit) -> str:
    """Tell, answer two questions, show something, and stop; return the code."""
    visit.go("vertel/")
    visit.write(WORDS)
    visit.press("Verder vertellen")
    visit.page.locator("[name=municipality]").fill("Assen")
    visit.press("Verder")
    visit.page.get_by_label("Een school").check()
    visit.press("Verder")
    while not visit.page.locator("input[type=file]").count():
        visit.step("Sla over")
    visit.choose(samples.photo(), "brief.jpg", "image/jpeg")
    visit.press("Voeg toe")
    visit.reads("Foto 1")
    visit.press("Stop en bewaar")
    visit.reads("Bewaard. Rust eerst maar.")
    return visit.code()
