"""Two names that may be of one person are asked about, others are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.names import may_be_one, name_words, telling_words


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("Jan de Vries", "jan de vries", True, id="small letters"),
        pytest.param("Zoë Groen", "Zoe Groen", True, id="accents"),
        pytest.param("Dr. J. de Vries", "Jan de Vries", True, id="title and initial"),
        pytest.param("J.P. de Vries", "Jan Vries", True, id="a given name left out"),
        pytest.param("Jan Piet Vries", "J.K. Vries", False, id="second initial"),
        pytest.param("Jan de Vries", "Joke de Vries", False, id="other given name"),
        pytest.param("Jan de Vries", "Jan de Boer", False, id="other last name"),
        pytest.param("de Vries", "Jan de Vries", True, id="last name only"),
        pytest.param("", "Jan", False, id="nothing"),
        pytest.param("!", "!", False, id="no letters"),
    ],
)
def test_names_that_may_be_of_one_person(one: str, other: str, expected: bool) -> None:
    assert may_be_one(one, other) is expected
    assert may_be_one(other, one) is expected


def test_a_title_alone_is_a_name() -> None:
    assert name_words("Mevrouw Ing") == ("ing",)
    assert name_words("Mr.") == ("mr",)


def test_somebody_is_looked_up_by_words_that_tell() -> None:
    assert telling_words("prof. J. van der Berg-Smit") == ("berg", "smit")
    assert telling_words("Van de") == ("van", "de")
    assert telling_words("") == ()


@given(st.text("jan p.devrs", max_size=20), st.text("jan p.devrs", max_size=20))
@pytest.mark.slow
def test_names_of_one_person_end_alike(one: str, other: str) -> None:
    if may_be_one(one, other):
        assert name_words(one)[-1] == name_words(other)[-1]


@given(st.text(max_size=30))
@pytest.mark.wide
def test_a_name_may_be_of_who_bears_it(name: str) -> None:
    assert may_be_one(name, name) is bool(name_words(name))
