"""Ask for a link, come in, leave for good."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.timezone import localdate

from achterban.core.audit.actions import anonymous_act
from achterban.core.consent.actions import ready_consent
from achterban.core.consent.models import Audience, Purpose
from achterban.core.database.rows import insert, ready
from achterban.core.mine.models import OwnAccount, Passkey
from achterban.core.organisations.mail import address_of, queue_letters, write_letter
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, emit
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey
from achterban.rules.receipts import in_groups, make_code

LINK_MINUTES = 30
CODE_BITS = 75
SALT = "mine.link"


class NotOurLink(Exception):
    """The address was not made here."""


def fresh_code() -> str:
    """Return a log-in code that nobody can guess: it is typed only where links fail."""
    return make_code(secrets.randbits(CODE_BITS))


@transaction.atomic
def mail_link(
    organisation: Organisation, email: str, code: str, *, at: datetime
) -> str:
    """Queue the letter with a link and its code; return until when it works (ISO 8601).

    Whether the address has an account is not looked at: the first log-in makes one.

    Args:
        organisation: whose Mijn.
        email: where to.
        code: what lets in, together with the cookie of the browser that asked.
        at: now; it works for half an hour.
    """
    until = (at + timedelta(minutes=LINK_MINUTES)).isoformat()
    context = {"link": link_of(organisation, code), "code": in_groups(code)}
    letter = write_letter(email, "mine/mail/link.txt", context, organisation)
    queue_letters(replace(letter, until=until), on=localdate(at))
    return until


def link_of(organisation: Organisation, code: str) -> str:
    """Return the address in the letter; it names the installation only (ADR 16)."""
    return address_of(
        "mine:link", None, Signer(salt=SALT).sign_object([organisation.pk, code])
    )


def read_link(token: str) -> tuple[int, str]:
    """Return the key of the organisation and the code that a link speaks of.

    Raises:
        NotOurLink: it was not made here.
    """
    try:
        organisation_id, code = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError) as error:
        raise NotOurLink from error
    return int(organisation_id), str(code)


@transaction.atomic
def come_in(
    organisation: Organisation, email: str, *, wording: str, language: str, on: date
) -> OwnAccount:
    """Return the account of an address that was just proven; the first time, make it.

    Args:
        organisation: whose Mijn.
        email: in the spelling of ``clean_address``.
        wording: what stood on the page where the address was left.
        language: of those words.
        on: today.

    Source: AVG art. 7(1): the yes is kept with its words, and goes with the account.
    """
    known = OwnAccount.objects.behind_address(email, organisation)
    if found := known.first():
        return found
    key = DataKey.fresh()
    account = OwnAccount(id=key.pk, key=key, organisation=organisation)
    account.seal_address(email)
    if not ready(account, unless_there=True).insert():
        return known.get()  # another window was first
    insert(key)
    ready_consent(
        key,
        Purpose.ACCOUNT,
        wording=wording,
        language=language,
        audience=Audience.READERS,
        on=on,
    ).insert()
    emit(_log("mine.account.made", account, on=on), on=on)
    return account


@transaction.atomic
def add_passkey(
    account: OwnAccount, credential_id: bytes, credential: bytes, *, on: date
) -> None:
    """Store a passkey that was just made, and mail that something changed.

    Args:
        account: whose it is.
        credential_id: by which it is found.
        credential: what recognises it.
        on: today.
    """
    passkey = Passkey(account=account, made_on=on)
    passkey.seal_credential(credential_id, credential)
    passkey.save(force_insert=True)
    letter = write_letter(
        account.open_address(), "mine/mail/changed.txt", {}, account.organisation
    )
    queue_letters(letter, on=on)
    emit(_log("mine.passkey.added", account, on=on), on=on)


@transaction.atomic
def remove_passkey(account: OwnAccount, passkey_id: int, *, on: date) -> None:
    """Remove one passkey; a link always remains. Repeating it does nothing."""
    n_gone, _each = account.passkeys.filter(pk=passkey_id).delete()
    if n_gone:
        emit(_log("mine.passkey.removed", account, on=on), on=on)


@transaction.atomic
def forget_account(account: OwnAccount, *, on: date) -> None:
    """Destroy the key of an account and remove the row: nobody is logged in with it."""
    emit(_log("mine.account.erased", account, on=on), on=on)
    destroy_keys([account.key_id], on=on)
    account.delete()


def _log(kind: str, account: OwnAccount, *, on: date) -> News:
    return anonymous_act(kind, account, responsible=account.organisation_id, on=on)


@receiver("vault.destroyed")
def remove_account(payload: dict[str, int], row_id: int) -> None:
    """Remove the row of an account whose key was destroyed by a replayed erasure."""
    OwnAccount.objects.filter(pk=payload["key"]).delete()


def clean_address(typed: str) -> str:
    """Return a mail address in the one spelling that it is found by."""
    return typed.strip().lower()
