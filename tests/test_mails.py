"""Every letter: filled in, short, and silent about what it is about."""

from __future__ import annotations

import re

import pytest

from achterban.core.organisations.models import Organisation
from tests import mails

NAME = "Stichting Longcovid en ME"
# An inbox is read over a shoulder, on a lock screen and by an employer.
TELLING = re.compile(
    r"longcovid|\bme\b|stichting|melding|\breport|ziek|\bill|patiënt|patient|klacht"
    r"|complaint|zorg\b|\bcare\b",
    re.IGNORECASE,
)
MOST_WORDS = 60


@pytest.fixture(scope="module")
def letters() -> list[mails.Sent]:
    return list(mails.letters(Organisation(name=NAME, slug="adem")))


def test_every_letter_is_here_and_filled_in() -> None:
    assert set(mails.FILLED) == mails.templates()
    for name, forms in mails.FILLED.items():
        path = next(mails.PACKAGE.glob(f"*/*/templates/{name}"))
        asked = set(re.findall(r"{{ *(\w+)", path.read_text(encoding="utf-8")))
        assert all(asked <= set(form) for form in forms), name


def test_no_letter_tells_what_it_is_about(letters: list[mails.Sent]) -> None:
    said = {
        sent.name: TELLING.findall(f"{it.sender} {it.subject} {it.body}")
        for sent in letters
        for it in [sent.letter]
    }
    assert not {name: words for name, words in said.items() if words}


def test_a_letter_is_read_in_a_breath(letters: list[mails.Sent]) -> None:
    n_words = {sent.name: len(sent.letter.body.split()) for sent in letters}
    assert max(n_words.values()) <= MOST_WORDS
    assert all(len(sent.letter.subject) <= 40 for sent in letters)
