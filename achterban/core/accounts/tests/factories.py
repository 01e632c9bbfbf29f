"""Accounts for tests, and a browser that is logged in."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.urls import reverse, set_script_prefix
from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from achterban.core.accounts.models import Account, Membership, Role
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class AccountFactory(DjangoModelFactory[Account]):
    """Somebody without a password: the hash is slow on purpose."""

    class Meta:
        model = Account

    email = Sequence("mens{}@voorbeeld.test".format)
    name = Sequence("Mens {}".format)
    password = "!"


class MembershipFactory(DjangoModelFactory[Membership]):
    """A coordinator."""

    class Meta:
        model = Membership

    account = SubFactory(AccountFactory)
    organisation = SubFactory(OrganisationFactory)
    role = Role.COORDINATOR


def member(organisation: Organisation, role: Role, **rest: Any) -> Account:
    """Return an account with a role."""
    membership = MembershipFactory.create(
        organisation=organisation, role=role, account=AccountFactory.create(**rest)
    )
    return membership.account


def enrol(account: Account) -> None:
    """Give an account an app with codes."""
    TOTP.activate(account, SECRET)


def login(client: Client, account: Account, *, minutes_ago: float = 0) -> Client:
    """Log somebody in with two factors, the last of which some minutes ago."""
    if not Authenticator.objects.filter(user_id=account.pk).exists():
        enrol(account)
    return _give_session(client, account, ["code", "mfa"], minutes_ago)


def login_with_one_factor(
    client: Client, account: Account, *, minutes_ago: float = 0
) -> Client:
    """Log somebody in with a mailed code only."""
    return _give_session(client, account, ["code"], minutes_ago)


def _give_session(
    client: Client, account: Account, methods: list[str], minutes_ago: float
) -> Client:
    """Make the session at once: ``force_login`` asks the database four times more."""
    at = time.time() - minutes_ago * 60
    session = client.session
    if SESSION_KEY in session:  # somebody else was here
        session.flush()
    session.update(
        {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: account.get_session_auth_hash(),
            AUTHENTICATION_METHODS_SESSION_KEY: [
                {"method": method, "at": at} for method in methods
            ],
            f"{AUTHENTICATION_METHODS_SESSION_KEY}_user": str(account.pk),
        }
    )
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


def page(organisation: Organisation, name: str, *args: Any) -> str:
    """Return the path of a page of an organisation."""
    set_script_prefix("/")
    return f"/o/{organisation.slug}{reverse(name, args=args)}"
