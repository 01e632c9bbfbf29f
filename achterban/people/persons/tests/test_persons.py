"""Who somebody is: sealed, never looked up unseen, and forgotten for good."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import transaction

from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import member
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.keyring import WrongKey
from achterban.core.vault.models import DataKey
from achterban.people.persons.actions import (
    forget_person,
    look_up_person,
    register_person,
    remove_person,
)
from achterban.people.persons.models import ContactDetails, Person
from achterban.people.persons.tests.factories import ELS, PersonFactory
from achterban.rules.deidentify import MASK

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 14, 3, tzinfo=UTC)
DAY = AT.date()


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(organisation: Organisation) -> Account:
    return member(organisation, Role.VOLUNTEER)


def look_up(person: Person, by: Account) -> ContactDetails:
    return look_up_person(person.organisation, person.pk, by=by, at=AT)


def test_details_come_back_as_they_were_left(
    organisation: Organisation, volunteer: Account
) -> None:
    person = register_person(organisation, ELS, by=volunteer, at=AT)
    assert look_up(Person.objects.get(pk=person.pk), volunteer) == ELS


def test_a_citizen_service_number_is_kept_of_nobody(
    organisation: Organisation, volunteer: Account
) -> None:
    left = ContactDetails(
        "Els 111222333",
        "0612345678, bsn 111222333",
        "bsn 999990019, 's avonds",
        "111222333@voorbeeld.test",
    )
    person = register_person(organisation, left, by=volunteer, at=AT)
    assert look_up(person, volunteer) == ContactDetails(
        f"Els {MASK}",
        f"0612345678, bsn {MASK}",
        f"bsn {MASK}, 's avonds",
        f"{MASK}@voorbeeld.test",
    )


def test_nothing_in_the_row_or_the_log_is_readable(
    organisation: Organisation, volunteer: Account
) -> None:
    person = register_person(organisation, ELS, by=volunteer, at=AT)
    row = Person.objects.values_list().get(pk=person.pk)
    events = list(AuditEvent.objects.values())
    stored = repr(row).encode() + bytes(row[-1]) + repr(events).encode()
    for word in ("Els", "Proef", "06 00", "tweeën"):
        assert word.encode() not in stored


def test_everybody_has_a_key_of_their_own() -> None:
    one, other = PersonFactory.create(), PersonFactory.create()
    assert one.key_id != other.key_id


def test_details_that_were_moved_to_another_person_are_refused() -> None:
    one, other = PersonFactory.create(), PersonFactory.create()
    Person.objects.filter(pk=other.pk).update(sealed=one.sealed, key=one.key)
    with pytest.raises(WrongKey):
        Person.objects.get(pk=other.pk).open_details()


def test_getting_to_know_somebody_is_in_the_log(
    organisation: Organisation, volunteer: Account
) -> None:
    person = register_person(organisation, ELS, by=volunteer, at=AT)
    event = AuditEvent.objects.get()
    assert (event.kind, event.label, event.actor, event.responsible, event.at) == (
        "persons.person.registered",
        f"persons.person:{person.pk}",
        volunteer.pk,
        organisation.pk,
        AT,
    )


def test_every_look_is_in_the_log(volunteer: Account) -> None:
    person = PersonFactory.create()
    for _ in range(3):
        look_up(person, volunteer)
    assert (
        list(AuditEvent.objects.values_list("kind", "label", "actor"))
        == [("persons.person.looked_up", f"persons.person:{person.pk}", volunteer.pk)]
        * 3
    )


def test_the_look_is_in_the_log_before_anything_is_shown(
    volunteer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = PersonFactory.create()
    seen: list[int] = []
    opened = Person.open_details

    def note(self: Person) -> ContactDetails:
        seen.append(AuditEvent.objects.count())
        return opened(self)

    monkeypatch.setattr(Person, "open_details", note)
    look_up(person, volunteer)
    assert seen == [1]


def test_what_cannot_be_logged_is_not_shown(
    volunteer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = PersonFactory.create()

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("achterban.people.persons.actions.record", full)
    with pytest.raises(OSError, match="No space"):
        look_up(person, volunteer)


def test_another_organisation_does_not_know_them(volunteer: Account) -> None:
    person = PersonFactory.create()
    with pytest.raises(Person.DoesNotExist), transaction.atomic():
        look_up_person(OrganisationFactory.create(), person.pk, by=volunteer, at=AT)
    assert not AuditEvent.objects.exists()


def test_who_is_forgotten_is_gone_with_their_key() -> None:
    gone, stays = PersonFactory.create(), PersonFactory.create()
    forget_person(gone.pk, on=DAY)
    assert list(Person.objects.all()) == [stays]
    assert list(DataKey.objects.all()) == [stays.key]
    assert stays.open_details() == ELS


def test_forgetting_twice_does_nothing_more() -> None:
    person = PersonFactory.create()
    for _ in range(2):
        forget_person(person.pk, on=DAY)
    assert OutboxRow.objects.filter(kind="vault.destroyed").count() == 1


@pytest.mark.slow
def test_who_came_back_from_an_old_backup_is_forgotten_again() -> None:
    person = PersonFactory.create()
    forget_person(person.pk, on=DAY)
    person.save(force_insert=True)
    deliver_due(at=AT, on=DAY)
    assert not Person.objects.exists()


def test_removing_twice_does_nothing_more() -> None:
    person, stays = PersonFactory.create(), PersonFactory.create()
    for _ in range(2):
        remove_person({"key": person.key_id}, 1)
    assert list(Person.objects.all()) == [stays]


@pytest.mark.parametrize(
    ("details", "something"),
    [
        (ContactDetails(), False),
        (ContactDetails(name="Els"), True),
        (ContactDetails(phone="06"), True),
        (ContactDetails(when="straks"), True),
    ],
)
def test_somebody_who_left_nothing_has_no_details(
    details: ContactDetails, something: bool
) -> None:
    assert bool(details) is something


def test_the_log_names_no_one(volunteer: Account) -> None:
    look_up(PersonFactory.create(), volunteer)
    facts = json.dumps(list(AuditEvent.objects.values_list("facts", flat=True)))
    assert facts == "[{}]"
