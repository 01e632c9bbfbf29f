"""Talks and tasks in one's own calendar: times only, behind an address that ends."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar, Event

from achterban.advocate.dossiers.actions.feeds import close_feed, open_feed
from achterban.advocate.dossiers.actions.meetings import invite, keep_meeting
from achterban.advocate.dossiers.models import Dossier, Feed, Meeting
from achterban.advocate.dossiers.tests.factories import TaskFactory
from achterban.advocate.stakeholders.models import Function, Party
from achterban.core import clock
from achterban.core.accounts.models import Account, Membership, Role
from achterban.core.accounts.tests.factories import member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)


@pytest.fixture
def talk(
    volunteer: Account, dossier: Dossier, town: Party, alderman: Function
) -> Meeting:
    at = clock.now()
    new = Meeting(
        organisation=dossier.organisation,
        title="Geheim plan",
        starts_at=(at + timedelta(days=2)).replace(microsecond=0),
        n_minutes=90,
    )
    kept = keep_meeting(new, [dossier], [volunteer], by=volunteer, at=at)
    invite(kept, town, [alderman], by=volunteer, at=at)
    return kept


def read(ours: Organisation, token: str) -> list[Event]:
    """Return what a calendar program reads without logging in."""
    answer = Client().get(page(ours, "dossiers:feed", token))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    return [it for it in calendar.walk("VEVENT") if isinstance(it, Event)]


def is_shut(ours: Organisation, token: str) -> bool:
    answer = Client().get(page(ours, "dossiers:feed", token))
    return answer.status_code == 404


def test_talks_and_tasks_stand_in_it_as_times_without_a_word_or_a_name(
    ours: Organisation, volunteer: Account, dossier: Dossier, talk: Meeting
) -> None:
    TaskFactory.create(dossier=dossier, who=volunteer, by_when=DAY, what="Geheim")
    TaskFactory.create(dossier=dossier, who=volunteer, what="Zonder dag")
    TaskFactory.create(dossier=dossier, by_when=DAY, what="Van niemand")
    token = open_feed(volunteer, ours, shows_parties=False, at=clock.now())

    meeting, task = read(ours, token)

    assert meeting.start == talk.starts_at.astimezone(UTC)
    assert meeting.end - meeting.start == timedelta(minutes=90)
    assert str(meeting["SUMMARY"]) == "Overleg"
    assert (task.start, task.end) == (DAY, DAY + timedelta(days=1))
    assert str(task["SUMMARY"]) == "Taak"
    content = Client().get(page(ours, "dossiers:feed", token)).content.decode()
    for word in ("Geheim", "Noor", "Zandvelde", dossier.title, "@voorbeeld"):
        assert word not in content
    assert "\r\n" in content
    assert "DTSTART:" in content  # in UTC: no zone has to be known
    assert content.count("Z\r\n") >= 3


def test_the_party_stands_in_it_where_somebody_asked_for_that(
    ours: Organisation, volunteer: Account, talk: Meeting
) -> None:
    token = open_feed(volunteer, ours, shows_parties=True, at=clock.now())

    (meeting,) = read(ours, token)

    assert str(meeting["SUMMARY"]) == "Overleg: Gemeente Zandvelde"
    assert "Noor" not in str(meeting["SUMMARY"])


def test_what_was_called_off_or_is_of_others_is_not_in_it(
    ours: Organisation, volunteer: Account, talk: Meeting
) -> None:
    token = open_feed(volunteer, ours, shows_parties=False, at=clock.now())
    other = open_feed(
        member(ours, Role.COORDINATOR), ours, shows_parties=False, at=clock.now()
    )

    assert read(ours, other) == []
    Meeting.objects.update(state="off_by_them")
    assert read(ours, token) == []


@pytest.mark.slow
def test_the_address_is_shown_once_and_only_its_hash_is_kept(
    ours: Organisation, volunteer: Account, desk: Client, talk: Meeting
) -> None:
    address = page(ours, "dossiers:own-feed")

    made = desk.post(address, {}).content.decode()
    again = desk.get(address).content.decode()

    found = re.search(r"/agenda/([\w-]+)\.ics", made)
    assert found
    token = found[1]
    assert token not in again
    assert "Maak een nieuw adres" in again
    assert token.encode() not in bytes(Feed.objects.get().digest)
    assert len(read(ours, token)) == 1
    kinds = AuditEvent.objects.filter(kind__startswith="dossiers.feed")
    assert [event.facts for event in kinds] == [{}]


def test_a_new_address_ends_the_old_one_and_stopping_ends_all_at_once(
    ours: Organisation, volunteer: Account, desk: Client
) -> None:
    old = open_feed(volunteer, ours, shows_parties=False, at=clock.now())
    new = open_feed(volunteer, ours, shows_parties=False, at=clock.now())

    assert is_shut(ours, old)
    assert read(ours, new) == []
    answer = desk.post(page(ours, "dossiers:own-feed"), {"stop": "1"}, follow=True)
    assert "opent niets meer" in answer.content.decode()
    assert is_shut(ours, new)
    assert not Feed.objects.exists()
    desk.post(page(ours, "dossiers:own-feed"), {"stop": "1"})  # twice is no error


def test_who_left_the_team_has_no_diary_here_any_more(
    ours: Organisation, volunteer: Account
) -> None:
    token = open_feed(volunteer, ours, shows_parties=False, at=clock.now())

    Membership.objects.filter(account=volunteer).delete()

    assert is_shut(ours, token)


def test_an_account_that_was_closed_and_another_office_open_nothing(
    ours: Organisation, volunteer: Account
) -> None:
    token = open_feed(volunteer, ours, shows_parties=False, at=clock.now())

    assert is_shut(OrganisationFactory.create(), token)
    assert is_shut(ours, "verzonnen")
    Account.objects.filter(pk=volunteer.pk).update(is_active=False)
    assert is_shut(ours, token)


def test_closing_is_in_the_log(ours: Organisation, volunteer: Account) -> None:
    open_feed(volunteer, ours, shows_parties=False, at=clock.now())

    close_feed(Feed.objects.get(), at=clock.now())

    assert AuditEvent.objects.filter(kind="dossiers.feed.closed").count() == 1
