"""The look of an organisation: a colour that can be read everywhere, and a logo."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import set_script_prefix
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from achterban.core import web
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.actions import (
    NotReadable,
    change_colour,
    change_logo,
)
from achterban.core.organisations.look import DARK, LIGHT, OWN_COLOUR, stylesheet
from achterban.core.organisations.models import Logo, Organisation
from achterban.core.organisations.tests.factories import PICTURE, OrganisationFactory
from achterban.rules.contrast import LEAST_FOR_TEXT, least_contrast

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
DRAAD = Path(web.__file__).parent / "static" / "web" / "draad.css"


def grounds(sheet: str, selector: str) -> tuple[str, str]:
    """Return the paper and the tint that a sheet gives to some pages."""
    rules = sheet.partition(f"\n{selector} {{")[2].partition("}")[0]
    paper = re.search(r"--paper: (#\w+)", rules)
    tint = re.search(r"--tint: (#\w+)", rules)
    assert paper is not None
    assert tint is not None
    return paper[1], tint[1]


def test_the_grounds_are_those_of_the_pages() -> None:
    sheet = DRAAD.read_text(encoding="utf-8")
    assert grounds(sheet, ":root, [data-theme]") == LIGHT
    assert grounds(sheet, '[data-theme="dark"]') == DARK
    assert f"--accent: {OWN_COLOUR};" in sheet


@pytest.mark.parametrize(
    "selector", ['[data-calm="1"]', '[data-calm="1"][data-theme="light"]']
)
def test_quiet_pages_keep_a_colour_that_can_be_read(selector: str) -> None:
    sheet = DRAAD.read_text(encoding="utf-8")
    rules = sheet.partition(f"\n{selector} {{")[2].partition("}")[0]
    accent = re.search(r"--accent: (#\w+)", rules)
    assert accent is not None
    assert least_contrast(accent[1], grounds(sheet, selector)) >= LEAST_FOR_TEXT


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
@pytest.mark.slow
def test_whatever_the_colour_each_page_can_be_read(colour: str) -> None:
    light, dark_by_device, dark = re.findall(r"--accent:(#\w{6})", stylesheet(colour))
    assert least_contrast(light, LIGHT) >= LEAST_FOR_TEXT
    assert least_contrast(dark, DARK) >= LEAST_FOR_TEXT
    assert dark == dark_by_device
    assert stylesheet(colour).count(":not([data-calm])") == 3


@pytest.mark.django_db
def test_a_faint_colour_is_refused_with_the_nearest_that_passes() -> None:
    organisation = OrganisationFactory.create()
    with pytest.raises(NotReadable) as caught:
        change_colour(organisation, "#f2b705", by=1, at=NOW)
    assert caught.value.nearest == "#806103"
    assert caught.value.contrast == pytest.approx(1.42, abs=0.01)
    assert Organisation.objects.get().colour == ""
    assert not AuditEvent.objects.exists()

    change_colour(organisation, caught.value.nearest, by=1, at=NOW)
    assert Organisation.objects.get().colour == "#806103"
    assert AuditEvent.objects.get().facts["fields"] == ["colour"]


@pytest.mark.django_db
def test_our_own_colour_is_no_colour_of_theirs() -> None:
    organisation = OrganisationFactory.create(colour="#005ea5")
    change_colour(organisation, OWN_COLOUR, by=1, at=NOW)
    assert Organisation.objects.get().colour == ""


@pytest.mark.django_db
def test_a_new_logo_takes_the_place_of_the_old_one(client: Client) -> None:
    organisation = OrganisationFactory.create()
    change_logo(organisation, PICTURE, by=1, at=NOW)
    assert (organisation.logo_width, organisation.logo_height) == (3, 1)
    before = organisation.logo_address
    assert client.get(before).content == PICTURE
    assert client.get(before)["Content-Type"] == "image/png"

    change_logo(organisation, PICTURE + b"!", by=1, at=NOW)

    assert organisation.logo_address != before
    assert client.get(before).status_code == 404
    assert client.get(organisation.logo_address).content == PICTURE + b"!"

    change_logo(organisation, b"", by=1, at=NOW)
    assert (organisation.logo, organisation.logo_width) == ("", 0)
    assert not Logo.objects.exists()


@pytest.mark.django_db
def test_two_organisations_may_have_the_same_logo(client: Client) -> None:
    for _ in range(2):
        organisation = OrganisationFactory.create()
        change_logo(organisation, PICTURE, by=1, at=NOW)
    assert client.get(organisation.logo_address).content == PICTURE


@pytest.mark.django_db
def test_the_logo_of_the_example_is_shown_in_a_demonstration_only(
    client: Client, settings: Settings
) -> None:
    organisation = OrganisationFactory.create(is_example=True)
    change_logo(organisation, PICTURE, by=1, at=NOW)
    assert client.get(organisation.logo_address).status_code == 404
    settings.DEMO = True
    assert client.get(organisation.logo_address).status_code == 200


@pytest.mark.django_db
def test_what_a_browser_keeps_names_no_organisation() -> None:
    organisation = OrganisationFactory.create(colour="#005ea5")
    change_logo(organisation, PICTURE, by=1, at=NOW)
    set_script_prefix(f"/o/{organisation.slug}/")
    assert organisation.colour_address == "/kleur/005ea5.css"
    assert organisation.logo_address == f"/logo/{organisation.logo}.png"


@pytest.mark.django_db
@pytest.mark.parametrize("colour", ["00", "005EA5", "zzzzzz", "005ea5ff"])
def test_what_is_no_colour_is_no_address(client: Client, colour: str) -> None:
    assert client.get(f"/kleur/{colour}.css").status_code == 404
