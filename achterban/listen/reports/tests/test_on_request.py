"""A coordinator does what who told something asks, and the log says so."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from django.test import Client

from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.consent.models import Consent, Purpose
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions import correcting, on_request
from achterban.listen.reports.actions.telling import (
    Gone,
    Yes,
    fresh_code,
    send_report,
)
from achterban.listen.reports.along import who_looked
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.questions import words_of_yes
from achterban.listen.reports.tests.factories import (
    TODAY,
    WORDS,
    YES,
    read_again,
    told,
)
from achterban.people.persons.actions import register_person
from achterban.people.persons.tests.factories import ELS

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
BETTER = "De keuring duurde één uur."


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def coordinator(organisation: Organisation) -> Account:
    return member(organisation, Role.COORDINATOR)


@pytest.fixture
def client(coordinator: Account) -> Client:
    return login(Client(), coordinator)


@pytest.fixture
def report(organisation: Organisation) -> Report:
    return told(organisation)[1]


def logged(report: Report, by: Account) -> list[str]:
    events = AuditEvent.objects.about(f"reports.report:{report.pk}")
    return [event.kind for event in events.filter(actor=by.pk)]


def test_a_copy_holds_what_was_told_and_counts_as_a_look(
    client: Client, coordinator: Account, report: Report
) -> None:
    path = page(report.organisation, "reports:on-request", report.pk)
    answer = client.post(path, {"act": "copy"})
    content = b"".join(answer)
    with zipfile.ZipFile(io.BytesIO(content)) as copy:
        assert any(WORDS in copy.read(name).decode() for name in copy.namelist())
    assert "reports.report.copied" in logged(report, coordinator)
    assert [row["who"] for row in who_looked(report)] == ["Coördinator"]


def test_name_and_number_in_a_copy_count_as_a_look_of_their_own(
    client: Client, organisation: Organisation, coordinator: Account
) -> None:
    person = register_person(organisation, ELS, by=coordinator, at=_now())
    words = Telling(WORDS, person=person.pk)
    kept = send_report(fresh_code(), organisation, words, consent=YES, on=TODAY)
    path = page(organisation, "reports:on-request", kept.report.pk)
    client.get(path)
    looks = AuditEvent.objects.filter(kind="persons.person.looked_up")
    assert not looks.exists()

    content = b"".join(client.post(path, {"act": "copy"}))

    with zipfile.ZipFile(io.BytesIO(content)) as copy:
        assert ELS.phone in copy.read("lees-mij.html").decode()
    assert looks.get().actor == coordinator.pk


@pytest.mark.wide
def test_words_are_corrected_and_the_log_says_by_whom(
    client: Client, coordinator: Account, report: Report
) -> None:
    path = page(report.organisation, "reports:correct-on-request", report.pk)
    assert "Wat klopt er niet?" in client.get(path).content.decode()
    shown = client.post(path, {"what": "text"}).content.decode()
    token = re.search(r'name="entry" value="([^"]+)"', shown)
    assert token
    fields = {"what": "text", "act": "save", "entry": token[1], "text": BETTER}

    answer = client.post(path, fields, follow=True)

    assert "Verbeterd." in answer.content.decode()
    assert read_again(report).open_telling().text == BETTER
    assert "reports.report.corrected_on_request" in logged(report, coordinator)


def test_a_correction_that_fails_leaves_no_line_in_the_log(
    coordinator: Account, report: Report
) -> None:
    Report.objects.filter(pk=report.pk).update(status="draft")
    at = AuditEvent.objects.count()
    with (
        pytest.raises(Report.DoesNotExist),
        on_request.correction_by(report, coordinator, at=_now()),
    ):
        correcting.correct_words(report, BETTER, entry_id=1, on=TODAY)
    assert AuditEvent.objects.count() == at


def test_one_yes_is_taken_back_and_no_other(
    client: Client, coordinator: Account, report: Report
) -> None:
    yes = Yes("", "nl", words_of_yes())
    purposes = [Purpose.QUOTE, Purpose.ASK]
    correcting.give_yes(report, purposes, consent=yes, on=TODAY)
    quote = Consent.objects.get(key=report.key_id, text__purpose=Purpose.QUOTE)
    path = page(report.organisation, "reports:on-request", report.pk)
    assert f'value="{quote.pk}"' in client.get(path).content.decode()

    answer = client.post(path, {"yes": quote.pk}, follow=True)

    assert "Die toestemming is ingetrokken." in answer.content.decode()
    left = Consent.objects.in_force(on=TODAY).filter(key=report.key_id)
    assert {row.text.purpose for row in left} == {Purpose.COUNT, Purpose.ASK}
    assert "reports.consent.withdrawn_on_request" in logged(report, coordinator)


def test_a_yes_about_another_report_stays_and_nothing_is_logged(
    client: Client, coordinator: Account, report: Report
) -> None:
    _code, other = told(report.organisation)
    theirs = Consent.objects.get(key=other.key_id)
    path = page(report.organisation, "reports:on-request", report.pk)

    answer = client.post(path, {"yes": theirs.pk}, follow=True)

    assert "Die toestemming is ingetrokken." not in answer.content.decode()
    assert Consent.objects.in_force(on=TODAY).filter(pk=theirs.pk).exists()
    assert "reports.consent.withdrawn_on_request" not in logged(report, coordinator)


def test_the_question_whether_to_erase_is_a_look(
    client: Client, coordinator: Account, report: Report
) -> None:
    path = page(report.organisation, "reports:on-request", report.pk)
    client.post(path, {"act": "erase"})
    assert logged(report, coordinator) == ["reports.report.read"]


@pytest.mark.slow
def test_all_is_erased_after_one_more_question(
    client: Client, coordinator: Account, report: Report
) -> None:
    path = page(report.organisation, "reports:on-request", report.pk)
    asked = client.post(path, {"act": "erase"})
    assert "Dit allemaal wissen?" in asked.content.decode()
    assert not read_again(report).is_gone

    answer = client.post(path, {"act": "erase", "sure": "yes"}, follow=True)

    assert "Het is gewist, voorgoed." in answer.content.decode()
    assert read_again(report).is_gone
    assert not DataKey.objects.filter(pk=report.key_id).exists()
    assert logged(report, coordinator)[-1] == "reports.report.erased"


@pytest.mark.slow
def test_what_was_taken_back_meanwhile_is_said(
    client: Client, coordinator: Account, report: Report
) -> None:
    path = page(report.organisation, "reports:on-request", report.pk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(on_request, "take_yes_back", _gone)
        answer = client.post(path, {"yes": "5"}, follow=True)
    assert "heeft het intussen ingetrokken" in answer.content.decode()
    assert "reports.consent.withdrawn_on_request" not in logged(report, coordinator)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["on-request", "correct-on-request"])
def test_it_asks_for_a_fresh_sign_in(
    coordinator: Account, report: Report, name: str
) -> None:
    late = login(Client(), coordinator, minutes_ago=40)
    path = page(report.organisation, f"reports:{name}", report.pk)
    for answer in (late.get(path), late.post(path, {"act": "copy"})):
        assert answer.status_code == 302
        assert WORDS not in answer.content.decode()


def _gone(*_given: object, **_named: object) -> None:
    raise Gone


def _now() -> datetime:
    return datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
