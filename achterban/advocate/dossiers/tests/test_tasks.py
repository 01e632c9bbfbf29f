"""What has to be done is seen, done, and taken back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from achterban.advocate.dossiers.actions.working import finish_task
from achterban.advocate.dossiers.models import Dossier, Task
from achterban.advocate.dossiers.tests.factories import (
    DossierFactory,
    TaskFactory,
    begun,
)
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


@pytest.fixture
def dossier(ours: Organisation, volunteer: Account) -> Dossier:
    return begun(ours, volunteer)


@pytest.mark.wide
def test_a_task_is_written_down_done_and_told_in_what_happened(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    client = login(Client(), volunteer)
    asked = {"what": " Bel  de wethouder", "who": volunteer.pk, "by_when": "2027-03-01"}

    client.post(page(ours, "dossiers:new-task", dossier.pk), asked)
    task = Task.objects.get()
    before = client.get(page(ours, "dossiers:own-tasks")).content.decode()
    done = page(ours, "dossiers:finish-task", task.pk)
    answer = client.post(done, {"mine": "1"}, follow=True).content.decode()
    told = client.get(page(ours, "dossiers:dossier", dossier.pk)).content.decode()

    assert (task.what, task.who) == ("Bel de wethouder", volunteer)
    assert "1 maart 2027" in before
    assert "Klaar. Dank u wel." in answer
    assert "Bel de wethouder" not in answer
    assert "Bel de wethouder" in told.partition("Wat er gebeurde")[2]
    kinds = AuditEvent.objects.filter(kind__startswith="dossiers.task.").order_by("seq")
    assert [event.kind for event in kinds] == [
        "dossiers.task.kept",
        "dossiers.task.done",
    ]


def test_it_is_done_once_and_not_done_after_all(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    task = TaskFactory.create(dossier=dossier)
    client = login(Client(), volunteer)
    address = page(ours, "dossiers:finish-task", task.pk)

    client.post(address)
    assert not finish_task(task, by=volunteer, at=clock.now())
    listed = client.get(page(ours, "dossiers:task-list", dossier.pk)).content.decode()
    client.post(address, {"again": "1"})

    assert "Toch niet klaar" in listed
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (None, None)


def test_what_should_be_done_by_now_is_said_calmly_and_comes_first(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    today = clock.today()
    for what, days in (("Later", 9), ("Eerst", -1), ("Ooit", None)):
        by_when = None if days is None else today + timedelta(days=days)
        TaskFactory.create(dossier=dossier, what=what, who=volunteer, by_when=by_when)
    client = login(Client(), volunteer)

    shown = client.get(page(ours, "dossiers:own-tasks")).content.decode()

    assert shown.index("Eerst") < shown.index("Later") < shown.index("Ooit")
    assert shown.count("zou klaar zijn op") == 1
    assert "deadline" not in shown.partition("<main")[2]
    assert Task.objects.get(what="Eerst").is_late(today)
    assert not Task.objects.get(what="Later").is_late(today)
    assert not Task.objects.get(what="Ooit").is_late(today)


def test_a_slip_says_what_to_do_and_a_change_is_kept(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    task = TaskFactory.create(dossier=dossier, who=volunteer)
    client = login(Client(), volunteer)
    address = page(ours, "dossiers:change-task", task.pk)

    refused = client.post(address, {"what": "", "by_when": "morgen"}).content.decode()
    form = client.get(address).content.decode()
    client.post(address, {"what": "Schrijf een brief", "who": "", "by_when": ""})

    assert 'role="alert"' in refused
    assert f'value="{volunteer.pk}" selected' in form
    task.refresh_from_db()
    assert (task.what, task.who) == ("Schrijf een brief", None)


def test_only_a_few_tasks_stand_in_a_dossier(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    TaskFactory.create_batch(9, dossier=dossier)
    client = login(Client(), volunteer)

    shown = client.get(page(ours, "dossiers:dossier", dossier.pk)).content.decode()

    assert shown.count("Bel de wethouder") == 7
    assert "Er is meer: alle taken" in shown


def test_tasks_of_others_are_no_work_of_mine(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    elsewhere = DossierFactory.create()
    theirs = TaskFactory.create(dossier=elsewhere, who=volunteer, what="Bij hen")
    TaskFactory.create(dossier=dossier, what="Van niemand")
    client = login(Client(), volunteer)

    shown = client.get(page(ours, "dossiers:own-tasks")).content.decode()

    assert "Rust even" in shown
    gone = client.post(page(ours, "dossiers:finish-task", theirs.pk))
    assert gone.status_code == 404


def test_what_is_mine_and_due_stands_on_today_what_is_latest_first(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    on, colleague = clock.today(), member(ours, Role.VOLUNTEER)
    days = {"Vandaag": 0, "Gisteren": -1, "Lang geleden": -90, "Vorige week": -7}
    for what, n in days.items():
        due = on + timedelta(days=n)
        TaskFactory.create(dossier=dossier, what=what, who=volunteer, by_when=due)
    facts = {"dossier": dossier, "by_when": on}
    TaskFactory.create(what="Van een ander", who=colleague, **facts)
    TaskFactory.create(what="Van niemand", **facts)
    later = facts | {"by_when": on + timedelta(days=1)}
    TaskFactory.create(what="Morgen pas", who=volunteer, **later)
    TaskFactory.create(what="Ooit", who=volunteer, dossier=dossier)
    done = TaskFactory.create(what="Al klaar", who=volunteer, **facts)
    finish_task(done, by=volunteer, at=clock.now())

    shown = login(Client(), volunteer).get(page(ours, "reports:work-list"))

    found = [it.words for it in shown.context["due"]]
    assert found == ["Lang geleden", "Vorige week", "Gisteren"]
    assert "Niets te doen" not in shown.content.decode()


def test_a_task_at_another_organisation_stands_on_its_own_today(
    ours: Organisation, volunteer: Account
) -> None:
    theirs = OrganisationFactory.create()
    elsewhere = DossierFactory.create(organisation=theirs)
    TaskFactory.create(dossier=elsewhere, who=volunteer, by_when=clock.today())

    shown = login(Client(), volunteer).get(page(ours, "reports:work-list"))

    assert not shown.context["due"]


@pytest.mark.wide
def test_many_tasks_come_a_page_at_a_time_and_what_is_done_last(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    at, client = clock.now(), login(Client(), volunteer)
    rows = [Task(dossier=dossier, what=f"Taak {n:02}") for n in range(30)]
    for n, row in enumerate(rows[:10]):
        row.done_at = at - timedelta(hours=n)
    for n, row in enumerate(rows[10:]):
        row.by_when = at.date() + timedelta(days=n)
    Task.objects.bulk_create(rows)

    address = page(ours, "dossiers:task-list", dossier.pk)
    first, second = (client.get(f"{address}?page={n}").content.decode() for n in (1, 2))

    order = re.findall(r">Taak (\d\d)<", first + second)
    assert [int(n) for n in order] == [*range(10, 30), *range(10)]
    assert first.count(">Taak ") == 25
    assert "Niets op dit moment" not in second
