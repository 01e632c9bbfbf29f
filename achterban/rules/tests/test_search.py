"""Words find each other; who sees only the forms cannot read along."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import achterban
from achterban.rules.search import (
    Lexicon,
    NoWords,
    dutch,
    facet,
    forms_of,
    read_query,
    snippet,
)
from achterban.rules.search.fold import folded, stem, words_of
from achterban.rules.search.query import Query

ROOT = Path(achterban.__file__).parents[1]
SHARED = Path(os.environ.get("ACHTERBAN_SHARED", ROOT.parent / "shared"))
CORRECTIONS = SHARED / "data" / "language" / "opentaal-corrections.tsv"
LEAST_CORRECTED = 0.65
FEW = {
    "rolstoel": 900,
    "aanvraag": 300,
    "huis": 4000,
    "arts": 700,
    "huisarts": 449,
    "wachttijd": 236,
    "wacht": 5000,
    "tijd": 9000,
    "keuring": 400,
    "gemeente": 2400,
    "rug": 4000,
    "pijn": 8000,
    "thuis": 3000,
    "lade": 60,
}


@pytest.fixture(scope="module")
def few() -> Lexicon:
    return Lexicon(FEW)


def matches(query: Query, forms: set[str]) -> bool:
    """Return what a database makes of a query."""

    def holds(group: tuple[frozenset[str], ...]) -> bool:
        return any(way <= forms for way in group)

    return all(map(holds, query.wanted)) and not any(map(holds, query.unwanted))


def finds(typed: str, text: str, lexicon: Lexicon, **how: object) -> bool:
    query = read_query(typed, lexicon, **how)  # type: ignore[arg-type]
    return matches(query, forms_of(text, lexicon))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("huisarts", "Bij de huisartsen."),
        ("HUISARTS", "de huisarts"),
        ("café", "In het CAFE"),
        ("auto", "twee auto’s"),
        ("rolstoel", "een rolstoelaanvraag"),
        ("aanvraag", "een rolstoelaanvraag"),
        ("rolstoelaanvraag", "de rolstoel aanvraag"),
        ("rolstoel aanvraag", "een aanvraag voor een rolstoel"),
        ('"rolstoel aanvraag"', "een rolstoelaanvraag"),
        ("wachttijd", "de wachtijd"),
        ("gementte", "de gemeente"),
        ("keuring", "mijn kuering"),
        ("rugpijn", "pijn, rug pijn"),
        ('"niet thuis"', "Zij waren niet thuis."),
        ("thuis -gemeente", "niet thuis"),
        ("long-covid", "long covid"),
        ("“niet thuis”", "niet thuis"),
    ],
)
def test_what_is_typed_finds_what_is_meant(typed: str, text: str, few: Lexicon) -> None:
    assert finds(typed, text, few)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("rolstoel", "een fiets"),
        ("rolstoelaanvraag", "een aanvraag voor een rolstoel"),
        ('"rolstoel aanvraag"', "aanvraag rolstoel"),
        ("rolstoel gemeente", "een rolstoel"),
        ("thuis -gemeente", "thuis bij de gemeente"),
        ('thuis -"niet thuis"', "niet thuis"),
        ("persoon", "[persoon] belde"),
        ("wmo", "wmi"),  # too short to be a slip
    ],
)
def test_what_is_typed_finds_nothing_else(typed: str, text: str, few: Lexicon) -> None:
    assert not finds(typed, text, few)


@pytest.mark.parametrize(
    "typed", ["", "  ", '""', "de het", "-rolstoel", "?! *", '"de']
)
def test_nothing_to_look_for_is_said(typed: str, few: Lexicon) -> None:
    with pytest.raises(NoWords):
        read_query(typed, few)


def test_what_was_also_looked_for_is_told(few: Lexicon) -> None:
    assert read_query("rolstoelaanvraag", few).also == ("rolstoel aanvraag",)
    assert read_query("wachtijd", few).also == ("wachttijd",)
    rings = [{"huisarts", "dokter", "praktijk aan huis"}]
    told = read_query("dokters rolstoel", few, rings).also
    assert set(told) == {"huisarts", "praktijk aan huis"}


def test_synonyms_may_be_more_words_on_either_side(few: Lexicon) -> None:
    rings = [{"long covid", "postcovid"}]
    assert finds("postcovid", "Ik heb long covid.", few, synonyms=rings)
    assert finds("long covid", "Ik heb postcovid.", few, synonyms=rings)
    assert finds('"long covid"', "Ik heb postcovid.", few, synonyms=rings)
    assert not finds("long rolstoel", "postcovid, rolstoel", few, synonyms=rings)
    assert not finds("long -covid", "postcovid", few, synonyms=rings)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("rolstoelaanvraag", ("rolstoel", "aanvraag")),
        ("huisartsentijd", ("huisarts", "tijd")),  # linking letters
        ("gemeentehuis", ("gemeente", "huis")),
        ("rugpijn", ("rug", "pijn")),
        ("huisarts", ("huis", "arts")),
        ("rolstoel", ()),  # used too often to be two words
        ("fiets", ()),
        ("rugpijnaanvraag", ("rug", "pijn", "aanvraag")),
    ],
)
def test_a_compound_has_parts(word: str, parts: tuple[str, ...], few: Lexicon) -> None:
    assert few.parts(word) == parts


def test_a_sound_written_otherwise_goes_before_another_slip() -> None:
    lexicon = Lexicon({"wachttijd": 100, "wachtend": 500, "wachtheid": 500})
    assert lexicon.corrections("wachtteid")[0] == "wachttijd"
    assert lexicon.corrections("wachttijd") == ()
    assert lexicon.corrections("w4chttijd") == ()


def test_the_words_of_the_language_are_there() -> None:
    lexicon = dutch()
    assert lexicon.parts("zorgverzekeraar") == ("zorg", "verzekeraar")
    assert lexicon.parts("onderzoek") == lexicon.parts("ziekenhuis") == ()
    assert lexicon.corrections("fysioterapie") == ("fysiotherapie",)
    assert lexicon.corrections("huisarst")[0] == "huisarts"
    assert "wmo" in lexicon


@pytest.mark.wide
@pytest.mark.once
@pytest.mark.skipif(not CORRECTIONS.exists(), reason="the list is not here")
def test_most_misspelt_words_are_found(figure: object) -> None:
    lexicon, n, n_found = dutch(), 0, 0
    for line in CORRECTIONS.read_text(encoding="utf-8").splitlines()[::8]:
        wrong, _, right = line.partition("\t")
        if not (wrong.isalpha() and right.isalpha()) or stem(folded(wrong)) == stem(
            folded(right)
        ):
            continue
        try:
            n_found += finds(right, wrong, lexicon)
        except NoWords:  # a word that tells nothing
            continue
        n += 1
    figure(f"{n_found} of {n} misspelt words found")  # type: ignore[operator]
    assert n_found / n >= LEAST_CORRECTED


@given(st.text(max_size=60))
@pytest.mark.slow
def test_any_text_and_any_question_is_read(text: str) -> None:
    lexicon = Lexicon(FEW)
    forms = forms_of(text, lexicon)
    assert all(":" not in form for form in forms)  # no word is taken for a fact
    try:
        query = read_query(text, lexicon)
    except NoWords:
        return
    assert all(way for group in query.wanted for way in group)
    pieces = snippet(text, query.forms, lexicon)
    assert " ".join(text.split()) in "".join(p.text for p in pieces) or len(text) > 50


@given(st.lists(st.sampled_from(sorted(FEW)), min_size=1, max_size=6))
@pytest.mark.wide
def test_a_text_is_found_by_each_of_its_words_and_as_a_phrase(words: list[str]) -> None:
    lexicon, text = Lexicon(FEW), " ".join(words)
    assert finds(text, text, lexicon)
    assert finds(f'"{text}"', text, lexicon)


def test_the_forms_keep_no_order_of_more_than_two_words(few: Lexicon) -> None:
    forms = forms_of("rolstoel aanvraag gemeente keuring", few)
    assert max(form.count(" ") for form in forms) == 1
    assert facet("status", "closed") == "status:closed"


def test_a_snippet_shows_where_it_stands(few: Lexicon) -> None:
    text = (
        "Eerst iets heel anders. " * 9 + "Toen kwam de rolstoelaanvraag.\nEn meer. " * 9
    )
    pieces = snippet(text, read_query("rolstoel", few).forms, few, most=120)
    shown = "".join(piece.text for piece in pieces)
    assert next(p.text for p in pieces if p.is_hit) == "rolstoelaanvraag"
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 130
    assert "\n" not in shown


def test_a_snippet_marks_a_phrase_and_a_slip(few: Lexicon) -> None:
    text = "Wij waren niet thuis. De kuering was thuis."
    hits = [p.text for p in snippet(text, read_query('"niet thuis"', few).forms, few)]
    assert hits[1:4:2] == ["niet", "thuis"]
    kept = snippet(text, read_query("keuring", few).forms, few)
    assert [p.text for p in kept if p.is_hit] == ["kuering"]


def test_a_snippet_of_a_text_without_a_hit_begins_at_its_beginning(
    few: Lexicon,
) -> None:
    assert "".join(p.text for p in snippet("a b", frozenset(), few)) == "a b"


def test_words_know_where_they_stand() -> None:
    text = "Zo’n [persoon] café, 's avonds."
    assert [(w.folded, text[w.start : w.end]) for w in words_of(text)] == [
        ("zon", "Zo’n"),
        ("cafe", "café"),
        ("s", "s"),
        ("avonds", "avonds"),
    ]
