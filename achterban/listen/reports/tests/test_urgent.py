"""What may tell of danger stands first, with what to do beside it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from achterban.core import clock
from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.database.fields import random_key
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.listen.reports.actions import correcting, returning
from achterban.listen.reports.models import Report
from achterban.listen.reports.tests.factories import read_again, told

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
URGENT = "Mijn man slaat mij en ik wil dood."


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(organisation: Organisation, client: Client) -> Client:
    return login(client, member(organisation, Role.VOLUNTEER))


def shown(client: Client, organisation: Organisation, name: str, *args: int) -> str:
    return client.get(page(organisation, name, *args)).content.decode()


def test_it_stands_before_what_waits_longer(
    volunteer: Client, organisation: Organisation
) -> None:
    told(organisation, "Ik wacht al lang.")
    told(organisation, URGENT)

    content = shown(volunteer, organisation, "reports:work-list")

    assert content.index(URGENT) < content.index("Ik wacht al lang.")
    assert content.count("dringend</span>") == 1


@pytest.mark.wide
def test_the_page_says_why_and_what_to_do(
    volunteer: Client, organisation: Organisation
) -> None:
    _code, report = told(organisation, URGENT)

    content = shown(volunteer, organisation, "reports:report", report.pk)

    assert "“slaat mij”, “wil dood”" in content
    assert "0800-0113" in content
    organisation.protocol = "Bel eerst Hanneke."
    organisation.save()
    content = shown(volunteer, organisation, "reports:report", report.pk)
    assert "Bel eerst Hanneke." in content
    assert "0800-0113" not in content


def test_a_person_decides(volunteer: Client, organisation: Organisation) -> None:
    _code, report = told(organisation, URGENT)
    path = page(organisation, "reports:set-urgent", report.pk)

    volunteer.post(path, {"urgent": "no"})
    assert not read_again(report).is_urgent

    volunteer.post(path, {"urgent": "yes"})
    assert read_again(report).is_urgent


def test_an_addition_can_be_urgent(organisation: Organisation) -> None:
    _code, report = told(organisation)

    returning.say_more(
        read_again(report), URGENT, entry_id=random_key(), on=clock.today()
    )
    assert read_again(report).is_urgent

    returning.withdraw_report(read_again(report), on=clock.today())
    assert not Report.objects.get(pk=report.pk).is_urgent


def test_a_correction_can_be_urgent(organisation: Organisation) -> None:
    _code, report = told(organisation)

    correcting.correct_words(
        read_again(report), URGENT, entry_id=random_key(), on=clock.today()
    )

    assert read_again(report).is_urgent


def test_readers_get_a_letter_of_its_own_that_says_nothing(
    volunteer: Client, organisation: Organisation
) -> None:
    told(organisation)
    told(organisation, URGENT)
    told(organisation, URGENT)

    deliver_due(at=clock.now(), on=clock.today())
    deliver_due(at=clock.now(), on=clock.today())

    subjects = sorted(letter.subject for letter in mail.outbox)
    assert subjects == ["Er wacht iets nieuws", "Kijk vandaag nog"]
    assert not any("slaat" in letter.body for letter in mail.outbox)


def test_who_told_it_does_not_see_it(organisation: Organisation) -> None:
    code, _report = told(organisation, URGENT)
    path = page(organisation, "reports:code")
    content = Client().post(path, {"code": code}).content.decode()
    assert URGENT in content
    assert "dringend" not in content.lower()
