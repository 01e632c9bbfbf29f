"""Give somebody an address for their diary, and take it back."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.dossiers.models import Feed
from achterban.advocate.dossiers.models.meetings import TOKEN_BYTES, feed_digest
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation


@transaction.atomic
def open_feed(
    account: Account, organisation: Organisation, *, shows_parties: bool, at: datetime
) -> str:
    """Return the token of a new address; the one that was there opens nothing more.

    Args:
        account: whose diary, and who asks.
        organisation: for which work.
        shows_parties: whether the names of parties stand in it.
        at: now.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Feed.objects.of(account, organisation).delete()
    feed = Feed.objects.create(
        account=account,
        organisation=organisation,
        digest=feed_digest(token),
        shows_parties=shows_parties,
        made_on=timezone.localdate(at),
    )
    _log("opened", feed, at=at)
    return token


@transaction.atomic
def close_feed(feed: Feed, *, at: datetime) -> None:
    """Take the address back: it opens nothing from now on."""
    _log("closed", feed, at=at)
    feed.delete()


def _log(what: str, feed: Feed, *, at: datetime) -> None:
    record(
        f"dossiers.feed.{what}",
        feed,
        by=feed.account_id,
        responsible=feed.organisation_id,
        at=at,
    )
