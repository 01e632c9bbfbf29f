"""What an organisation says in its own words, in Dutch and in English."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations import middleware
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.web.preferences import COOKIE
from achterban.listen.reports.tests.factories import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
WELCOME = "Fijn dat u er bent. Neem uw tijd."
THANKS = "Dank u wel. Ga nu lekker liggen."


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    middleware._remembered.clear()


def home(organisation: Organisation, language: str = "nl") -> str:
    client = Client()
    client.cookies[COOKIE] = f"language:{language}"
    return client.get(page(organisation, "home")).content.decode()


def receipt(organisation: Organisation) -> str:
    client, address = Client(), page(organisation, "reports:tell")
    found = re.search(
        r'name="token" value="([^"]+)"', client.get(address).content.decode()
    )
    assert found is not None
    data = {"token": found[1], "text": WORDS, "act": "send"}
    return client.post(address, data).content.decode()


def test_own_words_stand_on_the_first_page_and_after_sending(client: Client) -> None:
    organisation = OrganisationFactory.create()
    assert THANKS not in receipt(organisation)
    login(client, member(organisation, Role.COORDINATOR))

    data = {"welcome": "Fijn dat u er bent.\r\n Neem  uw tijd.", "thanks": THANKS}
    client.post(page(organisation, "own-words"), data)

    middleware._remembered.clear()
    assert WELCOME in home(organisation)
    assert "Ook het uwe telt" not in home(organisation)
    assert THANKS in receipt(organisation)
    facts = AuditEvent.objects.get(kind="organisations.organisation.changed").facts
    assert facts["fields"] == ["thanks", "welcome"]


def test_without_own_words_those_of_the_program_stand_there() -> None:
    assert "één zin" in home(OrganisationFactory.create())


def test_in_english_own_dutch_is_named_as_such_until_there_is_english() -> None:
    organisation = OrganisationFactory.create(welcome=WELCOME)
    body = " ".join(home(organisation, "en").split())
    assert f'in Dutch: <span lang="nl">{WELCOME}</span>' in body

    middleware._remembered.clear()
    organisation.welcome_en = "Good to see you."
    organisation.save()
    assert "Good to see you." in home(organisation, "en")
    assert WELCOME not in home(organisation, "en")
    assert WELCOME in home(organisation)


def test_english_alone_leaves_the_dutch_to_the_program() -> None:
    organisation = OrganisationFactory.create(welcome_en="Good to see you.")
    assert "één zin" in home(organisation)
    assert "Good to see you." in home(organisation, "en")


def test_plain_words_are_advice_and_no_rule(client: Client) -> None:
    organisation = OrganisationFactory.create()
    login(client, member(organisation, Role.ADMINISTRATOR))
    hard = "Indien u reageert, geschiedt dit " + "heel " * 25 + "graag."
    address = page(organisation, "own-words")
    body = client.post(address, {"welcome": hard}, follow=True).content.decode()
    assert "“indien” → " in body
    assert "hooguit 25" in body
    organisation.refresh_from_db()
    assert organisation.welcome == hard


def test_words_are_words_and_never_code(client: Client) -> None:
    organisation = OrganisationFactory.create()
    login(client, member(organisation, Role.ADMINISTRATOR))
    data = {"welcome": "<script>alert(1)</script>\0<b>hoi</b>", "thanks": "<i>dank</i>"}
    client.post(page(organisation, "own-words"), data)
    middleware._remembered.clear()
    for body in (home(organisation), receipt(organisation)):
        assert "<script>alert" not in body
        assert "<i>dank" not in body
    assert "&lt;b&gt;hoi" in home(organisation)


def test_too_many_words_are_refused_and_stay_in_the_field(client: Client) -> None:
    organisation = OrganisationFactory.create()
    login(client, member(organisation, Role.ADMINISTRATOR))
    data = {"welcome": "lang " * 61, "thanks": "ook lang " * 30}
    body = client.post(page(organisation, "own-words"), data).content.decode()
    assert body.count("errorlist") == 2
    assert "lang lang lang" in body
    organisation.refresh_from_db()
    assert organisation.welcome == organisation.thanks == ""


def test_a_volunteer_has_no_say_in_it(client: Client) -> None:
    organisation = OrganisationFactory.create()
    login(client, member(organisation, Role.VOLUNTEER))
    assert client.post(page(organisation, "own-words"), {}).status_code == 404
