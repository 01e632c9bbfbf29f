"""What an umbrella gets to know of reports."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from achterban.core.organisations.actions import accept_joining, ask_to_join
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.release.models import ReleasedFigure
from achterban.core.upkeep import round as rounds
from achterban.listen.reports.actions import erasing, telling
from achterban.listen.reports.actions.counting import release_counts
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.tests.factories import told

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
IN_MARCH = date(2026, 3, 15)


@pytest.fixture
def member() -> Organisation:
    member, umbrella = OrganisationFactory.create_batch(2)
    at = datetime(2026, 2, 10, 9, tzinfo=UTC)
    tie = ask_to_join(member, umbrella, asked_by=member, by=1, at=at)
    accept_joining(tie, accepted_by=umbrella, by=2, at=at)
    return member


def out() -> dict[date, str]:
    return {one.month: one.shown for one in ReleasedFigure.objects.order_by("month")}


def test_a_month_counts_what_was_sent_in_it_and_stands(member: Organisation) -> None:
    for day in (1, 31, *[15] * 8):
        told(member, on=IN_MARCH.replace(day=day))
    told(member, on=date(2026, 2, 28))
    told(member, on=date(2026, 4, 1))

    assert release_counts(on=date(2026, 3, 31)) == 0
    assert release_counts(on=date(2026, 4, 1)) == 1
    assert out() == {date(2026, 3, 1): "10"}

    erasing.erase_words(Report.objects.filter(received_on=IN_MARCH)[0], on=IN_MARCH)
    assert release_counts(on=date(2026, 4, 2)) == 0
    assert out() == {date(2026, 3, 1): "10"}


def test_what_is_withdrawn_unsent_or_a_flood_is_not_counted(
    member: Organisation,
) -> None:
    reports = [told(member, on=IN_MARCH)[1] for _ in range(10)]
    erasing.erase_words(reports[0], on=IN_MARCH)
    told(member, on=IN_MARCH, is_suspect=True)
    telling.keep_draft(telling.fresh_code(), member, Telling("Half"), on=IN_MARCH)
    release_counts(on=date(2026, 4, 1))
    assert out() == {date(2026, 3, 1): "minder dan 10"}


def test_months_that_were_missed_follow_in_the_daily_round(
    member: Organisation,
) -> None:
    other = OrganisationFactory.create()
    told(other, on=IN_MARCH)
    for task in rounds._daily:
        task(date(2026, 6, 5))
    assert list(out()) == [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]
    assert set(ReleasedFigure.objects.values_list("organisation", flat=True)) == {
        member.pk
    }
