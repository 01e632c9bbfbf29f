"""Data keys: one for each report, case or portfolio, wrapped by the master key."""

from __future__ import annotations

import json
import os
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from achterban.core.database.fields import RandomKey
from achterban.core.vault.keyring import (
    KEY_BYTES,
    KeyRing,
    WrongKey,
    load_key_ring,
    seal,
    unseal,
)

_rings: dict[str, tuple[int, KeyRing]] = {}


def key_ring() -> KeyRing:
    """Return the keys of this installation, read anew after a rotation elsewhere."""
    path = f"{settings.KEYS}/keys.json"
    changed_at = os.stat(path).st_mtime_ns
    known = _rings.get(path)
    if known is None or known[0] != changed_at:
        known = _rings[path] = changed_at, load_key_ring(settings.KEYS)
    return known[1]


class DataKey(models.Model):
    """The key of one person's telling. Destroying it is what erasing means."""

    id = RandomKey()
    master = models.CharField(max_length=20)
    wrapped = models.BinaryField()
    name = models.CharField(max_length=40, null=True)  # noqa: DJ001

    class Privacy:
        """A key says nothing about anyone; its being there is what matters."""

        personal = frozenset({"wrapped"})
        neutral = frozenset({"id", "master", "name"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(name__isnull=False),
                name="datakey_one_of_each_name",
            )
        ]

    def __str__(self) -> str:
        return self.name or f"key {self.pk}"

    @classmethod
    def fresh(cls, name: str | None = None, *, pk: int | None = None) -> Self:
        """Return a new key, not yet saved; its number is random where none is given."""
        row = cls(name=name) if pk is None else cls(id=pk)
        row.wrap(secrets.token_bytes(KEY_BYTES))
        return row

    def wrap(self, key: bytes) -> None:
        """Put a key of 32 bytes under the current master key; the caller saves."""
        ring = key_ring()
        self.master = ring.current
        self.wrapped = seal(
            ring.masters[ring.current], key, context=f"key:{self.pk}".encode()
        )
        self._open = key

    def open(self) -> bytes:
        """Return the key, 32 bytes.

        Raises:
            WrongKey: its master key is not in the folder with keys.
        """
        found: bytes | None = getattr(self, "_open", None)
        if found is None:
            master = key_ring().masters.get(self.master)
            if master is None:
                raise WrongKey(self.master)
            found = unseal(
                master, bytes(self.wrapped), context=f"key:{self.pk}".encode()
            )
            self._open = found
        return found

    def seal(self, content: Any, *, context: str) -> bytes:
        """Return content (anything JSON can hold) under this key.

        Args:
            content: what to seal.
            context: ``room.model.field:id``; opening asks for the same.
        """
        words = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return seal(self.open(), words.encode(), context=context.encode())

    def unseal(self, sealed: bytes | memoryview, *, context: str) -> Any:
        """Return the content that ``seal`` put away.

        Raises:
            WrongKey: it was sealed with another key or for another place.
        """
        return json.loads(unseal(self.open(), bytes(sealed), context=context.encode()))
