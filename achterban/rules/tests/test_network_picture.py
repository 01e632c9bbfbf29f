"""A picture in which every name can be read, and nobody disappears unsaid."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.network import (
    Network,
    Picture,
    Relation,
    UnknownPerson,
    field,
    layered,
)
from achterban.rules.tests.networks import drawn, networks

NAMES = (
    """
Jet van Vuren|Guus Appelboom|Fleur de Wit-Hazelaar|Bram Zonderland|Saar Klaproos
Teun Waterval|Roos Kwikstaart|Mees Dondergoed|Lot Vuurtoren|Kees Anemoon
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
SIXTY = {f"mens {n}": f"{NAMES[n % 10]} {n // 10 or ''}".strip() for n in range(60)}


def assert_readable(picture: Picture) -> None:
    half = 0.5 / picture.n_rows
    for place in picture.places:
        assert place.width / 2 - 1e-9 <= place.x <= 1 - place.width / 2 + 1e-9
        assert half - 1e-9 <= place.y <= 1 - half + 1e-9
    for one, other in combinations(picture.places, 2):
        beside = abs(one.x - other.x) >= (one.width + other.width) / 2 - 1e-9
        assert beside or abs(one.y - other.y) >= 2 * half - 1e-9


def rows(picture: Picture) -> list[str]:
    """Return who stands in each row, from left to right."""
    found: dict[float, list[str]] = {}
    for place in sorted(picture.places, key=lambda place: (place.y, place.x)):
        found.setdefault(place.y, []).append(place.person)
    return [" ".join(row) for row in found.values()]


def circle(seed: int = 4) -> Network:
    dice = random.Random(seed)
    people = list(SIXTY)
    pairs = [(p, people[dice.randrange(n)]) for n, p in enumerate(people) if n]
    return Network(people, [Relation(a, a, b, 0.5) for a, b in pairs])


def test_whom_we_know_stands_on_top_and_who_is_out_of_reach_below() -> None:
    network = drawn("Jet-Guus Guus-Fleur Saar-Bram Saar-Lot Jet-Saar Lot>Mees", "Teun")

    picture = layered(network, ["Jet"], {"Fleur": 3}, {})

    assert rows(picture) == ["Jet", "Guus Saar", "Fleur Bram Lot", "Mees", "Teun"]
    steps = {place.person: place.n_steps for place in picture.places}
    assert (steps["Jet"], steps["Lot"], steps["Teun"]) == (0, 2, None)
    assert (picture.places[0].x, picture.places[0].y) == (0.5, 0.5 / 9)
    assert picture.lines[:2] == (("Jet", "Guus"), ("Guus", "Fleur"))
    assert (len(picture.lines), picture.n_rows, picture.height_px) == (6, 9, 252)
    assert picture.n_left_out == 0


def test_everybody_stands_below_whom_they_have_a_relation_with() -> None:
    network = drawn("Jet-Guus Jet-Saar Saar-Bram Guus-Fleur")

    # Bram was given before Fleur; Guus stands to the left of Saar.
    assert rows(layered(network, ["Jet"], {}, {}))[2] == "Fleur Bram"


def test_the_most_important_are_drawn_with_the_whole_way_to_them() -> None:
    network = drawn("Jet-Guus Guus-Fleur Fleur-Bram Jet-Saar Jet-Teun", "Roos")

    picture = layered(network, ["Jet"], {"Bram": 5, "Saar": 1, "Roos": 9}, {}, most=5)

    assert rows(picture) == ["Jet", "Guus", "Fleur", "Bram", "Roos"]
    assert picture.n_left_out == 2
    # No room for the way to Bram: who is nearer, and no box that hangs in the air.
    short = layered(network, ["Jet"], {"Bram": 5, "Saar": 1}, {}, most=3)
    assert rows(short) == ["Jet", "Saar Guus"]
    assert short.n_left_out == 4
    just = layered(network, ["Jet"], {"Bram": 5}, {}, most=4)
    assert rows(just) == ["Jet", "Guus", "Fleur", "Bram"]
    assert layered(network, ["Jet"], {"Jet": 1}, {}, most=0).n_left_out == 7


