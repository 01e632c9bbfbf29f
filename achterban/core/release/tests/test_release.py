"""A figure is released once, in whole tens, after its month."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import member
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.actions import (
    accept_joining,
    ask_to_join,
    end_joining,
)
from achterban.core.organisations.models import Joining, Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.release.actions import NotOver, release_figure
from achterban.core.release.models import Kind, ReleasedFigure

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
AT = datetime(2026, 2, 10, 9, tzinfo=UTC)


def released(organisation: Organisation, n: int, month: date = MARCH) -> ReleasedFigure:
    return release_figure(
        organisation, Kind.REPORTS, month, lambda: n, on=date(2026, 9, 1)
    )


def joined(member_: Organisation, umbrella: Organisation) -> Joining:
    tie = ask_to_join(member_, umbrella, asked_by=member_, by=1, at=AT)
    return accept_joining(tie, accepted_by=umbrella, by=2, at=AT)


def seen(by: Account, umbrella: Organisation) -> list[tuple[str, date, str]]:
    figures = ReleasedFigure.objects.visible_to(by, umbrella)
    return [(one.organisation.name, one.month, one.shown) for one in figures]


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "minder dan 10"), (9, "minder dan 10"), (37, "30")]
)
def test_only_whole_tens_are_kept(count: int, shown: str) -> None:
    figure = released(OrganisationFactory.create(), count)
    assert figure.shown == shown
    assert ReleasedFigure.objects.values_list("n_tens").get() == (count // 10,)
    event = AuditEvent.objects.get()
    assert (event.kind, event.facts) == ("release.figure.released", {})


def test_what_is_out_never_changes_and_is_not_counted_again() -> None:
    organisation = OrganisationFactory.create()
    released(organisation, 20)

    def never() -> int:
        raise AssertionError

    again = release_figure(
        organisation, Kind.REPORTS, MARCH, never, on=date(2027, 1, 1)
    )
    assert again.shown == "20"
    assert released(organisation, 90, MARCH.replace(day=31)) == again
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("on", [MARCH, date(2026, 3, 31)])
def test_a_month_that_is_not_over_is_not_released(on: date) -> None:
    with pytest.raises(NotOver):
        release_figure(
            OrganisationFactory.create(), Kind.REPORTS, MARCH, lambda: 50, on=on
        )
    assert not ReleasedFigure.objects.exists()


def test_the_database_refuses_a_second_figure() -> None:
    figure = released(OrganisationFactory.create(), 20)
    figure.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save(force_insert=True)


def test_an_umbrella_sees_its_members_from_the_first_whole_month() -> None:
    umbrella, under, other = OrganisationFactory.create_batch(3)
    joined(under, umbrella)
    by = member(umbrella, Role.COORDINATOR)
    released(under, 90, date(2026, 2, 1))
    released(under, 31)
    released(under, 4, APRIL)
    released(other, 70)
    assert seen(by, umbrella) == [
        (under.name, APRIL, "minder dan 10"),
        (under.name, MARCH, "30"),
    ]
    assert seen(member(under, Role.COORDINATOR), umbrella) == []
    assert seen(member(umbrella, Role.VOLUNTEER), umbrella) == []


def test_who_leaves_is_seen_no_more_and_who_comes_back_begins_anew() -> None:
    umbrella, under = OrganisationFactory.create_batch(2)
    tie = joined(under, umbrella)
    by = member(umbrella, Role.COORDINATOR)
    released(under, 31)
    end_joining(tie, ended_by=under, by=1, at=AT)
    assert seen(by, umbrella) == []

    again = ask_to_join(under, umbrella, asked_by=umbrella, by=1, at=AT)
    assert seen(by, umbrella) == []
    at = datetime(2026, 3, 20, 9, tzinfo=UTC)
    accept_joining(again, accepted_by=under, by=2, at=at)
    released(under, 55, APRIL)
    assert seen(by, umbrella) == [(under.name, APRIL, "50")]


def test_two_umbrellas_one_after_the_other_see_the_same_figure() -> None:
    first, second, under = OrganisationFactory.create_batch(3)
    tie = joined(under, first)
    released(under, 31)
    end_joining(tie, ended_by=first, by=1, at=AT)
    joined(under, second)
    assert released(under, 48).shown == "30"
    assert seen(member(second, Role.COORDINATOR), second) == [(under.name, MARCH, "30")]
