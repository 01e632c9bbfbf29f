"""From question to question the page stays: for the back key, and for a bad line."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visit import CODE, Visit

WORDS = "Al een jaar wacht ik op een rolstoel."


def at_the_questions(visit: Visit, words: str) -> list[str]:
    """Tell something and go three questions on; return the titles that were passed."""
    visit.go("vertel/")
    visit.write(words)
    passed = [visit.page.locator("h1").inner_text()]
    for button in ("Verder vertellen", "Verder", "Verder", "Verder"):
        visit.step(button)
        passed.append(visit.page.locator("h1").inner_text())
    arrived(visit, 4)
    return passed


def arrived(visit: Visit, at: int) -> None:
    """Wait until the browser knows of a step: a back key before that is lost."""
    visit.page.wait_for_function(f"history.state.at === {at}")
    visit.page.wait_for_timeout(300)


def test_the_back_key_goes_one_question_back_and_forward_again(visit: Visit) -> None:
    titles = at_the_questions(visit, WORDS)
    assert len(set(titles)) == 5
    for title in titles[-2:1:-1]:
        visit.page.go_back()
        expect(visit.page.locator("h1")).to_have_text(title)
    visit.page.evaluate("history.back(); history.back()")  # in a row
    expect(visit.page.locator("h1")).to_have_text(titles[0])
    expect(visit.page.locator("[name=text]")).to_have_value(WORDS)
    visit.page.go_forward()
    expect(visit.page.locator("h1")).to_have_text(titles[1])
    visit.page.go_forward()
    expect(visit.page.locator("h1")).to_have_text(titles[2])
    visit.press("Terug")
    expect(visit.page.locator("h1")).to_have_text(titles[1])
    visit.press("Terug")
    expect(visit.page.locator("h1")).to_have_text(titles[0])
    assert not [place for place in visit.history() if "rolstoel" in place]


@pytest.mark.wide
def test_the_back_key_keeps_what_was_typed_on_a_question(visit: Visit) -> None:
    titles = at_the_questions(visit, WORDS)
    visit.page.go_back()
    field = visit.page.locator("[name=condition]")
    field.fill("ME/CVS")
    visit.page.go_back()
    expect(visit.page.locator("h1")).to_have_text(titles[2])
    visit.page.go_forward()
    expect(field).to_have_value("ME/CVS")


@pytest.mark.wide
def test_a_link_within_the_page_stays_on_the_page(visit: Visit) -> None:
    titles = at_the_questions(visit, WORDS)
    visit.page.locator(".skip").focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**#inhoud")
    visit.page.wait_for_timeout(300)
    expect(visit.page.locator("h1")).to_have_text(titles[-1])
    visit.step("Verder")
    arrived(visit, 5)
    visit.page.go_back()  # to the place of the link
    visit.page.go_back()
    expect(visit.page.locator("h1")).to_have_text(titles[-1])


def test_after_it_was_sent_the_back_key_shows_nothing_of_it(visit: Visit) -> None:
    at_the_questions(visit, WORDS)
    visit.press("Dit is genoeg, verstuur")
    visit.page.locator(CODE).wait_for()
    arrived(visit, 5)
    visit.page.go_back()
    expect(visit.page.locator("main [name=code]:not([type=hidden])")).to_have_value("")
    visit.reads_not("rolstoel")


@pytest.mark.parametrize("how", ["offline", "broken"])
def test_without_a_line_a_question_stays_with_what_was_typed(
    visit: Visit, how: str
) -> None:
    at_the_questions(visit, WORDS)
    visit.page.go_back()
    field = visit.page.locator("[name=condition]")
    field.fill("Lipoedeem")
    if how == "offline":
        visit.context.set_offline(True)
    else:
        visit.page.route(
            "**/vertel/verder/", lambda route: route.abort("connectionreset")
        )
    for button in ("Dit is genoeg, verstuur", "Verder", "Terug"):
        visit.press(button)
        expect(visit.page.locator(".status").first).to_contain_text("staat er nog")
        expect(field).to_have_value("Lipoedeem")
    visit.page.go_back()
    expect(field).to_have_value("Lipoedeem")

    visit.context.set_offline(False)
    visit.page.unroute("**/vertel/verder/")
    visit.press("Dit is genoeg, verstuur")
    visit.page.locator(CODE).wait_for()
    visit.open_code(visit.code())
    visit.reads("Lipoedeem")
