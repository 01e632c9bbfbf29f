"""Reports about one thing find each other, and say by which words."""

from __future__ import annotations

from collections import Counter
from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.search import Lexicon
from achterban.rules.similarity import (
    Corpus,
    Features,
    features_of,
    probes,
    rank,
)
from achterban.rules.similarity.kinds import MATTERS, TROUBLES
from achterban.rules.similarity.ranking import MOST_REASONS
from achterban.rules.similarity.ways import MOST_JOINED, _joined, ways
from achterban.rules.sorting import Label, Suggestion
from bench.deidentify import GOLD
from bench.similarity import Text, ranked, read, read_texts, scored
from tests.figures import Figure

FEW = Lexicon(
    {
        "zeepkist": 20,
        "zeep": 400,
        "kist": 300,
        "fluit": 40,
        "vergunning": 60,
        "blauw": 2000,
        "mooi": 9000,
    }
)
SHED = "De vergunning voor mijn zeepkist bleef weg."


def about(text: str, **facts: list[str]) -> Features:
    return features_of(text, FEW, decided=facts)


def corpus_of(*texts: Features) -> Corpus:
    n_with = Counter(form for text in texts for form in text.words)
    return Corpus(len(texts) + 9, n_with.__getitem__)  # and others of other words


def order(one: Features, *others: Features) -> list[int]:
    corpus = corpus_of(one, *others)
    return [near.key for near in rank(one, dict(enumerate(others)), corpus)]


def test_a_compound_counts_as_its_parts_and_a_slip_as_what_is_meant() -> None:
    assert {"zeepkist", "zeep", "kist"} <= about("Een zeepkist.").words.keys()
    assert "vergun" in about("Een vergunnig.").words


def test_stop_words_and_figures_tell_nothing() -> None:
    assert about("Het is er niet, 12 mei 2031, 3x, € 40,-").words == {"mei": 1}
    assert about("") == Features({}, {}, {})


def test_a_word_says_more_the_seldomer_it_is_used_and_the_more_often_it_stands() -> (
    None
):
    one = about("Een mooi blauw fluitje: fluit, zei zij.").words
    assert one["mooi"] < one["blauw"] < one["fluit"]
    assert (
        about("fluit, fluit en blauw").words["fluit"]
        > about("fluit, blauw").words["fluit"]
    )
    assert FEW.rarity("fluit") < FEW.rarity("onbekend") == FEW.rarest
    assert isclose(sum(weight**2 for weight in one.values()), 1)


def test_of_words_with_one_stem_the_most_usual_says_how_usual_it_is() -> None:
    both = features_of("fluiten blauw", Lexicon({"fluit": 10, "blauw": 10}))
    assert both.words["fluit"] > both.words["blauw"]
    both = features_of("fluit fluiten blauw", Lexicon({"fluit": 10, "blauw": 10}))
    assert isclose(both.words["fluit"] / both.words["blauw"], 1.6931, abs_tol=0.001)


def test_the_words_of_every_day_tell_the_matter_and_the_trouble() -> None:
    found = about("De Regiotaxi liet mij twee uur wachten.").facts
    assert found["matter"] == {"matter:taxi": 1}
    assert found["trouble"] == {"trouble:waiting": 1}


def test_two_words_for_one_matter_find_each_other_and_are_the_reason() -> None:
    one = about("Mijn poetshulp zong opera in het trappenhuis.")
    other = about("Niemand stofzuigt hier nog.")
    (near,) = rank(one, {1: other}, corpus_of(one, other))
    assert near.because == ("poetshulp",)


@pytest.mark.parametrize("kinds", [MATTERS, TROUBLES])
def test_kinds_are_well_written(kinds: tuple[Label, ...]) -> None:
    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert all(word == word.strip().lower() and word for word in kind.words)
        assert len(set(kind.words)) == len(kind.words)


def test_a_suggestion_counts_for_less_and_gives_way_to_a_decision() -> None:
    suggested = {
        "theme": [Suggestion("sea", 0.8, ()), Suggestion("air", 0.4, ())],
        "party": [],
    }
    told = features_of("", FEW, suggested=suggested)
    assert told.facts.keys() == {"theme"}
    assert isclose(sum(w**2 for w in told.facts["theme"].values()), 0.25)
    ratio = told.facts["theme"]["theme:sea"] / told.facts["theme"]["theme:air"]
    assert isclose(ratio, 4)
    decided = features_of("", FEW, suggested=suggested, decided={"theme": ["air"]})
    assert decided.facts == {"theme": {"theme:air": 1}}
    doubtful = {"theme": [Suggestion("sea", 0, ())]}
    assert features_of("", FEW, suggested=doubtful).facts == {}
    nothing = features_of("", FEW, suggested=suggested, decided={"theme": []})
    assert nothing == told


