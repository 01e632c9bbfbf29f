"""Inviting, accepting, removing, and helping somebody who lost the second step."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from achterban.core.accounts import actions
from achterban.core.accounts.models import Account, Invitation, Membership, Role
from achterban.core.accounts.tests.factories import (
    AccountFactory,
    MembershipFactory,
    enrol,
    login,
    login_with_one_factor,
    member,
    page,
)
from achterban.core.accounts.tests.letters import waiting
from achterban.core.audit.models import AuditEvent
from achterban.core.clock import now
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def invited(
    organisation: Organisation, by: Account, email: str = "els@voorbeeld.test"
) -> Invitation:
    return actions.invite(
        organisation, email=email, role=Role.VOLUNTEER, by=by, at=now()
    )


def door(invitation: Invitation) -> str:
    token = actions.token_of(invitation)
    return page(invitation.organisation, "invitation", token)


def shown(address: str) -> str:
    """Return what a stranger sees, but for the address and the CSRF token."""
    body = Client().get(address).content.decode()
    return re.sub(
        r'value="\w{64}"', "", body.replace(quote(address), "").replace(address, "")
    )


def kinds() -> list[str]:
    return list(AuditEvent.objects.values_list("kind", flat=True))


@pytest.fixture
def acts(organisation: Organisation, coordinator: Account) -> list[str]:
    """Every act on the team, by its address."""
    other = MembershipFactory.create(organisation=organisation)
    invitation = invited(organisation, coordinator, "acts@voorbeeld.test")
    return [
        page(organisation, "team-invite"),
        page(organisation, "team-withdraw", invitation.pk),
        page(organisation, "team-remove", other.pk),
        page(organisation, "team-reset-factor", other.account.pk),
    ]


def snapshot() -> tuple[Any, ...]:
    return (
        sorted(Membership.objects.values_list("pk", flat=True)),
        sorted(Invitation.objects.values_list("pk", "accepted_on")),
        sorted(Account.objects.values_list("pk", "session_round")),
        AuditEvent.objects.count(),
    )


@pytest.mark.slow
def test_acts_show_a_page_first_and_change_nothing(
    client: Client, coordinator: Account, acts: list[str]
) -> None:
    login(client, coordinator)
    before = snapshot()
    for address in acts:
        response = client.get(address)
        assert response.status_code == 200
        assert response["Referrer-Policy"] == "same-origin"
    assert snapshot() == before


def test_acts_ask_for_a_fresh_sign_in(
    client: Client, coordinator: Account, acts: list[str]
) -> None:
    login(client, coordinator, minutes_ago=31)
    before = snapshot()
    for address in acts:
        for method in (client.get, client.post):
            assert "/opnieuw/" in method(address)["Location"]
    assert snapshot() == before


@pytest.mark.slow
def test_acts_are_not_there_for_others(
    organisation: Organisation, volunteer: Account, acts: list[str]
) -> None:
    outsider = member(OrganisationFactory.create(), Role.COORDINATOR)
    others = [volunteer, outsider, AccountFactory.create()]
    before = snapshot()
    for account in others:
        client = login(Client(), account)
        for address in [*acts, page(organisation, "team")]:
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404
    assert snapshot() == before


@pytest.mark.slow
def test_acts_of_one_organisation_do_not_reach_another(
    client: Client, acts: list[str]
) -> None:
    elsewhere = OrganisationFactory.create()
    login(client, member(elsewhere, Role.COORDINATOR))
    before = snapshot()
    for address in acts[1:]:
        moved = f"/o/{elsewhere.slug}/werk/" + address.partition("/werk/")[2]
        assert client.get(moved).status_code == 404
        assert client.post(moved).status_code == 404
    assert snapshot() == before


@pytest.mark.slow
def test_acts_need_a_csrf_token(coordinator: Account, acts: list[str]) -> None:
    client = login(Client(enforce_csrf_checks=True), coordinator)
    for address in acts:
        assert client.post(address).status_code == 403


def test_team_page_tells_who_has_a_second_step(
    client: Client,
    organisation: Organisation,
    coordinator: Account,
    volunteer: Account,
    django_assert_max_num_queries: Any,
) -> None:
    login(client, coordinator)
    for _n in range(5):
        MembershipFactory.create(organisation=organisation)
    invited(organisation, coordinator)
    with django_assert_max_num_queries(14):
        shown = client.get(page(organisation, "team")).content.decode()
    assert volunteer.email in shown
    assert "els@voorbeeld.test" in shown
    assert shown.count('class="tag done"') == 1
    assert shown.count('class="tag waiting"') == 6


def test_inviting_sends_the_link_and_tells_the_other_managers(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    other = member(organisation, Role.ADMINISTRATOR)
    login(client, coordinator)
    words = {"email": "Els@Voorbeeld.test", "role": "volunteer"}
    response = client.post(page(organisation, "team-invite"), words)
    assert response["Location"] == page(organisation, "team")

    letters = {letter.to: letter for letter in waiting()}
    assert set(letters) == {"els@voorbeeld.test", other.email}
    token = actions.token_of(Invitation.objects.get())
    address = f"http://{settings.CANONICAL_ADDRESS}/inloggen/uitnodiging/{token}/"
    assert address in letters["els@voorbeeld.test"].body
    for letter in letters.values():
        assert organisation.slug not in str(vars(letter))
        assert organisation.name not in str(vars(letter))
    assert kinds() == ["accounts.invitation.made"]


def test_nobody_invites_themselves_or_somebody_twice(
    client: Client, organisation: Organisation, coordinator: Account, volunteer: Account
) -> None:
    login(client, coordinator)
    invited(organisation, coordinator)
    for email in (coordinator.email.upper(), volunteer.email, "els@voorbeeld.test"):
        words = {"email": email, "role": "volunteer"}
        assert client.post(page(organisation, "team-invite"), words).status_code == 200
    assert Invitation.objects.count() == 1


def test_link_scanner_accepts_nothing(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    invitation = invited(organisation, coordinator)
    before = snapshot()
    for _n in range(3):
        assert client.get(door(invitation)).status_code == 200
        assert client.head(door(invitation)).status_code == 200
    assert snapshot() == before


def test_invitation_makes_an_account_once(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    invitation = invited(organisation, coordinator)
    response = client.post(door(invitation), {"name": "Els", "password": ""})
    assert response["Location"] == f"/o/{organisation.slug}/werk/"
    account = Account.objects.get(email="els@voorbeeld.test")
    assert [row.role for row in account.memberships.all()] == [Role.VOLUNTEER]
    assert not account.has_usable_password()
    asked = client.get(page(organisation, "mfa_index"))
    assert asked["Location"] == page(organisation, "second-factor")
    assert client.get(page(organisation, "mfa_activate_totp")).status_code == 200

    for method in (Client().get, Client().post):
        assert method(door(invitation), {"name": "Dief"}).status_code == 404
    assert Account.objects.filter(name="Dief").count() == 0


def test_password_of_an_invitation_is_checked(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    address = door(invited(organisation, coordinator))
    words = {"name": "Els", "password": "kort"}
    assert client.post(address, words).status_code == 200
    assert not Account.objects.filter(name="Els").exists()
    client.post(address, {"name": "Els", "password": "een lange zin om in te gaan"})
    assert Account.objects.get(name="Els").has_usable_password()


def test_invitation_dies_after_a_week_and_when_withdrawn(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    invitation = invited(organisation, coordinator)
    token = actions.token_of(invitation)
    late = now() + timedelta(days=8)
    with pytest.raises(actions.NotValid):
        actions.accept_invitation(token, name="Els", password=None, by=None, at=late)
    login(client, coordinator)
    client.post(page(organisation, "team-withdraw", invitation.pk))
    assert Client().get(door(invitation)).status_code == 404
    assert kinds()[-1] == "accounts.invitation.withdrawn"


@pytest.mark.parametrize("token", ["x", "W10:abc", "../../werk"])
def test_made_up_links_are_worth_nothing(
    client: Client, organisation: Organisation, token: str
) -> None:
    address = f"/o/{organisation.slug}/inloggen/uitnodiging/{token}/"
    assert client.get(address).status_code == 404


def test_invitation_goes_on_to_the_organisation(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    address = door(invited(organisation, coordinator))
    response = client.get(address.removeprefix(f"/o/{organisation.slug}"))
    assert response["Location"] == f"http://{settings.CANONICAL_ADDRESS}{address}"


def test_known_address_must_log_in_to_accept(
    organisation: Organisation, coordinator: Account
) -> None:
    known = AccountFactory.create(email="els@voorbeeld.test")
    address = door(invited(organisation, coordinator))
    unknown = door(invited(organisation, coordinator, "an@voorbeeld.test"))
    assert shown(address) == shown(unknown)

    stranger = Client().post(address, {"name": "Dief"})
    assert stranger["Location"].startswith(page(organisation, "account_login"))
    wrong = login(Client(), coordinator).post(address)
    assert wrong.status_code == 200
    assert not known.memberships.exists()

    right = login_with_one_factor(Client(), known)
    assert b'name="name"' not in right.get(address).content
    assert right.post(address)["Location"] == f"/o/{organisation.slug}/werk/"
    assert known.memberships.count() == 1


def test_removed_role_stops_at_once(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    other = MembershipFactory.create(organisation=organisation)
    MembershipFactory.create(account=other.account)  # elsewhere they go on
    elsewhere = login(Client(), other.account)
    assert elsewhere.get(page(organisation, "team")).status_code == 200
    login(client, coordinator).post(page(organisation, "team-remove", other.pk))
    assert not Membership.objects.filter(pk=other.pk).exists()
    response = elsewhere.get(page(organisation, "team"))
    assert response["Location"].startswith(page(organisation, "account_login"))
    other.account.refresh_from_db()
    assert (
        login(Client(), other.account).get(page(organisation, "team")).status_code
        == 404
    )


def test_who_has_no_role_left_is_forgotten(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    other = MembershipFactory.create(organisation=organisation)
    login(client, coordinator).post(page(organisation, "team-remove", other.pk))
    assert not Account.objects.filter(pk=other.account.pk).exists()


def test_last_manager_stays(
    client: Client, organisation: Organisation, coordinator: Account, volunteer: Account
) -> None:
    last = coordinator.memberships.get()
    response = login(client, coordinator).post(
        page(organisation, "team-remove", last.pk)
    )
    assert b"alert" in response.content
    assert Membership.objects.filter(pk=last.pk).exists()


def test_reset_is_no_back_door(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    administrator = member(organisation, Role.ADMINISTRATOR)
    lost = member(organisation, Role.COORDINATOR)
    elsewhere = login(Client(), lost)
    address = page(organisation, "team-reset-factor", lost.pk)
    response = login(client, coordinator).post(address)
    assert response["Location"] == page(organisation, "team")

    assert not Authenticator.objects.filter(user_id=lost.pk).exists()
    assert elsewhere.get(page(organisation, "team")).status_code == 302
    lost.refresh_from_db()
    again = login_with_one_factor(Client(), lost)
    for name in ("team", "mfa_index", "team-invite"):
        response = again.get(page(organisation, name))
        assert response["Location"] == page(organisation, "second-factor")
    told = sorted([lost.email, coordinator.email, administrator.email])
    assert sorted(letter.to for letter in waiting()) == told
    assert kinds()[-1] == "accounts.factor.reset"


def test_nobody_resets_their_own_second_step(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    login(client, coordinator)
    address = page(organisation, "team-reset-factor", coordinator.pk)
    assert b"alert" in client.post(address).content
    assert Authenticator.objects.filter(user_id=coordinator.pk).exists()


def first_admin(*words: str) -> str:
    out = StringIO()
    call_command("first_admin", *words, stdout=out)
    return out.getvalue()


@pytest.mark.slow
def test_first_admin_gets_one_link_for_both_roles(client: Client) -> None:
    words = ("els@voorbeeld.test", "--organisation", "Vereniging Z")
    first_admin(*words)
    link = first_admin(*words).split()[-1]
    organisation = Organisation.objects.get(slug="vereniging-z")
    path = "/inloggen" + link.partition("/inloggen")[2]
    client.post(f"/o/{organisation.slug}{path}", {"name": "Els"})
    account = Account.objects.get(email="els@voorbeeld.test")
    roles = sorted(account.memberships.values_list("role", flat=True))
    assert roles == ["administrator", "coordinator"]
    assert not waiting()
    with pytest.raises(CommandError, match="Vraag diegene"):
        first_admin(*words)


@pytest.mark.parametrize(
    "words",
    [
        ("geen adres", "--organisation", "Z"),
        ("els@voorbeeld.test",),
        ("els@voorbeeld.test", "--lost-factor"),
        ("els@voorbeeld.test", "--organisation", "!"),
        ("els@voorbeeld.test", "--organisation", "Z", "--host", "van.een.ander"),
    ],
)
@pytest.mark.slow
def test_first_admin_refuses_with_a_reason(words: tuple[str, ...]) -> None:
    OrganisationFactory.create(host="van.een.ander")
    with pytest.raises(CommandError):
        first_admin(*words)


@pytest.mark.slow
def test_lost_factor_is_reset_from_the_server(
    organisation: Organisation, coordinator: Account
) -> None:
    other = member(organisation, Role.ADMINISTRATOR)
    enrol(coordinator)
    first_admin(coordinator.email, "--lost-factor")
    assert not Authenticator.objects.exists()
    assert sorted(letter.to for letter in waiting()) == sorted(
        [coordinator.email, other.email]
    )
    assert AuditEvent.objects.get().actor == 0
