"""The back button, a double click, two tabs, and text as people paste it."""

from __future__ import annotations

import re

import pytest
import requests
from playwright.sync_api import Route, expect

from tests.browser.conftest import NewVisit
from tests.browser.visit import CODE, Office, Visit
from tests.browser.walks import ARABIC, HEBREW

SEND = "Verstuur: lees dit en tel het mee"
EMOJI = "👩🏽‍🦽🛏️💛 ﷽ e\u0301 \u200f"
# Where the first and the last letter stand, in a box.
SIDES = """it => {
  const text = document.createTreeWalker(it, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(text, 0); range.setEnd(text, 1);
  const letter = range.getBoundingClientRect(), box = it.getBoundingClientRect();
  return letter.left - box.left > box.right - letter.right ? "right" : "left";
}"""


def n_reports(office: Office, told: str) -> int:
    """Return how many reports begin like this."""
    page = office.session("coordinator").get(
        office.server.page("werk/signalen/"), timeout=30
    )
    assert page.status_code == requests.codes.ok
    return len(re.findall(rf'/signalen/\d+/">{re.escape(told)}', page.text))


def test_a_double_click_is_one_report(visit: Visit) -> None:
    visit.go("vertel/")
    visit.write("Dubbelgeklikt verhaal.")
    visit.named(SEND).dblclick()
    visit.page.locator(CODE).wait_for()
    visit.open_code(visit.code())
    visit.reads("Dubbelgeklikt verhaal.")
    assert n_reports(visit.office, "Dubbelgeklikt") == 1
    visit.write("Dubbelgeklikte aanvulling.")
    visit.named("Verstuur").dblclick()
    visit.page.locator(".status", has_text="Dank u wel").wait_for()
    assert visit.shown().count("Dubbelgeklikte aanvulling.") == 1


def lose_first_answer(visit: Visit) -> None:
    """Let the first form arrive, and its answer get lost on the way back."""
    arrived: list[int] = []

    def pass_on(route: Route) -> None:
        if route.request.method == "POST" and not arrived:
            arrived.append(route.fetch().status)
            route.abort("aborted")
        else:
            route.continue_()

    visit.context.unroute_all()
    visit.context.route(re.compile("/(vertel|code/zeg)/$"), pass_on)


@pytest.mark.wide
def test_pressing_again_after_a_lost_answer_is_one_report(visit: Visit) -> None:
    visit.go("vertel/")
    visit.write("Weggevallen antwoord.")
    lose_first_answer(visit)
    visit.press(SEND)
    visit.reads("Uw tekst staat er nog")
    visit.press(SEND)
    visit.page.locator(CODE).wait_for()
    assert n_reports(visit.office, "Weggevallen") == 1
    visit.open_code(visit.code())
    visit.write("Weggevallen aanvulling.")
    lose_first_answer(visit)
    visit.press("Verstuur")
    visit.press("Verstuur")
    visit.page.locator(".status", has_text="Dank u wel").wait_for()
    assert visit.shown().count("Weggevallen aanvulling.") == 1


def test_send_without_a_line_keeps_the_page_and_its_words(visit: Visit) -> None:
    visit.go("vertel/")
    visit.context.set_offline(True)
    visit.write("In de trein geschreven.")
    visit.press(SEND)
    visit.page.locator(".status", has_text="Geen verbinding").wait_for()
    expect(visit.page.locator("[name=text]")).to_have_value("In de trein geschreven.")
    visit.context.set_offline(False)
    visit.press(SEND)
    visit.page.locator(CODE).wait_for()
    assert n_reports(visit.office, "In de trein") == 1


def test_the_back_button_sends_nothing_twice(visit: Visit) -> None:
    code = visit.tell("Teruggeknopt verhaal.")
    visit.page.go_back()
    expect(visit.page.locator("h1")).to_have_text("Wat maakt u mee?")
    visit.page.reload()
    visit.open_code(code)
    visit.reads("Teruggeknopt verhaal.")
    visit.page.go_back()
    expect(visit.page.locator("[name=code]")).to_have_value("")  # nothing to read along
    assert n_reports(visit.office, "Teruggeknopt") == 1


