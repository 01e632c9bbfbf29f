"""Who takes a report."""

from __future__ import annotations

from datetime import date

import pytest

from achterban.rules.routing import Beat, Taker, taker

ON = date(2026, 11, 27)
EDE, ZUTPHEN = "GM0228", "GM0301"
WMO, TAXI = "home_support", "transport"


def beat(who: int, places: str = "", themes: str = "", **rest: object) -> Beat:
    return Beat(who, frozenset(places.split()), frozenset(themes.split()), **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("beats", "expected"),
    [
        ([], None),
        ([beat(1)], None),
        ([beat(1, ZUTPHEN)], None),
        ([beat(1, EDE)], Taker(1)),
        ([beat(1, EDE, TAXI)], None),
        ([beat(1, "", WMO)], Taker(1)),
        ([beat(1, "", WMO), beat(2, EDE)], Taker(2)),
        ([beat(1, EDE), beat(2, EDE, WMO)], Taker(2)),
        ([beat(1, EDE, n_open=3), beat(2, EDE, n_open=1)], Taker(2)),
        ([beat(2, EDE), beat(1, EDE)], Taker(1)),
        ([beat(1, EDE, away_until=ON, stand_in=5)], Taker(5, instead_of=1)),
        ([beat(1, EDE, away_until=date(2026, 11, 26), stand_in=5)], Taker(1)),
        ([beat(1, EDE, away_until=ON)], None),
        ([beat(1, EDE, away_until=ON), beat(2, "", WMO)], Taker(2)),
        (
            [
                beat(1, EDE, away_until=ON, stand_in=5),
                beat(5, ZUTPHEN, away_until=ON),
                beat(2, "", WMO),
            ],
            Taker(2),
        ),
    ],
)
def test_who_takes_it(beats: list[Beat], expected: Taker | None) -> None:
    assert taker(EDE, [WMO], beats, on=ON) == expected


def test_without_a_place_only_a_theme_finds_somebody() -> None:
    beats = [beat(1, EDE), beat(2, "", TAXI)]
    assert taker("", [WMO], beats, on=ON) is None
    assert taker("", [TAXI, WMO], beats, on=ON) == Taker(2)
