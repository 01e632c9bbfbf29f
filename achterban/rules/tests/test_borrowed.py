"""What was borrowed is found as it stands, and words of one's own are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.borrowed import MOST_IN_A_ROW, borrowed, shares_a_word

TOLD = "De gemeente stuurde mij drie keer weg, en daarna lag ik een week plat."
WORDS = st.lists(st.sampled_from(["aa", "bb", "cc", "dd", "ee", "ff"]), max_size=30)


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("Zij werd drie keer weggestuurd en lag dagen op bed.", []),
        ("Toen: stuurde mij drie keer.", []),
        ("Toen: STUURDE mij\ndrie keer – weg!", ["STUURDE mij\ndrie keer – weg"]),
        ("Daarna lag ik een week. Ik lag een week plat", ["Daarna lag ik een week"]),
        ("", []),
    ],
)
def test_five_words_in_a_row_are_borrowed(story: str, found: list[str]) -> None:
    assert borrowed(story, ["Iets anders.", TOLD]) == found


def test_what_hangs_together_is_one_passage() -> None:
    assert borrowed(f"Zo was het. {TOLD} Zo was het.", [TOLD]) == [TOLD[:-1]]


@given(WORDS, st.lists(WORDS, max_size=3))
@pytest.mark.wide
def test_each_passage_stands_in_one_of_the_texts_at_least_in_part(
    story: list[str], texts: list[list[str]]
) -> None:
    joined = [" ".join(text) for text in texts]

    for passage in borrowed(" ".join(story), joined):
        assert len(passage.split()) > MOST_IN_A_ROW
        first = " ".join(passage.split()[: MOST_IN_A_ROW + 1])
        assert any(f" {first} " in f" {text} " for text in joined)


@given(WORDS)
@pytest.mark.wide
def test_a_text_is_borrowed_from_itself_when_it_is_long_enough(text: list[str]) -> None:
    joined = " ".join(text)

    assert borrowed(joined, [joined]) == [joined] * (len(text) > MOST_IN_A_ROW)


def test_a_name_is_looked_for_word_by_word() -> None:
    assert shares_a_word("Roos van Dam", ["Toen zei ROOS dat."])
    assert not shares_a_word("Roos", ["Een rozenstruik."])
