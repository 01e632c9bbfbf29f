"""A passkey opens Mijn without mail, and nobody else's."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from achterban.core.accounts.tests.factories import page
from achterban.core.accounts.tests.letters import waiting
from achterban.core.mine import access
from achterban.core.mine.models import OwnAccount, Passkey
from achterban.core.mine.tests.factories import logged_in, own_account
from achterban.core.mine.tests.soft_passkey import SoftPasskey
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.models import OutboxRow

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def noor(organisation: Organisation) -> OwnAccount:
    return own_account(organisation)


def add(account: OwnAccount, passkey: SoftPasskey) -> None:
    """Make a passkey in Mijn, as the script of the page does."""
    browser = logged_in(Client(), account)
    address = page(account.organisation, "mine:add-passkey")
    body = browser.get(address).content.decode()
    found = re.search(r'id="js_data"[^>]*>(.*?)</script>', body)
    assert found
    options = json.loads(found[1])["creation_options"]
    answer = browser.post(address, {"credential": passkey.made(options)})
    assert answer.status_code == 302


def question(client: Client, organisation: Organisation) -> dict[str, Any]:
    answer = client.get(page(organisation, "mine:passkey"))
    options: dict[str, Any] = answer.json()["request_options"]
    return options


def enters(client: Client, organisation: Organisation, credential: str) -> bool:
    """Send an answer; return whether it let one in."""
    address = page(organisation, "mine:passkey")
    client.post(address, {"credential": credential})
    return client.get(page(organisation, "mine:account")).status_code == 200


def test_a_passkey_is_made_and_logs_in_without_mail(
    client: Client, organisation: Organisation, noor: OwnAccount
) -> None:
    phone = SoftPasskey()
    add(noor, phone)

    assert enters(client, organisation, phone.shown(question(client, organisation)))

    body = client.get(page(organisation, "mine:account")).content.decode()
    assert "noor@voorbeeld.test" in body
    assert "Passkey van" in body


def test_whoever_has_the_account_hears_that_a_passkey_was_added(
    noor: OwnAccount,
) -> None:
    add(noor, SoftPasskey())
    (letter,) = waiting()
    assert letter.to == "noor@voorbeeld.test"
    assert "wat u niet kent" in letter.body
    kinds = [row.payload.get("kind") for row in OutboxRow.objects.all()]
    assert kinds.count("mine.passkey.added") == 1


@pytest.mark.slow
def test_an_answer_works_once_and_in_the_browser_that_was_asked(
    organisation: Organisation, noor: OwnAccount
) -> None:
    phone, first, other = SoftPasskey(), Client(), Client()
    add(noor, phone)
    answer = phone.shown(question(first, organisation))
    question(other, organisation)

    assert not enters(other, organisation, answer)
    assert not enters(Client(), organisation, answer)
    assert enters(first, organisation, answer)
    first.post(page(organisation, "mine:leave"))
    assert not enters(first, organisation, answer)


def test_a_question_that_was_answered_wrong_is_not_asked_again(
    client: Client, organisation: Organisation, noor: OwnAccount
) -> None:
    phone = SoftPasskey()
    add(noor, phone)
    asked = question(client, organisation)
    assert not enters(client, organisation, SoftPasskey().shown(asked))
    assert not enters(client, organisation, phone.shown(asked))


def test_the_session_of_before_is_not_the_one_after(
    client: Client, organisation: Organisation, noor: OwnAccount
) -> None:
    phone = SoftPasskey()
    add(noor, phone)
    options = question(client, organisation)
    planted = client.cookies[access.COOKIE].value
    assert enters(client, organisation, phone.shown(options))
    assert client.cookies[access.COOKIE].value != planted


@pytest.mark.wide
def test_a_stranger_a_copy_and_a_device_that_knows_nobody_stay_outside(
    client: Client, organisation: Organisation, noor: OwnAccount
) -> None:
    phone, copy = SoftPasskey(), SoftPasskey()
    add(noor, phone)
    copy.id = phone.id  # the name without the key
    for answer in (SoftPasskey(), copy):
        asked = question(client, organisation)
        assert not enters(client, organisation, answer.shown(asked))
    asked = question(client, organisation)
    assert not enters(client, organisation, phone.shown(asked, is_known=False))


def test_it_opens_nothing_at_another_organisation(noor: OwnAccount) -> None:
    phone, there, client = SoftPasskey(), OrganisationFactory.create(), Client()
    add(noor, phone)
    assert not enters(client, there, phone.shown(question(client, there)))


@pytest.mark.wide
@pytest.mark.parametrize("rubbish", ["", "{}", "[]", "null", '{"rawId": 5}', "\0", "é"])
def test_rubbish_is_refused_kindly(
    client: Client, organisation: Organisation, noor: OwnAccount, rubbish: str
) -> None:
    question(client, organisation)
    fields = {"credential": rubbish}
    answer = client.post(page(organisation, "mine:passkey"), fields)
    assert "De passkey werkte niet" in answer.content.decode()
    browser = logged_in(Client(), noor)
    browser.get(page(organisation, "mine:add-passkey"))
    answer = browser.post(page(organisation, "mine:add-passkey"), fields)
    assert "De passkey werkte niet" in answer.content.decode()
    assert not Passkey.objects.exists()


@pytest.mark.slow
def test_one_takes_away_ones_own_passkey_only(
    organisation: Organisation, noor: OwnAccount
) -> None:
    bas = own_account(organisation, "bas@voorbeeld.test")
    add(noor, SoftPasskey())
    add(bas, SoftPasskey())
    browser = logged_in(Client(), noor)
    address = page(organisation, "mine:remove-passkey")

    for asked in (bas.passkeys.get().pk, "x", "9" * 30, 5):
        browser.post(address, {"passkey": asked})
    assert Passkey.objects.count() == 2
    own = noor.passkeys.get().pk
    for _ in range(2):
        browser.post(address, {"passkey": own})

    assert Passkey.objects.get().account == bas
    kinds = [row.payload.get("kind") for row in OutboxRow.objects.all()]
    assert kinds.count("mine.passkey.removed") == 1


def test_the_database_does_not_show_what_recognises_a_device(
    noor: OwnAccount,
) -> None:
    phone = SoftPasskey()
    add(noor, phone)
    (row,) = Passkey.objects.values()
    stored = bytes(row["found_by"]) + bytes(row["sealed"])
    assert phone.id not in stored
    assert phone.id.hex().encode() not in stored
