"""Logging in: two factors, no hint who is known, nothing useful in the database."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import (
    SECRET,
    AccountFactory,
    enrol,
    login,
    login_with_one_factor,
    member,
    page,
)
from achterban.core.accounts.tests.letters import the_code, waiting
from achterban.core.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

OWN_PAGES = [
    "mfa_index",
    "account_change_password",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
]


def totp(secret: str = SECRET) -> str:
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return code


def ask_for_code(client: Client, organisation: Organisation, email: str) -> None:
    client.post(page(organisation, "account_request_login_code"), {"email": email})


def type_code(client: Client, organisation: Organisation, code: str) -> Any:
    address = page(organisation, "account_confirm_login_code")
    return client.post(address, {"code": code})


@pytest.mark.wide
def test_mailed_code_lets_in_as_far_as_the_second_step(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    ask_for_code(client, organisation, coordinator.email)
    response = type_code(client, organisation, the_code())
    assert response["Location"] == f"/o/{organisation.slug}/werk/"

    response = client.get(page(organisation, "team"))
    assert response["Location"] == page(organisation, "second-factor")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_enrolling_an_app_counts_as_giving_it(
    client: Client,
    organisation: Organisation,
    coordinator: Account,
) -> None:
    login_with_one_factor(client, coordinator)
    address = page(organisation, "mfa_activate_totp")
    shown = client.get(address).content.decode()
    assert "<svg" in shown
    assert "style=" not in shown
    secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", shown))

    response = client.post(address, {"code": totp(secret)})
    assert response["Location"] == page(organisation, "mfa_view_recovery_codes")
    codes = re.findall(
        r"<span>(\d{8})</span>", client.get(response["Location"]).content.decode()
    )
    assert len(codes) == 10
    assert client.get(page(organisation, "team")).status_code == 200
    assert [letter.to for letter in waiting()] == [coordinator.email]


@pytest.mark.wide
def test_recovery_codes_show_until_kept_and_then_never_again(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    login(client, coordinator)
    address = page(organisation, "mfa_view_recovery_codes")
    made = page(organisation, "mfa_generate_recovery_codes")
    client.post(made)
    session = client.session
    session["accounts.show_codes"] = (
        True  # set after the commit, of which tests see none
    )
    session.save()

    assert client.get(address).content.count(b"<span>") > 10
    assert (
        client.get(page(organisation, "mfa_download_recovery_codes")).status_code == 200
    )
    client.post(address)
    assert re.search(rb"<span>\d{8}", client.get(address).content) is None
    assert (
        client.get(page(organisation, "mfa_download_recovery_codes")).status_code == 404
    )


@pytest.mark.slow
def test_password_and_app_let_in(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    coordinator.set_password("een lange zin om in te gaan")
    coordinator.save()
    enrol(coordinator)
    response = client.post(
        page(organisation, "account_login"),
        {"login": coordinator.email, "password": "een lange zin om in te gaan"},
    )
    assert response["Location"] == page(organisation, "mfa_authenticate")
    assert client.get(response["Location"]).status_code == 200
    response = client.post(response["Location"], {"code": totp()})
    assert response["Location"] == f"/o/{organisation.slug}/werk/"
    assert client.get(page(organisation, "team")).status_code == 200


@pytest.mark.parametrize("name", [*OWN_PAGES, "team", "team-invite"])
def test_one_factor_sees_nothing_once_there_is_a_second(
    client: Client, organisation: Organisation, coordinator: Account, name: str
) -> None:
    login_with_one_factor(client, coordinator)
    enrol(coordinator)
    for method in (client.get, client.post):
        response = method(page(organisation, name))
        assert response["Location"] == page(organisation, "second-factor")
    again = client.get(page(organisation, "second-factor"))["Location"]
    assert again.startswith(page(organisation, "mfa_reauthenticate"))


@pytest.mark.slow
def test_a_session_of_one_factor_cannot_add_its_own_second(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    enrol(coordinator)
    login_with_one_factor(client, coordinator)
    client.post(page(organisation, "mfa_add_webauthn"), {"credential": "{}"})
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_giving_the_factor_again_opens_what_was_asked(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    login(client, coordinator, minutes_ago=31)
    address = page(organisation, "team-invite")
    response = client.post(
        address, {"email": "els@voorbeeld.test", "role": "volunteer"}
    )
    again = response["Location"]
    assert again.startswith(page(organisation, "mfa_reauthenticate"))
    assert client.get(again).status_code == 200

    response = client.post(again, {"code": totp()})
    assert response["Location"] == address
    assert b"els@voorbeeld.test" in client.get(address).content


@pytest.mark.parametrize("name", OWN_PAGES[1:6])
def test_old_sign_in_is_asked_again_for_what_matters(
    client: Client, organisation: Organisation, coordinator: Account, name: str
) -> None:
    login(client, coordinator, minutes_ago=31)
    for method in (client.get, client.post):
        response = method(page(organisation, name))
        assert response["Location"].startswith(page(organisation, "mfa_reauthenticate"))


def test_who_only_has_mailed_codes_logs_in_again_to_enrol(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    login_with_one_factor(client, coordinator, minutes_ago=31)
    address = page(organisation, "mfa_activate_totp")
    response = client.get(address)
    assert response["Location"].startswith(page(organisation, "account_login"))
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_ask_a_stranger_to_log_in(
    client: Client, organisation: Organisation, name: str
) -> None:
    response = client.get(page(organisation, name))
    assert response["Location"].startswith(page(organisation, "account_login"))


@pytest.mark.slow
def test_own_pages_show_with_two_factors(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    login(client, coordinator)
    for name in OWN_PAGES:
        response = client.get(page(organisation, name))
        if name == "mfa_download_recovery_codes":
            assert response.status_code == 404
        elif name == "mfa_activate_totp":
            assert response["Location"] == page(organisation, "mfa_deactivate_totp")
        else:
            assert response.status_code == 200, name
            assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("name", ["account_signup", "account_inactive"])
def test_what_is_not_ours_is_not_there(
    client: Client, organisation: Organisation, name: str
) -> None:
    assert client.get(page(organisation, name)).status_code == 404


def _without_tokens(response: Any, email: str) -> tuple[Any, ...]:
    body = re.sub(rb'value="[^"]{64}"', b"", response.content)
    headers = dict(response.headers)
    headers.pop("Expires", None)  # the moment
    cookies = sorted(response.cookies)
    return response.status_code, body.replace(email.encode(), b"-"), headers, cookies


def _ask_and_mistype(organisation: Organisation, email: str) -> tuple[Any, ...]:
    """Return everything that an outsider sees, and what the database did for it."""
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        asked = client.post(
            page(organisation, "account_request_login_code"), {"email": email}
        )
        shown = client.get(asked["Location"])
        wrong = client.post(asked["Location"], {"code": "BCDF-GHJK"})
        password = Client().post(
            page(organisation, "account_login"), {"login": email, "password": "x"}
        )
    did = [re.split(r" \(|=| FROM| \"s", row["sql"])[0][:40] for row in queries]
    seen = [_without_tokens(page_, email) for page_ in (asked, shown, wrong, password)]
    return *seen, did


@pytest.mark.slow
def test_known_and_unknown_addresses_look_the_same(
    organisation: Organisation, coordinator: Account
) -> None:
    _ask_and_mistype(organisation, "vooraf@voorbeeld.test")  # makes the key
    known = _ask_and_mistype(organisation, coordinator.email)
    as_long = "x" + coordinator.email[1:]
    unknown = _ask_and_mistype(organisation, as_long)
    assert known == unknown
    assert known[0][0] == 302
    assert any("outbox" in words for words in known[-1])
    assert sorted(letter.to for letter in waiting()) == ["", "", coordinator.email]


def test_three_wrong_codes_end_a_code(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    ask_for_code(client, organisation, coordinator.email)
    code = the_code()
    for _ in range(3):
        type_code(client, organisation, "BBBB-BBBB")
    response = type_code(client, organisation, code)
    assert response["Location"] == page(organisation, "account_request_login_code")


def test_a_code_works_once(organisation: Organisation, coordinator: Account) -> None:
    client = Client()
    ask_for_code(client, organisation, coordinator.email)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    code = the_code()
    type_code(client, organisation, code)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    response = type_code(thief, organisation, code)
    assert response["Location"] == page(organisation, "account_request_login_code")


@pytest.mark.wide
def test_a_peer_that_guesses_passwords_is_slowed(
    organisation: Organisation, coordinator: Account
) -> None:
    address = page(organisation, "account_login")
    tries = {"login": coordinator.email, "password": "x"}

    def refusal(peer: str) -> Any:
        answer = Client().post(address, tries, REMOTE_ADDR=peer)
        return answer.context["form"].errors.as_data()["__all__"][0].code

    refusals = [refusal("192.0.2.7") for _n in range(21)]
    assert refusals[0] == refusals[19] == "email_password_mismatch"
    assert refusals[20] == "too_many_login_attempts"
    assert refusal("192.0.2.8") == "email_password_mismatch"


@pytest.mark.wide
def test_guessing_a_second_factor_is_stopped(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    login(client, coordinator)
    address = page(organisation, "mfa_reauthenticate")
    for _n in range(5):
        client.post(address, {"code": "000000"})
    refused = client.post(address, {"code": totp()}).context["form"].errors.as_data()
    assert refused["code"][0].code == "too_many_login_attempts"


def test_session_key_and_content_are_not_in_the_database(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    ask_for_code(client, organisation, coordinator.email)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    (row,) = Session.objects.all()
    assert key not in row.session_key
    assert coordinator.email not in str(client.session.decode("") or row.session_data)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    assert thief.session.is_empty() or not thief.session.keys()
    assert client.session.keys()
    client.post(page(organisation, "account_logout"))


def test_logging_out_ends_the_session_in_the_database(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    login(client, coordinator)
    assert client.get(page(organisation, "account_logout")).status_code == 200
    assert client.get(page(organisation, "team")).status_code == 200
    response = client.post(page(organisation, "account_logout"))
    assert response["Location"] == f"/o/{organisation.slug}/"
    assert client.get(page(organisation, "team")).status_code == 302
    assert not Session.objects.exists()


def test_secrets_of_second_factors_are_sealed(coordinator: Account) -> None:
    enrol(coordinator)
    (row,) = Authenticator.objects.all()
    assert SECRET not in str(row.data)
    assert row.wrap().validate_code(totp())


def test_password_is_hashed_as_owasp_asks() -> None:
    hashed = make_password("een lange zin om in te gaan")
    hasher = get_hasher()
    assert identify_hasher(hashed).algorithm == "argon2"
    facts = hasher.decode(hashed)
    assert facts["variety"] == "argon2id"
    assert facts["memory_cost"] >= 19 * 1024
    assert facts["time_cost"] >= 2


def test_new_password_ends_other_sessions_and_sends_a_letter(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    elsewhere = login(Client(), coordinator)
    login(client, coordinator)
    address = page(organisation, "account_change_password")
    assert b"alert" in client.post(address, {"password": "kort"}).content
    response = client.post(address, {"password": "een lange zin om in te gaan"})
    assert response["Location"] == page(organisation, "mfa_index")
    assert client.get(page(organisation, "team")).status_code == 200
    assert elsewhere.get(page(organisation, "team")).status_code == 302
    assert [letter.to for letter in waiting()] == [coordinator.email]


def test_name_is_changed(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    login(client, coordinator).post(page(organisation, "mfa_index"), {"name": "Els"})
    coordinator.refresh_from_db()
    assert coordinator.name == "Els"


@pytest.mark.parametrize(
    "evil", ["a@b.test\nBcc: c@d.test", "a@b.test\r\n\r\nDag", "a@b.test%0ABcc:x"]
)
def test_a_header_cannot_be_slipped_in(
    client: Client, organisation: Organisation, coordinator: Account, evil: str
) -> None:
    ask_for_code(client, organisation, evil)
    login(client, coordinator)
    client.post(page(organisation, "team-invite"), {"email": evil, "role": "volunteer"})
    for letter in waiting():
        assert "\n" not in letter.to + letter.subject + letter.sender


def test_letters_name_no_organisation(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    ask_for_code(client, organisation, coordinator.email)
    (letter,) = waiting()
    assert letter.sender == "Achterban"
    for word in (organisation.name, organisation.slug, "Ziekte", "ziekte"):
        assert word not in str(vars(letter))


@pytest.mark.parametrize(
    "name", ["account_login", "account_request_login_code", "account_logout"]
)
def test_csrf_is_enforced(
    organisation: Organisation, coordinator: Account, name: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    assert (
        client.post(page(organisation, name), {"email": "a@b.test"}).status_code == 403
    )


def test_log_in_page_sets_the_csrf_cookie_only(
    client: Client, organisation: Organisation
) -> None:
    response = client.get(page(organisation, "account_login"))
    assert response.status_code == 200
    assert list(response.cookies) == [settings.CSRF_COOKIE_NAME]


def test_passkey_options_are_served(client: Client, organisation: Organisation) -> None:
    address = page(organisation, "mfa_login_webauthn")
    options = client.get(address, headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    assert client.post(address, {"credential": "{}"}).status_code == 302


def test_after_log_in_somebody_comes_to_their_own_organisation(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    login(client, coordinator)
    elsewhere = member(organisation, Role.ADVOCATE)
    assert client.get("/inloggen/")["Location"] == f"/o/{organisation.slug}/werk/"
    assert login(Client(), elsewhere).get("/inloggen/").status_code == 302
    nowhere = login(Client(), AccountFactory.create())
    assert nowhere.get("/inloggen/")["Location"] == "/"
