"""Take all along (AVG art. 15 and 20): complete, to read and for a program."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.test import Client

from achterban.core.accounts.models import Membership, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.clock import now, today
from achterban.core.consent.models import Purpose
from achterban.core.database.fields import random_key
from achterban.core.files.actions import Taken
from achterban.core.mine.tests.factories import logged_in, own_account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.models import OutboxRow
from achterban.core.places.tests.factories import have_places
from achterban.core.web.preferences import COOKIE
from achterban.listen.reports import along
from achterban.listen.reports.actions import (
    attaching,
    correcting,
    handling,
    owning,
    returning,
    telling,
)
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.models import EntryKind, Report, Telling
from achterban.listen.reports.questions import words_of_yes
from achterban.listen.reports.tests.factories import TODAY, YES, read_again, told
from achterban.people.persons.actions import register_person
from achterban.people.persons.tests.factories import ELS
from achterban.rules.filetypes import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

TOLD = "Kanarie-een: de keuring duurde twee uur."
BETTER = "Kanarie-twee: de keuring duurde één uur."
CANARIES = {
    "told": BETTER,
    "former": TOLD,
    "answer by choosing": "Ede",
    "condition": "Kanarie-drie",
    "question": "Kanarie-vier: heeft u een brief?",
    "reply": "Kanarie-vijf: ja.",
    "typed out": "Kanarie-zes: uw bezwaar",
    "wording of a yes": words_of_yes()["ask"],
    "who looked": "Vrijwilliger",
}
NOTE = "Kanarie-zeven: dit is een notitie."
PAPER = b"Kanarie-acht: het papier zelf"


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


def full_report(organisation: Organisation) -> tuple[str, Report]:
    """Return a report with one of everything, and its code."""
    have_places()
    code = telling.fresh_code()
    chosen = Telling(
        TOLD, municipality="GM0228", condition="Kanarie-drie", since="year"
    )
    telling.send_report(code, organisation, chosen, consent=YES, on=TODAY)
    report = Report.objects.behind_code(code, organisation).get()
    volunteer = member(organisation, Role.VOLUNTEER, name="Kanarie-naam")
    handling.record_reads([report], by=volunteer, organisation=organisation, at=now())
    ask = CANARIES["question"]
    handling.write_entry(report.pk, EntryKind.QUESTION, ask, by=volunteer, at=now())
    handling.write_entry(report.pk, EntryKind.NOTE, NOTE, by=volunteer, at=now())
    reply = CANARIES["reply"]
    returning.say_more(report, reply, entry_id=random_key(), on=TODAY)
    paper = Taken(Kind.DOCUMENT, "txt", PAPER, is_scanned=True)
    attaching.attach(report, paper, attachment_id=random_key(), on=TODAY)
    file = report.attachments.get()
    attaching.type_out(file, CANARIES["typed out"], by=volunteer, at=now())
    correcting.correct_words(report, BETTER, entry_id=random_key(), on=TODAY)
    more = telling.Yes("", "nl", words_of_yes())
    correcting.give_yes(report, [Purpose.ASK], consent=more, on=TODAY)
    return code, report


def opened(answer: HttpResponseBase) -> dict[str, bytes]:
    """Return what is in the file, by name."""
    assert isinstance(answer, StreamingHttpResponse)
    assert answer["Content-Disposition"] == 'attachment; filename="meenemen.zip"'
    assert "sandbox" in answer["Content-Security-Policy"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    assert archive.testzip() is None
    moments = {entry.date_time[3:] for entry in archive.infolist()}
    assert moments == {(0, 0, 0)}
    return {name: archive.read(name) for name in archive.namelist()}


def taken(client: Client, organisation: Organisation, code: str) -> dict[str, bytes]:
    address = page(organisation, "reports:take-along")
    return opened(client.post(address, {"code": code}))


def read(files: dict[str, bytes]) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(files["alles.json"])
    return content


def test_all_that_is_known_is_in_it_to_read_and_as_data(
    client: Client, organisation: Organisation
) -> None:
    code, _report = full_report(organisation)

    files = taken(client, organisation, code)

    html, data = files["lees-mij.html"].decode(), files["alles.json"].decode()
    for what, words in CANARIES.items():
        assert words in html, what
        assert words in data, what
    assert files["signaal-1/bestand-1.txt"] == PAPER
    (one,) = read(files)["reports"]
    facts = one["facts"]
    assert facts["municipality"] == "GM0228"
    assert facts["since"] == "year"
    assert {"person", "yes"}.isdisjoint(facts)
    assert one["files"][0]["name"] == "bestand-1.txt"
    ask = next(row for row in one["consents"] if row["purpose"] == "Meer vragen")
    assert ask["given_on"] == TODAY.isoformat()
    assert ask["withdrawn_on"] is None


def test_name_and_number_come_along_and_notes_are_asked_for(
    client: Client, organisation: Organisation
) -> None:
    organisation.phone = "030 123 45 67"
    organisation.save()
    volunteer = member(organisation, Role.VOLUNTEER)
    person = register_person(organisation, ELS, by=volunteer, at=now())
    code, stranger = telling.fresh_code(), told(organisation)[0]
    words = Telling(TOLD, person=person.pk)
    report = telling.send_report(code, organisation, words, consent=YES, on=TODAY)
    for text in (NOTE, "Nog een."):
        handling.write_entry(
            report.report.pk, EntryKind.NOTE, text, by=volunteer, at=now()
        )
    handling.undo_last(report.report.pk, by=volunteer, at=now())

    files = taken(client, organisation, code)
    (other,) = read(taken(client, organisation, stranger))["reports"]

    (one,) = read(files)["reports"]
    html = files["lees-mij.html"].decode()
    assert one["contact"] == {
        "name": ELS.name,
        "phone": ELS.phone,
        "when": ELS.when,
        "mail": "",
    }
    assert one["n_notes"] == 1
    assert ELS.phone in html
    assert "Vraag ons erom: 030 123 45 67" in " ".join(html.split())
    assert NOTE not in html
    assert (other["contact"], other["n_notes"]) == ({}, 0)


def test_who_looked_is_a_day_and_a_role_and_never_a_name(
    client: Client, organisation: Organisation
) -> None:
    code, report = full_report(organisation)
    gone = member(organisation, Role.COORDINATOR)
    handling.record_reads(
        [report], by=gone, organisation=organisation, at=now() - timedelta(days=3)
    )
    Membership.objects.filter(account=gone).delete()

    files = taken(client, organisation, code)

    (one,) = read(files)["reports"]
    assert sorted(row["who"] for row in one["who_looked"]) == [
        "Oud-collega",
        "Vrijwilliger",
    ]
    assert {row["on"] for row in one["who_looked"]} == {
        today().isoformat(),
        (today() - timedelta(days=3)).isoformat(),
    }
    everything = b"".join(files.values())
    assert b"Kanarie-naam" not in everything
    assert b"voorbeeld.test" not in everything
    assert NOTE.encode() not in everything


def test_who_of_another_organisation_looked_is_told_apart(
    client: Client, organisation: Organisation
) -> None:
    code, report = full_report(organisation)
    theirs = OrganisationFactory.create()
    chief = member(theirs, Role.COORDINATOR)
    handling.record_reads([report], by=chief, organisation=theirs, at=now())

    (one,) = read(taken(client, organisation, code))["reports"]

    told = {row["who"] for row in one["who_looked"]}
    assert "Een andere organisatie, voor een tekst van samen" in told
    assert "Oud-collega" not in told


@pytest.mark.slow
def test_from_mijn_all_reports_come_along_and_nobody_elses(
    organisation: Organisation,
) -> None:
    account = own_account(organisation)
    browser = logged_in(Client(), account)
    _code, first = full_report(organisation)
    _code, second = told(organisation, "Kanarie-negen.")
    told(organisation, "Van een ander.")
    for report in (first, second):
        owning.own_report(report, account, on=TODAY)

    files = opened(browser.post(page(organisation, "reports:own-take-all")))
    alone = opened(
        browser.post(page(organisation, "reports:own-take-along", second.pk))
    )

    assert len(read(files)["reports"]) == 2
    assert read(files)["address"] == "noor@voorbeeld.test"
    assert read(files)["account"][0]["words"] == "Wij bewaren uw adres."
    assert b"Van een ander." not in b"".join(files.values())
    assert [one["text"] for one in read(alone)["reports"]] == ["Kanarie-negen."]
    log = [row.payload for row in OutboxRow.objects.filter(kind="audit.anonymous")]
    assert sum(one["kind"] == "reports.report.taken_along" for one in log) == 3


def test_who_reads_english_gets_it_in_english(
    client: Client, organisation: Organisation
) -> None:
    code, _report = told(organisation)
    client.cookies[COOKIE] = "language:en"
    html = taken(client, organisation, code)["lees-mij.html"].decode()
    assert 'lang="en"' in html
    assert "All that you told us" in html
    assert "Nobody yet." in html


def test_nothing_of_the_file_is_kept(organisation: Organisation) -> None:
    _code, report = told(organisation)
    before = OutboxRow.objects.count()
    assert b"".join(along.zipped([read_again(report)], on=TODAY)).startswith(b"PK")
    assert OutboxRow.objects.count() == before
    erase_words(report, on=TODAY)
    assert along.all_of(read_again(report))["consents"] == []


@pytest.mark.wide
def test_opening_a_file_in_the_work_is_a_look(
    client: Client, organisation: Organisation
) -> None:
    code, report = full_report(organisation)
    coordinator = login(Client(), member(organisation, Role.COORDINATOR))
    file = report.attachments.get()
    coordinator.get(page(organisation, "reports:work-file", file.pk))
    (one,) = read(taken(client, organisation, code))["reports"]
    assert "Coördinator" in {row["who"] for row in one["who_looked"]}
