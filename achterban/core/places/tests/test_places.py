"""Municipalities and postcodes: all of them, found by tired hands too."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from achterban.core.places.actions import load_places
from achterban.core.places.models import Municipality, Postcode, searchable

SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[5] / "shared"))
TABLES = SHARED / "data" / "municipalities"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _places(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load the places once for all tests here."""
    with django_db_blocker.unblock():
        load_places()


def found(typed: str) -> list[str]:
    return [place.name for place in Municipality.objects.all().matching(typed)]


@pytest.mark.slow
def test_the_whole_country_is_there() -> None:
    places = list(Municipality.objects.all())
    assert len(places) == 342
    assert len({place.province for place in places}) == 12
    assert len({place.name for place in places}) == 342
    assert all(place.code[:2] == "GM" and len(place.code) == 6 for place in places)


def test_every_postcode_lies_in_a_municipality_and_each_has_one() -> None:
    postcodes = dict(Postcode.objects.values_list("digits", "municipality_id"))
    codes = set(Municipality.objects.values_list("code", flat=True))
    assert len(postcodes) > 4000
    assert set(postcodes.values()) <= codes
    assert codes - set(postcodes.values()) == set()
    assert all(digits.isdecimal() and len(digits) == 4 for digits in postcodes)


@pytest.mark.slow
def test_loading_twice_changes_nothing() -> None:
    before = (
        list(Municipality.objects.values_list()),
        set(Postcode.objects.values_list()),
    )
    assert load_places() == 342
    assert before == (
        list(Municipality.objects.values_list()),
        set(Postcode.objects.values_list()),
    )


@pytest.mark.slow
def test_loading_brings_a_place_up_to_date_and_removes_none() -> None:
    Municipality.objects.filter(code="GM0014").update(name="Stad", search="stad")
    Municipality.objects.create(
        code="GM9999", name="Vroeger", province="Groningen", search="vroeger"
    )
    load_places()
    assert Municipality.objects.get(code="GM0014").name == "Groningen"
    assert found("stad") != ["Stad"]
    assert found("vroeger") == ["Vroeger"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sudwest", "Súdwest-Fryslân"),
        ("SÚDWEST FRYSLAN", "Súdwest-Fryslân"),
        ("'s-hertogenbosch", "'s-Hertogenbosch"),
        ("s hertogenbosch", "'s-Hertogenbosch"),
        ("’s-Hertogenbosch", "'s-Hertogenbosch"),
        ("den bosch", "'s-Hertogenbosch"),
        ("den haag", "Den Haag"),
        ("gravenhage", "Den Haag"),
        ("friese meren", "De Fryske Marren"),
        ("Utrecht", "Utrecht"),
        (" bergen op zoom ", "Bergen op Zoom"),
        ("1012", "Amsterdam"),
        ("1012 ab", "Amsterdam"),
        ("8601AA", "Súdwest-Fryslân"),
        ("8601 AA 12", "Súdwest-Fryslân"),
    ],
)
def test_a_place_is_found_however_it_is_typed(typed: str, name: str) -> None:
    assert name in found(typed)


def test_a_full_name_finds_few() -> None:
    assert found("1012 AB") == ["Amsterdam"]
    assert len(found("'s-hertogenbosch")) == 1


@pytest.mark.parametrize(
    "typed", ["0000", "nergenshuizen", "%", "_", "", "' OR 1=1 --"]
)
def test_nonsense_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_the_search_column_has_letters_and_digits_only() -> None:
    for place in Municipality.objects.all():
        assert place.search.isalnum()
        assert place.search.startswith(searchable(place.name))


def shared_rows(name: str) -> list[dict[str, str]]:
    if not TABLES.exists():
        pytest.skip(f"no reference data in {TABLES} (ACHTERBAN_SHARED)")
    with (TABLES / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_our_municipalities_are_those_of_the_register() -> None:
    register = {
        row["code"]: (row["voorkeursnaam"] or row["naam"], row["provincie"])
        for row in shared_rows("gemeenten_actueel.csv")
    }
    ours = {
        place.code: (place.name, place.province) for place in Municipality.objects.all()
    }
    assert ours == register


def test_our_postcodes_are_those_of_the_register() -> None:
    codes = set(Municipality.objects.values_list("code", flat=True))
    register = {
        row["postcode"]: row["gemeente_code"]
        for row in shared_rows("postcode4.csv")
        if row["gemeente_code"] in codes
    }
    assert dict(Postcode.objects.values_list("digits", "municipality_id")) == register
