"""Where one can go: what is of every day in sight, the rest behind one word."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.wide
@pytest.mark.parametrize(
    ("name", "in_sight"), [("reports:work-list", False), ("team", True)]
)
def test_the_page_one_is_on_stands_in_sight(
    client: Client, name: str, in_sight: bool
) -> None:
    organisation = OrganisationFactory.create()
    login(client, member(organisation, Role.COORDINATOR))

    body = client.get(page(organisation, name)).content.decode()

    nav = re.search(r"<nav.*?</nav>", body, re.S)
    assert nav is not None
    sight, _, behind = nav[0].partition("<details")
    assert "Vandaag" in sight
    assert ("Team" in sight) == in_sight
    assert ("Team" in behind) != in_sight
    assert "Mijn account" in behind


def test_who_has_no_work_of_every_day_sees_all(client: Client) -> None:
    organisation = OrganisationFactory.create()
    login(client, member(organisation, Role.ADMINISTRATOR))

    body = client.get(page(organisation, "team")).content.decode()

    nav = re.search(r"<nav.*?</nav>", body, re.S)
    assert nav is not None
    assert "<details" not in nav[0]
    assert "Mijn account" in nav[0]


def test_behind_more_pages_stand_under_what_they_are_for(client: Client) -> None:
    organisation = OrganisationFactory.create()
    login(client, member(organisation, Role.COORDINATOR))

    body = client.get(page(organisation, "reports:work-list")).content.decode()

    behind = body.partition('<details class="more">')[2].partition("</details>")[0]
    order = [behind.find(word) for word in ("Signalen", "Campagnes", "Het kantoor")]
    assert -1 not in order
    assert order == sorted(order)
