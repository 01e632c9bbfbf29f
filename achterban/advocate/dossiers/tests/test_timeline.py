"""Everything that happened stands in one list, newest first, whatever its room."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from achterban.advocate.dossiers.actions.working import (
    finish_task,
    mirror,
    take_step,
)
from achterban.advocate.dossiers.models import Dossier, Step
from achterban.advocate.dossiers.queries import timeline as module
from achterban.advocate.dossiers.queries.timeline import (
    Happening,
    Mark,
    Source,
    add_happenings,
    last_happened,
    timeline,
)
from achterban.advocate.dossiers.tests.factories import TaskFactory, begun
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.places.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


@pytest.fixture
def dossier(ours: Organisation, volunteer: Account) -> Dossier:
    return begun(ours, volunteer)


def walked(dossier: Dossier, n: int) -> list[Mark]:
    """Return the marks of all pages one after the other."""
    marks: list[Mark] = []
    before: Mark | None = None
    while True:
        found, before = timeline(dossier, before=before, n=n)
        assert len(found) <= n
        marks += [dated.mark for dated in found]
        if before is None:
            return marks


@pytest.mark.wide
def test_pages_follow_one_another_without_a_gap_or_a_double(
    volunteer: Account, dossier: Dossier
) -> None:
    at = clock.now()
    for n in range(9):  # three a moment: of one moment none may be lost
        task = TaskFactory.create(dossier=dossier)
        finish_task(task, by=volunteer, at=at + timedelta(minutes=n // 3))
    TaskFactory.create(dossier=dossier)  # not done: has not happened

    marks = walked(dossier, 2)

    assert len(marks) == len(set(marks)) == 10
    assert marks == sorted(marks, reverse=True)
    assert walked(dossier, 10) == walked(dossier, 50) == marks


@pytest.mark.wide
def test_a_page_of_it_is_asked_by_the_last_row_of_the_one_before(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    for n in range(30):
        task = TaskFactory.create(dossier=dossier, what=f"Taak {n}.")
        finish_task(task, by=volunteer, at=clock.now() + timedelta(minutes=n))
    client = login(Client(), volunteer)
    address = page(ours, "dossiers:timeline", dossier.pk)

    first = client.get(address)
    older = client.get(f"{address}?voor={first.context['more']}").content.decode()

    assert "Taak 29." in first.content.decode()
    assert "Taak 29." not in older
    assert "Taak 0." in older
    assert "Hoe ver wij zijn" in older
    assert "De nieuwste" in older


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed", ["", "x", "1-", "-1", "1", "9" * 17 + "-1", "1-" + "9" * 20, "²-1", "1-²"]
)
def test_an_address_that_names_no_row_shows_the_newest(
    ours: Organisation, volunteer: Account, dossier: Dossier, typed: str
) -> None:
    client = login(Client(), volunteer)
    address = page(ours, "dossiers:timeline", dossier.pk)

    answer = client.get(address, {"voor": typed})

    assert "Hoe ver wij zijn" in answer.content.decode()


def test_what_no_database_holds_is_simply_the_end(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    client = login(Client(), volunteer)
    address = page(ours, "dossiers:timeline", dossier.pk)

    shown = client.get(address, {"voor": f"0-{'9' * 19}"}).content.decode()

    assert "Dat was alles." in shown
    mark = Mark(clock.now(), 5)
    assert Mark.read(str(mark)) == mark


def test_a_room_above_adds_what_happens_there(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = dict(module._sources())
    monkeypatch.setattr(module, "_sources", lambda: known)
    source = Source(
        Step.objects.all,
        dossier="dossier",
        at="at",
        say=lambda row: Happening("Brief verstuurd"),
    )

    add_happenings("letters.letter", source)
    add_happenings("letters.letter", source)
    found, _more = timeline(dossier, n=5)

    assert [str(it.happening.what) for it in found].count("Brief verstuurd") == 1


def test_when_something_last_happened_is_known_of_many_at_once(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    later = clock.now() + timedelta(days=3)
    places = list(Municipality.objects.filter(pk="GM0014"))
    mirror(dossier, places, "", by=volunteer, at=clock.now())
    local = dossier.mirrors.get()
    quiet = begun(ours, volunteer)

    take_step(local, "running", "", by=volunteer, at=later)

    last = last_happened([dossier, local, quiet])
    assert last[local.pk] == later
    assert last[dossier.pk] < later
    assert set(last) == {dossier.pk, local.pk, quiet.pk}
    assert last_happened([]) == {}
