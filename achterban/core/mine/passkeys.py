"""Passkeys of Mijn: what the browser and the library say to each other (WebAuthn)."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from achterban.core.mine.models import OwnAccount

State = dict[str, Any]


class NotAPasskey(Exception):
    """What the browser sent is no answer to what was asked."""


def ask_for_new(
    host: str, account: OwnAccount, credential_ids: list[bytes]
) -> tuple[State, State]:
    """Return what the browser needs to make a passkey, and what must be remembered.

    Args:
        host: of the site, without its port: a passkey works there only.
        account: whose it will be.
        credential_ids: those that there are: no device makes a second one.
    """
    # Neutral on somebody's telephone: no illness, no address.
    name = account.organisation.mail_name
    user = PublicKeyCredentialUserEntity(
        id=account.pk.to_bytes(8, "big"), name=name, display_name=name
    )
    known = [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=each)
        for each in credential_ids
    ]
    options, state = _server(host, name).register_begin(
        user=user,
        credentials=known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def read_new(host: str, state: State, answer: str) -> tuple[bytes, bytes]:
    """Return the id of a passkey that was just made, and what recognises it.

    Raises:
        NotAPasskey: it is no answer to what was asked.
    """
    try:
        made = _server(host).register_complete(state, json.loads(answer))
        credential = made.credential_data
        assert credential is not None
    except Exception as error:
        raise NotAPasskey from error
    return credential.credential_id, bytes(credential)


def ask_for_one(host: str) -> tuple[State, State]:
    """Return what the browser needs to show a passkey, and what must be remembered."""
    options, state = _server(host).authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(options), state


def id_in(answer: str) -> bytes:
    """Return which passkey an answer speaks of; it proves nothing yet.

    Raises:
        NotAPasskey: it speaks of none.
    """
    try:
        return bytes(websafe_decode(json.loads(answer)["rawId"]))
    except Exception as error:
        raise NotAPasskey from error


def check(host: str, state: State, answer: str, known: bytes) -> None:
    """See that whoever answers holds this passkey.

    Raises:
        NotAPasskey: they do not, or it answers something else.
    """
    try:
        credential = AttestedCredentialData(known)
        _server(host).authenticate_complete(state, [credential], json.loads(answer))
    except Exception as error:
        raise NotAPasskey from error


def _server(host: str, name: str = "") -> Fido2Server:
    site = PublicKeyCredentialRpEntity(id=host, name=name or host)
    if settings.PLAIN_HTTP:  # on one's own machine; the origin has no https there
        return Fido2Server(site, verify_origin=lambda origin: True)
    return Fido2Server(site)
