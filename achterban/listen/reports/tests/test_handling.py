import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import member
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions import handling, returning, telling
from achterban.listen.reports.models import EntryKind, Report, Telling
from achterban.listen.reports.queries import n_suspect, work_list
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import TODAY, read_again, told
from achterban.rules.deidentify import MASK

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(organisation: Organisation) -> Account:
    return member(organisation, Role.VOLUNTEER)


@pytest.fixture
def report(organisation: Organisation) -> Report:
    return told(organisation)[1]


def write(report: Report, kind: EntryKind, by: Account, text: str = "Tekst.") -> None:
    handling.write_entry(report.pk, kind, text, by=by, at=NOW)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (EntryKind.QUESTION, Status.ASKED),
        (EntryKind.ANSWER, Status.ANSWERED),
        (EntryKind.NOTE, Status.RECEIVED),
    ],
)
def test_writing_moves_the_status(
    report: Report, volunteer: Account, kind: EntryKind, status: Status
) -> None:
    write(report, kind, volunteer)

    row = read_again(report)
    assert row.status == status
    assert row.handler == (None if kind == EntryKind.NOTE else volunteer)
    assert row.entries.get().open_words(row.key) == "Tekst."


@pytest.mark.parametrize(
    "kind", [EntryKind.QUESTION, EntryKind.ANSWER, EntryKind.NOTE, EntryKind.HANDOVER]
)
def test_a_citizen_service_number_is_kept_in_no_word_of_a_colleague(
    report: Report, volunteer: Account, kind: EntryKind
) -> None:
    text = "Het nummer is 111222333."
    if kind == EntryKind.HANDOVER:
        handling.hand_over(report.pk, volunteer, by=volunteer, at=NOW, note=text)
    else:
        write(report, kind, volunteer, text)

    row = read_again(report)
    assert row.entries.get().open_words(row.key) == f"Het nummer is {MASK}."


def test_every_act_is_in_the_log_without_words(
    report: Report, volunteer: Account
) -> None:
    write(report, EntryKind.ANSWER, volunteer, "Heel geheim antwoord")

    event = AuditEvent.objects.get()
    assert event.kind == "reports.entry.answer_written"
    assert event.actor == volunteer.pk
    assert event.responsible == report.organisation_id
    assert event.at == NOW
    assert "geheim" not in str(event.facts)


def test_more_than_one_question_may_stand_open(
    report: Report, volunteer: Account
) -> None:
    write(report, EntryKind.QUESTION, volunteer)
    write(report, EntryKind.QUESTION, volunteer)
    assert [entry.n for entry in report.entries.all()] == [1, 2]


def test_a_step_that_the_table_lacks_is_refused(
    report: Report, volunteer: Account
) -> None:
    for status in (Status.DRAFT, Status.RECEIVED):
        handling.set_status(report.pk, Status.CLOSED, by=volunteer, at=NOW)
        with pytest.raises(handling.StepNotAllowed):
            handling.set_status(report.pk, status, by=volunteer, at=NOW)


def test_undo_puts_everything_back(report: Report, volunteer: Account) -> None:
    write(report, EntryKind.QUESTION, volunteer, "Vergeten woord")

    entry = handling.undo_last(report.pk, by=volunteer, at=NOW)

    row = read_again(report)
    assert (row.status, row.handler) == (Status.RECEIVED, None)
    assert entry.open_words(row.key) == "Vergeten woord"
    assert not row.entries.for_reporter().exists()
    assert AuditEvent.objects.filter(kind="reports.entry.undone").exists()


def test_what_was_read_is_not_taken_back(report: Report, volunteer: Account) -> None:
    write(report, EntryKind.ANSWER, volunteer)
    returning.read_by_reporter(report, on=TODAY)

    with pytest.raises(handling.NothingToUndo):
        handling.undo_last(report.pk, by=volunteer, at=NOW)


def test_nobody_undoes_what_a_colleague_did(
    report: Report, volunteer: Account, organisation: Organisation
) -> None:
    write(report, EntryKind.ANSWER, volunteer)
    colleague = member(organisation, Role.COORDINATOR)

    with pytest.raises(handling.NothingToUndo):
        handling.undo_last(report.pk, by=colleague, at=NOW)


