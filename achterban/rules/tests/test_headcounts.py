"""A number of people is found however it is written, and other numbers pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.headcounts import find_headcounts


@pytest.mark.parametrize(
    ("sentence", "counted", "is_ours"),
    [
        ("Dit vertelden 37 mensen.", "37 mensen", False),
        ("Bij ons vertelden 37 mensen dit.", "37 mensen", True),
        ("Twaalf meldingen kwamen binnen.", "Twaalf meldingen", True),
        ("Zevenendertig heel zieke mensen.", "Zevenendertig heel zieke mensen", False),
        ("Het zijn tweeëntwintig patiënten.", "tweeëntwintig patiënten", False),
        ("Van honderdtwintig leden.", "honderdtwintig leden", True),
        ("Zo’n 60 % van de patiënten ligt.", "60 % van de patiënten", False),
        ("Voor drie op de vier mensen.", "drie op de vier mensen", False),
        ("De helft van onze leden wacht.", "helft van onze leden", True),
        ("Tientallen verhalen.", "Tientallen verhalen", True),
        ("Er zijn 1.381 mensen.", "1.381 mensen", False),
        ("Het aantal signalen steeg naar 40.", "aantal signalen steeg naar 40.", True),
        ("Het bleek vaak zo (n = 12).", "n = 12", True),
        ("TWAALF MELDERS", "TWAALF MELDERS", True),
    ],
)
def test_a_number_of_people_is_found(
    sentence: str, counted: str, is_ours: bool
) -> None:
    found = find_headcounts(sentence)

    assert [(it.words, it.is_ours) for it in found] == [(counted, is_ours)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Een patiënt vertelt het.",
        "Eén van onze leden vertelt het.",
        "Drie weken voordat mensen iets horen.",
        "Sinds 2024 wachten mensen.",
        "Artikel 3 van de wet is er voor mensen.",
        "Binnen twee weken belt de gemeente. Mensen wachten.",
        "Twee uur rechtop zitten lukt mensen niet.",
        "Het aantal mensen groeit.",
        "Uit twaalf gemeenten.",  # said in the docstring: not covered
        "Veel mensen, een handvol leden.",
        "",
    ],
)
def test_other_numbers_pass(sentence: str) -> None:
    assert find_headcounts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("Er zijn 30 mensen.", (30,)),
        ("Het zijn 1.250 leden.", (1250,)),
        ("Het aantal leden: 30.", (30,)),
        ("Het aantal leden steeg van 30 naar 37.", (30, 37)),
        ("Voor 3 van de 30 leden.", (3, 30)),
        ("Dertig leden.", (30,)),
        ("Het zijn tweeëntwintig patiënten.", (22,)),
        ("Eenendertig leden.", (31,)),
        ("Driehonderdveertig leden.", (340,)),
        ("Honderdtwintig leden.", (120,)),
        ("Tweeduizendvijfhonderd leden.", (2500,)),
        ("Duizend leden.", (1000,)),
        ("Zo’n 30 % van de leden.", (None,)),
        ("Dat is 30 procent van de leden.", (30, None)),
        ("Wel 3,5 mensen.", (None,)),
        ("Wel 30.00 mensen.", (None,)),
        ("De helft van de 30 leden.", (None, 30)),
        ("Tientallen verhalen.", (None,)),
        ("Het bleek zo (n = 12).", (12,)),
        (f"Wel {'9' * 5000} mensen.", (None,)),
    ],
)
def test_the_numbers_in_it_are_read(
    sentence: str, numbers: tuple[int | None, ...]
) -> None:
    assert [it.numbers for it in find_headcounts(sentence)] == [numbers]


@given(st.text(max_size=200))
@pytest.mark.wide
def test_any_text_is_read(text: str) -> None:
    for found in find_headcounts(text):
        assert found.words in text
        assert found.numbers


@pytest.mark.parametrize("words", ["twee ", "aantal mensen ", "3 de ", "eentwee"])
@pytest.mark.wide
def test_a_long_text_takes_no_longer_for_each_word(words: str) -> None:
    assert len(find_headcounts(words * 20_000)) in {0, 20_000, 1}
