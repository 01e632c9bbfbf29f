"""Joining an umbrella takes two."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.actions import (
    CannotJoin,
    SamePerson,
    accept_joining,
    ask_to_join,
    end_joining,
)
from achterban.core.organisations.models import Joining, Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 10, 9, tzinfo=UTC)


@pytest.fixture
def member() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def umbrella() -> Organisation:
    return OrganisationFactory.create()


def ask(member: Organisation, umbrella: Organisation, by: Organisation) -> Joining:
    return ask_to_join(member, umbrella, asked_by=by, by=1, at=AT)


@pytest.mark.parametrize("is_asked_by_member", [True, False])
def test_who_asked_cannot_agree_with_itself(
    member: Organisation, umbrella: Organisation, is_asked_by_member: bool
) -> None:
    asker, other = (member, umbrella) if is_asked_by_member else (umbrella, member)
    tie = ask(member, umbrella, asker)
    with pytest.raises(CannotJoin):
        accept_joining(tie, accepted_by=asker, by=1, at=AT)
    assert not Joining.objects.standing().exists()

    accept_joining(tie, accepted_by=other, by=2, at=AT)

    assert Joining.objects.standing().get().counts_from == date(2027, 1, 1)
    asked, accepted = AuditEvent.objects.order_by("pk")
    assert (asked.kind, asked.responsible) == (
        "organisations.joining.asked",
        asker.pk,
    )
    assert (accepted.actor, accepted.responsible) == (2, other.pk)


def test_one_person_who_works_for_both_cannot_let_figures_out_alone(
    member: Organisation, umbrella: Organisation
) -> None:
    tie = ask(member, umbrella, member)
    with pytest.raises(SamePerson):
        accept_joining(tie, accepted_by=umbrella, by=1, at=AT)
    assert not Joining.objects.standing().exists()


def test_one_asks_once_and_never_itself(
    member: Organisation, umbrella: Organisation
) -> None:
    ask(member, umbrella, member)
    for by in (member, umbrella):
        with pytest.raises(CannotJoin):
            ask(member, umbrella, by)
    with pytest.raises(CannotJoin):
        ask(member, member, member)
    assert Joining.objects.count() == 1
    assert AuditEvent.objects.count() == 1


def test_a_member_has_one_umbrella(
    member: Organisation, umbrella: Organisation
) -> None:
    second = OrganisationFactory.create()
    first = ask(member, umbrella, member)
    another = ask(member, second, member)
    accept_joining(first, accepted_by=umbrella, by=2, at=AT)
    with pytest.raises(CannotJoin):
        accept_joining(another, accepted_by=second, by=2, at=AT)
    with pytest.raises(CannotJoin):
        accept_joining(first, accepted_by=umbrella, by=2, at=AT)

    end_joining(first, ended_by=member, by=1, at=AT)
    with pytest.raises(CannotJoin):
        end_joining(first, ended_by=umbrella, by=1, at=AT)
    another.refresh_from_db()
    accept_joining(another, accepted_by=second, by=2, at=AT)
    assert Joining.objects.standing().get().umbrella == second


def test_what_was_taken_back_in_another_window_cannot_be_accepted(
    member: Organisation, umbrella: Organisation
) -> None:
    shown = ask(member, umbrella, member)
    end_joining(Joining.objects.get(), ended_by=member, by=1, at=AT)
    with pytest.raises(CannotJoin):
        accept_joining(shown, accepted_by=umbrella, by=2, at=AT)
    assert not Joining.objects.standing().exists()
