"""Words about a named official stay in the house until a second person checked them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.stakeholders.actions import remarks as actions
from achterban.advocate.stakeholders.actions.relations import NoSource, merge_contacts
from achterban.advocate.stakeholders.models import (
    Contact,
    Party,
    Remark,
    RemarkWords,
)
from achterban.advocate.stakeholders.queries.remarks import remarks_that_may_leave
from achterban.advocate.stakeholders.tests.factories import somebody
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
SAID = {"text": "Zei ja tegen een tweede loket.", "source": "Raad van 3 mei"}


@pytest.fixture
def noor(town: Party, volunteer: Account) -> Contact:
    return somebody(town, "Noor Zandpad", by=volunteer)


@pytest.fixture
def remark(noor: Contact, volunteer: Account) -> Remark:
    return actions.write_remark(
        Remark(contact=noor), RemarkWords(**SAID), by=volunteer, at=clock.now()
    )


@pytest.fixture
def second(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


def may_leave(contact: Contact) -> list[str]:
    return [words.text for words in remarks_that_may_leave([contact])[contact.pk]]


@pytest.mark.slow
def test_nothing_leaves_before_a_second_person_checked_it(
    ours: Organisation, noor: Contact, remark: Remark, second: Account
) -> None:
    client = login(Client(), second)
    assert may_leave(noor) == []
    shown = client.get(page(ours, "stakeholders:contact", noor.pk)).content.decode()
    assert "Zei ja tegen een tweede loket." in shown
    assert "niet nagekeken" in shown

    address = page(ours, "stakeholders:remark", remark.pk)
    asked = {"act": "check", "stamp": remark.stamp}
    done = client.post(address, asked, follow=True).content.decode()

    assert "Nagekeken. Het mag nu naar buiten." in done
    assert f"door {second}" in done
    assert may_leave(noor) == [SAID["text"]]
    remark.refresh_from_db()
    assert (remark.checked_by, remark.checked_on) == (second, clock.today())


@pytest.mark.slow
def test_who_wrote_it_cannot_be_the_second_person(
    ours: Organisation, desk: Client, noor: Contact, remark: Remark
) -> None:
    shown = desk.get(page(ours, "stakeholders:contact", noor.pk)).content.decode()
    assert "Ik keek dit na" not in shown

    asked = {"act": "check", "stamp": remark.stamp}
    address = page(ours, "stakeholders:remark", remark.pk)
    refused = desk.post(address, asked, follow=True).content.decode()

    assert "U schreef dit zelf." in refused
    assert may_leave(noor) == []


@pytest.mark.slow
def test_other_words_have_to_be_checked_anew_by_another(
    ours: Organisation,
    volunteer: Account,
    desk: Client,
    noor: Contact,
    remark: Remark,
    second: Account,
) -> None:
    actions.check_remark(remark, remark.stamp, by=second, at=clock.now())
    address = page(ours, "stakeholders:remark", remark.pk)
    client = login(Client(), second)

    opened = client.get(address).content.decode()
    client.post(address, SAID | {"text": "Zei misschien."})

    assert "Zei ja tegen een tweede loket." in opened
    assert may_leave(noor) == []
    changed = Remark.objects.get()
    assert changed.written_by == second
    with pytest.raises(actions.OwnWords):
        actions.check_remark(changed, changed.stamp, by=second, at=clock.now())
    old = {"act": "check", "stamp": remark.stamp}
    assert "intussen veranderd" in desk.post(address, old, follow=True).content.decode()
    desk.post(address, old | {"stamp": changed.stamp})
    assert may_leave(noor) == ["Zei misschien."]


def test_without_a_source_it_is_refused_and_nothing_typed_is_lost(
    ours: Organisation, volunteer: Account, desk: Client, noor: Contact
) -> None:
    address = page(ours, "stakeholders:new-remark", noor.pk)

    shown = desk.post(address, SAID | {"source": ""}).content.decode()
    desk.post(address, SAID)

    assert "Zonder bron is het een gerucht" in shown
    assert SAID["text"] in shown
    assert Remark.objects.count() == 1
    with pytest.raises(NoSource):
        actions.write_remark(
            Remark(contact=noor), RemarkWords("x", " "), by=volunteer, at=clock.now()
        )


def test_a_remark_is_taken_away_and_all_is_logged_without_words(
    ours: Organisation,
    volunteer: Account,
    desk: Client,
    noor: Contact,
    remark: Remark,
    second: Account,
) -> None:
    actions.check_remark(remark, remark.stamp, by=second, at=clock.now())

    desk.post(page(ours, "stakeholders:remark", remark.pk), {"act": "remove"})

    assert may_leave(noor) == []
    events = AuditEvent.objects.filter(kind__startswith="stakeholders.remark.")
    assert [(event.kind, event.label, event.facts) for event in events] == [
        (
            f"stakeholders.remark.{what}",
            f"stakeholders.contact:{noor.pk}",
            {"remark": remark.pk},
        )
        for what in ("written", "checked", "removed")
    ]


def test_the_words_are_sealed_and_move_along_when_two_are_one(
    town: Party, volunteer: Account, noor: Contact, remark: Remark, second: Account
) -> None:
    actions.check_remark(remark, remark.stamp, by=second, at=clock.now())
    assert b"loket" not in bytes(remark.sealed)
    twin = somebody(town, "N. Zandpad", by=volunteer)

    merge_contacts(twin, noor, by=volunteer, at=clock.now())

    assert may_leave(twin) == [SAID["text"]]


def test_the_database_refuses_one_person_who_checks_their_own(
    volunteer: Account, remark: Remark
) -> None:
    rows = Remark.objects.filter(pk=remark.pk)
    with pytest.raises(IntegrityError, match="by_another"), transaction.atomic():
        rows.update(checked_by=volunteer, checked_on=clock.today())
    other = member(remark.contact.organisation, Role.COORDINATOR)
    with pytest.raises(IntegrityError, match="on_a_day"), transaction.atomic():
        rows.update(checked_by=other)
