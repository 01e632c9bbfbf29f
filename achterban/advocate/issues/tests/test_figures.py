"""A number of people leaves in whole tens, by two people, and stands."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.issues import actions
from achterban.advocate.issues.models import Citation, Claim, Figure, Issue
from achterban.advocate.issues.queries import n_people_before, proofs_of
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.mine.tests.factories import own_account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.release.models import ReleasedFigure
from achterban.listen.reports.actions import owning, returning
from achterban.listen.reports.models import Report, Review
from achterban.listen.reports.tests.factories import told
from achterban.rules.disclosure import n_tens
from achterban.rules.months import next_month

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
WORDS = {"counted": "Zij wachten op een rolstoel.", "missing": "Kinderen."}


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


@pytest.fixture
def coordinator(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


@pytest.fixture
def issue(ours: Organisation, volunteer: Account) -> Issue:
    new = Issue(organisation=ours, title="Wachten op een rolstoel")
    return actions.keep_issue(new, by=volunteer, at=clock.now())


def add(issue: Issue, n: int, *, is_suspect: bool = False) -> list[Report]:
    """Put reports in an issue that were told on the last day of last month."""
    on = clock.today().replace(day=1) - timedelta(days=1)
    new = [told(issue.organisation, on=on, is_suspect=is_suspect)[1] for _ in range(n)]
    for report in new:
        issue.bundled.create(report=report, added_on=on)
    return new


def asked(issue: Issue, by: Account) -> Figure:
    return actions.ask_figure(issue, **WORDS, by=by, at=clock.now())


def claim_of(issue: Issue, by: Account) -> Claim:
    new = Claim(issue=issue, sentence="Wachten duurt lang.", strength="experience")
    return actions.keep_claim(new, by=by, at=clock.now())


@pytest.mark.slow
def test_one_asks_another_releases_and_it_proves_a_claim(
    ours: Organisation, volunteer: Account, coordinator: Account, issue: Issue
) -> None:
    add(issue, 12)
    claim = claim_of(issue, volunteer)
    one, two = login(Client(), volunteer), login(Client(), coordinator)
    address = page(ours, "issues:figure", issue.pk)

    first = one.post(address, WORDS, follow=True).content.decode()
    release = {"act": "release", "figure": Figure.objects.get().pk}
    refused = one.post(address, release)
    released = two.post(address, release, follow=True).content.decode()
    figure = Figure.objects.get()
    cite = page(ours, "issues:cite-figure", claim.pk)
    shown = one.post(cite, {"figure": figure.pk}, follow=True).content.decode()

    assert "Een tweede persoon geeft het vrij." in first
    assert refused.status_code == 404
    assert "Vrijgegeven." in released
    for words in ("Minstens 10 mensen, tot en met", *WORDS.values()):
        assert words in shown
    assert "12 mensen" not in shown
    proof = proofs_of([claim], on=clock.today())[claim.pk][0]
    assert (proof.holds, proof.citation.figure) == (True, figure)
    kinds = AuditEvent.objects.filter(kind__contains="figure").order_by("seq")
    assert [(event.kind, event.actor) for event in kinds] == [
        ("issues.figure.asked", volunteer.pk),
        ("release.figure.released", 0),
        ("issues.figure.released", coordinator.pk),
    ]


@pytest.mark.slow
@pytest.mark.differs
def test_who_asked_cannot_release_it_and_may_take_it_back(
    ours: Organisation, coordinator: Account, issue: Issue
) -> None:
    add(issue, 10)
    figure = asked(issue, coordinator)
    client = login(Client(), coordinator)
    address = page(ours, "issues:figure", issue.pk)

    release = {"act": "release", "figure": figure.pk}
    shown = client.post(address, release, follow=True).content.decode()

    assert "Een ander moet dit doen" in shown
    assert not ReleasedFigure.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(released_by=coordinator)
    client.post(address, {"act": "drop", "figure": figure.pk})
    assert not Figure.objects.exists()


@pytest.mark.slow
def test_nine_people_make_no_number(
    ours: Organisation, volunteer: Account, coordinator: Account, issue: Issue
) -> None:
    add(issue, 9)
    add(issue, 1, is_suspect=True)  # a flood is no number of people
    client = login(Client(), volunteer)

    shown = client.post(page(ours, "issues:figure", issue.pk), WORDS).content.decode()

    assert "Zo’n getal gaat de deur niet uit." in shown
    assert f"\n{WORDS['missing']}</textarea>" in shown
    tenth = add(issue, 1)[0]
    figure = asked(issue, volunteer)
    returning.withdraw_report(tenth, on=clock.today())
    address = page(ours, "issues:figure", issue.pk)
    release = {"act": "release", "figure": figure.pk}
    again = login(Client(), coordinator).post(address, release, follow=True)
    assert "Zo’n getal gaat de deur niet uit." in again.content.decode()
    assert not ReleasedFigure.objects.exists()


def test_people_are_counted_and_not_reports_until_the_end_of_the_month(
    ours: Organisation, issue: Issue
) -> None:
    on = clock.today()
    reports = add(issue, 3)
    patient = own_account(ours, on=on)
    for report in reports[:2]:
        owning.own_report(report, patient, on=on)
    this_month = told(ours, on=on)[1]
    issue.bundled.create(report=this_month, added_on=on)
    Review.objects.all().delete()

    assert n_people_before(on.replace(day=1), issue) == 2
    assert n_people_before(next_month(on), issue) == 3


@pytest.mark.slow
def test_what_is_out_stands_whatever_comes_or_goes(
    volunteer: Account, coordinator: Account, issue: Issue
) -> None:
    at = clock.now()
    reports = add(issue, 20)
    out = actions.release(asked(issue, volunteer), by=coordinator, at=at)

    add(issue, 15)  # bundled later, told in that month
    same = actions.release(asked(issue, volunteer), by=coordinator, at=at)
    for report in reports:
        returning.withdraw_report(report, on=clock.today())
    later = at + timedelta(days=31)
    figure = actions.ask_figure(issue, **WORDS, by=volunteer, at=later)
    next_one = actions.release(figure, by=coordinator, at=later)

    assert (out.n_least, same.n_least) == (20, 20)
    assert same.released == out.released
    assert next_one.month > out.month
    assert next_one.n_least == 20  # fifteen are left, and twenty said so
    with pytest.raises(actions.AlreadyReleased):
        actions.release(out, by=coordinator, at=at)
    with pytest.raises(actions.AlreadyReleased):
        actions.drop_figure(out, by=coordinator, at=at)


def test_two_months_say_nothing_of_fewer_than_ten() -> None:
    """Of all that fits with two figures, some is nobody or somebody leaving, or ten."""
    fits: dict[tuple[int, int], set[int]] = defaultdict(set)
    for before, after in product(range(10, 80), repeat=2):
        first = n_tens(before)
        fits[first, max(first, n_tens(after))].add(after - before)

    assert not any(changes <= set(range(1, 10)) for changes in fits.values())


def test_asking_again_replaces_what_waited(
    volunteer: Account, coordinator: Account, issue: Issue
) -> None:
    add(issue, 10)
    first = asked(issue, volunteer)

    again = asked(issue, coordinator)

    assert again.asked_by == coordinator
    assert list(issue.figures.all()) == [again]
    assert again.pk != first.pk  # who read the first releases nothing


def test_words_that_nobody_read_are_not_released(
    ours: Organisation, volunteer: Account, coordinator: Account, issue: Issue
) -> None:
    add(issue, 12)
    read = asked(issue, volunteer)
    address = page(ours, "issues:figure", issue.pk)
    other = {"counted": "Iedereen uit de Dorpsstraat.", "missing": "niemand"}
    actions.ask_figure(issue, **other, by=volunteer, at=clock.now())

    release = {"act": "release", "figure": read.pk}
    said = login(Client(), coordinator).post(address, release, follow=True)

    assert "Lees het nog eens." in said.content.decode()
    assert not ReleasedFigure.objects.exists()


@pytest.mark.differs
def test_a_figure_of_another_issue_or_one_that_waits_proves_nothing(
    ours: Organisation, volunteer: Account, coordinator: Account, issue: Issue
) -> None:
    add(issue, 10)
    figure = asked(issue, volunteer)
    claim, at = claim_of(issue, volunteer), clock.now()
    other = Issue(organisation=ours, title="Iets anders")
    elsewhere = claim_of(actions.keep_issue(other, by=volunteer, at=at), volunteer)
    client = login(Client(), volunteer)
    cite = page(ours, "issues:cite-figure", elsewhere.pk)

    with pytest.raises(actions.NotReleased):
        actions.cite_figure(claim, figure, by=volunteer, at=at)
    figure = actions.release(figure, by=coordinator, at=at)
    with pytest.raises(actions.NotReleased):
        actions.cite_figure(elsewhere, figure, by=volunteer, at=at)
    assert "nog geen getal" in client.get(cite).content.decode()
    client.post(cite, {"figure": figure.pk})
    assert not Citation.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(
            claim=claim, figure=figure, source="Beide", cited_on=clock.today()
        )
