"""Several organisations at one goal: each keeps its own, and shares per record."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from achterban.advocate.dossiers.actions.coalitions import (
    CannotAsk,
    IsInOne,
    IsOver,
    ask,
    begin,
    join,
    leave,
    share,
)
from achterban.advocate.dossiers.actions.meetings import (
    invite,
    keep_meeting,
    keep_point,
    tell_how_it_went,
)
from achterban.advocate.dossiers.actions.working import link_issues, unlink_issues
from achterban.advocate.dossiers.models import (
    Coalition,
    Dossier,
    Kind,
    Meeting,
    Partner,
    Point,
    Shared,
)
from achterban.advocate.dossiers.queries.sharing import may_share
from achterban.advocate.dossiers.tests.factories import TaskFactory, begun
from achterban.advocate.issues.actions import bundle, keep_issue
from achterban.advocate.issues.models import Issue
from achterban.advocate.issues.tests.test_bundling import checked
from achterban.advocate.stakeholders.models import Function, Party
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
VIEWS = "achterban.advocate.dossiers.views.coalitions"


@pytest.fixture
def theirs() -> Organisation:
    return OrganisationFactory.create(name="Stichting Overkant")


@pytest.fixture
def boss(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


@pytest.fixture
def chief(theirs: Organisation) -> Account:
    return member(theirs, Role.COORDINATOR)


@pytest.fixture
def partner(dossier: Dossier, boss: Account) -> Partner:
    return begin(dossier, by=boss, at=clock.now())


@pytest.fixture
def other(
    partner: Partner, theirs: Organisation, boss: Account, chief: Account
) -> Partner:
    asked = ask(partner, theirs, by=boss, at=clock.now())
    return join(asked, None, by=chief, at=clock.now())


def shown(account: Account, partner: Partner) -> str:
    """Return the page of a coalition as somebody of a partner sees it."""
    assert partner.dossier_id is not None
    address = page(partner.organisation, "dossiers:together", partner.dossier_id)
    return login(Client(), account).get(address).content.decode()


@pytest.mark.wide
def test_two_people_one_of_each_organisation_make_a_coalition(
    ours: Organisation,
    theirs: Organisation,
    boss: Account,
    chief: Account,
    dossier: Dossier,
) -> None:
    here, there = login(Client(), boss), login(Client(), chief)
    address = page(ours, "dossiers:together", dossier.pk)

    here.post(address, {"begin": "1"})
    here.post(address, {"begin": "1"})  # twice is no second one
    sent = here.post(address, {"other": f" {theirs.slug.upper()} "}, follow=True)
    asked = Partner.objects.get(organisation=theirs)
    listed = there.get(page(theirs, "dossiers:dossier-list")).content.decode()
    question = page(theirs, "dossiers:asked", asked.pk)
    seen = there.get(question).content.decode()
    there.post(question, {"dossier": ""})

    assert Coalition.objects.count() == 1
    assert "Gevraagd." in sent.content.decode()
    assert question in listed
    assert dossier.demand in seen
    asked.refresh_from_db()
    assert asked.dossier is not None
    assert (asked.dossier.organisation, asked.dossier.demand) == (
        theirs,
        dossier.demand,
    )
    assert "Stichting Overkant" in shown(boss, Partner.objects.get(organisation=ours))
    kinds = AuditEvent.objects.filter(kind__startswith="dossiers.partner")
    acts = [(e.kind, e.actor, e.responsible) for e in kinds.order_by("seq")]
    assert acts == [
        ("dossiers.partner.begun", boss.pk, ours.pk),
        ("dossiers.partner.asked", boss.pk, ours.pk),
        ("dossiers.partner.joined", chief.pk, theirs.pk),
    ]


def test_an_organisation_joins_with_a_dossier_it_has_and_only_one_that_is_free(
    theirs: Organisation, boss: Account, chief: Account, partner: Partner
) -> None:
    mine, taken = begun(theirs, chief), begun(theirs, chief)
    begin(taken, by=chief, at=clock.now())
    asked = ask(partner, theirs, by=boss, at=clock.now())
    client = login(Client(), chief)
    address = page(theirs, "dossiers:asked", asked.pk)

    offered = client.get(address).content.decode()
    refused = client.post(address, {"dossier": taken.pk})
    client.post(address, {"dossier": mine.pk})

    assert f'value="{mine.pk}"' in offered
    assert f'value="{taken.pk}"' not in offered
    assert refused.status_code == 200
    asked.refresh_from_db()
    assert asked.dossier == mine
    with pytest.raises(IsInOne):
        begin(mine, by=chief, at=clock.now())


@pytest.mark.slow
def test_what_is_not_shared_does_not_exist_for_the_other(
    ours: Organisation,
    volunteer: Account,
    dossier: Dossier,
    chief: Account,
    partner: Partner,
    other: Partner,
    town: Party,
    alderman: Function,
) -> None:
    at = clock.now()
    report = checked(ours, volunteer, "Ik wacht al weken.")[0]
    for title in ("Gedeeld knelpunt", "Geheim knelpunt"):
        issue = keep_issue(Issue(organisation=ours, title=title), by=volunteer, at=at)
        bundle(issue, [report.pk], by=volunteer, at=at)
        link_issues(dossier, [issue.pk], by=volunteer, at=at)
        TaskFactory.create(dossier=dossier, what=f"Taak bij {title}", who=volunteer)
        talk = keep_meeting(
            Meeting(organisation=ours, title=f"Overleg {title}", starts_at=at),
            [dossier],
            [volunteer],
            by=volunteer,
            at=at,
        )
        invite(talk, town, [alderman], by=volunteer, at=at)
        keep_point(
            Point(meeting=talk, title=f"Punt {title}", asked="Hoe dan?"),
            by=volunteer,
            at=at,
        )
        tell_how_it_went(talk, "held", "", f"Notitie {title}", by=volunteer, at=at)
    assert "Gedeeld" not in shown(chief, other)

    for kind in Kind:
        rows = {
            Kind.ISSUE: Issue.objects.filter(title="Gedeeld knelpunt"),
            Kind.MEETING: Meeting.objects.filter(title__contains="Gedeeld"),
            Kind.TASK: dossier.tasks.filter(what__contains="Gedeeld"),
        }[kind]
        keys = list(rows.values_list("pk", flat=True))
        assert share(partner, kind, [*keys, 7], by=volunteer, at=at) == 1

    text = shown(chief, other)
    for word in ("Gedeeld knelpunt", "Punt Gedeeld", "Hoe dan?", "Taak bij Gedeeld"):
        assert word in text
    for word in ("Geheim", "Notitie", "Noor", str(volunteer), "1 persoon", "1 signaal"):
        assert word not in text
    assert str(report.pk) not in text
    for name, thing in (
        ("dossiers:dossier", dossier),
        ("dossiers:together", dossier),
        ("issues:issue", Issue.objects.get(title="Gedeeld knelpunt")),
        ("dossiers:meeting", Meeting.objects.get(title__contains="Gedeeld")),
    ):
        answer = login(Client(), chief).get(page(other.organisation, name, thing.pk))
        assert answer.status_code == 404


@pytest.mark.wide
def test_what_leaves_the_dossier_of_its_owner_is_shared_no_more(
    ours: Organisation,
    volunteer: Account,
    dossier: Dossier,
    partner: Partner,
    other: Partner,
    chief: Account,
) -> None:
    at = clock.now()
    issue = keep_issue(Issue(organisation=ours, title="Wachten"), by=volunteer, at=at)
    link_issues(dossier, [issue.pk], by=volunteer, at=at)
    share(partner, Kind.ISSUE, [issue.pk], by=volunteer, at=at)
    assert "Wachten" in shown(chief, other)

    unlink_issues(dossier, [issue.pk], by=volunteer, at=at)

    assert "Wachten" not in shown(chief, other)


@pytest.mark.slow
def test_sharing_goes_through_the_page_and_is_taken_back_there(
    ours: Organisation, dossier: Dossier, boss: Account, partner: Partner
) -> None:
    task = TaskFactory.create(dossier=dossier)
    client = login(Client(), boss)
    address = page(ours, "dossiers:together", dossier.pk)

    client.post(address, {"share": "1", "task": [task.pk, "x"]})
    shared = client.get(address).content.decode()
    client.post(address, {"share": "1"})

    assert f'value="{task.pk}" checked' in shared
    assert not Shared.objects.exists()


@pytest.mark.slow
def test_who_leaves_loses_nothing_and_takes_what_was_shared_along(
    ours: Organisation,
    theirs: Organisation,
    boss: Account,
    chief: Account,
    dossier: Dossier,
    partner: Partner,
    other: Partner,
) -> None:
    assert other.dossier is not None
    task = TaskFactory.create(dossier=other.dossier, what="Van de overkant")
    share(other, Kind.TASK, [task.pk], by=chief, at=clock.now())
    assert "Van de overkant" in shown(boss, partner)
    client = login(Client(), chief)
    address = page(theirs, "dossiers:leave", other.dossier_id)

    asked = client.get(address).content.decode()
    client.post(address)

    assert "Uw dossier blijft zoals het is" in asked
    seen = shown(boss, partner)
    assert "Van de overkant" not in seen
    assert "vertrokken op" in seen
    whole = client.get(page(theirs, "dossiers:dossier", other.dossier_id))
    assert "Van de overkant" in whole.content.decode()
    left = shown(chief, other)
    assert "U ging weg uit" in left
    assert str(ours) not in left
    assert client.get(address).status_code == 404


@pytest.mark.slow
def test_who_began_it_may_leave_too_and_the_others_go_on(
    boss: Account, chief: Account, partner: Partner, other: Partner
) -> None:
    leave(partner, by=boss, at=clock.now())

    assert "vertrokken op" in shown(chief, other)
    third = OrganisationFactory.create()
    assert ask(other, third, by=chief, at=clock.now()).asked_by == other.organisation


@pytest.mark.wide
def test_a_no_is_seen_and_may_be_asked_again(
    theirs: Organisation, boss: Account, chief: Account, partner: Partner
) -> None:
    asked = ask(partner, theirs, by=boss, at=clock.now())
    client = login(Client(), chief)

    client.post(page(theirs, "dossiers:asked", asked.pk), {"refuse": "1"})

    assert "zei nee op" in shown(boss, partner)
    gone = client.get(page(theirs, "dossiers:asked", asked.pk))
    assert gone.status_code == 404
    assert ask(partner, theirs, by=boss, at=clock.now()).pk != asked.pk


@pytest.mark.wide
def test_what_cannot_be_is_refused_with_a_sentence(
    ours: Organisation,
    theirs: Organisation,
    boss: Account,
    dossier: Dossier,
    partner: Partner,
) -> None:
    client = login(Client(), boss)
    address = page(ours, "dossiers:together", dossier.pk)
    ask(partner, theirs, by=boss, at=clock.now())

    unknown = client.post(address, {"other": "nergens"}).content.decode()
    myself = client.post(address, {"other": ours.slug}).content.decode()
    again = client.post(address, {"other": theirs.slug}).content.decode()
    empty = client.post(address, {"other": ""}).content.decode()

    assert "Wij kennen geen andere organisatie" in unknown
    assert "Wij kennen geen andere organisatie" in myself
    assert "doet al mee, of is al gevraagd" in again
    assert 'role="alert"' in empty
    with pytest.raises(CannotAsk):
        ask(partner, ours, by=boss, at=clock.now())


def test_what_is_over_cannot_be_done_again(
    boss: Account,
    chief: Account,
    partner: Partner,
    other: Partner,
) -> None:
    at = clock.now()
    with pytest.raises(IsOver):
        join(other, None, by=chief, at=at)
    leave(other, by=chief, at=at)

    with pytest.raises(IsOver):
        leave(other, by=chief, at=at)
    with pytest.raises(IsOver):
        share(other, Kind.TASK, [], by=chief, at=at)
    with pytest.raises(IsOver):
        ask(other, OrganisationFactory.create(), by=chief, at=at)
    assert may_share(Partner(), Kind.TASK) == set()


def test_a_volunteer_sees_the_coalition_and_changes_nothing(
    ours: Organisation, volunteer: Account, dossier: Dossier, partner: Partner
) -> None:
    client = login(Client(), volunteer)
    address = page(ours, "dossiers:together", dossier.pk)

    assert "Wat u deelt" not in client.get(address).content.decode()
    assert client.post(address, {"other": "x"}).status_code == 404


@pytest.mark.parametrize("act", ["begin", "share"])
def test_who_was_first_is_said_on_the_page(
    ours: Organisation,
    boss: Account,
    dossier: Dossier,
    act: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if act == "share":
        begin(dossier, by=boss, at=clock.now())

    def refuse(*_args: object, **_rest: object) -> None:
        raise IsOver

    monkeypatch.setattr(f"{VIEWS}.actions.{act}", refuse)
    address = page(ours, "dossiers:together", dossier.pk)
    answer = login(Client(), boss).post(address, {act: "1"}, follow=True)

    assert "Iemand was u voor." in answer.content.decode()


@pytest.mark.differs
def test_a_place_that_was_taken_meanwhile_is_said_to_be(
    theirs: Organisation,
    boss: Account,
    chief: Account,
    partner: Partner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = ask(partner, theirs, by=boss, at=clock.now())

    def refuse(*_args: object, **_rest: object) -> None:
        raise IsInOne

    monkeypatch.setattr(f"{VIEWS}.actions.join", refuse)
    address = page(theirs, "dossiers:asked", asked.pk)
    answer = login(Client(), chief).post(address, {"dossier": ""}, follow=True)

    assert "Iemand was u voor." in answer.content.decode()


def test_a_mail_says_that_an_organisation_asks_and_not_what(
    theirs: Organisation, partner: Partner, boss: Account, chief: Account
) -> None:
    member(theirs, Role.VOLUNTEER)

    ask(partner, theirs, by=boss, at=clock.now())
    for _news_then_letters in range(2):
        deliver_due(at=clock.now(), on=clock.today())

    letters = [it for it in mail.outbox if "vraagt u mee te doen" in str(it.body)]
    assert [it.to for it in letters] == [[chief.email]]
    told = f"{letters[0].subject} {letters[0].body}"
    assert partner.coalition.title not in told
    assert str(partner.organisation) not in told
