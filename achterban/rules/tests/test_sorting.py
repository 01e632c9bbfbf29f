"""Labels suggested from words: a vocabulary first, then what people decided."""

from __future__ import annotations

import json
import os
import random
import re
import time
import tomllib
from pathlib import Path

import pytest

import achterban
from achterban.rules.sorting import Label, Sorter, Vocabulary, folded
from tests.figures import Figure

SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[4] / "shared"))

TRANSPORT = Label("transport", ("taxi", "parkeerkaart", "ritten"))
CARE = Label("care", ("huisarts", "arts.", "spoedeisende hulp", "MS"))
LABELS = (TRANSPORT, CARE)


def codes(text: str, sorter: Sorter | None = None) -> list[str]:
    return [one.code for one in (sorter or Sorter(LABELS)).suggest(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De taxi kwam niet.", ["transport"]),
        ("De TAXIchauffeur was er niet", ["transport"]),
        ("mijn huísarts belt niet", ["care"]),
        ("Een arts keek er niet naar", ["care"]),
        ("De artsenbezoeker kwam", []),
        ("Ik lag op de spoedeisende hulp", ["care"]),
        ("Ik heb MS.", ["care"]),
        ("ms de heer", []),
        ("Niemand belt terug.", []),
        ("", []),
    ],
)
def test_words_of_the_vocabulary_suggest(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_suggestion_says_which_words_of_the_text_speak_for_it() -> None:
    (one,) = Sorter(LABELS).suggest("Mijn Huisartsenpost zei: kom maar niet.")
    assert one.because == ("Huisartsenpost",)
    assert 0 < one.chance < 1


def test_more_words_make_it_likelier_and_a_text_may_be_about_two_things() -> None:
    one = Sorter(LABELS).suggest("De taxi kwam niet.")[0]
    two, other = Sorter(LABELS).suggest("De taxi kwam niet, de ritten, de huisarts.")
    assert two.chance > one.chance
    assert (two.code, other.code) == ("transport", "care")


def test_it_learns_words_that_nobody_put_in_the_vocabulary() -> None:
    told = "Het busje liet ons weer wachten bij de poort."
    assert codes(told) == []
    decided = [(f"Het busje van dag {n} was te laat.", ["transport"]) for n in range(6)]
    decided += [(f"De balie was dicht op dag {n}.", ["care"]) for n in range(6)]
    (first, *_rest) = Sorter(LABELS, decided).suggest(told)
    assert first.code == "transport"
    assert "busje" in first.because


def test_one_text_teaches_nothing_and_an_unknown_code_is_passed_by() -> None:
    decided = [("Het busje was er niet.", ["transport", "gone"])]
    assert codes("het busje", Sorter(LABELS, decided)) == []


def test_what_people_decide_outweighs_the_vocabulary_in_the_end() -> None:
    decided = [("Ze stuurden een taxi naar de post", ["care"])] * 80
    decided += [("De brief bleef weg", ["transport"])] * 80
    assert codes("Ze stuurden een taxi.", Sorter(LABELS, decided))[0] == "care"


def test_a_text_of_any_length_or_language_is_read(figure: Figure) -> None:
    assert codes("أنتظر منذ عام 👩🏽‍🦽 İ ß") == []
    assert folded("Één İJs") == "een ijs"
    assert Vocabulary([]).found_in("Iets", "iets") == {}
    begun = time.perf_counter()
    Sorter(LABELS).suggest("de taxi kwam niet " * 10_000)
    figure(f"{time.perf_counter() - begun:.2f} s for 180,000 characters")


def _gold() -> list[tuple[str, str]]:
    path = SHARED / "gold" / "reports.jsonl"
    if not path.exists():
        pytest.skip("the gold texts are not here")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    marks = re.compile(r"\[\[[^|]*\|([^\]]*)\]\]|\{\{[^|]*\|([^}]*)\}\}")
    return [(marks.sub(r"\1\2", row["text"]), TOPICS[row["topic"]]) for row in rows]


TOPICS = {
    "wmo": "home_support",
    "werk-en-inkomen": "work_income",
    "medische-zorg": "medical_care",
    "vervoer": "transport",
    "pgb": "personal_budget",
    "vergoedingen": "reimbursement",
    "hulpmiddelen": "aids",
    "onderwijs": "education",
    "geld": "money",
    "mantelzorg": "carers",
    "toegankelijkheid": "access",
    "jeugd": "youth",
}


@pytest.mark.wide
def test_of_the_gold_texts_more_are_right_after_decisions(figure: Figure) -> None:
    texts = _gold()
    random.Random(4).shuffle(texts)
    terms = Path(achterban.__file__).parent / "core/vocabulary/data/terms.toml"
    themes = tomllib.loads(terms.read_text(encoding="utf-8"))["theme"]
    labels = [Label(code, tuple(it["words"])) for code, it in themes.items()]
    asked = texts[200:]
    right = []
    for n_decided in (0, 200):
        decided = [(text, [code]) for text, code in texts[:n_decided]]
        sorter = Sorter(labels, decided)
        firsts = [(codes(text, sorter) or [""])[0] for text, _code in asked]
        right.append(sum(a == b[1] for a, b in zip(firsts, asked, strict=True)))
    figure(f"first theme right in {right[0]} and {right[1]} of {len(asked)}")
    assert right[0] >= 40
    assert right[1] > right[0]
