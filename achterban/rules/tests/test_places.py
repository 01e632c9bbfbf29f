"""A municipality is read where it can hardly be another word."""

from __future__ import annotations

import pytest

from achterban.rules.places import named_places

NAMES = ["Ede", "Best", "Goes", "Bergen", "Bergen op Zoom", "'s-Hertogenbosch"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik woon in Ede.", ["Ede"]),
        ("de gemeente ede belt niet", ["Ede"]),
        ("De gemeente van Goes en wij uit Best", ["Goes", "Best"]),
        ("Wij wonen in Bergen op Zoom", ["Bergen op Zoom"]),
        ("Bij 's-Hertogenbosch", ["'s-Hertogenbosch"]),
        ("in best veel gevallen", []),
        ("Best lastig, dat wel", []),
        ("Goes belde.", []),
        ("naar Edes huis", []),
        ("uit Ede en naar Ede", ["Ede"]),
        ("", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert [name for name, _words in named_places(text, NAMES)] == expected


def test_it_says_with_which_words() -> None:
    assert named_places("Het loket van de gemeente\n Ede", NAMES) == [
        ("Ede", "gemeente Ede")
    ]
