"""Who somebody is: sealed, and apart from what they told."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import models

from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey


@dataclass(frozen=True)
class ContactDetails:
    """How to reach somebody; every part may be empty.

    Attributes:
        name: how they want to be called.
        phone: number.
        when: when calling is all right, in their own words.
        mail: address, as it stood in what the organisation kept.
    """

    name: str = ""
    phone: str = ""
    when: str = ""
    mail: str = ""

    def __bool__(self) -> bool:
        """Return whether there is anything in it."""
        return bool(self.name or self.phone or self.when or self.mail)


@dataclass(frozen=True)
class Mailbox:
    """Where a mail goes that something waits.

    Attributes:
        address: of mail.
        language: of the letters.
    """

    address: str
    language: str


class PersonQuerySet(models.QuerySet["Person"]):
    """Which people."""

    def of(self, organisation: Organisation) -> Self:
        """Return those that one organisation knows."""
        return self.filter(organisation=organisation)


class Person(models.Model):
    """Somebody an organisation knows by name. What they told points here, sealed."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    key = models.ForeignKey(DataKey, models.DO_NOTHING, db_constraint=False)
    sealed = models.BinaryField()

    objects = PersonQuerySet.as_manager()

    class Privacy:
        """All that is personal is sealed."""

        personal = frozenset({"sealed"})
        neutral = frozenset({"id", "organisation", "key"})

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def _context(self) -> str:
        return f"persons.person:{self.pk}"

    def seal_details(self, details: ContactDetails) -> None:
        """Put contact details away; the caller saves."""
        self.sealed = self.key.seal(asdict(details), context=self._context)

    def open_details(self) -> ContactDetails:
        """Return the contact details; the caller records the look in the audit log."""
        content: dict[str, Any] = self.key.unseal(self.sealed, context=self._context)
        return ContactDetails(**content)


class NotificationAddress(models.Model):
    """Where somebody gets a mail that something waits behind their code.

    For that alone: no page and no export shows it, also not to whoever left it. What
    was told points here, sealed; from here nothing points to what was told. Nothing
    but one question is mailed before it is confirmed.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    key = models.ForeignKey(DataKey, models.DO_NOTHING, db_constraint=False)
    sealed = models.BinaryField()
    asked_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    mailed_on = models.DateField(null=True)

    class Privacy:
        """The address is sealed with a key of its own."""

        personal = frozenset({"sealed"})
        neutral = frozenset(
            {"id", "organisation", "key", "asked_on", "confirmed_on", "mailed_on"}
        )

    def __str__(self) -> str:
        return f"address {self.pk}"

    @property
    def _context(self) -> str:
        return f"persons.notificationaddress:{self.pk}"

    def seal_mailbox(self, mailbox: Mailbox) -> None:
        """Put the address away; the caller saves."""
        self.sealed = self.key.seal(asdict(mailbox), context=self._context)

    def open_mailbox(self) -> Mailbox:
        """Return the address, for a letter that leaves at once."""
        content: dict[str, Any] = self.key.unseal(self.sealed, context=self._context)
        return Mailbox(**content)
