"""Days as people write them, and what a heading says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.tables import (
    NotADay,
    Target,
    guess_columns,
    heading_key,
    read_day,
)

T = Target


@pytest.mark.parametrize(
    "typed",
    [
        "2-3-2024",
        "02/03/2024",
        "2.3.24",
        "2024-03-02",
        "2024-03-02 14:05:00",
        "2024-03-02T14:05:00Z",
        "2/3/2024, 14:05",
        "2 maart 2024",
        "zaterdag 2 mrt 2024",
        "2-mrt-24",
        " 2  March 2024 ",
    ],
)
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert read_day(typed) == date(2024, 3, 2)


@pytest.mark.parametrize(
    "typed",
    ["", "gisteren", "31-2-2024", "2-13-2024", "12-2024", "2 foo 2024", "1-1-1"],
)
def test_what_names_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADay):
        read_day(typed)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day}-{day.month}-{day.year}") == day


@pytest.mark.parametrize(
    ("headings", "targets"),
    [
        ("kenmerk kanaal rol tekst", [T.NOTHING, T.NOTHING, T.ROLE, T.WORDS]),
        (
            "Datum-ontvangst Voornaam Achternaam E-mailadres Wat-is-uw-ervaring",
            [T.DAY, T.NAME, T.NAME, T.MAIL, T.WORDS],
        ),
        (
            "Gemeente Postcode Telefoonnummer Diagnose Toestemming-citeren Verhaal",
            [T.PLACE, T.NOTHING, T.PHONE, T.CONDITION, T.QUOTE, T.WORDS],
        ),
        ("Onderwerp Toelichting", [T.WORDS, T.WORDS]),
    ],
)
def test_headings_say_what_a_column_holds(headings: str, targets: list[Target]) -> None:
    assert guess_columns(headings.split()) == targets


def test_without_a_heading_for_words_the_longest_column_has_them() -> None:
    samples = [["1", "Een heel verhaal over wachten", "x"]]

    assert guess_columns(["nr", "A", "B"], samples) == [T.NOTHING, T.WORDS, T.NOTHING]


def test_headings_are_known_again_in_any_order() -> None:
    assert heading_key(["Datum", "Tekst"]) == heading_key(["tekst ", "DATUM"])
    assert heading_key(["Datum", "Tekst"]) != heading_key(["Datum", "Teksten"])
