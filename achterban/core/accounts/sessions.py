"""Sessions of which the database knows a hash of the key and sealed content only.

A stolen database lets nobody in, and shows no codes or addresses that wait in a
session. After a rotation of the master key everybody logs in again.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from achterban.core.vault.keyring import WrongKey, seal, unseal
from achterban.core.vault.models import key_ring

CONTEXT = b"accounts.session"


class SessionStore(db.SessionStore):
    """Django's sessions in the database, under another name and sealed."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = self.model.objects.filter(
            session_key=hashed(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Return whether there is such a session."""
        return super().exists(hashed(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row, under the hash of its key."""
        row = super().create_model_instance(data)
        row.session_key = hashed(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove a session, by default this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(hashed(key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return the content, sealed."""
        words = json.dumps(session_dict).encode()
        key = key_ring().derive("session")
        return base64.b64encode(seal(key, words, context=CONTEXT)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Return the content; what does not open is an empty session."""
        try:
            sealed = base64.b64decode(session_data)
            words = unseal(key_ring().derive("session"), sealed, context=CONTEXT)
        except (ValueError, WrongKey):
            return {}
        content: dict[str, Any] = json.loads(words)
        return content


def hashed(key: str) -> str:
    """Return what stands in the database for a session key: 40 of its SHA-256's 64.

    The key itself has 165 random bits, so that a fast hash is enough; the column of
    Django holds 40 characters, and 160 bits find no second key.
    """
    return hashlib.sha256(key.encode()).hexdigest()[:40]
