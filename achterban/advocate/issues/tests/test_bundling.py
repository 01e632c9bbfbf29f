"""From a report to what is about the same, in one step, counted by people."""

from __future__ import annotations

import pytest
from django.test import Client

from achterban.advocate.issues.actions import bundle, forget_withdrawn, keep_issue
from achterban.advocate.issues.models import Bundled, Issue
from achterban.advocate.issues.queries import Whom, for_whom
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.mine.tests.factories import own_account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions import owning, returning, telling
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.models import Report, Review, Telling
from achterban.listen.reports.tests.factories import YES

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
SCOOTER = "De scootmobiel is al maanden kapot en de gemeente stuurt niemand."
SAME = "Mijn scootmobiel staat stuk in de schuur, er komt geen reparatie."
OTHER = "De huisarts gelooft mij niet en zegt dat het stress is."


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


def sent(ours: Organisation, text: str, place: str = "GM0014") -> Report:
    code, told = telling.fresh_code(), Telling(text, municipality=place)
    return telling.send_report(code, ours, told, consent=YES, on=clock.today()).report


def checked(ours: Organisation, by: Account, *texts: str) -> list[Report]:
    """Return reports whose words somebody agreed with."""
    reports = [sent(ours, text) for text in texts]
    look_through(lambda _: [])
    for review in Review.objects.filter(report__in=reports).select_related("report"):
        keep_review(review, [], by=by, at=clock.now(), approve=True)
    return reports


@pytest.fixture
def three(ours: Organisation, volunteer: Account) -> list[Report]:
    return checked(ours, volunteer, SCOOTER, SAME, OTHER)


def written(ours: Organisation, by: Account, title: str = "Geen reparatie") -> Issue:
    return keep_issue(Issue(organisation=ours, title=title), by=by, at=clock.now())


@pytest.mark.wide
def test_from_a_report_what_is_about_the_same_is_found_with_the_words_that_say_why(
    ours: Organisation, volunteer: Account, three: list[Report]
) -> None:
    client = login(Client(), volunteer)

    shown = client.get(page(ours, "issues:alike", three[0].pk)).content.decode()

    assert "Mijn scootmobiel staat stuk" in shown
    assert "Omdat: " in shown
    assert "scootmobiel" in shown.partition("Omdat: ")[2][:60]
    assert "huisarts gelooft" not in shown
    read = AuditEvent.objects.filter(kind="reports.report.read", actor=volunteer.pk)
    assert {event.label for event in read} == {
        f"reports.report:{report.pk}" for report in three[:2]
    }


@pytest.mark.wide
def test_many_are_bundled_in_a_new_issue_in_one_step(
    ours: Organisation, volunteer: Account, three: list[Report]
) -> None:
    client = login(Client(), volunteer)
    asked = {"title": "  Scootmobiel  kapot ", "report": [three[1].pk]}

    answer = client.post(page(ours, "issues:alike", three[0].pk), asked, follow=True)

    issue = Issue.objects.get(title="Scootmobiel kapot")
    assert {row.report for row in issue.bundled.all()} == set(three[:2])
    assert "2 mensen · 2 signalen · 1 gemeente" in answer.content.decode()
    link = page(ours, "issues:issue", issue.pk)
    again = client.get(page(ours, "issues:alike", three[1].pk)).content.decode()
    assert link in again.partition("Het staat in:")[2]


@pytest.mark.wide
def test_a_report_stands_in_several_issues_and_once_in_each(
    ours: Organisation, volunteer: Account, three: list[Report]
) -> None:
    client = login(Client(), volunteer)
    issues = [written(ours, volunteer), written(ours, volunteer, "Geen antwoord")]

    for issue in (*issues, issues[0]):
        client.post(page(ours, "issues:alike", three[0].pk), {"issue": issue.pk})

    assert Bundled.objects.filter(report=three[0]).count() == 2


@pytest.mark.slow
def test_without_an_issue_it_says_what_to_do_and_keeps_the_choice(
    ours: Organisation, volunteer: Account, three: list[Report]
) -> None:
    client = login(Client(), volunteer)

    answer = client.post(
        page(ours, "issues:alike", three[0].pk), {"title": " ", "report": [three[1].pk]}
    )

    shown = answer.content.decode()
    assert "typ in één zin wat er misgaat" in shown
    assert f'value="{three[1].pk}" aria-describedby="r{three[1].pk}" checked' in shown
    assert not Issue.objects.exists()


