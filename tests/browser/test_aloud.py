"""Reading aloud: when asked, in order, in the right language, and on the device only.

The machine of the tests has no voice, so that one is put in its place; it keeps what
it is given to say.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewVisit
from tests.browser.visit import CODE, Visit

VOICE = """(voices) => {
  class Said { constructor(text) { this.text = text; } }
  window.said = [];
  let current = null;
  const engine = new EventTarget();
  engine.getVoices = () => voices;
  engine.speak = (one) => {
    current = one;
    said.push([one.text, one.lang, one.voice && one.voice.name]);
  };
  engine.cancel = () => {
    const stopped = current;
    current = null;
    if (stopped) setTimeout(() => stopped.onerror({ error: "interrupted" }));
  };
  window.finish = () => { const one = current; current = null; one.onend({}); };
  window.voices = voices;
  Object.defineProperty(window, "speechSynthesis", { value: engine });
  window.SpeechSynthesisUtterance = Said;
}"""
DUTCH = {"name": "Fenna", "lang": "nl-NL", "localService": True}
ENGLISH = {"name": "Amy", "lang": "en-GB", "localService": True}
FAR = {"name": "Google Nederlands", "lang": "nl-NL", "localService": False}
TOLD = "Ik wacht al een jaar. Nu lig ik weer."
MOST_PARTS = 200


def with_voices(new_visit: NewVisit, *voices: dict[str, Any], **options: Any) -> Visit:
    """Return a visit by somebody whose device has these voices."""
    visit = new_visit(**options)
    visit.context.add_init_script(f"({VOICE})({json.dumps(voices)})")
    return visit


def button(visit: Visit) -> Locator:
    return visit.page.locator("button.aloud")


def said(visit: Visit) -> list[list[str]]:
    found: list[list[str]] = visit.page.evaluate("said")
    return found


def all_said(visit: Visit) -> list[str]:
    """Press the button, let every part be said; return the parts."""
    button(visit).click()
    for _ in range(MOST_PARTS):
        if button(visit).get_attribute("aria-pressed") == "false":
            return [words for words, _lang, _voice in said(visit)]
        visit.page.evaluate("finish()")
    raise AssertionError("it does not end")


def test_a_page_is_read_in_order_and_only_when_asked(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit, FAR, DUTCH)
    visit.go("vertel/")
    visit.write(TOLD)
    visit.page.wait_for_timeout(300)
    assert said(visit) == []

    parts = all_said(visit)

    assert parts[0] == "Wat maakt u mee?"
    assert "In gevaar? Bel 112. Denkt u aan zelfmoord? Bel 113." in parts
    in_order = [
        "In uw eigen woorden. Eén zin is genoeg.",
        "Verstuur: lees dit en tel het mee",
        "Verder vertellen",
        "Bewaar het, ik ga later verder",
    ]
    assert [part for part in parts if part in in_order] == in_order
    assert not any(TOLD[:10] in part or "Weergave" in part for part in parts)
    assert {(lang, voice) for _words, lang, voice in said(visit)} == {("nl", "Fenna")}
    assert visit.complaints == []


@pytest.mark.wide
def test_choices_are_read_with_their_question(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit, DUTCH)
    visit.go("vertel/")
    visit.write(TOLD)
    visit.press("Verder vertellen")
    visit.page.locator("[name=municipality]").wait_for()
    visit.press("Weet ik niet")
    visit.page.get_by_label("De gemeente").wait_for()
    parts = all_said(visit)
    assert parts.index("De gemeente") < parts.index("Een school")
    assert parts.index("Een school") < parts.index("Verder")


@pytest.mark.wide
def test_a_second_press_stops(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit, DUTCH)
    visit.go("")
    button(visit).click()
    expect(button(visit)).to_have_attribute("aria-pressed", "true")
    assert len(said(visit)) == 1

    button(visit).click()

    expect(button(visit)).to_have_attribute("aria-pressed", "false")
    visit.page.wait_for_timeout(100)  # a browser says late that it was interrupted
    assert len(said(visit)) == 1
    button(visit).click()
    button(visit).click()
    button(visit).click()
    visit.page.wait_for_timeout(100)
    expect(button(visit)).to_have_attribute("aria-pressed", "true")
    assert [words for words, _lang, _voice in said(visit)] == [said(visit)[0][0]] * 3


@pytest.mark.wide
def test_by_keyboard_and_in_quiet_mode(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit, DUTCH)
    visit.go("")
    visit.page.locator("summary").first.click()
    visit.press("Rustig")
    visit.page.locator("summary").first.focus()
    for _ in range(10):
        visit.page.keyboard.press("Tab")
        if button(visit).evaluate("it => it === document.activeElement"):
            break
    assert visit.look("focus") == []
    visit.page.keyboard.press("Space")
    expect(button(visit)).to_have_attribute("aria-pressed", "true")
    visit.page.keyboard.press("Enter")
    expect(button(visit)).to_have_attribute("aria-pressed", "false")


@pytest.mark.wide
def test_a_code_is_read_letter_by_letter(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit, DUTCH)
    code = visit.tell(TOLD)
    visit.page.locator(CODE).wait_for()
    parts = all_said(visit)
    at = parts.index(f"{', '.join(code.split()[0])}.")
    groups = [f"{', '.join(group)}." for group in code.split()]
    assert parts[at : at + 4] == groups


@pytest.mark.wide
def test_the_course_behind_the_code_is_read(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit, DUTCH)
    visit.open_code(visit.tell(TOLD))
    visit.page.locator(".course").wait_for()
    assert TOLD in all_said(visit)


@pytest.mark.wide
def test_english_is_read_by_an_english_voice(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit, DUTCH, ENGLISH)
    visit.go("vertel/", "stille-ziekten")  # has no English for who reads it
    visit.page.locator("summary").first.click()
    visit.press("English")
    visit.named("Send: read this and count it").wait_for()
    expect(button(visit)).to_have_text("Read aloud")
    all_said(visit)
    voices = {lang: voice for _words, lang, voice in said(visit)}
    assert voices == {"en": "Amy", "nl": "Fenna"}  # who reads it is said in Dutch


@pytest.mark.parametrize(
    ("voices", "js"),
    [([], True), ([FAR], True), ([ENGLISH], True), ([DUTCH], False)],
    ids=["none", "elsewhere", "another language", "without-js"],
)
def test_without_a_voice_of_its_own_nothing_is_shown(
    new_visit: NewVisit, voices: list[dict[str, Any]], js: bool
) -> None:
    visit = with_voices(new_visit, *voices, java_script_enabled=js)
    visit.go("vertel/")
    expect(button(visit)).to_be_hidden()
    expect(visit.page.locator("[name=text]")).to_be_visible()


@pytest.mark.wide
def test_voices_that_come_late_are_used_and_nothing_moves(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit)
    visit.go("vertel/")
    expect(button(visit)).to_be_hidden()
    title = visit.page.locator("h1")
    before = title.bounding_box()
    visit.page.evaluate(
        """one => { voices.push(one);
        speechSynthesis.dispatchEvent(new Event("voiceschanged")); }""",
        DUTCH,
    )
    expect(button(visit)).to_be_visible()
    assert title.bounding_box() == before


@pytest.mark.wide
def test_leaving_the_page_stops_the_voice(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit, DUTCH)
    visit.go("")
    button(visit).click()
    visit.page.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(button(visit)).to_have_attribute("aria-pressed", "false")


@pytest.mark.wide
def test_the_button_fits_in_every_display(new_visit: NewVisit) -> None:
    visit = with_voices(new_visit, DUTCH)
    visit.go("vertel/")
    for large in (False, True):
        for calm in (False, True):
            visit.display(large=large, calm=calm)
            expect(button(visit)).to_be_visible()
            found = [visit.look(it) for it in ("reflow", "targets", "contrast")]
            with visit.spaced():
                found.append(visit.look("reflow"))
            assert [*found, visit.axe()] == [[]] * 5
