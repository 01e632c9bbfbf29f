"""A dossier from its demand to the end: steps, issues, mirrors, and who sees it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client

from achterban.advocate.dossiers.actions.working import (
    IsMirror,
    NotAllowed,
    link_issues,
    mirror,
    take_step,
)
from achterban.advocate.dossiers.models import Dossier, Form, Linked, State, Strategy
from achterban.advocate.dossiers.states import STEPS, next_states
from achterban.advocate.dossiers.tests.factories import DossierFactory, begun
from achterban.advocate.issues.actions import bundle, keep_issue
from achterban.advocate.issues.models import Issue
from achterban.advocate.issues.queries import Whom, for_whom_together
from achterban.advocate.issues.tests.test_bundling import checked
from achterban.core import clock
from achterban.core.accounts.access import UNSENT
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.mine.tests.factories import own_account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.places.models import Municipality
from achterban.listen.reports.actions import owning
from achterban.listen.reports.models import Beat

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
ASKED = {
    "title": "Hulp op tijd",
    "demand": "De gemeente belt binnen een week terug.",
    "goal": "Niemand wacht langer dan een week.",
    "strategy": Strategy.INFORM.value,
    "theme": "",
    "owner": "",
    "level": "national",
    "where": "",
    "form": "",
}


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


@pytest.fixture
def advocate(ours: Organisation) -> Account:
    """Somebody who works for Groningen."""
    account = member(ours, Role.ADVOCATE)
    Beat.objects.create(account=account, organisation=ours, municipalities=["GM0014"])
    return account


@pytest.fixture
def places() -> list[Municipality]:
    return list(Municipality.objects.filter(pk__in=["GM0014", "GM0106"]))


def shown(client: Client, name: str, row: Dossier) -> str:
    return client.get(page(row.organisation, name, row.pk)).content.decode()


@pytest.mark.wide
def test_a_dossier_is_opened_with_what_we_ask_and_its_beginning_is_told(
    ours: Organisation, volunteer: Account
) -> None:
    client = login(Client(), volunteer)
    asked = ASKED | {"title": "  Hulp  op tijd ", "owner": volunteer.pk}

    answer = client.post(page(ours, "dossiers:new-dossier"), asked, follow=True)

    text = answer.content.decode()
    row = Dossier.objects.get()
    assert (row.title, row.owner, row.state) == ("Hulp op tijd", volunteer, "preparing")
    assert "De gemeente belt binnen een week terug." in text
    assert "Hoe ver wij zijn: wij bereiden voor" in text
    assert f"{volunteer} zorgt ervoor" in text
    assert "nog geen signalen" in text
    assert "Hulp op tijd" in client.get(page(ours, "dossiers:dossier-list")).text
    kinds = AuditEvent.objects.filter(kind__startswith="dossiers.")
    assert [(event.kind, event.facts) for event in kinds] == [
        ("dossiers.dossier.kept", {})
    ]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    ours: Organisation, volunteer: Account
) -> None:
    client = login(Client(), volunteer)
    asked = ASKED | {"demand": "", "where": "Nergenshuizen"}

    text = client.post(page(ours, "dossiers:new-dossier"), asked).content.decode()

    assert 'role="alert"' in text
    assert "Wij kennen geen gemeente" in text
    assert "Niemand wacht langer dan een week." in text
    assert not Dossier.objects.exists()


def test_what_was_typed_waits_for_who_has_to_log_in_again(
    ours: Organisation, volunteer: Account
) -> None:
    row = begun(ours, volunteer)
    client = login(Client(), volunteer)
    address = page(ours, "dossiers:change-dossier", row.pk)
    session = client.session
    path = address.removeprefix(f"/o/{ours.slug}")
    session[UNSENT] = {path: ASKED | {"title": "Half getypt"}}
    session[UNSENT][address] = ASKED | {"title": "Half getypt"}
    session.save()

    assert "Half getypt" in client.get(address).content.decode()


@pytest.mark.wide
def test_only_steps_of_the_table_can_be_taken(
    ours: Organisation, volunteer: Account
) -> None:
    row = begun(ours, volunteer)
    client = login(Client(), volunteer)
    step = page(ours, "dossiers:step", row.pk)

    offered = client.get(step).content.decode()
    refused = client.post(step, {"state": "achieved"}).content.decode()
    client.post(step, {"state": "running", "why": "De wethouder wil praten"})

    assert 'value="running"' in offered
    assert 'value="achieved"' not in offered
    assert 'role="alert"' in refused
    row.refresh_from_db()
    assert row.state == State.RUNNING
    assert "De wethouder wil praten" in shown(client, "dossiers:dossier", row)
    with pytest.raises(NotAllowed):
        take_step(row, "preparing", "", by=volunteer, at=clock.now())


@pytest.mark.slow
def test_who_was_first_is_not_overruled(
    ours: Organisation, volunteer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = begun(ours, volunteer)
    client = login(Client(), volunteer)

    def refuse(*_args: object, **_rest: object) -> None:
        raise NotAllowed

    monkeypatch.setattr(
        "achterban.advocate.dossiers.views.work.actions.take_step", refuse
    )
    answer = client.post(
        page(ours, "dossiers:step", row.pk), {"state": "running"}, follow=True
    )

    assert "Een collega was u voor." in answer.content.decode()


def test_from_every_state_there_is_a_way_on() -> None:
    assert set(STEPS) == set(State)
    assert all(next_states(state) for state in State)


def test_what_is_over_leaves_the_list_and_can_be_found(
    ours: Organisation, volunteer: Account
) -> None:
    row = begun(ours, volunteer)
    client = login(Client(), volunteer)
    take_step(row, "stopped", "", by=volunteer, at=clock.now())

    address = page(ours, "dossiers:dossier-list")
    ongoing = client.get(address).content.decode()
    over = client.get(f"{address}?welke=klaar").content.decode()

    assert row.title not in ongoing
    assert row.title in over


@pytest.mark.wide
def test_people_in_several_issues_are_counted_once(
    ours: Organisation, volunteer: Account
) -> None:
    on, at = clock.today(), clock.now()
    reports = checked(
        ours, volunteer, "Ik wacht lang.", "Niemand belt.", "De rolstoel is kapot."
    )
    patient = own_account(ours, on=on)
    for report in reports[:2]:
        owning.own_report(report, patient, on=on)
    issues = [
        keep_issue(Issue(organisation=ours, title=title), by=volunteer, at=at)
        for title in ("Wachten", "Geen antwoord")
    ]
    for issue in issues:
        bundle(issue, [report.pk for report in reports], by=volunteer, at=at)
    row = begun(ours, volunteer)
    client = login(Client(), volunteer)

    client.post(page(ours, "dossiers:link", row.pk), {"issue": [i.pk for i in issues]})

    assert for_whom_together(issues) == Whom(3, 2, 1, on, on)
    text = shown(client, "dossiers:dossier", row)
    assert "2 mensen · 3 signalen · 1 gemeente" in text.partition("<h2>")[0]
    assert "telt hierboven één keer" in text
    assert for_whom_together([]) == Whom()


def test_an_issue_is_let_go_and_those_of_others_never_come_in(
    ours: Organisation, volunteer: Account
) -> None:
    at = clock.now()
    elsewhere = OrganisationFactory.create()
    other = member(elsewhere, Role.VOLUNTEER)
    theirs = keep_issue(Issue(organisation=elsewhere, title="Van hen"), by=other, at=at)
    mine = keep_issue(Issue(organisation=ours, title="Van ons"), by=volunteer, at=at)
    row = begun(ours, volunteer)

    assert link_issues(row, [mine.pk, theirs.pk], by=volunteer, at=at) == 1
    assert link_issues(row, [mine.pk], by=volunteer, at=at) == 0
    client = login(Client(), volunteer)
    text = shown(client, "dossiers:link", row)
    assert f'value="{mine.pk}" aria-describedby="i{mine.pk}" checked' in text
    assert "Van hen" not in text
    client.post(page(ours, "dossiers:link", row.pk), {"issue": ["x", theirs.pk]})
    assert not Linked.objects.exists()
    kinds = list(
        AuditEvent.objects.filter(kind__startswith="dossiers.dossier.")
        .order_by("seq")
        .values_list("kind", flat=True)
    )
    assert kinds[1:] == ["dossiers.dossier.linked", "dossiers.dossier.unlinked"]


@pytest.mark.wide
def test_a_national_dossier_comes_to_live_in_municipalities_in_one_step(
    ours: Organisation, volunteer: Account
) -> None:
    row = begun(ours, volunteer)
    issue = Issue.objects.create(
        organisation=ours, title="Wachten", opened_on=clock.today()
    )
    link_issues(row, [issue.pk], by=volunteer, at=clock.now())
    client = login(Client(), volunteer)
    address = page(ours, "dossiers:mirror", row.pk)

    wrong = client.post(address, {"places": "Groningen\nNergens"}).content.decode()
    client.post(address, {"places": "Groningen\nAssen", "form": "alliance"})
    again = client.post(address, {"places": "Assen"}, follow=True).content.decode()

    assert "Nergens: Wij kennen geen gemeente" in wrong
    assert "Er zijn 0 gemeenten bij gekomen" in again
    mirrors = row.mirrors.order_by("place__name")
    assert [(str(m.place), m.form, m.level) for m in mirrors] == [
        ("Assen", "alliance", "local"),
        ("Groningen", "alliance", "local"),
    ]
    assert {it.issue for it in Linked.objects.filter(dossier__in=mirrors)} == {issue}
    text = shown(client, "dossiers:dossier", row)
    assert "Ook in een gemeente" in text
    listed = client.get(page(ours, "dossiers:dossier-list")).content.decode()
    assert "Assen" not in listed


@pytest.mark.wide
def test_a_mirror_shows_what_is_asked_in_the_whole_country_above_its_own(
    ours: Organisation, volunteer: Account, places: list[Municipality]
) -> None:
    row = begun(ours, volunteer)
    mirror(row, places[:1], Form.COUNCIL, by=volunteer, at=clock.now())
    local = row.mirrors.get()
    client = login(Client(), volunteer)

    same = shown(client, "dossiers:dossier", local)
    change = page(ours, "dossiers:change-dossier", local.pk)
    form = client.get(change).content.decode()
    client.post(change, ASKED | {"demand": "Een loket in de wijk.", "form": "network"})
    own = shown(client, "dossiers:dossier", local)

    assert "hier en in het hele land" in same
    assert 'name="where"' not in form
    local.refresh_from_db()
    assert (local.place, local.form) == (places[0], "network")
    assert own.index(row.demand) < own.index("Een loket in de wijk.")


def test_what_belongs_to_a_place_has_no_mirrors(
    ours: Organisation, volunteer: Account, places: list[Municipality]
) -> None:
    local = begun(ours, volunteer, place=places[0])
    client = login(Client(), volunteer)

    answer = client.get(page(ours, "dossiers:mirror", local.pk))

    assert answer.status_code == 404
    with pytest.raises(IsMirror):
        mirror(local, places, "", by=volunteer, at=clock.now())


@pytest.mark.parametrize("facts", [{"place": None}, {}], ids=["no place", "twice"])
@pytest.mark.differs
def test_the_database_refuses_a_mirror_without_a_place_or_twice(
    ours: Organisation, places: list[Municipality], facts: dict[str, None]
) -> None:
    row = DossierFactory.create(organisation=ours)
    held = {"organisation": ours, "parent": row, "place": places[0], **facts}
    if not facts:
        DossierFactory.create(**held)

    with pytest.raises(IntegrityError):
        DossierFactory.create(**held)


def test_a_national_dossier_with_mirrors_cannot_move_to_one_place(
    ours: Organisation, volunteer: Account, places: list[Municipality]
) -> None:
    row = begun(ours, volunteer)
    mirror(row, places, "", by=volunteer, at=clock.now())
    client = login(Client(), volunteer)

    client.post(
        page(ours, "dossiers:change-dossier", row.pk), ASKED | {"where": "Assen"}
    )

    row.refresh_from_db()
    assert row.place is None


@pytest.mark.slow
def test_an_advocate_reads_and_works_what_plays_in_the_own_municipality(
    ours: Organisation,
    volunteer: Account,
    advocate: Account,
    places: list[Municipality],
) -> None:
    national, secret = begun(ours, volunteer), begun(ours, volunteer)
    mirror(national, places, "", by=volunteer, at=clock.now())
    here, there = (national.mirrors.get(place=place) for place in places)
    if str(here.place) != "Groningen":
        here, there = there, here
    mirror(
        secret, [there.place] if there.place else [], "", by=volunteer, at=clock.now()
    )
    client = login(Client(), advocate)

    def got(name: str, row: Dossier) -> int:
        return client.get(page(ours, name, row.pk)).status_code

    assert [got("dossiers:dossier", it) for it in (here, national)] == [200, 200]
    assert [got("dossiers:dossier", it) for it in (there, secret)] == [404, 404]
    assert got("dossiers:change-dossier", here) == 200
    assert got("dossiers:change-dossier", national) == 404
    assert got("dossiers:mirror", national) == 404
    listed = client.get(page(ours, "dossiers:dossier-list")).content.decode()
    assert listed.count("<li>") >= 2
    assert secret.title not in listed
    text = shown(client, "dossiers:dossier", national)
    assert str(there.pk) not in text
    assert "Schrijf een taak op" not in text


def test_what_an_advocate_opens_is_theirs_until_they_give_it_away(
    ours: Organisation, volunteer: Account, advocate: Account
) -> None:
    client = login(Client(), advocate)
    new = page(ours, "dossiers:new-dossier")

    client.post(new, ASKED | {"owner": advocate.pk})
    row = Dossier.objects.get()
    away = client.post(
        page(ours, "dossiers:change-dossier", row.pk), ASKED | {"owner": volunteer.pk}
    )

    assert f'value="{advocate.pk}" selected' in client.get(new).content.decode()
    assert away["Location"] == page(ours, "dossiers:dossier-list")


def test_a_place_is_kept_and_can_be_left_again(
    ours: Organisation, volunteer: Account
) -> None:
    client = login(Client(), volunteer)
    local = ASKED | {"where": "Assen", "form": "advocate"}

    client.post(page(ours, "dossiers:new-dossier"), local)
    row = Dossier.objects.get()
    change = page(ours, "dossiers:change-dossier", row.pk)
    form = client.get(change).content.decode()
    client.post(change, ASKED | {"form": "advocate"})

    assert 'value="Assen"' in form
    row.refresh_from_db()
    assert (row.place, row.form) == (None, "")


@pytest.mark.wide
def test_of_many_municipalities_a_page_stands_there_and_all_in_a_list(
    ours: Organisation, volunteer: Account
) -> None:
    row = begun(ours, volunteer)
    everywhere = list(Municipality.objects.all()[:30])
    mirror(row, everywhere, "", by=volunteer, at=clock.now())
    client = login(Client(), volunteer)
    address = page(ours, "dossiers:dossier-list")

    few = shown(client, "dossiers:dossier", row)
    first = client.get(address, {"van": row.pk}).content.decode()
    second = client.get(address, {"van": row.pk, "page": 2}).content.decode()

    assert few.count('<th scope="row">') == 25
    assert f"?van={row.pk}" in few
    assert first.count('<p class="meta">') == 25
    assert second.count('<p class="meta">') == 5
    assert f"?van={row.pk}&amp;page=2" in first
    whole = client.get(address, {"van": "x"}).content.decode()
    assert whole.count('<p class="meta">') == 1
