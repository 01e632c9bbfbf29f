"""Every page in every state: what a machine can see of a page for tired eyes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.visit import Visit
from tests.browser.walks import PUBLIC_FORMS, WALKS

MODES: dict[str, dict[str, bool | str]] = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "quiet": {"calm": True},
    "quiet and light": {"calm": True, "theme": "light"},
}
DISPLAYS: dict[str, dict[str, bool | str]] = {
    "dark": {"theme": "dark"},
    "quiet and large": {"calm": True, "large": True},
}
MOST_QUESTIONS, MOST_WORDS = 3, 80
ENDS = {"stop", "mine-out", "mine-erased", "mine-link-over"}  # one stopped already
Faults = dict[str, list[str]]


def contrast(visit: Visit) -> Faults:
    """O5: text stands out in every mode; axe passes over text near a drawn line."""
    found = {}
    for name, mode in MODES.items():
        visit.display(**mode)  # type: ignore[arg-type]
        found[f"contrast {name}"] = visit.look("contrast")
    visit.display()
    return found


def accessible(visit: Visit) -> Faults:
    """O1: axe finds nothing; in another display only colours and sizes differ."""
    found = {"axe": visit.axe()}
    for name, display in DISPLAYS.items():
        visit.display(**display)  # type: ignore[arg-type]
        found[f"axe {name}"] = visit.axe("color-contrast")
    visit.display()
    return found


def reflowing(visit: Visit) -> Faults:
    """O3: 320 pixels, normal and large, with the reader's own spacing: all is there."""
    found = {}
    for name, large in {"normal": False, "large": True}.items():
        visit.display(large=large)
        found[f"reflow {name}"] = visit.look("reflow")
        with visit.spaced():
            found[f"reflow {name} spaced"] = visit.look("reflow")
    visit.display()
    found["targets"] = visit.look("targets")
    return found


def calm(visit: Visit) -> Faults:
    """O5: nothing moves, and nothing is made to."""
    return {"moving": visit.look("moving")}


def policy(visit: Visit) -> Faults:
    """J2: no breach of the policy, no mistake in a script."""
    heard, visit.complaints[:] = [*visit.complaints], []
    return {"complaints": heard}


def small_steps(visit: Visit) -> Faults:
    """O6: few questions, few words, help and a way to stop on each public form."""
    words, questions = visit.look("words"), visit.look("questions")
    lacks = {
        "112": "a[href='tel:112']",
        "113": "a[href='tel:113']",
        "telephone": "footer a[href^='tel:0']",
        "a way to stop": (
            "a[href$='/ik-stop/'], button[value=keep], form[action$='/uit/'] button"
        ),
    }
    return {
        "words": [str(words)] if questions and words > MOST_WORDS else [],
        "questions": [str(questions)] if questions > MOST_QUESTIONS else [],
        "lacks": [
            name
            for name, selector in lacks.items()
            if not visit.page.locator(selector).first.is_visible()
        ],
    }


CHECKS: list[Callable[[Visit], Faults]] = [
    policy,
    accessible,
    contrast,
    reflowing,
    calm,
]


@pytest.mark.parametrize("walk", WALKS)
def test_every_page_is_fit_for_tired_eyes(visit: Visit, walk: str) -> None:
    faults: Faults = {}
    for name in WALKS[walk](visit):
        for check in CHECKS:
            faults |= {f"{name}: {what}": it for what, it in check(visit).items()}
        if walk in PUBLIC_FORMS and name not in ENDS:
            faults |= {f"{name}: {what}": it for what, it in small_steps(visit).items()}
    assert {what: it for what, it in faults.items() if it} == {}
