"""What a dossier brought is written down, and told to everybody who told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.dossiers.actions import outcomes
from achterban.advocate.dossiers.actions.working import link_issues
from achterban.advocate.dossiers.models import Dossier, Outcome
from achterban.advocate.dossiers.queries.outcomes import hearers, n_who_wait
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.issues.actions import bundle, keep_issue
from achterban.advocate.issues.models import Issue
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.actions.updating import NobodyChosen, send_update
from achterban.listen.reports.models import Report, Review, Update, UpdateKind
from achterban.listen.reports.tests.factories import told

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
SENTENCE = "De gemeente belt nu binnen een week terug."
TYPED = {"result": "achieved", "what": SENTENCE, "on": "2026-11-01"}


@pytest.fixture
def issue(ours: Organisation, volunteer: Account) -> Issue:
    row = Issue(organisation=ours, title="Niemand belt terug")
    return keep_issue(row, by=volunteer, at=clock.now())


@pytest.fixture
def dossier(ours: Organisation, volunteer: Account, issue: Issue) -> Dossier:
    row = begun(ours, volunteer, owner=volunteer)
    link_issues(row, [issue.pk], by=volunteer, at=clock.now())
    return row


def tell_us(ours: Organisation, issue: Issue, by: Account) -> Report:
    _code, report = told(ours)
    look_through(lambda _: [])
    review = Review.objects.select_related("report__key").get(report=report)
    keep_review(review, [], by=by, at=clock.now(), approve=True)
    assert bundle(issue, [report.pk], by=by, at=clock.now()) == 1
    return report


def brought(dossier: Dossier, by: Account, **facts: str) -> Outcome:
    words = {"result": "achieved", "what": SENTENCE, "evidence": "Brief", **facts}
    row = Outcome(dossier=dossier, on=clock.today(), **words)
    return outcomes.keep_outcome(row, by=by, at=clock.now())


@pytest.mark.slow
def test_one_press_begins_the_news_for_all_who_told_of_it(
    ours: Organisation, volunteer: Account, dossier: Dossier, issue: Issue
) -> None:
    reports = {tell_us(ours, issue, volunteer).pk for _ in range(3)}
    told(ours)  # of something else
    desk = login(Client(), volunteer)
    new = page(ours, "dossiers:new-outcome", dossier.pk)

    bare = desk.post(new, TYPED)
    desk.post(new, {**TYPED, "evidence": "Besluit van de raad", "share": "together"})
    row = Outcome.objects.get()
    listed = desk.get(page(ours, "dossiers:outcome-list", dossier.pk)).content.decode()
    desk.post(page(ours, "dossiers:tell-outcome", row.pk))
    desk.post(page(ours, "dossiers:tell-outcome", row.pk))  # twice is one

    update = Update.objects.get()
    assert set(bare.context["form"].errors) == {"evidence"}
    assert "3 signalen hoorden het nog niet." in listed
    assert set(update.chosen) == reports
    assert update.kind == UpdateKind.RESULT
    assert update.open_words().lead == SENTENCE
    assert (
        SENTENCE
        in desk.get(page(ours, "dossiers:dossier", dossier.pk)).content.decode()
    )


@pytest.mark.slow
def test_who_told_later_is_counted_and_told_in_a_second_news(
    ours: Organisation, volunteer: Account, dossier: Dossier, issue: Issue
) -> None:
    first = tell_us(ours, issue, volunteer)
    row = brought(dossier, volunteer)
    before = hearers([row], volunteer, ours)[row.pk].left
    update = outcomes.begin_telling(row, before, by=volunteer, at=clock.now())
    drafted = hearers([row], volunteer, ours)[row.pk].n_not_yet
    send_update(update.pk, by=volunteer, at=clock.now())
    row.refresh_from_db()
    sent = hearers([row], volunteer, ours)[row.pk].n_not_yet
    later = tell_us(ours, issue, volunteer)

    after = hearers([row], volunteer, ours)[row.pk]
    assert before == {first.pk}
    assert (drafted, sent) == (1, 0)
    assert after.told == {first.pk}
    assert after.left == {later.pk}
    second = outcomes.begin_telling(row, after.left, by=volunteer, at=clock.now())
    send_update(second.pk, by=volunteer, at=clock.now())
    both = hearers([row], volunteer, ours)[row.pk]
    assert both.told == {first.pk, later.pk}
    assert both.n_not_yet == 0


def test_who_waits_to_hear_of_two_outcomes_is_counted_once(
    ours: Organisation, volunteer: Account, dossier: Dossier, issue: Issue
) -> None:
    tell_us(ours, issue, volunteer)
    rows = [brought(dossier, volunteer), brought(dossier, volunteer)]

    heard = hearers(rows, volunteer, ours)

    assert n_who_wait(heard.values()) == 1


def test_not_achieved_is_as_good_a_message(
    ours: Organisation, volunteer: Account, dossier: Dossier, issue: Issue
) -> None:
    report = tell_us(ours, issue, volunteer)
    why = "De minister ziet er geen geld voor."
    row = brought(dossier, volunteer, result="not", why=why, evidence="")

    update = outcomes.begin_telling(row, [report.pk], by=volunteer, at=clock.now())

    update.refresh_from_db()
    assert update.kind == UpdateKind.NOT_ACHIEVED
    assert why in update.open_words().rest
    with pytest.raises(outcomes.NoReason):
        brought(dossier, volunteer, result="not")
    with pytest.raises(outcomes.NoEvidence):
        brought(dossier, volunteer, result="partly", evidence="")


@pytest.mark.differs
def test_the_database_asks_why_not_and_how_we_know(
    volunteer: Account, dossier: Dossier
) -> None:
    row = brought(dossier, volunteer)

    for bad in ({"evidence": ""}, {"result": "not"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Outcome.objects.filter(pk=row.pk).update(**bad)


def test_an_advocate_of_elsewhere_tells_nothing(
    ours: Organisation, volunteer: Account, dossier: Dossier
) -> None:
    row = brought(dossier, volunteer)
    desk = login(Client(), member(ours, Role.ADVOCATE))

    answer = desk.post(page(ours, "dossiers:tell-outcome", row.pk))

    assert answer.status_code == 404
    assert not Update.objects.exists()


@pytest.mark.slow
def test_of_how_many_issues_something_comes_within_a_year(
    ours: Organisation, volunteer: Account, dossier: Dossier, issue: Issue
) -> None:
    tell_us(ours, issue, volunteer)
    desk = login(Client(), volunteer)
    address = page(ours, "dossiers:all-outcomes")
    young = desk.get(address).content.decode()
    long_ago = clock.today() - timedelta(days=400)
    Issue.objects.update(opened_on=long_ago)
    for n in range(3):
        other = Issue(organisation=ours, title=f"Iets anders {n}")
        keep_issue(other, by=volunteer, at=clock.now())
        Issue.objects.filter(pk=other.pk).update(opened_on=long_ago)
    row = brought(dossier, volunteer, result="partly")
    Outcome.objects.filter(pk=row.pk).update(on=long_ago + timedelta(days=100))

    shown = " ".join(desk.get(address).content.decode().split())

    assert "Nog geen knelpunt loopt een jaar" in young
    assert (
        "Van de 100 knelpunten leidden er 25 binnen een jaar tot verandering" in shown
    )
    assert "1 signaal hoorde nog niet wat het opbracht" in shown


def test_who_presses_twice_tells_nobody_twice(
    ours: Organisation, volunteer: Account, dossier: Dossier, issue: Issue
) -> None:
    report = tell_us(ours, issue, volunteer)
    row = brought(dossier, volunteer)
    outcomes.begin_telling(row, [report.pk], by=volunteer, at=clock.now())

    with pytest.raises(NobodyChosen):
        outcomes.begin_telling(row, [report.pk], by=volunteer, at=clock.now())
