"""From the first page to the code: few pages, few presses, few words."""

from __future__ import annotations

from tests.browser.shortest import shortest_way
from tests.browser.visit import Visit
from tests.figures import Figure

MOST_PAGES, MOST_PRESSES, MOST_WORDS = 3, 2, 200


def test_the_shortest_way_to_a_code(visit: Visit, figure: Figure) -> None:
    steps = shortest_way(visit)
    n_presses = sum(step.presses for step in steps)
    n_words = sum(step.words for step in steps)
    for step in steps:
        figure(f"{step.title} {step.words} words, {step.presses} to press")
    figure(f"{len(steps)} pages, {n_presses} presses, {n_words} words to read")
    assert len(steps) <= MOST_PAGES
    assert n_presses <= MOST_PRESSES
    assert n_words <= MOST_WORDS
    assert [step.questions for step in steps] == [0, 1, 0]
