"""The Dutch that people read is plain (O7): short sentences, no words of the office."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from achterban.rules.readability import (
    MOST_WORDS_ON_AVERAGE,
    Problem,
    level,
    problems,
)
from tests import dutch
from tests.figures import Figure

SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[2] / "shared"))
LEAST_PLAIN = 0.95  # of the sentences
LEAST_PLAIN_OF_LAW = 0.8  # its rules are named as the law names them
LEAST_EASE = 60  # Flesch-Douma: "normal"; the screen is easier
LEAST_EASE_OF_SCREEN = 80  # "easy"
# Hard words that stay, each with the reason.
EXPLAINED = {
    "verwerkingsverantwoordelijke": "the word of the law (AVG art. 4), as a label",
    "wettelijke termijn": "the name of a component, which shows what it is",
    "uitdrukkelijke": "the word of the law (AVG art. 9), explained in the sentence",
    "uiterlijk": "the day itself is in time, which “niet later dan” leaves open",
    **dict.fromkeys(
        ("dwangsom", "ingebrekestelling", "zienswijze"),
        "the name in the law, in the chapter where a lawyer checks the rules",
    ),
    "persoonsgegevens": "in the name of the Autoriteit Persoonsgegevens",
}


def screen() -> list[str]:
    return [*dutch.catalogue_texts(), *dutch.texts_alone()]


@cache
def sources() -> dict[str, list[str]]:
    return {
        "screen and mail": screen(),
        **{name: [text] for name, text in dutch.documents().items()},
    }


@cache
def remarks(text: str) -> tuple[Problem, ...]:
    return tuple(problems(text))


def unexplained(texts: list[str]) -> list[str]:
    return [
        f"{problem.word or 'te lang'} → {problem.instead}: {problem.sentence}"
        for text in texts
        for problem in remarks(text)
        if problem.word not in EXPLAINED
    ]


@pytest.mark.parametrize("name", sources())
@pytest.mark.slow
def test_what_people_read_is_plain(name: str, figure: Figure) -> None:
    texts = sources()[name]
    counted = level(texts)
    n_hard = len({problem.sentence for text in texts for problem in remarks(text)})
    share_plain = 1 - n_hard / max(1, counted.n_sentences)
    figure(
        f"{counted.n_sentences} sentences of {counted.words_per_sentence:.1f} words, "
        f"the longest {counted.longest}; long words {counted.share_of_long_words:.0%}; "
        f"reading ease {counted.reading_ease:.0f}; {share_plain:.1%} without a remark"
    )
    assert unexplained(texts) == []
    assert counted.words_per_sentence <= MOST_WORDS_ON_AVERAGE
    assert share_plain >= (LEAST_PLAIN_OF_LAW if is_law(name) else LEAST_PLAIN)
    assert counted.reading_ease >= LEAST_EASE


def is_law(name: str) -> bool:
    return name == "docs/handboek/termijnen.md"


def test_the_screen_is_easy() -> None:
    assert level(screen()).reading_ease >= LEAST_EASE_OF_SCREEN


@pytest.mark.slow
def test_every_exception_is_still_needed() -> None:
    texts = [text for each in sources().values() for text in each]
    used = {problem.word for text in texts for problem in remarks(text)}
    assert EXPLAINED.keys() <= used


def test_the_guard_sees_an_office_letter() -> None:
    letter = (
        "Indien u niet binnen de wettelijke termijn reageert, zijn wij genoodzaakt om "
        "u, met inachtneming van hetgeen hierover is bepaald, een brief te sturen "
        "waarin wij u meedelen dat uw verzoek verder niet meer wordt behandeld."
    )
    assert len(unexplained([letter])) == 4
    assert level([letter]).reading_ease < LEAST_EASE


def test_harder_texts_score_lower() -> None:
    """Four texts of which readers showed how hard they are, from easy to hard."""
    files = sorted((SHARED / "data" / "language" / "lint_ii").glob("level?.json"))
    if not files:
        pytest.skip(f"the texts are not here: {SHARED}")
    eases = [level([as_text(json.loads(file.read_text()))]) for file in files]
    scores = [counted.reading_ease for counted in eases]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > LEAST_EASE_OF_SCREEN > LEAST_EASE > scores[1]


def as_text(document: dict[str, Any]) -> str:
    """Return the words of an example, a sentence a paragraph."""
    return "\n\n".join(
        " ".join(
            f"{marks.get('leading', '')}{word['text']}{marks.get('trailing', '')}"
            for word in sentence["word_features"]
            for marks in [word.get("punctuation", {})]
            if word["tag"] != "LET"
        )
        for sentence in document["sentences"]
    )


def test_a_document_is_read_as_its_reader_sees_it() -> None:
    text = dutch.of_markdown(
        "# Kop\nTekst met `een heel lang stuk code` en [een link](https://x.example)."
        "\n\n```\ngeen zin\n```\n\n| A | B |\n|---|---|\n| een | **twee** |\n"
        "![Een plaatje.](x.png)\n"
    )
    assert text.split("\n\n")[1:3] == ["Kop", "\nTekst met Code en een link."]
    assert "geen zin" not in text
    assert [part.strip() for part in text.split("\n\n") if part.strip()][2:] == [
        "A",
        "B",
        "een",
        "twee",
        "Een plaatje.",
    ]
