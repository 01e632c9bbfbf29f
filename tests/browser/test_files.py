"""Photos and voices in the browser: made small, recorded, sent again when it breaks."""

from __future__ import annotations

import io
import os

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from achterban.core.files.tests import samples
from tests.browser.conftest import NewVisit
from tests.browser.visit import Visit

KEEP = "**/vertel/bestand/"


def at_the_microphone(visit: Visit) -> None:
    visit.go("vertel/")
    visit.press("Liever inspreken")
    visit.reads("Wilt u iets inspreken?")


def test_a_voice_alone_is_a_report(visit: Visit) -> None:
    at_the_microphone(visit)
    visit.press("Neem op")
    expect(visit.page.get_by_role("timer")).to_have_text("0:01")
    visit.press("Stop")
    expect(visit.page.locator(".recorder audio")).to_be_visible()
    assert visit.page.evaluate(
        "async () => { const a = document.querySelector('audio');"
        " await new Promise((ok) => { a.onloadedmetadata = ok; a.load(); });"
        " return a.error === null; }"
    )
    visit.press("Dit is genoeg, verstuur")
    visit.reads("Dank u wel")
    visit.open_code(visit.code())
    visit.reads("Opname 1")


@pytest.mark.wide
def test_a_large_photo_is_made_small_before_it_leaves(visit: Visit) -> None:
    wide, high = 3000, 300  # 2400 is enough to read
    noise = Image.frombytes("RGB", (wide, high), os.urandom(wide * high * 3))
    large = io.BytesIO()
    noise.save(large, "JPEG", quality=90)
    at_the_microphone(visit)
    with visit.page.expect_request(KEEP) as asked:
        visit.choose(large.getvalue(), "foto.jpg", "image/jpeg")
        visit.press("Voeg toe")
    visit.reads("Foto 1")
    assert len(asked.value.post_data_buffer or b"") < len(large.getvalue())


@pytest.mark.trust
def test_a_line_that_breaks_is_tried_again_and_stores_it_once(visit: Visit) -> None:
    n_tries = 0

    def break_twice(route: Route) -> None:
        nonlocal n_tries
        n_tries += 1
        if n_tries == 1:
            route.abort("connectionreset")
        elif n_tries == 2:
            route.fetch()  # it arrives, and the answer is lost
            route.abort("connectionreset")
        else:
            route.continue_()

    visit.page.route(KEEP, break_twice)
    at_the_microphone(visit)
    visit.choose(samples.photo(), "foto.jpg", "image/jpeg")
    visit.press("Voeg toe")
    visit.reads("De verbinding brak af")
    visit.reads("Foto 1")
    assert n_tries == 3
    visit.reads_not("Foto 2")


@pytest.mark.trust
def test_a_line_that_stays_away_loses_no_word(visit: Visit) -> None:
    visit.page.route(KEEP, lambda route: route.abort("internetdisconnected"))
    visit.page.clock.install()
    visit.go("vertel/")
    visit.write("Ik kan niet lang zitten.")
    visit.press("Liever inspreken")
    visit.choose(samples.photo(), "foto.jpg", "image/jpeg")
    visit.press("Voeg toe")
    for _ in range(4):
        visit.page.clock.run_for(12_000)
    visit.reads("Het lukt nu niet. Uw tekst is bewaard.")
    visit.page.unroute(KEEP)
    visit.press("Voeg toe")
    visit.reads("Foto 1")


@pytest.mark.wide
@pytest.mark.parametrize("has_js", [True, False], ids=["with-js", "without-js"])
def test_behind_the_code_something_is_added_and_opened(
    new_visit: NewVisit, *, has_js: bool
) -> None:
    visit = new_visit(java_script_enabled=has_js)
    visit.open_code(visit.tell("Hier is nog een brief bij."))
    visit.page.locator("summary", has_text="Iets toevoegen").click()
    visit.choose(samples.pdf(), "brief.pdf", "application/pdf")
    visit.press("Voeg toe")
    visit.reads("Document 1")
    visit.reads("Dank u wel. Wij hebben het.")
    with visit.page.expect_download() as coming:
        visit.press("Open")
    assert coming.value.suggested_filename == "bestand-1.pdf"
    visit.press("Weghalen")
    expect(visit.page.locator("main")).not_to_contain_text("Weghalen")