@pytest.mark.wide
def test_what_nobody_checked_or_another_office_holds_comes_in_nowhere(
    ours: Organisation, volunteer: Account, three: list[Report]
) -> None:
    elsewhere = OrganisationFactory.create()
    theirs = checked(elsewhere, member(elsewhere, Role.VOLUNTEER), SCOOTER)[0]
    unchecked = sent(ours, SAME)
    issue = written(ours, volunteer)
    keys = [three[0].pk, theirs.pk, unchecked.pk, 7]

    assert bundle(issue, keys, by=volunteer, at=clock.now()) == 1
    client = login(Client(), volunteer)
    shown = client.get(page(ours, "issues:alike", unchecked.pk)).content.decode()
    assert "Niemand keek deze woorden nog na" in shown
    shown = client.get(page(ours, "issues:alike", three[0].pk)).content.decode()
    assert str(theirs.pk) not in shown


@pytest.mark.differs
def test_people_are_counted_apart_from_reports(
    ours: Organisation, volunteer: Account, three: list[Report]
) -> None:
    on = clock.today()
    patient = own_account(ours, on=on)
    for report in three[:2]:
        owning.own_report(report, patient, on=on)
    issue, empty = written(ours, volunteer), written(ours, volunteer, "Niets")
    bundle(issue, [report.pk for report in three], by=volunteer, at=clock.now())

    whom = for_whom([issue, empty])

    assert whom[issue.pk] == Whom(3, 2, 1, on, on)
    assert whom[empty.pk] == Whom()


@pytest.mark.wide
def test_what_is_withdrawn_counts_and_shows_no_more(
    ours: Organisation, volunteer: Account
) -> None:
    report = sent(ours, SCOOTER)
    look_through(lambda _: [])
    review = Review.objects.select_related("report").get()
    keep_review(review, [], by=volunteer, at=clock.now(), approve=True)
    issue = written(ours, volunteer)
    bundle(issue, [report.pk], by=volunteer, at=clock.now())

    returning.withdraw_report(report, on=clock.today())

    assert for_whom([issue])[issue.pk] == Whom()
    client = login(Client(), volunteer)
    shown = client.get(page(ours, "issues:issue", issue.pk)).content.decode()
    assert "scootmobiel" not in shown
    assert "nog geen signalen" in shown
    assert (forget_withdrawn(clock.today()), Bundled.objects.count()) == (1, 0)


@pytest.mark.wide
def test_some_are_taken_out_and_the_act_is_logged(
    ours: Organisation, volunteer: Account, three: list[Report]
) -> None:
    issue = written(ours, volunteer)
    bundle(issue, [report.pk for report in three], by=volunteer, at=clock.now())
    client = login(Client(), volunteer)

    client.post(page(ours, "issues:issue", issue.pk), {"report": [three[2].pk, "x"]})

    assert {row.report for row in issue.bundled.all()} == set(three[:2])
    kinds = AuditEvent.objects.filter(kind__startswith="issues.").order_by("seq")
    assert [(event.kind, event.facts) for event in kinds] == [
        ("issues.kept", {}),
        ("issues.bundled", {"n": 3}),
        ("issues.unbundled", {"n": 1}),
    ]


@pytest.mark.wide
def test_an_advocate_reads_for_whom_it_is_and_no_words_of_others(
    ours: Organisation, volunteer: Account, three: list[Report]
) -> None:
    issue = written(ours, volunteer)
    bundle(issue, [three[0].pk, three[1].pk], by=volunteer, at=clock.now())
    advocate = member(ours, Role.ADVOCATE)
    Report.objects.filter(pk=three[0].pk).update(handler=advocate)
    client = login(Client(), advocate)

    shown = client.get(page(ours, "issues:issue", issue.pk)).content.decode()

    assert "2 signalen" in shown
    assert "De scootmobiel is al maanden" in shown
    assert "Mijn scootmobiel" not in shown
    assert 'type="checkbox"' not in shown
    address = page(ours, "issues:issue", issue.pk)
    client.post(address, {"report": [three[0].pk]})
    assert issue.bundled.count() == 2


@pytest.mark.slow
def test_it_is_written_changed_and_refused_with_a_sentence(
    ours: Organisation, volunteer: Account
) -> None:
    client = login(Client(), volunteer)
    asked = {"title": "Te lang wachten", "state": "gathering", "level": ""}

    refused = client.post(page(ours, "issues:new-issue"), asked | {"title": ""})
    client.post(page(ours, "issues:new-issue"), asked)
    issue = Issue.objects.get()
    change = page(ours, "issues:change-issue", issue.pk)
    client.post(change, asked | {"state": "raised", "level": "local"})

    assert 'role="alert"' in refused.content.decode()
    issue.refresh_from_db()
    assert (issue.state, issue.level) == ("raised", "local")
    assert (issue.opened_by, issue.opened_on) == (volunteer, clock.today())
    listed = client.get(page(ours, "issues:issue-list")).content.decode()
    assert "Te lang wachten" in listed
    assert "aangekaart" in listed
