"""Whom an issue is silent about: counted where it was ticked, unknown where not."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from achterban.advocate.issues import actions
from achterban.advocate.issues.models import Issue
from achterban.advocate.issues.queries import Voice, voices_of
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions import returning, telling, triaging
from achterban.listen.reports.actions.reviewing import look_through
from achterban.listen.reports.actions.together import do_together
from achterban.listen.reports.models import (
    Group,
    Report,
    Telling,
    Triage,
    Triaged,
)
from achterban.listen.reports.tests.factories import YES, read_again, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


@pytest.fixture
def issue(ours: Organisation, volunteer: Account) -> Issue:
    new = Issue(organisation=ours, title="Wachten op een rolstoel")
    return actions.keep_issue(new, by=volunteer, at=clock.now())


def in_issue(issue: Issue, by: Account, *groups: Group) -> Report:
    on = clock.today()
    report = told(issue.organisation, on=on)[1]
    issue.bundled.create(report=report, added_on=on)
    ticked = Triaged(groups=[one.value for one in groups])
    triaging.keep_triage(report.pk, ticked, by=by, at=clock.now())
    return report


def numbers(issue: Issue) -> dict[Group, int]:
    return {voice.group: voice.n_people for voice in voices_of(issue)}


def test_people_are_counted_for_each_group_and_what_is_withdrawn_is_gone(
    volunteer: Account, issue: Issue
) -> None:
    in_issue(issue, volunteer, Group.CHILD, Group.VERY_ILL)
    gone = in_issue(issue, volunteer, Group.CHILD)
    in_issue(issue, volunteer)

    assert numbers(issue) == {
        Group.VERY_ILL: 1,
        Group.CHILD: 2,
        Group.ELDERLY: 0,
        Group.LITTLE_DUTCH: 0,
    }
    returning.withdraw_report(gone, on=clock.today())
    assert numbers(issue)[Group.CHILD] == 1


def test_what_is_ticked_away_counts_no_more_and_another_theme_leaves_it(
    ours: Organisation, volunteer: Account, issue: Issue
) -> None:
    report = in_issue(issue, volunteer, Group.ELDERLY)

    do_together(
        [report.pk],
        "theme",
        "transport",
        by=volunteer,
        at=clock.now(),
    )
    assert numbers(issue)[Group.ELDERLY] == 1

    triaging.keep_triage(report.pk, Triaged(), by=volunteer, at=clock.now())
    assert numbers(issue)[Group.ELDERLY] == 0


@pytest.mark.alike
def test_the_page_calls_to_reach_who_was_not_heard(
    ours: Organisation, volunteer: Account, issue: Issue
) -> None:
    in_issue(issue, volunteer, Group.CHILD)
    client = login(Client(), volunteer)

    shown = client.get(page(ours, "issues:issue", issue.pk)).content.decode()

    assert shown.count("nog niemand") == 3
    assert "Neem een tolk" in shown
    assert "iemand op school" not in shown
    assert "Niet aangevinkt is" in shown


def test_a_few_are_called_missing_as_none_are(
    ours: Organisation, volunteer: Account, issue: Issue
) -> None:
    in_issue(issue, volunteer, Group.CHILD)
    client = login(Client(), volunteer)

    shown = client.get(page(ours, "issues:figure", issue.pk)).content.decode()

    assert "een kind, iemand van boven de 75" in shown
    assert Voice(Group.CHILD, 9).is_seldom
    assert not Voice(Group.CHILD, 10).is_seldom


@pytest.mark.alike
@pytest.mark.wide
def test_words_only_point_and_a_parent_is_believed(
    ours: Organisation, volunteer: Account
) -> None:
    text = "Mijn buurvrouw is bedlegerig en krijgt geen hulp."
    report = told(ours, text, on=clock.today())[1]
    child = telling.send_report(
        telling.fresh_code(),
        ours,
        Telling("Hij kan niet naar school.", role="child"),
        consent=YES,
        on=clock.today(),
    ).report
    look_through(lambda _: [])
    client = login(Client(), volunteer)

    words = client.get(page(ours, "reports:triage", report.pk)).content.decode()
    told_so = client.get(page(ours, "reports:triage", child.pk)).content.decode()

    shown = re.sub(r"\s+", " ", words)
    assert 'value="very_ill"> <span>iemand die heel ernstig ziek is' in shown
    assert "“bedlegerig”" in shown
    assert 'value="child" checked' in told_so
    client.post(page(ours, "reports:triage", report.pk), {"groups": ["very_ill"]})
    triage = Triage.objects.get()
    triage.report = read_again(report)
    assert triage.open().groups == ["very_ill"]
    assert b"very_ill" not in bytes(triage.sealed)
