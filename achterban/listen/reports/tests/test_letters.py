from datetime import UTC, datetime

import pytest
from django.core import mail

from achterban.core import clock
from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import member
from achterban.core.database.fields import random_key
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.vault.actions import destroy_keys, replay_erasures
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions import handling, returning
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import (
    TODAY,
    read_again,
    report_behind,
    told,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create(
        name="Vereniging Zeldzame Ziekte", slug="zeldzame-ziekte", mail_name="Team"
    )


def deliver() -> None:
    while deliver_due(at=clock.now(), on=clock.today()):
        pass


def test_readers_get_one_letter_however_much_comes_in(
    organisation: Organisation,
) -> None:
    volunteer = member(organisation, Role.VOLUNTEER)
    coordinator = member(organisation, Role.COORDINATOR)
    member(organisation, Role.ADMINISTRATOR)
    member(OrganisationFactory.create(), Role.VOLUNTEER)
    for _ in range(3):
        told(organisation)

    deliver()

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        [volunteer.email, coordinator.email]
    )


def test_a_letter_tells_nothing_about_illness_words_or_people(
    organisation: Organisation,
) -> None:
    member(organisation, Role.VOLUNTEER, name="Zeer Herkenbaar")
    told(organisation, "kanarie in de kolenmijn")

    deliver()

    letter = mail.outbox[0]
    whole = letter.message().as_string()
    for word in ["kanarie", "Zeldzame", "Herkenbaar"]:
        assert word not in whole
    assert letter.from_email.startswith('"Team" <')


def test_who_has_it_hears_of_a_reply(organisation: Organisation) -> None:
    handler = member(organisation, Role.VOLUNTEER)
    member(organisation, Role.COORDINATOR)
    code, report = told(organisation)
    deliver()
    mail.outbox.clear()
    handling.hand_over(report.pk, handler, by=handler, at=NOW)

    returning.say_more(
        report_behind(code, organisation), "Nog iets.", entry_id=random_key(), on=TODAY
    )
    deliver()

    assert [letter.to for letter in mail.outbox] == [[handler.email]]


def test_a_reply_to_nobody_goes_to_all_readers(organisation: Organisation) -> None:
    volunteer = member(organisation, Role.VOLUNTEER)
    code, _report = told(organisation)
    deliver()
    mail.outbox.clear()

    returning.say_more(
        report_behind(code, organisation), "Nog iets.", entry_id=random_key(), on=TODAY
    )
    deliver()

    assert [letter.to for letter in mail.outbox] == [[volunteer.email]]


def test_a_colleague_hears_that_something_was_handed_over(
    organisation: Organisation,
) -> None:
    volunteer = member(organisation, Role.VOLUNTEER)
    colleague = member(organisation, Role.COORDINATOR)
    _code, report = told(organisation)
    deliver()
    mail.outbox.clear()

    handling.hand_over(report.pk, colleague, by=volunteer, at=NOW)
    deliver()

    assert [letter.to for letter in mail.outbox] == [[colleague.email]]


def test_an_erasure_that_came_back_with_a_backup_is_done_again(
    organisation: Organisation,
) -> None:
    _code, report = told(organisation)
    key = DataKey.objects.get(pk=report.key_id)
    destroy_keys([key.pk], on=TODAY)
    key.save(force_insert=True)  # as a restored backup would have it

    assert replay_erasures(on=TODAY) == 1
    deliver()

    assert read_again(report).status == Status.WITHDRAWN
    assert not DataKey.objects.filter(pk=key.pk).exists()