def test_a_trouble_of_which_more_words_tell_says_more() -> None:
    found = about("Wachten, wachten en geen geld voor deze dure rekening.").facts
    assert found["trouble"]["trouble:costs"] > found["trouble"]["trouble:waiting"]
    assert isclose(sum(weight**2 for weight in found["trouble"].values()), 1)


def test_words_that_begin_alike_find_each_other_and_are_the_reason() -> None:
    one = about("De zeepkist en een fluit.")
    other = about("Drie zeepkok.")
    assert one.facts["begin"].keys() == {"begin:zeepk", "begin:fluit"}
    assert "begin" not in about("Mooi.").facts
    (near,) = rank(one, {1: other}, Corpus(1000, lambda form: 1000))
    assert near.because == ("zeepkist",)


def test_two_decided_themes_count_as_one_together() -> None:
    both = about("", theme=["sea", "air"])
    assert isclose(sum(w**2 for w in both.facts["theme"].values()), 1)


def test_what_is_rare_among_the_texts_finds_the_neighbour() -> None:
    one = about("Blauw fluitje zonder zeepkist.")
    same, usual = about("Mijn zeepkist!"), [about(f"blauw {n}") for n in "abc"]
    assert order(one, *usual, same)[0] == 3


def test_what_is_not_known_is_neither_the_same_nor_different() -> None:
    one = about(SHED, theme=["sea"])
    other, unknown = about(SHED, theme=["air"]), about(SHED)
    assert order(one, other, unknown, about(SHED, theme=["sea"])) == [2, 1, 0]
    found = rank(unknown, {1: one, 2: about(SHED)}, corpus_of(one))
    assert found[0].nearness == found[1].nearness


def test_a_decided_theme_goes_before_a_word_in_common() -> None:
    one = about("fluit vergunning blauw mooi", theme=["sea"], party=["port"])
    word = about("vergunning, knoflook, accordeon", theme=["air"])
    theme = about("knoflook", theme=["sea"])
    assert order(one, word, theme) == [1, 0]


def test_what_shares_nothing_is_no_neighbour_and_equals_keep_their_order() -> None:
    assert order(about(SHED), about("Fluit!")) == []
    assert order(about(SHED), about("Een kist"), about("Een kist")) == [0, 1]
    assert order(about("")) == []


def test_who_told_in_words_of_both_brings_two_together() -> None:
    one = about("accordeon knoflook")
    between = about("accordeon knoflook trombone banjo")
    joined, lone = about("trombone banjo"), about("klarinet piano")
    of_others = [about(f"olifant neushoorn {letter}apa") for letter in "bcdfghjk"]
    _, reached_lone, reached_joined, *_ = ways([one, between, lone, joined, *of_others])
    assert reached_joined > 1.2 * reached_lone


def test_what_is_near_to_everything_is_joined_to_less() -> None:
    common = np.full((13, 13), 0.5)
    common[1:7, 1:7] = common[7:, 7:] = 0.58  # two circles of six
    common[0, 1:7] = common[1:7, 0] = 0.6  # 0 is nearer to all than they to each other
    common[0, 7:] = common[7:, 0] = 0.61
    joined = _joined(common)
    assert joined[1, 2:7].all()
    assert not joined[1, 0]
    assert not joined[1, 7:].any()


def test_nearness_is_what_two_have_in_common_and_the_order_more_than_that() -> None:
    one = about("accordeon knoflook mooi")
    between = about("accordeon knoflook trombone banjo")
    joined, lone = about("mooi trombone banjo"), about("mooi klarinet piano")
    found = rank(one, {1: lone, 2: joined, 3: between}, corpus_of(one))
    assert [near.key for near in found] == [3, 2, 1]
    assert isclose(found[1].nearness, found[2].nearness)


def test_alone_and_with_nothing_in_common_no_way_leads_anywhere() -> None:
    assert ways([about(SHED)]) == []
    nothing = ways([about("accordeon"), about("trombone"), about("")])
    assert all(0 <= reached < 1 for reached in nothing)


def test_only_the_nearest_are_put_in_another_order() -> None:
    one, other = about(SHED), about("Een zeepkist.")
    many = dict.fromkeys(range(MOST_JOINED + 9), other)
    assert [near.key for near in rank(one, many, corpus_of(one), most=999)] == [*many]


def test_no_more_neighbours_than_wanted() -> None:
    one, other = about(SHED), about("Een zeepkist.")
    near = rank(one, dict.fromkeys(range(9), other), corpus_of(one), most=4)
    assert [each.key for each in near] == [0, 1, 2, 3]


def test_a_form_that_stands_in_each_text_is_no_reason() -> None:
    one, other = about("mooi"), about("mooi")  # too short to have a begin
    assert rank(one, {1: other}, Corpus(1000, lambda form: 1000)) == []
    assert rank(one, {1: other}, Corpus(1000, lambda form: 1003)) == []  # rough


