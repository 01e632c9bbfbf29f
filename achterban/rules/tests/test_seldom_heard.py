"""Words point at who is seldom heard, and nothing is said where none stand."""

from __future__ import annotations

import pytest

from achterban.rules.seldom_heard import SELDOM_HEARD
from achterban.rules.sorting import Sorter


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Ik ben bedlegerig en krijg sondevoeding.", ["very_ill"]),
        ("De kinderarts stuurt ons weer weg, zij is een kleuter.", ["child"]),
        ("Mijn buurvrouw is hoogbejaard.", ["elderly"]),
        ("Er was geen tolk bij het gesprek.", ["little_dutch"]),
        ("De gemeente belt niet terug.", []),
        ("Ik ga in bed liggen na een babyfoontest.", []),
    ],
)
def test_words_point_at_a_group_with_the_reason(text: str, codes: list[str]) -> None:
    suggested = Sorter(SELDOM_HEARD).suggest(text)

    assert [one.code for one in suggested] == codes
    assert all(one.because for one in suggested)
