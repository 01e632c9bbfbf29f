"""Get to know somebody, look them up, forget them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey
from achterban.people.persons.models import ContactDetails, Person


@transaction.atomic
def register_person(
    organisation: Organisation, details: ContactDetails, *, by: Account, at: datetime
) -> Person:
    """Store somebody's contact details under a data key of their own.

    Args:
        organisation: who gets to know them.
        details: what they left.
        by: who wrote it down.
        at: now.
    """
    key = DataKey.fresh()
    key.save(force_insert=True)
    person = Person(organisation=organisation, key=key)
    person.seal_details(details)
    person.save(force_insert=True)
    record(
        "persons.person.registered",
        person,
        by=by.pk,
        responsible=organisation.pk,
        at=at,
    )
    return person


@transaction.atomic
def look_up_person(
    organisation: Organisation, person_id: int, *, by: Account, at: datetime
) -> ContactDetails:
    """Return contact details; the look is in the audit log before they are shown.

    Raises:
        Person.DoesNotExist: this organisation does not know them (any more).
    """
    person = Person.objects.of(organisation).select_related("key").get(pk=person_id)
    record(
        "persons.person.looked_up",
        person,
        by=by.pk,
        responsible=organisation.pk,
        at=at,
    )
    return person.open_details()


@transaction.atomic
def forget_person(person_id: int, *, on: date) -> None:
    """Destroy somebody's key and remove the row; repeating it does nothing."""
    for person in Person.objects.filter(pk=person_id):
        destroy_keys([person.key_id], on=on)
        person.delete()


@receiver("vault.destroyed")
def remove_person(payload: dict[str, int], row_id: int) -> None:
    """Remove the row of somebody whose key was destroyed."""
    Person.objects.filter(key_id=payload["key"]).delete()
