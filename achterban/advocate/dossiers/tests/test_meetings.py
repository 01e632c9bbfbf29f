"""A talk from the plan to the report: who, at which level, asked, answered, decided."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from achterban.advocate.dossiers.actions.meetings import (
    MOST_POINTS,
    Full,
    drop_meeting,
    invite,
    keep_meeting,
    keep_point,
    put_on_agenda,
    remove_meeting,
    tell_how_it_went,
)
from achterban.advocate.dossiers.actions.working import link_issues, mirror
from achterban.advocate.dossiers.models import Dossier, Meeting, Point, Rank
from achterban.advocate.dossiers.queries.agenda import largest_issues
from achterban.advocate.dossiers.queries.timeline import timeline
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.issues.actions import bundle, keep_issue
from achterban.advocate.issues.models import Issue
from achterban.advocate.issues.tests.test_bundling import checked
from achterban.advocate.stakeholders.actions.contacts import erase_contact
from achterban.advocate.stakeholders.models import Contact, Function, Party
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Municipality
from achterban.core.vault.models import DataKey
from achterban.listen.reports.models import Beat

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def talk(volunteer: Account, dossier: Dossier) -> Meeting:
    new = Meeting(
        organisation=dossier.organisation,
        title="Gesprek met de wethouder",
        starts_at=clock.now() + timedelta(days=3),
        promised=Rank.ALDERMAN,
    )
    return keep_meeting(new, [dossier], [volunteer], by=volunteer, at=clock.now())


def asked(volunteer: Account, dossier: Dossier, **facts: object) -> dict[str, object]:
    return {
        "title": "Kennismaken",
        "day": "2027-03-09",
        "time": "14:30",
        "n_minutes": "45",
        "place": "stadhuis",
        "promised": "alderman",
        "ours": [volunteer.pk],
        "about": [dossier.pk],
        **facts,
    }


@pytest.mark.wide
@pytest.mark.parametrize("never", ["ooit", "9999-12-31"])
def test_a_talk_is_planned_from_a_dossier_in_dutch_time(
    ours: Organisation, volunteer: Account, desk: Client, dossier: Dossier, never: str
) -> None:
    address = page(ours, "dossiers:new-meeting", dossier.pk)

    form = desk.get(address).content.decode()
    refused = desk.post(address, asked(volunteer, dossier, day=never))
    sent = desk.post(address, asked(volunteer, dossier), follow=True)

    assert f'value="{dossier.title}"' in form
    assert 'role="alert"' in refused.content.decode()
    assert "stadhuis" in refused.content.decode()
    row = Meeting.objects.get()
    assert row.starts_at == timezone.make_aware(datetime(2027, 3, 9, 14, 30))  # noqa: DTZ001
    assert row.ends_at - row.starts_at == timedelta(minutes=45)
    assert [str(it) for it in row.delegates.all()] == [str(volunteer)]
    shown = sent.content.decode()
    assert "dinsdag 9 maart 2027, 14:30" in shown
    assert "15:15" in shown
    assert "Kennismaken" in desk.get(page(ours, "dossiers:meeting-list")).text
    assert "Kennismaken" in desk.get(page(ours, "dossiers:dossier", dossier.pk)).text


@pytest.mark.wide
def test_it_moves_and_may_be_about_more(
    ours: Organisation,
    volunteer: Account,
    desk: Client,
    dossier: Dossier,
    talk: Meeting,
) -> None:
    other = begun(ours, volunteer)
    address = page(ours, "dossiers:change-meeting", talk.pk)

    form = desk.get(address).content.decode()
    desk.post(address, asked(volunteer, dossier, about=[dossier.pk, other.pk], ours=[]))

    assert talk.title in form
    assert set(talk.dossiers.all()) == {dossier, other}
    assert not talk.delegates.exists()
    shown = desk.get(page(ours, "dossiers:meeting", talk.pk)).content.decode()
    assert other.title in shown


@pytest.mark.slow
def test_who_comes_of_them_is_written_in_the_function_they_had(
    ours: Organisation,
    volunteer: Account,
    desk: Client,
    talk: Meeting,
    town: Party,
    alderman: Function,
    noor: Contact,
) -> None:
    address = page(ours, "dossiers:attendees", talk.pk)

    found = desk.get(address, {"naam": "zand"}).content.decode()
    offered = desk.get(address, {"partij": town.pk}).content.decode()
    desk.post(f"{address}?partij={town.pk}", {})
    nobody = desk.get(address).content.decode()
    desk.post(f"{address}?partij={town.pk}", {"who": [alderman.pk]})
    desk.post(f"{address}?partij={town.pk}", {"who": [alderman.pk]})
    invite(talk, town, [], by=volunteer, at=clock.now())  # is there already

    assert f"?partij={town.pk}" in found
    assert "Noor Zandpad, wethouder" in offered
    assert "Gemeente Zandvelde" in nobody
    came = talk.attendees.get()
    assert (came.party, came.function) == (town, alderman)
    erase_contact(noor, by=volunteer, at=clock.now())
    shown = desk.get(page(ours, "dossiers:meeting", talk.pk)).content.decode()
    assert "wethouder, Gemeente Zandvelde" in shown
    assert "Noor" not in shown
    desk.post(address, {"weg": [came.pk, "x"]})
    desk.post(address, {"weg": ["x"]})
    assert not talk.attendees.exists()


@pytest.mark.wide
def test_the_largest_issues_are_proposed_and_put_in_an_order(
    ours: Organisation,
    volunteer: Account,
    desk: Client,
    dossier: Dossier,
    talk: Meeting,
) -> None:
    at = clock.now()
    reports = checked(ours, volunteer, "Ik wacht lang.", "Niemand belt.")
    small, large = (
        keep_issue(Issue(organisation=ours, title=title), by=volunteer, at=at)
        for title in ("Aan de balie", "Wachten")
    )
    bundle(large, [report.pk for report in reports], by=volunteer, at=at)
    link_issues(dossier, [small.pk, large.pk], by=volunteer, at=at)
    address = page(ours, "dossiers:agenda", talk.pk)

    proposed = [issue for issue, _whom in largest_issues(talk, by=volunteer)]
    shown = desk.get(address).content.decode()
    desk.post(address, {"issue": [small.pk, large.pk]})
    points = list(talk.points.all())
    desk.post(address, {"point": points[1].pk, "act": "up"})
    moved = [str(point) for point in talk.points.all()]
    desk.post(address, {"point": moved and points[0].pk, "act": "drop"})

    assert proposed == [large, small]
    assert shown.index("Wachten") < shown.index("Aan de balie")
    assert [str(point) for point in points] == ["Wachten", "Aan de balie"]
    assert moved == ["Aan de balie", "Wachten"]
    assert [str(point) for point in talk.points.all()] == ["Aan de balie"]
    assert [it for it, _ in largest_issues(talk, by=volunteer)] == [large]


def test_the_first_cannot_come_earlier(volunteer: Account, talk: Meeting) -> None:
    from achterban.advocate.dossiers.actions.meetings import move_up

    point = keep_point(Point(meeting=talk, title="Een"), by=volunteer, at=clock.now())

    move_up(point, by=volunteer, at=clock.now())

    assert [str(it) for it in talk.points.all()] == ["Een"]


@pytest.mark.wide
@pytest.mark.differs
def test_an_issue_stands_once_on_an_agenda_and_thirty_points_are_enough(
    ours: Organisation, volunteer: Account, desk: Client, talk: Meeting
) -> None:
    at = clock.now()
    issue = keep_issue(Issue(organisation=ours, title="Wachten"), by=volunteer, at=at)
    link_issues(talk.dossiers.get(), [issue.pk], by=volunteer, at=at)

    assert put_on_agenda(talk, [issue], by=volunteer, at=at) == 1
    assert put_on_agenda(talk, [issue], by=volunteer, at=at) == 0
    for n in range(MOST_POINTS - 1):
        keep_point(Point(meeting=talk, title=f"{n}"), by=volunteer, at=at)
    with pytest.raises(Full):
        keep_point(Point(meeting=talk, title="Te veel"), by=volunteer, at=at)
    refused = desk.post(
        page(ours, "dossiers:new-point", talk.pk), {"title": "Te veel"}
    ).content.decode()
    assert "Dertig punten is genoeg" in refused
    other = keep_issue(Issue(organisation=ours, title="Meer"), by=volunteer, at=at)
    link_issues(talk.dossiers.get(), [other.pk], by=volunteer, at=at)
    full = desk.post(
        page(ours, "dossiers:agenda", talk.pk), {"issue": [other.pk]}, follow=True
    )
    assert "Dertig punten is genoeg" in full.content.decode()


@pytest.mark.wide
def test_what_was_asked_answered_and_decided_stands_in_the_report(
    ours: Organisation, volunteer: Account, desk: Client, talk: Meeting
) -> None:
    new = page(ours, "dossiers:new-point", talk.pk)
    desk.post(new, {"title": "Gesprek in delen", "asked": "Mag het in drie delen?"})
    point = Point.objects.get()
    desk.post(
        page(ours, "dossiers:point", point.pk),
        {
            "title": "Gesprek in delen",
            "asked": "Mag het in drie delen?",
            "answered": "Ja, vanaf mei.",
            "decided": "De gemeente past de brief aan.",
        },
    )
    how = {"state": "held", "held": "civil_servant", "notes": "Leek moe."}

    desk.post(page(ours, "dossiers:how", talk.pk), how)

    shown = desk.get(page(ours, "dossiers:meeting", talk.pk)).content.decode()
    report = desk.get(page(ours, "dossiers:meeting-report", talk.pk)).content.decode()
    assert "Ja, vanaf mei." in report
    assert "De gemeente past de brief aan." in report
    assert "Leek moe." in shown
    assert "Leek moe." not in report
    assert "(lager dan beloofd)" in report
    talk.refresh_from_db()
    assert b"Leek moe." not in bytes(talk.sealed)
    told = [str(it.happening.what) for it in timeline(talk.dossiers.get(), n=9)[0]]
    assert "Overleg: ging door" in told


@pytest.mark.slow
def test_one_that_did_not_go_on_keeps_no_level_and_is_told(
    ours: Organisation, volunteer: Account, desk: Client, talk: Meeting
) -> None:
    address = page(ours, "dossiers:how", talk.pk)

    refused = desk.post(address, {"state": "", "notes": "Zij belden af"})
    desk.post(address, {"state": "off_by_them", "held": "alderman", "notes": ""})

    assert "Zij belden af" in refused.content.decode()
    talk.refresh_from_db()
    assert (talk.state, talk.held) == ("off_by_them", "")
    listed = desk.get(page(ours, "dossiers:meeting-list")).content.decode()
    assert "zij zegden af" in listed
    told = timeline(talk.dossiers.get(), n=9)[0]
    assert "Overleg: zij zegden af" in [str(it.happening.what) for it in told]


def test_what_is_planned_has_not_happened_yet(talk: Meeting) -> None:
    told = [str(it.happening.what) for it in timeline(talk.dossiers.get(), n=9)[0]]

    assert not [what for what in told if what.startswith("Overleg")]


@pytest.mark.parametrize(
    ("held", "promised", "is_below"),
    [
        (Rank.CIVIL_SERVANT, Rank.MINISTER, True),
        (Rank.DIRECTOR_GENERAL, Rank.MINISTER, True),
        (Rank.MINISTER, Rank.DIRECTOR_GENERAL, False),
        (Rank.MINISTER, Rank.MINISTER, False),
        (Rank.MANAGEMENT, Rank.ALDERMAN, True),
        (Rank.ALDERMAN, Rank.MINISTER, False),
        (Rank.OTHER, Rank.MINISTER, False),
    ],
)
def test_levels_are_compared_on_one_ladder_only(
    held: Rank, promised: Rank, is_below: bool
) -> None:
    assert held.is_below(promised) is is_below
    assert Meeting(held=held, promised=promised).is_lower is is_below
    assert not Meeting(held="", promised=promised).is_lower


def test_a_talk_written_down_by_mistake_is_erased_with_its_key(
    ours: Organisation, volunteer: Account, desk: Client, talk: Meeting
) -> None:
    tell_how_it_went(talk, "held", "", "Geheim", by=volunteer, at=clock.now())
    address = page(ours, "dossiers:drop-meeting", talk.pk)

    asked_first = desk.get(address).content.decode()
    desk.post(address)

    assert "Dit overleg weghalen?" in asked_first
    assert not Meeting.objects.exists()
    assert not DataKey.objects.filter(pk=talk.key_id).exists()


def test_after_a_restore_an_erased_talk_goes_again(talk: Meeting) -> None:
    remove_meeting({"key": talk.key_id}, 1)

    assert not Meeting.objects.exists()


@pytest.mark.wide
def test_an_advocate_sees_talks_of_the_own_municipality_only(
    ours: Organisation, volunteer: Account, dossier: Dossier, talk: Meeting
) -> None:
    at = clock.now()
    advocate = member(ours, Role.ADVOCATE)
    Beat.objects.create(account=advocate, organisation=ours, municipalities=["GM0014"])
    secret = begun(ours, volunteer)
    hidden = keep_meeting(
        Meeting(organisation=ours, title="Elders", starts_at=at),
        [secret],
        [],
        by=volunteer,
        at=at,
    )
    mirror(
        dossier, list(Municipality.objects.filter(pk="GM0014")), "", by=volunteer, at=at
    )
    client = login(Client(), advocate)

    def got(name: str, row: Meeting) -> int:
        return client.get(page(ours, name, row.pk)).status_code

    assert got("dossiers:meeting", hidden) == 404
    assert got("dossiers:meeting", talk) == 200  # of the national one: to read
    assert got("dossiers:change-meeting", talk) == 404
    assert "Elders" not in client.get(page(ours, "dossiers:meeting-list")).text


@pytest.mark.slow
def test_what_an_advocate_cannot_see_stays_with_a_talk_they_change(
    ours: Organisation, volunteer: Account
) -> None:
    at = clock.now()
    advocate = member(ours, Role.ADVOCATE)
    theirs = begun(ours, volunteer, owner=advocate)
    secret = begun(ours, volunteer)
    talk = keep_meeting(
        Meeting(organisation=ours, title="Samen", starts_at=at),
        [theirs, secret],
        [],
        by=volunteer,
        at=at,
    )
    client = login(Client(), advocate)
    address = page(ours, "dossiers:change-meeting", talk.pk)

    form = client.get(address).content.decode()
    client.post(address, asked(advocate, theirs))

    assert secret.title not in form
    assert set(talk.dossiers.all()) == {theirs, secret}


def test_a_talk_that_is_also_about_a_dossier_of_others_is_not_erased(
    ours: Organisation, dossier: Dossier, volunteer: Account
) -> None:
    advocate = member(ours, Role.ADVOCATE)
    own = begun(ours, advocate, owner=advocate, title="Van mij")
    talk = Meeting(organisation=ours, title="Met de minister", starts_at=clock.now())
    keep_meeting(talk, [dossier, own], [], by=volunteer, at=clock.now())
    client = login(Client(), advocate)

    refused = client.post(page(ours, "dossiers:drop-meeting", talk.pk))

    assert refused.status_code == 404
    assert Meeting.objects.filter(pk=talk.pk).exists()
    shown = client.get(page(ours, "dossiers:meeting", talk.pk)).content.decode()
    assert page(ours, "dossiers:drop-meeting", talk.pk) not in shown


def test_a_talk_that_was_erased_meanwhile_does_not_come_back(
    ours: Organisation, dossier: Dossier, volunteer: Account
) -> None:
    talk = Meeting(organisation=ours, title="Met de minister", starts_at=clock.now())
    keep_meeting(talk, [dossier], [], by=volunteer, at=clock.now())
    stale = Meeting.objects.select_related("key").get(pk=talk.pk)
    drop_meeting(talk, by=volunteer, at=clock.now())

    with pytest.raises(Meeting.DoesNotExist):
        keep_meeting(stale, [dossier], [], by=volunteer, at=clock.now())

    assert not Meeting.objects.exists()
