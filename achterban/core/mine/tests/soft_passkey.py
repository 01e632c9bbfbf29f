"""A passkey in software, for tests: it signs as a telephone does."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

HOST, ORIGIN = "testserver", "http://testserver"
SEEN_AND_KNOWN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftPasskey:
    """One passkey, with its private key."""

    def __init__(self) -> None:
        """Make it."""
        self.id = secrets.token_bytes(32)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.public = ES256.from_cryptography_key(self._key.public_key())

    def made(self, options: dict[str, Any]) -> str:
        """Answer the question for a new passkey."""
        client_data = self._client_data("webauthn.create", options)
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, self.public)
        flags = SEEN_AND_KNOWN | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(_site(), flags, 0, credential)
        attestation = {"fmt": "none", "attStmt": {}, "authData": bytes(data)}
        return self._answer(
            clientDataJSON=client_data, attestationObject=cbor.encode(attestation)
        )

    def shown(self, options: dict[str, Any], *, is_known: bool = True) -> str:
        """Answer the question for a passkey; is_known: the owner was recognised."""
        client_data = self._client_data("webauthn.get", options)
        flags = SEEN_AND_KNOWN if is_known else AuthenticatorData.FLAG.UP
        data = bytes(AuthenticatorData.create(_site(), flags, 1))
        signed = data + hashlib.sha256(client_data).digest()
        return self._answer(
            clientDataJSON=client_data,
            authenticatorData=data,
            signature=self._key.sign(signed, ec.ECDSA(SHA256())),
        )

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        content = {"type": kind, "challenge": challenge, "origin": ORIGIN}
        return json.dumps(content).encode()

    def _answer(self, **parts: bytes) -> str:
        name = websafe_encode(self.id)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response}
        )


def _site() -> bytes:
    return hashlib.sha256(HOST.encode()).digest()
