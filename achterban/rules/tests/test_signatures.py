"""A name below a text comes by signing, and is typed nowhere as if it did."""

from __future__ import annotations

import pytest

from achterban.rules.signatures import typed_signatures

PARTNER, OTHER, OWN = "Stichting Overkant", "Bond Zandbank", "Vereniging Wij"


def typed(closing: str = "", *rest: str, own: str = OWN) -> list[str]:
    return typed_signatures([PARTNER, OTHER], own=own, closing=closing, rest=rest)


@pytest.mark.parametrize(
    "closing",
    [
        "Stichting Overkant",
        "Met groet,\nSTICHTING\nOVERKANT",
        "Met groet, **Stichting  Overkant**",
        "Vereniging Wij en stichting overkant.",
    ],
)
def test_below_the_text_the_name_is_enough(closing: str) -> None:
    assert typed(closing) == [PARTNER]


@pytest.mark.parametrize(
    "words",
    [
        "Namens Stichting Overkant",
        "Dit schrijven wij mede namens\nstichting overkant.",
        "Ook namens **Stichting Overkant** vragen wij u",
        "Namens Vereniging Wij en Stichting Overkant",
        "namens ons, Vereniging Wij en onze partner Stichting Overkant",
    ],
)
def test_elsewhere_it_is_typed_as_speaking_for_them(words: str) -> None:
    assert typed("", "iets anders", words) == [PARTNER]


def test_a_row_of_names_is_all_of_them() -> None:
    assert typed("", "Mede namens Stichting Overkant, Bond Zandbank") == [
        PARTNER,
        OTHER,
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Aan het bestuur van Stichting Overkant",
        "Stichting Overkant onderzocht dit.",
        "Namens onze leden schrijven wij aan Stichting Overkant",
        "Namens Stichting Overkanten",
        "Namens Vereniging Wij",
    ],
)
def test_who_is_written_to_or_spoken_of_does_not_sign(words: str) -> None:
    assert typed("", words) == []


def test_another_name_that_begins_alike_is_another() -> None:
    assert typed("Stichting Overkantelingen") == []


@pytest.mark.parametrize(
    "own", ["Stichting Overkant Noord", "Noord Stichting Overkant"]
)
def test_ones_own_name_may_hold_that_of_a_partner(own: str) -> None:
    assert typed(own.upper(), f"Namens {own}", own=own) == []
    assert typed(f"{own}\nen Stichting Overkant", own=own) == [PARTNER]
    assert typed("", f"Namens {own} en Stichting Overkant", own=own) == [PARTNER]


def test_the_name_of_a_partner_may_hold_ones_own() -> None:
    assert typed("Stichting Overkant", own="Overkant") == [PARTNER]
    assert typed("Overkant", own="Overkant") == []


def test_who_has_no_name_signs_nothing() -> None:
    assert typed_signatures([" "], own="", closing="Wij", rest=["namens "]) == []