def test_a_second_tab_hears_that_it_was_sent(new_visit: NewVisit) -> None:
    visit = new_visit()
    visit.go("vertel/")
    visit.write("Tabverhaal.")
    visit.press("Bewaar het, ik ga later verder")
    code = visit.code()
    visit.open_code(code)
    other = visit.context.new_page()
    visit.page, first = other, visit.page
    visit.open_code(code)
    expect(other.locator("[name=text]")).to_have_value("Tabverhaal.")
    first.get_by_role("button", name=SEND).click()
    first.locator(CODE).wait_for()

    other.locator("[name=text]").fill("Tabverhaal, met meer erbij.")
    expect(other.locator(".status")).to_have_text(
        "Dit is al verstuurd, in een ander venster."
    )
    expect(other.locator("[name=text]")).to_have_value("Tabverhaal, met meer erbij.")
    other.get_by_role("button", name=SEND).click()
    more = other.get_by_label("Wilt u iets toevoegen?")
    expect(more).to_have_value("Tabverhaal, met meer erbij.")
    assert n_reports(visit.office, "Tabverhaal") == 1


@pytest.mark.wide
def test_what_a_second_tab_says_is_not_lost(new_visit: NewVisit) -> None:
    visits = [new_visit(java_script_enabled=False) for _ in "12"]
    visits[0].go("vertel/")
    visits[0].write("Twee vensters.")
    visits[0].press("Bewaar het, ik ga later verder")
    code = visits[0].code()
    for visit, words in zip(visits, ("eerst", "daarna"), strict=True):
        visit.open_code(code)
        visit.write(f"Twee vensters, {words}.")
    for visit in visits:
        visit.press(SEND)
        visit.page.locator("main .course").wait_for()
    assert "daarna" in visits[1].page.locator("[name=text]").input_value()


@pytest.mark.wide
@pytest.mark.parametrize("path", ["code/zeg/", "code/intrekken/", "code/papier/"])
def test_an_address_that_is_reopened_shows_a_page(visit: Visit, path: str) -> None:
    """A telephone that was short of memory asks for the last address again."""
    visit.go(path)
    assert visit.page.locator("h1").is_visible()


@pytest.mark.trust
def test_a_hundred_thousand_characters_arrive(visit: Visit) -> None:
    text = "Heel lang verhaal. " + "zin met é en 🌱. " * 6000
    text = text[:100_000]
    code = visit.tell(text)
    visit.open_code(code)
    told = visit.page.locator(".course blockquote").first
    expect(told).to_contain_text("Heel lang verhaal.")
    shown = told.evaluate("it => it.textContent.trim()")
    assert " ".join(shown.split()) == " ".join(text.split())


@pytest.mark.wide
def test_emoji_and_right_to_left_text_stand_as_they_should(
    new_visit: NewVisit,
) -> None:
    reporter, volunteer = new_visit(), new_visit()
    text = f"{ARABIC}\n\n{HEBREW}\n\nEn verder: {EMOJI}"
    reporter.go("vertel/")
    reporter.write(text)
    field = reporter.page.locator("[name=text]")
    assert field.evaluate("it => getComputedStyle(it).unicodeBidi") == "plaintext"
    reporter.press(SEND)
    reporter.page.locator(CODE).wait_for()
    reporter.open_code(reporter.code())
    reporter.page.locator(".course").wait_for()
    paragraphs = reporter.page.locator(".course blockquote p")
    assert [one.evaluate(SIDES) for one in paragraphs.all()] == [
        "right",
        "right",
        "left",
    ]
    reporter.reads(EMOJI.strip())

    volunteer.enter("coordinator")
    volunteer.go(volunteer.office.report_path(ARABIC))
    paragraphs = volunteer.page.locator(".course blockquote p")
    assert [one.evaluate(SIDES) for one in paragraphs.all()] == [
        "right",
        "right",
        "left",
    ]
