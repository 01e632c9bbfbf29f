"""Accounts of Mijn for tests, and a browser that is logged in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.test import Client
from django.utils import timezone

from achterban.core.accounts.sessions import SessionStore
from achterban.core.mine import access, actions
from achterban.core.mine.models import OwnAccount
from achterban.core.organisations.models import Organisation

TODAY = date(2026, 3, 2)


def own_account(
    organisation: Organisation, email: str = "noor@voorbeeld.test", *, on: date = TODAY
) -> OwnAccount:
    """Return the account of an address."""
    return actions.come_in(
        organisation, email, wording="Wij bewaren uw adres.", language="nl", on=on
    )


def logged_in(
    client: Client, account: OwnAccount, *, until: datetime | None = None
) -> Client:
    """Log somebody in to Mijn."""
    session = SessionStore()
    session[access.ACCOUNT] = account.pk
    session.set_expiry(until or timezone.now() + timedelta(days=2))
    session.save()
    client.cookies[access.COOKIE] = session.session_key or ""
    return client
