"""Every page in every state: what a machine can see of a page for tired eyes."""

from __future__ import annotations

import pytest

from tests.browser.visit import Visit
from tests.browser.walks import LATER, PUBLIC_FORMS, WALKS

MOST_QUESTIONS, MOST_WORDS = 3, 80
# One stopped already, or chooses a letter: there is nothing to stop.
ENDS = {"stop", "mine-out", "mine-erased", "mine-link-over", "groups", "letters"}
Faults = dict[str, list[str]]


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


@pytest.mark.parametrize(
    "walk",
    [
        pytest.param(walk, marks=[pytest.mark.wide] if walk in LATER else [])
        for walk in WALKS
    ],
)
def test_every_page_is_fit_for_tired_eyes(visit: Visit, walk: str) -> None:
    """O1, O3 to O6, and J2: no breach of the policy, no mistake in a script."""
    faults: Faults = {}
    for name in WALKS[walk](visit):
        found = {"complaints": [*visit.complaints], **visit.look_at_everything()}
        visit.complaints.clear()
        if walk in PUBLIC_FORMS and name not in ENDS and not name.startswith("answer"):
            found |= small_steps(visit)
        faults |= {f"{name}: {what}": it for what, it in found.items() if it}
    assert faults == {}
