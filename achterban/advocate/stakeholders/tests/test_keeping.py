"""Whom nobody uses is named first and erased then; who asks gets all that is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from achterban.advocate.dossiers.actions.meetings import invite, keep_meeting
from achterban.advocate.dossiers.actions.positions import Standing, estimate
from achterban.advocate.dossiers.models import EstimateWords, Meeting, Point
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.stakeholders.actions.contacts import (
    add_to_contact,
    change_contact,
    contact_of,
    keep_function,
)
from achterban.advocate.stakeholders.actions.keeping import (
    confirm_contact,
    erase_unused,
    name_anew,
    name_unused,
)
from achterban.advocate.stakeholders.actions.relations import merge_contacts
from achterban.advocate.stakeholders.actions.remarks import write_remark
from achterban.advocate.stakeholders.models import (
    Contact,
    ContactWords,
    Function,
    Party,
    Remark,
    RemarkWords,
)
from achterban.advocate.stakeholders.tests.factories import (
    PartyFactory,
    knows,
    somebody,
)
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent, label_of
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.vault.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
LONG = timedelta(days=settings.CONTACT_DAYS)
NOTICE = timedelta(days=30)
DAY = timedelta(days=1)


@pytest.fixture
def boss(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


@pytest.fixture
def noor(town: Party, volunteer: Account) -> Contact:
    return somebody(town, by=volunteer)


def unused_since(contact: Contact, days: timedelta) -> Contact:
    """Return somebody whom nobody used for so long."""
    contact.used_on = clock.today() - days
    contact.save(update_fields=["used_on"])
    return contact


def test_who_was_used_a_day_less_than_five_years_ago_is_not_named(
    noor: Contact,
) -> None:
    unused_since(noor, LONG)
    same_day = name_unused(clock.today())

    unused_since(noor, LONG + DAY)
    day_after = name_unused(clock.today())

    assert (same_day, day_after) == (0, 1)


def test_who_was_named_goes_after_thirty_days_and_not_before(noor: Contact) -> None:
    on = clock.today()
    unused_since(noor, LONG + DAY)
    unnamed = erase_unused(on + NOTICE + DAY)
    name_unused(on)

    early, due = erase_unused(on + NOTICE), erase_unused(on + NOTICE + DAY)

    assert (unnamed, early, due) == (0, 0, 1)
    assert not Contact.objects.exists()
    assert not DataKey.objects.filter(pk=noor.key_id).exists()
    assert Function.objects.get().contact is None
    event = AuditEvent.objects.about(label_of(noor)).latest("seq")
    assert (event.kind, event.actor) == ("stakeholders.contact.expired", 0)


def test_who_may_stay_longer_is_named_anew_later(
    noor: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = clock.today()
    unused_since(noor, LONG + DAY)
    name_unused(on)

    monkeypatch.setattr(settings, "CONTACT_DAYS", LONG.days + 90)
    name_unused(on + DAY)
    noor.refresh_from_db()
    name_unused(on + 90 * DAY)
    early = erase_unused(on + 90 * DAY)

    assert noor.named_on is None
    assert early == 0
    assert Contact.objects.get().named_on == on + 90 * DAY


def test_after_a_restore_who_was_named_gets_all_days_again(noor: Contact) -> None:
    on = clock.today()
    unused_since(noor, LONG + 2 * NOTICE)
    name_unused(on - NOTICE - DAY)

    name_anew({}, 1)

    assert erase_unused(on) == 0
    assert Contact.objects.get().named_on == on


def test_one_of_the_team_stays_as_long_as_the_account(
    ours: Organisation, volunteer: Account
) -> None:
    us = contact_of(volunteer, ours, by=volunteer, at=clock.now())
    unused_since(us, LONG + DAY)

    assert name_unused(clock.today()) == 0


def change(noor: Contact, by: Account) -> None:
    words = ContactWords("Noor Duin")
    change_contact(noor, words, is_ours=False, matters=False, by=by, at=clock.now())


def write_on(noor: Contact, by: Account) -> None:
    words = ContactWords("Noor", phone="06")
    add_to_contact(noor, words, function=None, by=by, at=clock.now())


def write_a_function(noor: Contact, by: Account) -> None:
    keep_function(of(noor), by=by, at=clock.now())


def relate(noor: Contact, by: Account) -> None:
    knows(somebody(of(noor).party, "Kim Kust", by=by), noor, by=by)


def remark(noor: Contact, by: Account) -> None:
    said = RemarkWords("Wil helpen.", "Een gesprek")
    write_remark(Remark(contact=noor), said, by=by, at=clock.now())


def merge(noor: Contact, by: Account) -> None:
    gone = somebody(of(noor).party, "Noor Zandpad", by=by)
    merge_contacts(noor, gone, by=by, at=clock.now())


def talk_of(noor: Contact, by: Account) -> None:
    """Let somebody be at a talk of which we wrote down what was said."""
    meet(noor, by)
    talk = Meeting.objects.get()
    talk.seal_notes("Zij twijfelt nog.")
    talk.save()
    Point.objects.create(
        meeting=talk,
        n=1,
        title="Terugbellen",
        asked="Binnen een dag",
        answered="Lastig",
    )


def meet(noor: Contact, by: Account) -> None:
    at, function = clock.now(), of(noor)
    talk = Meeting(organisation=noor.organisation, title="Kennismaken", starts_at=at)
    kept = keep_meeting(talk, [], [by], by=by, at=at)
    invite(kept, function.party, [function], by=by, at=at)


def stand(noor: Contact, by: Account) -> None:
    at, function = clock.now(), of(noor)
    dossier = begun(noor.organisation, by)
    standing = Standing(1, 1, "unclear", EstimateWords("Zegt weinig"))
    estimate(dossier, function.party, function, standing, by=by, at=at)


def confirm(noor: Contact, by: Account) -> None:
    confirm_contact(noor, by=by, at=clock.now())


def of(noor: Contact) -> Function:
    """Return what somebody does."""
    return noor.functions.select_related("party").get()


USES = (
    confirm,
    change,
    write_on,
    write_a_function,
    relate,
    remark,
    merge,
    meet,
    stand,
)


@pytest.mark.parametrize("use", USES)
@pytest.mark.differs
def test_whoever_is_used_stays(
    volunteer: Account, noor: Contact, use: Callable[[Contact, Account], None]
) -> None:
    unused_since(noor, LONG + DAY)
    name_unused(clock.today())
    noor = Contact.objects.select_related("key", "organisation").get(pk=noor.pk)

    use(noor, volunteer)

    noor.refresh_from_db()
    assert (noor.used_on, noor.named_on) == (clock.today(), None)


@pytest.mark.wide
def test_a_coordinator_reads_who_goes_and_keeps_them(
    ours: Organisation, town: Party, volunteer: Account, boss: Account, noor: Contact
) -> None:
    kim = somebody(town, "Kim Kust", by=volunteer)
    for each, n in ((noor, 2), (kim, 1)):
        unused_since(each, LONG + (n + 1) * DAY)
        name_unused(clock.today() - n * DAY)
    desk = login(Client(), boss)
    address = page(ours, "stakeholders:leaving")

    today = desk.get(page(ours, "reports:work-list")).content.decode()
    shown = desk.get(address).content.decode()
    desk.post(address, {"keep": noor.pk})
    after = desk.get(address).content.decode()
    twice = desk.post(address, {"keep": noor.pk})

    assert "2 contacten gaan weg, behalve als u ze houdt" in today
    assert "Noor" not in today
    assert "Noor Zandpad" in shown
    assert "wethouder, Gemeente Zandvelde" in shown
    assert "Noor Zandpad" not in after
    assert "Kim Kust" in after
    assert twice.status_code == 404
    kinds = AuditEvent.objects.about(label_of(noor)).values_list("kind", flat=True)
    assert "stakeholders.contact.confirmed" in set(kinds)


def test_who_goes_elsewhere_is_neither_read_nor_kept(
    ours: Organisation, boss: Account, noor: Contact
) -> None:
    theirs = OrganisationFactory.create()
    other = member(theirs, Role.VOLUNTEER)
    foreign = somebody(PartyFactory.create(organisation=theirs), "Kim Kust", by=other)
    unused_since(foreign, LONG + DAY)
    name_unused(clock.today())
    desk = login(Client(), boss)
    address = page(ours, "stakeholders:leaving")

    shown = desk.get(address).content.decode()

    assert "Kim Kust" not in shown
    assert desk.post(address, {"keep": foreign.pk}).status_code == 404
    assert not desk.get(page(ours, "reports:work-list")).context["due"]


def test_a_volunteer_reads_nothing_of_who_goes(
    ours: Organisation, volunteer: Account, noor: Contact
) -> None:
    unused_since(noor, LONG + DAY)
    name_unused(clock.today())
    desk = login(Client(), volunteer)

    assert desk.get(page(ours, "stakeholders:leaving")).status_code == 404
    assert not desk.get(page(ours, "reports:work-list")).context["due"]


@pytest.mark.slow
def test_who_asks_gets_all_that_every_room_keeps_and_what_was_typed_is_marked(
    ours: Organisation, town: Party, volunteer: Account, boss: Account
) -> None:
    noor = somebody(
        town,
        by=volunteer,
        mail="noor@zandvelde.example",
        phone="06 11",
        note="Belt liever",
        from_on=date(2024, 3, 1),
    )
    knows(noor, somebody(town, "Kim Kust", by=volunteer), by=volunteer)
    for use in (remark, talk_of, stand):
        use(noor, volunteer)
    desk = login(Client(), boss)
    address = page(ours, "stakeholders:copy", noor.pk)

    asked = desk.get(address).content.decode()
    made = desk.post(address).content.decode()

    assert "Belt liever" not in asked
    for words in (
        "Noor Zandpad",
        "noor@zandvelde.example",
        "06 11",
        "Belt liever",
        "wethouder, Gemeente Zandvelde, sinds 1 maart 2024",
        "kent: iemand anders",
        " · van henzelf",
        "Wil helpen. · Een gesprek",
        "Kennismaken",
        "Zij twijfelt nog.",
        "Terugbellen",
        "wat wij vroegen: Binnen een dag",
        "wat het antwoord was: Lastig",
        "Zegt weinig",
    ):
        assert words in made, words
    marked = re.findall(r"<h2>([^<]+)</h2>\s*<p[^>]*><span[^>]*>Lees dit eerst", made)
    assert marked == [
        "Wie u bent",
        "Wie u kent",
        "Opmerkingen",
        "Wat wij denken dat u vindt",
        "Gesprekken met u",
    ]
    assert made.count("unprinted") == len(marked)
    assert "Kim Kust" not in made
    assert str(volunteer) not in made.partition("<main")[2]
    kinds = AuditEvent.objects.about(label_of(noor)).values_list("kind", flat=True)
    assert list(kinds).count("stakeholders.contact.copied") == 1
