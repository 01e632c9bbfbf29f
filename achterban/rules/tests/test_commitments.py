"""What may be promised is suggested; denials, wishes and what is over are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.commitments import Strength, suggestions
from bench import commitments as bench
from tests.figures import Figure

ON = date(2025, 3, 5)
GREETING = "Geachte mevrouw De Wit,\n\n"


@pytest.mark.parametrize(
    "words",
    [
        "Wij sturen u uiterlijk 14 maart het verslag.",
        "Ik zeg u toe dat de brief per 1 mei wordt vervangen.",
        "Vanaf 1 april komt er een vaste contactpersoon.",
        "U krijgt binnen twee weken antwoord.",
        "Wij overleggen voortaan elke zes weken met uw vereniging.",
        "Het loket blijft vanaf 1 juni ook op vrijdag open.",
        "De wethouder belooft dat niemand meer wordt gekort.",
        "Toen is beloofd dat er elke zes weken overleg zou zijn.",
    ],
)
def test_what_a_letter_promises_is_suggested(words: str) -> None:
    [found] = suggestions(GREETING + words, ON)

    assert found.what == words
    assert found.strength is Strength.FIRM


@pytest.mark.parametrize(
    "words",
    [
        "Wij nemen uw inbreng mee in de verdere uitwerking.",
        "Helaas kunnen wij daaraan niet voldoen.",
        "Wij hopen u zo spoedig mogelijk te informeren.",
        "Dat is niet door ons toegezegd.",
        "Een overleg om de zes weken is u niet beloofd.",
        "Ik begrijp dat u teleurgesteld bent.",
        "Kunt u ons uiterlijk 14 maart het verslag sturen?",
        "Vorige maand hebben wij uw brief ontvangen.",
        "> Wij sturen u uiterlijk 14 maart het verslag.",
        "",
    ],
)
def test_what_binds_nobody_is_not_suggested(words: str) -> None:
    assert suggestions(GREETING + words, ON) == []


def test_what_we_take_upon_ourselves_in_minutes_is_not_suggested() -> None:
    ours = "Wij sturen uiterlijk 14 maart onze lijst."
    theirs = "Zij stuurt uiterlijk 14 maart de cijfers."

    found = suggestions(f"Verslag.\n{ours}\n{theirs}", ON)

    assert [it.what for it in found] == [theirs]


def test_what_follows_a_promise_on_its_line_takes_its_term() -> None:
    text = "Vanaf 1 april rijdt de bus weer. Dan komt de chauffeur ook aan de deur."

    found = suggestions(GREETING + text, ON)

    assert [it.term and it.term.due for it in found] == [date(2025, 4, 1)] * 2
    assert [it.when for it in found] == ["1 april"] * 2


def test_the_level_and_who_it_was_are_read_as_far_as_words_tell() -> None:
    [found] = suggestions("De wethouder zegt toe dat het loket vanaf mei opent.", ON)

    assert (found.promiser, found.level) == ("De wethouder", "executive")


@pytest.mark.slow
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    found = suggestions(text, ON)

    assert all(text[it.start : it.end] == it.what for it in found)


def test_of_a_real_correspondence_the_promise_is_found_and_its_denial_is_not() -> None:
    letters = bench.TEXTS.parents[1] / "sources"
    file = letters / "correspondentie-bestuurlijk-overleg-2021.txt"
    if not file.exists():
        pytest.skip(f"the correspondence is not here ({file})")

    found = suggestions(file.read_text("utf-8"), date(2021, 2, 10))

    rhythms = [it.term.rhythm for it in found if it.term and it.term.rhythm]
    assert rhythms == ["FREQ=WEEKLY;INTERVAL=6"]
    assert all("niet" not in it.what.split() for it in found)


@pytest.mark.wide
def test_of_the_gold_texts_promises_and_terms_are_found(figure: Figure) -> None:
    if not bench.TEXTS.exists():
        pytest.skip(f"the gold texts are not here ({bench.TEXTS})")
    texts = bench.read_texts()
    found = {it.name: suggestions(it.words, it.on) for it in texts}

    all_in = bench.count(texts, found)
    terms = [
        bench.is_term_right(gold, said)
        for text in texts
        for gold, said in bench.pairs(text, found[text.name]).items()
    ]
    refused = [
        one.what
        for text in texts
        for gold in text.gold
        for one in found[text.name]
        if gold.status in bench.REFUSED and bench.is_hit(one.start, one.end, gold)
    ]

    figure(f"promises: F1 {all_in.f1:.3f}; terms right {sum(terms)} of {len(terms)}")
    assert all_in.f1 >= bench.TARGET_F1
    assert sum(terms) >= bench.TARGET_TERM * len(terms)
    assert refused == []
