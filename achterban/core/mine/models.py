"""Accounts of who tells something: a mail address, sealed, and nothing else."""

from __future__ import annotations

from typing import Self

from django.db import models

from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey, key_ring


class OwnAccountQuerySet(models.QuerySet["OwnAccount"]):
    """Which accounts."""

    def behind_address(self, email: str, organisation: Organisation) -> Self:
        """Return the one account of an address with an organisation."""
        return self.filter(found_by=address_hash(email, organisation))

    def behind_passkey(self, credential_id: bytes, organisation: Organisation) -> Self:
        """Return the one account that a passkey belongs to, not proven yet."""
        return self.of(organisation).filter(
            passkeys__found_by=passkey_hash(credential_id)
        )

    def of(self, organisation: Organisation) -> Self:
        """Return those with one organisation."""
        return self.filter(organisation=organisation)


class OwnAccount(models.Model):
    """Somebody who comes to Mijn, with one organisation; never one of its staff.

    No name is asked, and no visit is remembered.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    # Its key has the same number: when it is destroyed the row is found by it.
    key = models.ForeignKey(
        DataKey, models.DO_NOTHING, db_constraint=False, db_index=False
    )
    found_by = models.BinaryField(unique=True, editable=False)
    sealed = models.BinaryField()

    objects = OwnAccountQuerySet.as_manager()

    class Privacy:
        """The address is sealed; it is found by a hash with a key from elsewhere."""

        personal = frozenset({"found_by", "sealed"})
        neutral = frozenset({"id", "organisation", "key"})

    def __str__(self) -> str:
        return f"own account {self.pk}"

    @property
    def _context(self) -> str:
        return f"mine.ownaccount:{self.pk}"

    def seal_address(self, email: str) -> None:
        """Put the address away; the caller saves."""
        self.found_by = address_hash(email, self.organisation)
        self.sealed = self.key.seal(email, context=self._context)

    def open_address(self) -> str:
        """Return the address."""
        return str(self.key.unseal(self.sealed, context=self._context))

    def credential_of(self, credential_id: bytes) -> bytes:
        """Return what recognises one of its passkeys."""
        passkey = self.passkeys.get(found_by=passkey_hash(credential_id))
        return passkey.open_credential()[1]


class Passkey(models.Model):
    """A way in without mail: a telephone or computer that recognises its owner."""

    id = RandomKey()
    account = models.ForeignKey(OwnAccount, models.CASCADE, related_name="passkeys")
    found_by = models.BinaryField(unique=True, editable=False)
    sealed = models.BinaryField()
    made_on = models.DateField()

    class Privacy:
        """What recognises a device is sealed."""

        personal = frozenset({"found_by", "sealed"})
        neutral = frozenset({"id", "account", "made_on"})

    class Meta:
        ordering = ["made_on", "pk"]

    def __str__(self) -> str:
        return f"passkey {self.pk}"

    @property
    def _context(self) -> str:
        return f"mine.passkey:{self.pk}"

    def seal_credential(self, credential_id: bytes, credential: bytes) -> None:
        """Put away what recognises it; the caller saves."""
        self.found_by = passkey_hash(credential_id)
        content = [credential_id.hex(), credential.hex()]
        self.sealed = self.account.key.seal(content, context=self._context)

    def open_credential(self) -> tuple[bytes, bytes]:
        """Return its id, and what recognises it."""
        known, content = self.account.key.unseal(self.sealed, context=self._context)
        return bytes.fromhex(known), bytes.fromhex(content)


def passkey_hash(credential_id: bytes) -> bytes:
    """Return what a passkey is found by."""
    return key_ring().digest("receipt", b"mine.passkey:" + credential_id)


def address_hash(email: str, organisation: Organisation) -> bytes:
    """Return what an address is found by: its key lives outside the database."""
    name = f"mine.address:{organisation.pk}:{email}"
    return key_ring().digest("receipt", name.encode())


def owner_hash(account: OwnAccount) -> bytes:
    """Return what other rooms write down for whose something is.

    Without the key of the hash nobody can tell which account it is.
    """
    return owner_hash_of(account.pk)


def owner_hash_of(account_id: int) -> bytes:
    """Return the same for the number of an account, or of its key."""
    return key_ring().digest("receipt", f"mine.owner:{account_id}".encode())