def test_of_who_matters_as_much_the_nearest_are_drawn() -> None:
    network = drawn("Fleur-Guus Guus-Jet Jet-Saar")

    assert rows(layered(network, ["Jet"], {}, {}, most=3)) == ["Jet", "Guus Saar"]


def test_forty_names_can_be_read_on_a_telephone() -> None:
    picture = layered(circle(), ["mens 0"], dict.fromkeys(SIXTY, 1.0), SIXTY)

    assert (len(picture.places), picture.n_left_out) == (40, 20)
    assert_readable(picture)
    assert max(len(row.split()) // 2 for row in rows(picture)) >= 2
    wide = layered(circle(), ["mens 0"], {}, SIXTY, width_px=960)
    assert_readable(wide)
    assert wide.n_rows < picture.n_rows


@given(networks(), st.integers(0, 8), st.integers(1, 400))
@pytest.mark.wide
def test_any_network_is_readable_and_counted(
    network: Network, most: int, width_px: int
) -> None:
    known = network.people[:2]

    picture = layered(network, known, {}, {}, most=most, width_px=width_px)

    assert_readable(picture)
    assert len(picture.places) + picture.n_left_out == len(network.people)
    assert len(picture.places) <= most
    drawn_ = {place.person for place in picture.places}
    assert {person for line in picture.lines for person in line} <= drawn_
    assert picture == layered(network, known, {}, {}, most=most, width_px=width_px)


def test_a_name_too_long_for_the_picture_is_cut_short() -> None:
    name = "Burgemeester en wethouders van de gemeente Nergenshuizen aan de Vecht"

    (place,) = layered(drawn("Jet-Jet"), ["Jet"], {}, {"Jet": name}).places

    assert place.label == "Burgemeester en wethouders van de gemeen…"
    assert place.width <= 1


def test_power_stands_above_and_interest_to_the_right() -> None:
    scores = {"Jet": (0.5, 1.0), "Guus": (0.0, 0.5), "Fleur": (1.0, 0.0)}

    places = {place.person: place for place in field(scores, {}).places}

    assert places["Jet"].x == 0.5
    assert places["Guus"].x < 0.2 < 0.8 < places["Fleur"].x
    assert places["Jet"].y == 0.05
    assert places["Fleur"].y == 0.95


def test_a_box_that_would_lie_over_another_moves_to_the_nearest_room() -> None:
    picture = field({"Jet": (0.5, 0.5), "Guus": (0.5, 0.5), "Saar": (1, 1)}, {})

    jet, guus = picture.places[1:]
    assert (jet.x, guus.x) == (0.5, 0.5)  # a row is nearer than beside
    assert abs(guus.y - jet.y) == pytest.approx(0.1)
    assert_readable(picture)


def test_forty_of_one_score_can_still_be_read() -> None:
    picture = field(dict.fromkeys(SIXTY, (0.9, 0.9)), SIXTY)

    assert_readable(picture)
    assert (len(picture.places), picture.n_left_out) == (40, 20)


def test_where_one_box_fills_half_a_row_there_are_more_rows() -> None:
    names = dict.fromkeys(SIXTY, "Vereniging van Invoelende Gemeenten")

    picture = field(dict.fromkeys(SIXTY, (0.5, 0.5)), names, most=60, width_px=450)

    assert_readable(picture)
    assert picture.n_rows == 60


@given(
    st.dictionaries(
        st.sampled_from(list(SIXTY)), st.tuples(st.floats(0, 1), st.floats(0, 1))
    )
)
@pytest.mark.wide
def test_any_field_is_readable_and_counted(
    scores: dict[str, tuple[float, float]],
) -> None:
    picture = field(scores, SIXTY, most=15)

    assert_readable(picture)
    assert len(picture.places) == min(15, len(scores))
    assert len(picture.places) + picture.n_left_out == len(scores)


def test_what_cannot_be_drawn_is_refused() -> None:
    for pair in [(0.5, 1.1), (-0.1, 0.5)]:
        with pytest.raises(ValueError, match="the scores of Jet are"):
            field({"Jet": pair}, {})
    with pytest.raises(UnknownPerson, match="Roos"):
        layered(drawn("Jet-Guus"), ["Jet"], {"Roos": 1}, {})
    assert field({}, {}).places == layered(Network([], []), [], {}, {}).places == ()