def test_the_reasons_are_words_as_they_stand_what_says_most_first() -> None:
    text = "Mooi: de VERGUNNING voor de Zeepkist, na lang Wachten, in mooi blauw."
    other = about("Een vergunning voor een blauwe zeepkist, mooi! De wachtlijst.")
    n_with = {"blauw": 90, "mooi": 99}
    (near,) = rank(about(text), {1: other}, Corpus(100, lambda it: n_with.get(it, 2)))
    assert near.because == ("Wachten", "Zeepkist", "VERGUNNING", "blauw")
    assert len(near.because) == MOST_REASONS


def test_a_decided_theme_gives_no_word_as_reason() -> None:
    one = about("", theme=["sea"])
    (near,) = rank(one, {1: one}, corpus_of(one))
    assert near.because == ()


def test_candidates_come_by_rare_forms_and_by_two_together() -> None:
    n_with = {"fluit": 5, "vergun": 40, "blauw": 20, "mooi": 0}
    corpus = Corpus(100, n_with.__getitem__)

    def looked_for(most: int) -> list[str]:
        ways = probes(about("fluit vergunning blauw mooi"), corpus, most=most)
        return [" ".join(sorted(way)) for way in ways]

    assert looked_for(0) == looked_for(2) == ["blauw fluit"]  # 1, by chance
    assert looked_for(3) == ["blauw fluit", "fluit vergun"]
    assert looked_for(8) == ["fluit"]  # and with it the two above
    assert looked_for(16) == ["fluit", "blauw vergun"]
    assert looked_for(76) == ["fluit", "blauw", "vergun"]


def test_only_forms_that_stand_somewhere_and_say_most_are_probed() -> None:
    letters = [f"{one}{other}q" for one in "abcd" for other in "abcde"]
    one = about(" ".join(letters))
    found = probes(one, Corpus(1000, lambda form: 99 - letters.index(form)))
    assert {form for way in found for form in way} == set(letters[-10:])
    assert probes(one, Corpus(1000, lambda form: 0)) == ()


words = st.lists(st.sampled_from([*"abcdefgh", "taxi", "wachten", "zeepkist"]))


@given(st.lists(words.map(" ".join), min_size=2, max_size=6))
@pytest.mark.wide
def test_keyed_hashes_rank_as_words_do(texts: list[str]) -> None:
    one, *others = map(about, texts)
    plain = rank(one, dict(enumerate(others)), corpus_of(one, *others))
    hidden = [each.keyed(lambda form: f"#{hash(form)}") for each in (one, *others)]
    keyed = rank(hidden[0], dict(enumerate(hidden[1:])), corpus_of(*hidden))
    assert [near.key for near in keyed] == [near.key for near in plain]
    assert [near.because for near in keyed] == [near.because for near in plain]
    forms = {form for each in hidden for form in (*each.words, *each.said)}
    assert all(form.startswith("#") for form in forms)


@given(words.map(" ".join), words.map(" ".join))
@pytest.mark.wide
def test_nearness_is_from_0_to_1_and_nothing_is_nearer_than_the_same(
    text: str, other: str
) -> None:
    one = about(text, theme=["sea"], party=["port"])
    corpus = Corpus(100, lambda form: 3)
    found = rank(one, {1: about(other), 2: one}, corpus, most=2)
    nearness = {near.key: near.nearness for near in found}
    assert all(0 < near <= 1.000001 for near in nearness.values())
    assert nearness.get(2, 0) >= nearness.get(1, 0)


@pytest.mark.trust
@pytest.mark.parametrize(
    ("share", "alone", "decided"),  # of all, the least of both halves
    [
        (3, (0.54, 0.50), (0.94, 0.93)),
        (1, (0.35, 0.33), (0.70, 0.65)),
    ],
)
def test_of_the_gold_texts_those_about_one_thing_find_each_other(
    figure: Figure,
    share: int,
    alone: tuple[float, float],
    decided: tuple[float, float],
) -> None:
    """A third of the issues is enough to see that a way of nearness is lost."""
    if not GOLD.exists():
        pytest.skip(f"the gold texts are not here ({GOLD})")
    every = read_texts()
    issues = sorted({text.issue for text in every})[::share]
    texts = [text for text in every if text.issue in issues]
    for way, least in (("suggested", alone), ("decided", decided)):
        score = scored(texts, ranked(read(texts, way)))
        figure(f"mean average precision of {len(texts)}, {way}: {score.everything:.3f}")
        assert score.everything >= least[0]
        assert min(score.halves) >= least[1]


def test_the_score_is_the_mean_of_average_precision() -> None:
    texts = [Text("", issue, "", "") for issue in "aaabb"]
    found = [[3, 1, 2, 4], [0, 2, 3, 4], [3, 4, 0, 1], [4], []]
    score = scored(texts, found)
    precision = [(1 / 2 + 2 / 3) / 2, 1, (1 / 3 + 2 / 4) / 2, 1, 0]
    assert isclose(score.everything, sum(precision) / 5)
    assert isclose(score.halves[0], sum(precision[:3]) / 3)
    assert isclose(score.halves[1], 1 / 2)
    assert score.recall == 4 / 5
