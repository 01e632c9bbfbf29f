"""A promise becomes public by two people, and stays as they saw it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.commitments.actions import keeping, showing
from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.models import Commitment, Showing, State
from achterban.advocate.commitments.queries.public import FIELDS
from achterban.advocate.commitments.tests.factories import WORDS
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def coordinator(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


def shown(row: Commitment, by: Account, second: Account) -> Showing:
    """Return it as two people made it public."""
    asked = showing.ask_to_show(row, by=by, at=clock.now())
    return showing.show(asked, by=second, at=clock.now())


def public(ours: Organisation, name: str = "public-list", *args: object) -> str:
    answer = Client().get(page(ours, f"commitments:{name}", *args))
    return answer.content.decode() if answer.status_code == 200 else ""


@pytest.mark.slow
def test_one_asks_and_another_makes_it_public(
    ours: Organisation,
    desk: Client,
    volunteer: Account,
    coordinator: Account,
    promise: Commitment,
) -> None:
    address = page(ours, "commitments:publicity", promise.pk)
    other = login(Client(), coordinator)

    desk.post(address, {"act": "ask"})
    desk.post(address, {"act": "show"})  # a volunteer does not, and asked
    before = public(ours), public(ours, "public", promise.pk)
    due = other.get(page(ours, "reports:work-list")).content.decode()
    waiting = Showing.objects.waiting().get()
    other.post(address, {"act": "show", "seen": f"{waiting.pk}"})

    assert WORDS not in before[0]
    assert before[1] == ""
    assert "Openbaar maken" in due
    assert WORDS in public(ours)
    assert WORDS in public(ours, "public", promise.pk)
    assert str(volunteer) not in public(ours, "public", promise.pk)
    assert "Zo ziet iedereen het" in desk.get(address).content.decode()
    desk.post(address, {"act": "hide"})
    assert public(ours, "public", promise.pk) == ""


def test_who_asked_does_not_release_it_and_neither_does_a_colleague_twice(
    coordinator: Account, volunteer: Account, promise: Commitment
) -> None:
    asked = showing.ask_to_show(promise, by=coordinator, at=clock.now())

    with pytest.raises(showing.Alone):
        showing.show(asked, by=coordinator, at=clock.now())
    showing.show(asked, by=volunteer, at=clock.now())
    with pytest.raises(showing.Gone):
        showing.show(asked, by=volunteer, at=clock.now())


@pytest.mark.differs
def test_the_database_refuses_one_person_and_two_at_once(
    coordinator: Account, volunteer: Account, promise: Commitment
) -> None:
    row = shown(promise, volunteer, coordinator)

    with pytest.raises(IntegrityError), transaction.atomic():
        Showing.objects.filter(pk=row.pk).update(released_by=volunteer)
    for released in (None, row.released_on):
        showing.ask_to_show(promise, by=volunteer, at=clock.now())
        with pytest.raises(IntegrityError), transaction.atomic():
            Showing.objects.create(
                commitment=promise,
                words=row.words,
                asked_on=row.asked_on,
                released_on=released,
            )


@pytest.mark.slow
def test_what_changes_shows_after_two_looked_again(
    ours: Organisation, coordinator: Account, volunteer: Account, promise: Commitment
) -> None:
    shown(promise, volunteer, coordinator)
    promise.ours, promise.theirs = "Zes weken is zes weken.", "Ongeveer."
    promise.theirs_source = "Mail"
    keeping.keep_commitment(promise, None, by=volunteer, at=clock.now())
    keeping.take_step(promise, State.DISPUTED, "Mail", by=volunteer, at=clock.now())
    still = public(ours, "public", promise.pk)

    asked = showing.ask_to_show(promise, by=volunteer, at=clock.now())
    promise.refresh_from_db()
    promise.ours = "Anders."
    keeping.keep_commitment(promise, None, by=volunteer, at=clock.now())
    with pytest.raises(showing.Changed):
        showing.show(asked, by=coordinator, at=clock.now())
    shown(promise, volunteer, coordinator)
    after = public(ours, "public", promise.pk)

    assert "betwist" not in still
    assert "Ongeveer." not in still
    assert "betwist" in after
    assert "Ongeveer." in after
    assert Showing.objects.out().count() == 1


def test_only_the_clock_makes_it_late(
    ours: Organisation, coordinator: Account, volunteer: Account, promise: Commitment
) -> None:
    due = clock.today()
    keeping.move_term(promise, When("nu", due), "", by=volunteer, at=clock.now())
    row = shown(promise, volunteer, coordinator)

    assert row.state_on(due) == State.RENEGOTIATED
    assert row.state_on(due + timedelta(days=1)) == State.LATE


def test_a_time_of_which_nobody_told_is_not_called_missed(
    ours: Organisation, coordinator: Account, volunteer: Account, promise: Commitment
) -> None:
    first = clock.today() - timedelta(days=1)
    term = When("elke dag", first, "FREQ=DAILY")
    keeping.move_term(promise, term, "", by=volunteer, at=clock.now())
    shown(promise, volunteer, coordinator)

    said = " ".join(public(ours, "public", promise.pk).split())

    assert "0 van de 2 keer zoals beloofd, 2 nog niet ingevuld" in said


@pytest.mark.slow
def test_open_data_says_what_the_page_says_and_no_cell_begins_with_a_formula(
    ours: Organisation, coordinator: Account, volunteer: Account, promise: Commitment
) -> None:
    promise.conditions = "=1+1"
    keeping.keep_commitment(promise, None, by=volunteer, at=clock.now())
    shown(promise, volunteer, coordinator)

    answer = Client().get(page(ours, "commitments:open-data", "json")).json()
    text = public(ours, "open-data", "csv").removeprefix("\ufeff")
    [line] = csv.DictReader(io.StringIO(text), delimiter=";")
    feed = public(ours, "open-data", "rss")

    [row] = answer["toezeggingen"]
    assert tuple(row) == FIELDS
    assert row["toezegging"] == WORDS
    assert row["stand"] == "open"
    assert line == {**row, "voorwaarden": "'=1+1"}
    assert "Ministerie van Zorg" in feed
    assert f"toezeggingen/{promise.pk}/" in feed
    assert Client().get(page(ours, "commitments:open-data", "xml")).status_code == 404


def test_another_organisation_shows_nothing_of_it(
    coordinator: Account, volunteer: Account, promise: Commitment
) -> None:
    shown(promise, volunteer, coordinator)
    other = OrganisationFactory.create()

    assert WORDS not in public(other)
    assert public(other, "public", promise.pk) == ""
