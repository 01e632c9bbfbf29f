"""Get to know somebody, look them up, forget them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import anonymous_act, record
from achterban.core.consent.actions import ready_consent
from achterban.core.consent.models import Audience, Purpose
from achterban.core.database.fields import random_key
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import emit
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey
from achterban.people.persons.models import (
    ContactDetails,
    Mailbox,
    NotificationAddress,
    Person,
)
from achterban.rules.deidentify import mask_bsn

LINKS = "persons.address"  # salt of the links in letters
UNCONFIRMED_DAYS = 14


class NotOurLink(Exception):
    """The link did not come from a letter of ours."""


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
    person = new_person(organisation, details)
    person.key.save(force_insert=True)
    person.save(force_insert=True)
    record(
        "persons.person.registered",
        person,
        by=by.pk,
        responsible=organisation.pk,
        at=at,
    )
    return person


def new_person(
    organisation: Organisation,
    details: ContactDetails,
    *,
    number: Callable[[], int] = random_key,
) -> Person:
    """Return somebody with a key of their own; the caller stores both, and logs it.

    Args:
        organisation: who gets to know them.
        details: what is known.
        number: gives the numbers of the rows.
    """
    key = DataKey.fresh(pk=number())
    person = Person(id=number(), organisation=organisation, key=key)
    person.seal_details(masked_details(details))
    return person


def masked_details(details: ContactDetails) -> ContactDetails:
    """Return contact details without citizen service numbers, in whichever part.

    A telephone number of ten digits stays; of those whose first 0 was lost one in
    eleven goes too: better that than one BSN kept.
    """
    parts = asdict(details).items()
    return ContactDetails(**{name: mask_bsn(words).text for name, words in parts})


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


def details_of(person_ids: Iterable[int]) -> dict[int, ContactDetails]:
    """Return contact details by person, to compare them or for whoever they are of.

    A colleague who sees them uses ``look_up_person``, which logs it.
    """
    people = Person.objects.filter(pk__in=person_ids).select_related("key")
    return {person.pk: person.open_details() for person in people}


@transaction.atomic
def forget_people(person_ids: Iterable[int], *, on: date) -> None:
    """Destroy the keys of several people at once, and remove their rows."""
    people = Person.objects.filter(pk__in=list(person_ids))
    keys = list(people.values_list("key_id", flat=True))
    people.delete()
    if keys:
        destroy_keys(keys, on=on)


@transaction.atomic
def leave_address(organisation: Organisation, mailbox: Mailbox) -> NotificationAddress:
    """Store an address for a mail that something waits, under a key of its own."""
    key = DataKey.fresh()
    key.save(force_insert=True)
    address = NotificationAddress(organisation=organisation, key=key)
    address.seal_mailbox(mailbox)
    address.save(force_insert=True)
    return address


def find_address(address_id: int) -> NotificationAddress | None:
    """Return an address with its key, None where it is there no more."""
    addresses = NotificationAddress.objects.select_related("key", "organisation")
    return addresses.filter(pk=address_id).first()


def token_of(address: NotificationAddress) -> str:
    """Return what stands in the link of a letter: signed, and tells nothing."""
    return Signer(salt=LINKS).sign(str(address.pk))


def address_behind(token: str) -> NotificationAddress | None:
    """Return the address of a link, None where it was erased.

    Raises:
        NotOurLink: we never gave it out.
    """
    try:
        return find_address(int(Signer(salt=LINKS).unsign(token)))
    except BadSignature as error:
        raise NotOurLink from error


@transaction.atomic
def confirm_address(address_id: int, *, wording: str, language: str, on: date) -> None:
    """Take the yes of whoever reads the mail at an address; once is enough.

    Args:
        address_id: it may be gone meanwhile.
        wording: all words around the button, kept as proof.
        language: of those words.
        on: today.

    Source: AVG art. 7(1): provable. Kept are the words and the day, no peer.
    """
    for address in _locked(address_id).filter(confirmed_on=None):
        address.confirmed_on = on
        address.save(update_fields=["confirmed_on"])
        ready_consent(
            address.key,
            Purpose.UPDATE,
            wording=wording,
            language=language,
            audience=Audience.READERS,
            on=on,
        ).insert()
        _log("confirmed", address, on=on)


@transaction.atomic
def forget_address(address_id: int, *, on: date) -> None:
    """Destroy an address with its key; repeating it does nothing."""
    for address in _locked(address_id):
        _log("erased", address, on=on)
        destroy_keys([address.key_id], on=on)
        address.delete()


@transaction.atomic
def note_mail(address: NotificationAddress, *, on: date) -> None:
    """Remember that a mail left today: the question, or one that something waits."""
    field = "asked_on" if address.confirmed_on is None else "mailed_on"
    setattr(address, field, on)
    address.save(update_fields=[field])


def unconfirmed(on: date) -> QuerySet[NotificationAddress]:
    """Return the addresses that nobody confirmed within two weeks, on a day."""
    last = on - timedelta(days=UNCONFIRMED_DAYS)
    return NotificationAddress.objects.filter(confirmed_on=None, asked_on__lt=last)


def forget_unconfirmed(on: date) -> int:
    """Erase addresses that nobody confirmed within two weeks; return how many."""
    late = list(unconfirmed(on).values_list("pk", flat=True))
    for address_id in late:
        forget_address(address_id, on=on)
    return len(late)


def _locked(address_id: int) -> QuerySet[NotificationAddress]:
    addresses = NotificationAddress.objects.select_related("key")
    return addresses.select_for_update(of=("self",)).filter(pk=address_id)


def _log(what: str, address: NotificationAddress, *, on: date) -> None:
    kind = f"persons.address.{what}"
    emit(
        anonymous_act(kind, address, responsible=address.organisation_id, on=on), on=on
    )


@receiver("vault.destroyed")
def remove_person(payload: dict[str, int], row_id: int) -> None:
    """Remove the rows of somebody whose key was destroyed."""
    NotificationAddress.objects.filter(key_id=payload["key"]).delete()
    Person.objects.filter(key_id=payload["key"]).delete()
