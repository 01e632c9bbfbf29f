"""Words go when their time is over, and not a day before; what stays says nothing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from achterban.core import clock
from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.upkeep.terms import all_terms, let_go
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions import handling, telling
from achterban.listen.reports.actions.importing import record_look
from achterban.listen.reports.actions.retaining import over_time
from achterban.listen.reports.models import EntryKind, Import, Report, Telling
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import TODAY, YES, told
from achterban.rules.retention import words_kept_from

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
LAST = date(2031, 3, 2)  # five years after TODAY: kept on this day, gone on the next
GONE = LAST + timedelta(days=1)


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


def dry_run(on: date) -> dict[str, int]:
    out = StringIO()
    call_command("prune", "--dry-run", "--json", f"--on={on}", stdout=out)
    return {row["what"]: row["n"] for row in json.loads(out.getvalue())["goes"]}


def go_round(on: date) -> None:
    """Let everything go that goes on a day, as the daily round does."""
    for term in all_terms():
        let_go(term, on)


def is_there(report: Report) -> bool:
    return Report.objects.get(pk=report.pk).status != Status.WITHDRAWN


@pytest.mark.slow
def test_it_goes_the_day_after_its_last_and_a_dry_run_says_so(
    organisation: Organisation,
) -> None:
    code, report = told(organisation)
    assert dry_run(LAST)["woorden van signalen"] == 0
    go_round(LAST)
    assert is_there(report)
    assert dry_run(GONE)["woorden van signalen"] == 1
    assert is_there(report)  # looking erases nothing

    go_round(GONE)

    assert not is_there(report)
    assert dry_run(GONE)["woorden van signalen"] == 0
    assert not DataKey.objects.exists()
    tombstone = Report.objects.get()
    assert (tombstone.withdrawn_on, tombstone.received_on) == (GONE, None)
    assert bytes(tombstone.sealed) == b""
    assert AuditEvent.objects.filter(kind="reports.report.expired").count() == 1
    answer = Client().post(page(organisation, "reports:code"), {"code": code})
    assert "Dit is lang genoeg bewaard" in answer.content.decode()


def test_what_anybody_added_counts_from_then(organisation: Organisation) -> None:
    report = told(organisation)[1]
    at = timezone.make_aware(timezone.datetime(2028, 5, 1, 12))  # type: ignore[attr-defined]
    by = member(organisation, Role.VOLUNTEER)
    handling.write_entry(report.pk, EntryKind.ANSWER, "Er is nieuws.", by=by, at=at)
    go_round(date(2033, 5, 1))
    assert is_there(report)
    go_round(date(2033, 5, 2))
    assert not is_there(report)


def test_a_yes_that_ends_later_holds_the_words_and_one_taken_back_does_not(
    organisation: Organisation,
) -> None:
    organisation.keep_years = 1
    organisation.save()
    yes = telling.Yes(YES.wording, YES.language, {"quote": "Een zin in een brief"})
    report = telling.send_report(
        telling.fresh_code(),
        organisation,
        Telling("Iets", yes=["quote"]),
        consent=yes,
        on=TODAY,
    ).report
    go_round(date(2027, 3, 3))
    assert is_there(report)
    assert over_time(date(2028, 3, 3)).exists()
    assert report.key is not None
    report.key.consents.update(withdrawn_on=date(2027, 3, 4))
    go_round(date(2027, 3, 5))
    assert not is_there(report)


def test_each_organisation_keeps_as_long_as_it_chose(
    organisation: Organisation,
) -> None:
    other = OrganisationFactory.create(keep_years=1)
    long, short = told(organisation)[1], told(other)[1]
    go_round(date(2027, 3, 3))
    assert is_there(long)
    assert not is_there(short)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2028, 3, 1), date(2027, 3, 1)),
        (date(2027, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_year_is_a_calendar_year(on: date, expected: date) -> None:
    assert words_kept_from(on, 1) == expected


@pytest.mark.parametrize(
    "wrong", [["--on=2031-03-02"], ["--dry-run", "--on=ooit"]], ids=str
)
def test_prune_refuses_what_makes_no_sense(wrong: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("prune", *wrong)


def test_a_dry_run_reads_as_a_list() -> None:
    out = StringIO()
    call_command("prune", "--dry-run", stdout=out)
    assert "0  verhalen die niet verstuurd zijn" in out.getvalue()


def test_a_coordinator_sees_ahead_and_changes_the_term(
    organisation: Organisation,
) -> None:
    told(organisation, on=clock.today() - timedelta(days=5 * 365 - 20))
    told(OrganisationFactory.create(), on=clock.today() - timedelta(days=5 * 365 - 20))
    client = login(Client(), member(organisation, Role.COORDINATOR))
    content = client.get(page(organisation, "reports:keeping")).content.decode()
    assert content.count("<dd>0 signalen</dd>") == 1
    assert content.count("<dd>1 signaal</dd>") == 3

    details = client.get(page(organisation, "organisation")).content.decode()
    assert 'name="keep_years" value="5"' in details
    privacy = page(organisation, "privacy")
    assert "wissen wij 5 jaar nadat" in Client().get(privacy).content.decode()


@pytest.mark.slow
def test_who_told_it_sees_who_looked_without_names(organisation: Organisation) -> None:
    code, report = told(organisation)
    address = page(organisation, "reports:looks")
    assert "Nog niemand" in Client().post(address, {"code": code}).content.decode()
    volunteer = member(organisation, Role.VOLUNTEER, name="Zeer Herkenbaar")
    login(Client(), volunteer).get(page(organisation, "reports:report", report.pk))

    content = Client().post(address, {"code": code}).content.decode()

    assert "<span>Vrijwilliger</span>" in content
    assert "Herkenbaar" not in content
    course = page(organisation, "reports:code")
    assert "Wie er keek" in Client().post(course, {"code": code}).content.decode()


@pytest.mark.slow
def test_a_breach_is_counted_from_the_log(organisation: Organisation) -> None:
    reports = [
        told(organisation, f"Verhaal {n}", on=clock.today())[1] for n in range(4)
    ]
    thief, other = (member(organisation, Role.VOLUNTEER) for _ in range(2))
    before = clock.now()
    for report in reports[:2]:
        login(Client(), thief).get(page(organisation, "reports:report", report.pk))
    login(Client(), other).get(page(organisation, "reports:report", reports[3].pk))
    handling.erase_report(reports[1].pk, by=0, at=clock.now())

    out = StringIO()
    arguments = [f"--user={thief.email.upper()}", f"--since={before.isoformat()}"]
    call_command("breach", *arguments, "--json", stdout=out)

    found = json.loads(out.getvalue())
    assert set(found["reports"]) == {reports[0].pk, reports[1].pk}
    assert found["reports_gone"] == [reports[1].pk]
    assert found["organisations"] == [organisation.pk]
    out = StringIO()
    call_command("breach", *arguments, stdout=out)
    assert "Signalen gelezen, ook een regel in een lijst: 2" in out.getvalue()
    later = (clock.now() + timedelta(hours=1)).isoformat()
    out = StringIO()
    call_command("breach", arguments[0], f"--since={later}", "--json", stdout=out)
    assert json.loads(out.getvalue())["reports"] == []
    for wrong in (["--user=x@y.z", "--since=2026-01-01"], [arguments[0], "--since=x"]):
        with pytest.raises(CommandError):
            call_command("breach", *wrong)


@pytest.mark.slow
def test_a_breach_tells_files_that_were_brought_and_lists_that_were_taken(
    organisation: Organisation,
) -> None:
    thief = member(organisation, Role.COORDINATOR)
    file = Import.objects.create(
        organisation=organisation, kind="csv", begun_on=clock.today()
    )
    record_look(file, by=thief, at=clock.now())
    handling.record_export(
        812, "csv", by=thief, organisation=organisation, at=clock.now()
    )
    arguments = [f"--user={thief.email}", "--since=2020-01-01"]

    out, as_json = StringIO(), StringIO()
    call_command("breach", *arguments, stdout=out)
    call_command("breach", *arguments, "--json", stdout=as_json)

    assert "Ingelezen bestanden bekeken: 1" in out.getvalue()
    assert "Lijsten meegenomen: 1, met 812 signalen" in out.getvalue()
    assert "contactgegevens" in out.getvalue()
    found = json.loads(as_json.getvalue())
    assert (found["imports"], found["organisations"]) == ([file.pk], [organisation.pk])
    assert list(found["lists"].values()) == [812]
