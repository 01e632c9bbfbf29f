"""The way in to Mijn: a link for who asked, in the browser that asked, once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from achterban.core.accounts.models import Role
from achterban.core.accounts.sessions import SessionStore
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.accounts.tests.letters import waiting
from achterban.core.clock import now
from achterban.core.consent.models import Consent
from achterban.core.mine import access, actions
from achterban.core.mine.models import OwnAccount, OwnAccountQuerySet
from achterban.core.mine.tests.factories import logged_in, own_account
from achterban.core.organisations.mail import Letter, send_letter
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.models import OutboxRow

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

NOOR = "noor@voorbeeld.test"


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


def ask(client: Client, organisation: Organisation, email: str = NOOR) -> Letter:
    """Ask for a link; return the letter that is new."""
    before = waiting()
    answer = client.post(page(organisation, "mine:enter"), {"email": email})
    assert "Kijk in uw mail" in answer.content.decode()
    (letter,) = [letter for letter in waiting() if letter not in before]
    return letter


def link_in(letter: Letter, organisation: Organisation) -> str:
    """Return the path of the link, as this organisation has it."""
    found = re.search(r"/mijn/binnen/\S+/", letter.body)
    assert found
    return f"/o/{organisation.slug}{found[0]}"


def code_in(letter: Letter) -> str:
    found = re.search(r"^(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}$", letter.body, re.MULTILINE)
    assert found
    return found[0]


def is_in(client: Client, organisation: Organisation) -> bool:
    return client.get(page(organisation, "mine:account")).status_code == 200


def press(client: Client, organisation: Organisation, code: str) -> bool:
    """Press the button, or type the code; return whether one is in."""
    client.post(page(organisation, "mine:come-in"), {"code": code})
    return is_in(client, organisation)


def test_a_link_logs_in_by_a_press_on_the_button_and_makes_the_account(
    client: Client, organisation: Organisation
) -> None:
    letter = ask(client, organisation, " Noor@Voorbeeld.test ")
    assert letter.to == NOOR

    answer = client.get(link_in(letter, organisation))
    assert "Welkom bij Mijn" in answer.content.decode()
    assert not OwnAccount.objects.exists()  # looking makes nothing
    assert press(client, organisation, code_in(letter))

    account = OwnAccount.objects.get()
    assert account.open_address() == NOOR
    assert NOOR in client.get(page(organisation, "mine:account")).content.decode()
    assert own_account(organisation) == account
    (consent,) = Consent.objects.select_related("text")
    assert consent.key_id == account.pk
    assert consent.text.purpose == "account"
    assert "Wij bewaren uw adres versleuteld" in consent.text.wording


def test_a_forwarded_or_prefetched_link_lets_nobody_in(
    client: Client, organisation: Organisation
) -> None:
    letter = ask(client, organisation)
    for other in (Client(), logged_in(Client(), own_account(organisation, "b@x.test"))):
        for method in (other.get, other.head):
            assert method(link_in(letter, organisation)).status_code == 404
        code = {"code": code_in(letter)}
        body = other.post(page(organisation, "mine:come-in"), code).content.decode()
        assert "werkt hier niet" in body
    thief = Client()
    ask(thief, organisation, "thief@voorbeeld.test")
    assert not press(thief, organisation, code_in(letter))
    assert press(client, organisation, code_in(letter))


def test_a_link_works_once(client: Client, organisation: Organisation) -> None:
    letter = ask(client, organisation)
    assert press(client, organisation, code_in(letter))
    client.post(page(organisation, "mine:leave"))
    assert not press(client, organisation, code_in(letter))
    assert client.get(link_in(letter, organisation)).status_code == 404


def test_a_link_works_for_half_an_hour_and_is_not_mailed_later(
    client: Client,
    organisation: Organisation,
    travel: Callable[..., None],
    mailoutbox: list[object],
) -> None:
    letter = ask(client, organisation)
    row = OutboxRow.objects.get(kind="mail.send")
    travel(minutes=29)
    assert client.get(link_in(letter, organisation)).status_code == 200
    send_letter(row.payload, row.pk)
    travel(minutes=2)
    send_letter(row.payload, row.pk)
    assert len(mailoutbox) == 1
    assert client.get(link_in(letter, organisation)).status_code == 404
    assert not press(client, organisation, code_in(letter))


@pytest.mark.slow
def test_a_new_link_makes_the_one_before_worthless(
    client: Client, organisation: Organisation
) -> None:
    first, second = ask(client, organisation), ask(client, organisation)
    codes = {code_in(letter) for letter in waiting()}
    assert len(codes) == 2
    right = [code for code in codes if press(Client(), organisation, code)]
    assert right == []
    assert [press(client, organisation, code_in(x)) for x in (first, second)] == [
        False,
        True,
    ]


@pytest.mark.parametrize("token", ["onzin", "WzEsIjIiXQ:x"])
def test_an_address_that_we_did_not_make_opens_nothing(
    client: Client, organisation: Organisation, token: str
) -> None:
    address = page(organisation, "mine:link", token)
    assert client.get(address).status_code == 404


def test_the_link_names_the_installation_and_leads_to_the_organisation(
    client: Client, organisation: Organisation
) -> None:
    letter = ask(client, organisation)
    assert organisation.slug not in letter.body
    assert organisation.name not in letter.subject + letter.body
    bare = link_in(letter, organisation).removeprefix(f"/o/{organisation.slug}")
    answer = client.get(bare)
    assert answer.status_code == 302
    assert f"/o/{organisation.slug}/mijn/binnen/" in answer["Location"]
    gone = actions.link_of(Organisation(pk=0), "0" * 16)
    assert client.get(gone.partition("localhost")[2]).status_code == 404


def test_known_and_unknown_addresses_get_the_same_from_the_same_work(
    organisation: Organisation,
) -> None:
    own_account(organisation)
    answers, queries = [], []
    for email in (NOOR, "nooit@voorbeeld.test"):
        ask(Client(), organisation)  # what is read once, is read
        with CaptureQueriesContext(connection) as seen:
            answer = Client().post(page(organisation, "mine:enter"), {"email": email})
        queries.append([re.sub(r"'[^']*'|\d+", "", q["sql"])[:40] for q in seen])
        body = answer.content.decode()
        answers.append(re.sub(r'value="[^"]*"', "", body).replace(email, ""))
    assert answers[0] == answers[1]
    assert queries[0] == queries[1]
    assert not any("mine_ownaccount" in sql for sql in queries[0])


def test_a_session_from_before_is_not_the_one_after(
    client: Client, organisation: Organisation
) -> None:
    letter = ask(client, organisation)
    planted = client.cookies[access.COOKIE].value
    assert press(client, organisation, code_in(letter))

    assert client.cookies[access.COOKIE].value != planted
    thief = Client()
    thief.cookies[access.COOKIE] = planted
    assert not is_in(thief, organisation)


def test_the_database_holds_no_address_code_or_key(
    client: Client, organisation: Organisation
) -> None:
    letter = ask(client, organisation)
    key = client.cookies[access.COOKIE].value
    rows = str([*Session.objects.values(), *OutboxRow.objects.values()])
    for secret in (NOOR, code_in(letter), code_in(letter).replace(" ", ""), key):
        assert secret not in rows


def test_another_site_can_log_nobody_in_or_out(organisation: Organisation) -> None:
    strict = Client(enforce_csrf_checks=True)
    logged_in(strict, own_account(organisation))
    for name in ("mine:leave", "mine:come-in", "mine:enter", "reports:own-erase"):
        assert strict.post(page(organisation, name), {"act": "all"}).status_code == 403
    assert is_in(strict, organisation)


def test_the_cookie_is_locked_and_goes_when_one_logs_out(
    client: Client, organisation: Organisation
) -> None:
    letter = ask(client, organisation)
    press(client, organisation, code_in(letter))
    cookie = client.cookies[access.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # for as long as the browser is open

    answer = client.post(page(organisation, "mine:leave"))

    assert '"storage"' in answer["Clear-Site-Data"]
    assert "Mijn account" not in answer.content.decode()
    assert client.cookies[access.COOKIE].value == ""
    assert not Session.objects.exists()


def test_a_day_of_rest_is_no_reason_to_log_in_again_and_the_minute_is_not_kept(
    client: Client, organisation: Organisation, travel: Callable[..., None]
) -> None:
    letter = ask(client, organisation)
    press(client, organisation, code_in(letter))
    session = SessionStore(client.cookies[access.COOKIE].value)
    ends = session.get_expiry_date().astimezone()
    assert (ends - now()).total_seconds() > 20 * 3600
    assert (ends.minute, ends.second) == (0, 0)

    travel(days=1)
    is_in(client, organisation)
    later = SessionStore(client.cookies[access.COOKIE].value)
    assert (later.get_expiry_date() - ends).days == 1


def test_words_sent_after_the_session_had_ended_wait_for_the_log_in(
    client: Client, organisation: Organisation
) -> None:
    address = page(organisation, "reports:own-say-more", 5)
    answer = client.post(address, {"text": "Net getypt."})
    assert answer["Location"] == page(organisation, "mine:enter")
    letter = ask(client, organisation)

    code = {"code": code_in(letter)}
    answer = client.post(page(organisation, "mine:come-in"), code)

    assert answer["Location"] == address
    request = answer.wsgi_request
    assert access.unsent(request, "/elders/") == ""
    assert access.unsent(request, address) == "Net getypt."
    assert access.unsent(request, address) == ""


def test_staff_and_mijn_never_meet(client: Client, organisation: Organisation) -> None:
    coordinator = member(organisation, Role.COORDINATOR, email=NOOR)
    login(client, coordinator)
    assert not is_in(client, organisation)
    account = own_account(organisation)
    patient = logged_in(Client(), account)
    assert patient.get(page(organisation, "work")).status_code == 302
    # The key of one session in the cookie of the other opens nothing.
    patient.cookies["werk"] = patient.cookies[access.COOKIE].value
    assert patient.get(page(organisation, "team")).status_code == 302
    client.cookies[access.COOKIE] = client.cookies["werk"].value
    assert not is_in(client, organisation)


@pytest.mark.wide
def test_who_asks_for_letters_all_day_is_slowed(organisation: Organisation) -> None:
    address = page(organisation, "mine:enter")
    emails = [f"noor{n}@voorbeeld.test" for n in range(22)]
    statuses = [Client().post(address, {"email": one}).status_code for one in emails]
    assert statuses[:20] == [200] * 20
    assert statuses[-1] == 429
    assert Client().get(page(organisation, "mine:passkey")).status_code == 429
    onion = Client(headers={"host": "a" * 56 + ".onion"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.ALLOWED_HOSTS", ["*"])
        assert onion.post(address, {"email": NOOR}).status_code == 200


@pytest.mark.wide
def test_a_crowd_cannot_fill_one_mailbox(organisation: Organisation) -> None:
    address = page(organisation, "mine:enter")
    for n in range(11):
        access.strangers._buckets.clear()  # another peer each time
        answer = Client().post(address, {"email": NOOR})
        assert answer.status_code == (200 if n < 10 else 429)
    assert Client().post(address, {"email": "an@voorbeeld.test"}).status_code == 200


@pytest.mark.wide
def test_a_stranger_cannot_fill_the_disk(organisation: Organisation) -> None:
    address = page(organisation, "reports:own-add")
    for _ in range(25):
        Client().post(address, {"text": "x" * 300_000})
    sealed = [row.session_data for row in Session.objects.all()]
    assert len(sealed) == 20
    assert max(map(len, sealed)) < 1.5 * access.MOST_UNSENT


@pytest.mark.wide
def test_a_code_is_tried_however_many_others_were_wrong(
    client: Client, organisation: Organisation
) -> None:
    letter = ask(client, organisation)
    code = page(organisation, "mine:come-in")
    for _ in range(30):
        assert Client().post(code, {"code": "x"}).status_code == 200
    client.post(code, {"code": code_in(letter)})
    assert is_in(client, organisation)


def test_what_is_no_address_is_asked_again(
    client: Client, organisation: Organisation
) -> None:
    address = page(organisation, "mine:enter")
    body = client.post(address, {"email": "noor"}).content.decode()
    assert "geen heel mailadres" in body
    assert 'value="noor"' in body
    answer = client.post(address, {"email": "noor", "preference": "calm:1"})
    assert "geen heel mailadres" not in answer.content.decode()
    assert waiting() == []


def test_a_choice_of_display_uses_no_code_up(
    client: Client, organisation: Organisation
) -> None:
    letter = ask(client, organisation)
    data = {"code": code_in(letter), "preference": "calm:1"}
    client.post(page(organisation, "mine:come-in"), data)
    assert not is_in(client, organisation)
    assert press(client, organisation, code_in(letter))


def test_two_windows_that_come_in_at_once_make_one_account(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = own_account(organisation)
    monkeypatch.setattr(OwnAccountQuerySet, "first", lambda _: None)  # not there yet
    assert own_account(organisation, NOOR) == first
    assert OwnAccount.objects.count() == 1
