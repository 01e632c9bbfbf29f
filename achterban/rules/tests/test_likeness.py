"""The same words, nearly the same words, and other words."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.likeness import (
    LEAST_LIKE,
    N_BANDS,
    bands,
    normalised,
    resemblance,
    same_words,
    shingles,
)

KEY, OTHER = b"k" * 32, b"o" * 32


def texts(n: int, n_words: int) -> list[list[str]]:
    dice = random.Random(7)
    return [[f"w{dice.randrange(5000)}" for _ in range(n_words)] for _ in range(n)]


def with_other_words(words: list[str], places: list[int]) -> list[str]:
    return [f"x{n}" if n in places else word for n, word in enumerate(words)]


def test_signs_capitals_and_accents_do_not_matter() -> None:
    one = normalised("Beste minister,\n\nÉÉN jaar wachten!!  Dat kan niet.")
    other = normalised("beste minister. een jaar wachten; dat kan niet")

    assert same_words(one, KEY) == same_words(other, KEY)
    assert same_words(one, KEY) != same_words(normalised("Beste minister"), KEY)


def test_hashes_are_keyed() -> None:
    words = texts(1, 50)[0]

    assert same_words(words, KEY) != same_words(words, OTHER)
    assert not set(bands(words, KEY)) & set(bands(words, OTHER))


def test_nearly_the_same_text_shares_a_band_nearly_always() -> None:
    found, alike = 0, []
    for words in texts(200, 100):
        near = with_other_words(words, [50])  # three shingles of 98
        alike.append(resemblance(words, near))
        found += bool(set(bands(words, KEY)) & set(bands(near, KEY)))

    assert min(alike) > 0.9 > LEAST_LIKE
    assert found >= 195  # 1 - (1 - 0.94 ** 4) ** 4 of 200 is 199.6


def test_other_texts_share_no_band() -> None:
    words = texts(400, 60)
    seen = [band for each in words for band in set(bands(each, KEY))]

    assert len(seen) == len(set(seen)) == 400 * N_BANDS


def test_a_band_of_one_place_is_none_of_another() -> None:
    # A text of one shingle repeated would give the same least hashes in each band.
    assert len(set(bands(texts(1, 30)[0], KEY))) == N_BANDS


def test_short_texts_have_no_bands() -> None:
    assert bands(normalised("Ik wacht nog op antwoord van de gemeente"), KEY) == []
    assert same_words(normalised("..!"), KEY) is None


@given(st.lists(st.sampled_from("abcdef"), max_size=30))
def test_a_text_resembles_itself(words: list[str]) -> None:
    assert resemblance(words, words) == (1.0 if shingles(words) else 0.0)
