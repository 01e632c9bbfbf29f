import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.places.tests.factories import have_places
from achterban.listen.reports.actions import handling, returning
from achterban.listen.reports.models import EntryKind, Report
from achterban.listen.reports.statuses import Channel, Status
from achterban.listen.reports.tests.factories import (
    TODAY,
    WORDS,
    read_again,
    told,
)
from achterban.people.persons.models import Person
from achterban.rules.deidentify import MASK

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
NOW = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(organisation: Organisation) -> Account:
    return member(organisation, Role.VOLUNTEER, name="Marieke")


@pytest.fixture
def work(client: Client, volunteer: Account) -> Client:
    return login(client, volunteer)


def report_page(report: Report, name: str = "report") -> str:
    return page(report.organisation, f"reports:{name}", report.pk)


def test_reading_is_in_the_log_before_it_is_shown(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    _code, report = told(organisation)

    body = work.get(report_page(report)).content.decode()

    assert WORDS in body
    event = AuditEvent.objects.get(kind="reports.report.read")
    assert event.label == f"reports.report:{report.pk}"
    assert event.actor == volunteer.pk


@pytest.mark.slow
def test_a_line_in_a_list_is_a_read_too(
    work: Client, organisation: Organisation
) -> None:
    told(organisation)
    for name in ("reports:work-list", "reports:report-list"):
        assert "De keuring" in work.get(page(organisation, name)).content.decode()
    assert AuditEvent.objects.filter(kind="reports.report.read").count() == 2


@pytest.mark.wide
@pytest.mark.parametrize(
    ("act", "kind", "status"),
    [
        ("ask", "question", Status.ASKED),
        ("answer", "answer", Status.ANSWERED),
        ("note", "note", Status.RECEIVED),
    ],
)
def test_ask_answer_and_note(
    work: Client, organisation: Organisation, act: str, kind: str, status: Status
) -> None:
    code, report = told(organisation)

    work.post(report_page(report, "write"), {"act": act, "text": "Mijn woorden"})

    assert report.entries.get().kind == kind
    assert read_again(report).status == status
    answer = Client().post(page(organisation, "reports:code"), {"code": code})
    assert ("Mijn woorden" in answer.content.decode()) is (kind != "note")


def test_an_empty_answer_is_not_sent_and_says_so(
    work: Client, organisation: Organisation
) -> None:
    _code, report = told(organisation)
    answer = work.post(report_page(report, "write"), {"act": "answer", "text": " "})
    assert "notice error" in answer.content.decode()
    assert not report.entries.exists()


def test_what_is_taken_back_stands_in_the_field_again(
    work: Client, organisation: Organisation
) -> None:
    _code, report = told(organisation)
    work.post(report_page(report, "write"), {"act": "answer", "text": "Te vlug"})

    body = work.post(report_page(report, "undo"), follow=True).content.decode()

    assert re.search(r"<textarea[^>]*>Te vlug</textarea>", body)
    assert read_again(report).status == Status.RECEIVED


def test_take_hand_over_and_status(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    _code, report = told(organisation)
    colleague = member(organisation, Role.COORDINATOR)

    work.post(report_page(report, "take"))
    assert read_again(report).handler == volunteer
    work.post(report_page(report, "set-status"), {"status": "closed"})
    assert read_again(report).status == Status.CLOSED
    work.post(report_page(report, "hand-over"), {"to": colleague.pk, "note": "Hoi"})
    assert read_again(report).handler == colleague


def test_a_step_that_is_not_offered_is_refused(
    work: Client, organisation: Organisation
) -> None:
    _code, report = told(organisation)
    work.post(report_page(report, "set-status"), {"status": "draft"})
    assert read_again(report).status == Status.RECEIVED


def test_what_another_organisation_holds_does_not_exist(
    work: Client, organisation: Organisation
) -> None:
    _code, foreign = told(OrganisationFactory.create())
    here = page(organisation, "reports:report", foreign.pk)
    nothing = page(organisation, "reports:report", 12345)
    there = report_page(foreign)

    def answer(address: str) -> tuple[int, str]:
        got = work.get(address)
        key = address.rsplit("/", 2)[1]
        slug = address.split("/")[2]
        return got.status_code, got.content.decode().replace(key, "").replace(slug, "")

    assert answer(here)[0] == 404
    assert answer(here) == answer(nothing)
    assert answer(there)[0] == 404
    for name in ("write", "take", "hand-over", "undo", "set-status", "contact"):
        address = page(organisation, f"reports:{name}", foreign.pk)
        assert work.post(address, {"text": "x"}).status_code == 404


def call_data(work: Client, organisation: Organisation, **more: str) -> dict[str, str]:
    body = work.get(page(organisation, "reports:call")).content.decode()
    found = re.search(r'name="token" value="([^"]+)"', body)
    assert found is not None
    return {"token": found[1], "text": "Belde over de parkeerkaart.", **more}


def test_a_call_becomes_a_report_with_a_code_to_read_aloud(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    have_places()
    data = call_data(
        work, organisation, yes="on", place="Ede", name="An", phone="0612345678"
    )
    body = work.post(page(organisation, "reports:call"), data).content.decode()

    report = Report.objects.select_related("key").get()
    assert report.channel == Channel.TELEPHONE
    assert report.handler == volunteer
    assert report.open_telling().municipality == "GM0228"
    assert Person.objects.get().pk == report.open_telling().person
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", body)
    found = Report.objects.behind_code("".join(groups), organisation)
    assert found.get() == report


def test_a_citizen_service_number_for_a_telephone_number_is_taken_out_and_said(
    work: Client, organisation: Organisation
) -> None:
    data = call_data(work, organisation, yes="on", phone="111222333")
    body = work.post(page(organisation, "reports:call"), data).content.decode()
    assert Person.objects.select_related("key").get().open_details().phone == MASK
    assert "burgerservicenummer" in body


def test_without_a_yes_nothing_of_a_call_is_kept(
    work: Client, organisation: Organisation
) -> None:
    data = call_data(work, organisation)
    address = page(organisation, "reports:call")
    assert "notice error" in work.post(address, data).content.decode()
    assert not Report.objects.exists()

    work.post(page(organisation, "reports:keep-call"), data)
    assert Report.objects.get().status == Status.DRAFT
    work.post(address, {**data, "act": "no"})
    assert not Report.objects.exists()


def test_a_call_that_was_broken_off_goes_on_later(
    work: Client, organisation: Organisation
) -> None:
    data = call_data(work, organisation)
    work.post(page(organisation, "reports:keep-call"), data)
    draft = Report.objects.get()
    body = work.post(
        page(organisation, "reports:continue-call", draft.pk)
    ).content.decode()
    assert "parkeerkaart" in body
    found = re.search(r'name="token" value="([^"]+)"', body)
    assert found is not None
    again = {**data, "token": found[1], "yes": "on"}
    work.post(page(organisation, "reports:call"), again)
    assert Report.objects.get().status == Status.RECEIVED


def test_a_colleague_does_not_see_an_unfinished_call(
    work: Client, organisation: Organisation
) -> None:
    work.post(page(organisation, "reports:keep-call"), call_data(work, organisation))
    draft = Report.objects.get()
    colleague = login(Client(), member(organisation, Role.COORDINATOR))
    address = page(organisation, "reports:continue-call", draft.pk)
    assert colleague.post(address).status_code == 404


@pytest.mark.parametrize(
    "place", ["Nergenshuizen", "0000", "berg"], ids=["name", "postcode", "several"]
)
def test_a_place_that_is_not_clear_is_asked_again(
    work: Client, organisation: Organisation, place: str
) -> None:
    have_places()
    data = call_data(work, organisation, yes="on", place=place)
    body = work.post(page(organisation, "reports:call"), data).content.decode()
    assert "notice error" in body
    assert "Belde over de parkeerkaart." in body
    assert not Report.objects.exists()


@pytest.mark.slow
def test_who_told_it_is_shown_to_who_has_it_and_the_look_is_logged(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    data = call_data(work, organisation, yes="on", name="Anna de Vries")
    work.post(page(organisation, "reports:call"), data)
    report = Report.objects.get()
    assert "Anna de Vries" not in work.get(report_page(report)).content.decode()

    body = work.post(report_page(report, "contact")).content.decode()
    assert "Anna de Vries" in body
    assert AuditEvent.objects.filter(kind="persons.person.looked_up").count() == 1

    colleague = member(organisation, Role.COORDINATOR)
    handling.hand_over(report.pk, colleague, by=volunteer, at=NOW)
    body = work.post(report_page(report, "contact"), follow=True).content.decode()
    assert "Anna de Vries" not in body


def test_erasing_a_call_forgets_who_it_was(
    work: Client, organisation: Organisation
) -> None:
    data = call_data(work, organisation, yes="on", name="Anna de Vries")
    work.post(page(organisation, "reports:call"), data)

    handling.erase_report(Report.objects.get().pk, by=0, at=NOW)

    assert not Person.objects.exists()


@pytest.mark.wide
def test_lists_ask_a_fixed_number_of_queries(
    work: Client,
    organisation: Organisation,
    django_assert_max_num_queries: object,
) -> None:
    for _ in range(30):
        told(organisation)
    for name in ("reports:work-list", "reports:report-list"):
        with django_assert_max_num_queries(34):  # type: ignore[operator]
            work.get(page(organisation, name))


@pytest.mark.wide
def test_a_long_list_has_pages(work: Client, organisation: Organisation) -> None:
    for _ in range(27):
        told(organisation)
    address = page(organisation, "reports:report-list")
    assert work.get(address).content.decode().count("keuring") == 25
    assert work.get(f"{address}?page=2").content.decode().count("keuring") == 2
    assert work.get(f"{address}?page=onzin&status=onzin").status_code == 200


def test_nothing_to_do_is_said_kindly(work: Client, organisation: Organisation) -> None:
    body = work.get(page(organisation, "reports:work-list")).content.decode()
    assert 'class="empty"' in body


def test_a_question_stays_open_however_long(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    _code, report = told(organisation)
    handling.write_entry(
        report.pk, EntryKind.QUESTION, "Waar was dit?", by=volunteer, at=NOW
    )
    later = TODAY.replace(year=TODAY.year + 2)
    returning.say_more(report, "In Ede.", entry_id=7, on=later)
    body = work.get(report_page(report)).content.decode()
    assert "In Ede." in body
