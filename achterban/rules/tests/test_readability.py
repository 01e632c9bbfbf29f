import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.hard_words import HARD_WORDS
from achterban.rules.readability import (
    MOST_WORDS,
    Problem,
    level,
    n_syllables,
    problems,
    sentences,
    words,
)

# With a dash between the syllables.
WORDS = """ik aan-vraag ge-meen-te huis-arts zie-ken-huis nieuw eeu-wen mooi-e waai-en
jij bij-voor-beeld sta-ti-on pa-ti-ënt i-de-aal fi-nan-ci-eel cha-os ja-nu-a-ri zee-ën
be-ïn-vloe-den co-ör-di-na-tor con-se-quent yo-ga sys-teem bu-reau één au-to UWV
ar-beids-on-ge-schikt-heids-ver-ze-ke-ring"""
LETTER = """Ik slaap slecht. De arts zei dat het overgaat.

Dat is een jaar geleden."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Eén. Twee? Drie! Vier", 4, id="stops"),
        pytest.param("Zoals hulp, bijv. Een traplift.", 1, id="abbreviation"),
        pytest.param("Dat is d.w.z. Elke week, o.a. Op dinsdag.", 1, id="with dots"),
        pytest.param("Bel mevr. A. de Vries en dr. J.P. Smit.", 1, id="initials"),
        pytest.param("Er is pijn, moeheid enz. Dat blijft.", 2, id="enz. may be last"),
        pytest.param("Er is pijn, moeheid enz. en meer.", 1, id="enz. may go on"),
        pytest.param("Om 10.30 uur, op 3.5.2026 en voor 1.250 euro.", 1, id="numbers"),
        pytest.param("Mail naam@vereniging.example. Of bel.", 2, id="address"),
        pytest.param("‘Kan dat?’ vroeg ik. (Nee.) Dus niet.", 3, id="in quotes"),
        pytest.param("Ik lig. ’s Avonds zit ik.", 2, id="’s at the beginning"),
        pytest.param("Wacht… Nog even… en dan.", 2, id="dots"),
        pytest.param("Uw code\n\nDit is uw code.", 2, id="a heading"),
        pytest.param("Een lange\nregel tekst.", 1, id="a line that was broken off"),
        pytest.param("U mag:\n- stoppen\n- later verder", 3, id="a list"),
        pytest.param("1. Kies.\n2. Verstuur.", 2, id="a numbered list"),
        pytest.param("%(name)s heeft het. %(n)s wachten.", 2, id="placeholders"),
        pytest.param(" \n\n – … ", 0, id="no words"),
    ],
)
def test_sentences_end_where_a_reader_pauses(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("De zorg, dat is: wachten.", 5),
        ("%(seconds)d seconden tot %s of {n}", 6),
        ("zo’n auto-ongeluk en/of 1.250 euro – ja", 6),
        ("Open http://localhost:8000/vertel/ nu", 3),
        ("Dat is 50 % van u.", 5),
    ],
)
def test_a_number_address_or_placeholder_is_one_word(
    sentence: str, expected: int
) -> None:
    assert len(words(sentence)) == expected


@pytest.mark.parametrize(
    "word",
    WORDS.split(),
)
def test_syllables_are_counted(word: str) -> None:
    assert n_syllables(word.replace("-", "")) == word.count("-") + 1


def test_the_level_is_that_of_whole_sentences() -> None:
    counted = level(["Een lange kop zonder punt erachter", LETTER])
    assert counted.n_sentences == 3
    assert counted.n_words == 3 + 6 + 5
    assert counted.n_long_words == 2  # overgaat, geleden
    assert counted.longest == 6
    assert counted.words_per_sentence == pytest.approx(14 / 3)
    assert counted.share_of_long_words == pytest.approx(2 / 14)


def test_the_score_is_the_formula_of_douma() -> None:
    counted = level(["De kat zit op de mat."])  # six words of one syllable
    assert counted.reading_ease == pytest.approx(206.8 - 77 - 0.93 * 6)


def test_without_sentences_there_is_no_level() -> None:
    nothing = level(["", "Terug"])
    assert (nothing.n_sentences, nothing.longest) == (0, 0)
    assert nothing.words_per_sentence == nothing.share_of_long_words == 0
    assert nothing.reading_ease == 0


def test_a_sentence_of_one_word_too_many_is_too_long() -> None:
    fits = " ".join(["ja"] * MOST_WORDS) + "."
    assert problems(fits) == []
    (problem,) = problems(f"ja {fits}")
    assert problem == Problem(f"ja {fits}", "", "26 woorden, hooguit 25")


@pytest.mark.parametrize(
    ("sentence", "word", "instead"),
    [
        ("Indien u komt.", "indien", "als"),
        ("Dat is ten\nbehoeve van u.", "ten behoeve van", "voor"),
        ("Wij CONSTATEREN dat.", "constateren", "zien, merken"),
        ("Uw persoonsgegevens.", "persoonsgegevens", "gegevens over u"),
    ],
)
def test_a_hard_word_is_found_with_a_plainer_one(
    sentence: str, word: str, instead: str
) -> None:
    (problem,) = problems(sentence)
    assert (problem.word, problem.instead) == (word, instead)


@pytest.mark.parametrize(
    "sentence",
    [
        "Wij doen het zo.",
        "Dit is een echtere echt.",
        "Mitsen en maren.",
        "Heden-daags.",
    ],
)
def test_a_part_of_a_word_is_no_hard_word(sentence: str) -> None:
    assert problems(sentence) == []


def test_the_plainer_word_is_itself_not_hard() -> None:
    assert {w: i for w, i in HARD_WORDS.items() if problems(i)} == {}
    assert list(HARD_WORDS) == [word.lower() for word in HARD_WORDS]


@pytest.mark.slow
@given(st.text(alphabet='aéij .!?…\n-‘’"(%s)1Bu', max_size=60))
def test_no_word_is_lost_or_counted_twice(text: str) -> None:
    found = " ".join(sentences(text))
    assert [w for w in words(found) if w.isalpha()] == [
        w for w in words(" ".join(text.split())) if w.isalpha()
    ]