def test_handing_over_is_news_for_the_colleague_only(
    report: Report, volunteer: Account, organisation: Organisation
) -> None:
    colleague = member(organisation, Role.COORDINATOR)
    handling.hand_over(report.pk, volunteer, by=volunteer, at=NOW)
    assert not OutboxRow.objects.filter(kind="reports.handed_over").exists()

    handling.hand_over(report.pk, colleague, by=volunteer, at=NOW, note="Kijk even.")

    assert read_again(report).handler == colleague
    news = OutboxRow.objects.get(kind="reports.handed_over")
    assert news.payload == {"report": report.pk, "account": colleague.pk}
    note = report.entries.order_by("-n").first()
    assert note is not None
    assert note.open_words(report.key) == "Kijk even."


def test_a_report_goes_only_to_who_may_read_it(
    report: Report, volunteer: Account, organisation: Organisation
) -> None:
    technician = member(organisation, Role.ADMINISTRATOR)
    with pytest.raises(handling.NotInTheTeam):
        handling.hand_over(report.pk, technician, by=volunteer, at=NOW)
    outsider = member(OrganisationFactory.create(), Role.VOLUNTEER)
    with pytest.raises(handling.NotInTheTeam):
        handling.hand_over(report.pk, outsider, by=volunteer, at=NOW)


def test_erasing_on_request_leaves_no_key(report: Report, volunteer: Account) -> None:
    write(report, EntryKind.ANSWER, volunteer)
    for _ in range(2):
        handling.erase_report(report.pk, by=0, at=NOW)

    assert read_again(report).status == Status.WITHDRAWN
    assert not DataKey.objects.filter(name=None).exists()
    assert AuditEvent.objects.filter(kind="reports.report.erased").count() == 1


def test_nothing_is_written_on_what_was_withdrawn(
    report: Report, volunteer: Account
) -> None:
    handling.erase_report(report.pk, by=0, at=NOW)
    with pytest.raises(handling.StepNotAllowed):
        write(report, EntryKind.NOTE, volunteer)


def test_the_work_list_is_a_few_and_says_how_many_more(
    organisation: Organisation, volunteer: Account
) -> None:
    for _ in range(9):
        told(organisation)
    told(organisation, is_suspect=True)
    told(OrganisationFactory.create())

    work = work_list(volunteer, organisation, on=TODAY)

    assert len(work.new) == 7
    assert work.n_more == 2


@pytest.mark.once  # the plan of SQLite; PostgreSQL has the same indexes
def test_of_many_reports_the_work_list_reads_the_words_of_a_few(
    organisation: Organisation, volunteer: Account
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("another database plans otherwise")
    told(organisation)
    with CaptureQueriesContext(connection) as asked:
        work_list(volunteer, organisation, on=TODAY)
        n_suspect(volunteer, organisation)
        list(Report.objects.visible_to(volunteer, organisation)[:25])
    questions = [q["sql"] for q in asked if '"reports_report"."status"' in q["sql"]]

    assert len(questions) == 7
    with connection.cursor() as cursor:
        for question in questions:
            cursor.execute(f"EXPLAIN QUERY PLAN {question}")
            steps = " ".join(str(row[-1]) for row in cursor.fetchall())
            assert re.search(r"INDEX report_(work|newest|routed|handled)", steps), steps


def test_what_one_has_comes_first_and_news_before_that(
    organisation: Organisation, volunteer: Account
) -> None:
    quiet, loud = told(organisation)[1], told(organisation)[1]
    for report in (quiet, loud):
        handling.hand_over(report.pk, volunteer, by=volunteer, at=NOW)
    Report.objects.filter(pk=loud.pk).update(has_news=True)

    assert work_list(volunteer, organisation, on=TODAY).mine == [loud, quiet]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read_sees_reports_and_never_drafts(
    organisation: Organisation, report: Report, role: Role
) -> None:
    telling.keep_draft(telling.fresh_code(), organisation, Telling("half"), on=TODAY)
    account = member(organisation, role)

    seen = list(Report.objects.visible_to(account, organisation))

    may = role in {Role.VOLUNTEER, Role.COORDINATOR}
    assert seen == ([report] if may else [])


@pytest.mark.parametrize(
    ("kind", "left"), [(EntryKind.NOTE, True), (EntryKind.ANSWER, False)]
)
def test_news_stays_on_the_list_until_it_is_answered(
    report: Report, volunteer: Account, kind: EntryKind, left: bool
) -> None:
    Report.objects.filter(pk=report.pk).update(has_news=True)
    handling.hand_over(report.pk, volunteer, by=volunteer, at=NOW)
    write(report, kind, volunteer)
    assert read_again(report).has_news is left
