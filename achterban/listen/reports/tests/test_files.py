"""Photos, documents and recordings: brought, shown, opened, typed out, taken away."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from threading import BoundedSemaphore
from unittest.mock import patch

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.files import actions
from achterban.core.files.actions import Taken
from achterban.core.files.models import Block, StoredFile
from achterban.core.files.reading import BLOCK_BYTES
from achterban.core.files.tests import samples
from achterban.core.mine.tests.factories import logged_in, own_account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions import (
    attaching,
    drafting,
    owning,
    returning,
    telling,
)
from achterban.listen.reports.models import Attachment, Entry, EntryKind, Report
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import WORDS, report_behind, told
from achterban.listen.reports.views import files
from achterban.rules.filetypes import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
HIDDEN = r'type="hidden" name="(\w+)" value="([^"]*)"'


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


def photo(name: str = "foto.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or samples.photo(), "image/jpeg")


def voice() -> SimpleUploadedFile:
    return SimpleUploadedFile("opname.webm", samples.sound(), "audio/webm;codecs=opus")


class Shower:
    """Somebody who came as far as the page that takes files, without JavaScript."""

    def __init__(self, organisation: Organisation, text: str = WORDS) -> None:
        """Press "Liever inspreken" on the first page."""
        self.client, self.organisation = Client(), organisation
        self.shown = self.client.get(page(organisation, "reports:tell"))
        self.press("speak", "reports:tell", text=text)

    def press(self, act: str, name: str = "reports:questions", **data: object) -> None:
        """Press a button with what stands in the last form of the page."""
        form = self.body.rpartition("<form id=")[2] if "question" in self.body else ""
        found = dict(re.findall(HIDDEN, form or self.body))
        address = page(self.organisation, name)
        self.shown = self.client.post(address, {**found, "act": act, **data})

    @property
    def body(self) -> str:
        """Return the page."""
        return self.shown.content.decode()

    @property
    def report(self) -> Report:
        """Return what is in the database."""
        return Report.objects.select_related("key").get()


def behind(client: Client, organisation: Organisation, code: str) -> str:
    shown = client.post(page(organisation, "reports:code"), {"code": code})
    return str(shown.content.decode())


@pytest.mark.wide
def test_somebody_who_cannot_type_speaks_and_that_is_enough(
    organisation: Organisation,
) -> None:
    teller = Shower(organisation, text="")
    assert "Wilt u iets inspreken?" in teller.body
    assert "microphone=(self)" in teller.shown["Permissions-Policy"]

    teller.press("add", file=voice())
    assert "Opname 1 ✓" in teller.body
    teller.press("send")

    assert "Uw code" in teller.body or "code" in teller.body
    report = teller.report
    assert (report.status, report.open_telling().text) == (Status.RECEIVED, "")
    assert report.attachments.get().file.extension == "webm"


def test_without_words_and_without_a_file_nothing_is_sent(
    organisation: Organisation,
) -> None:
    teller = Shower(organisation, text="")
    teller.press("send")
    assert "Eén zin is genoeg" in teller.body
    assert teller.report.status == Status.DRAFT


@pytest.mark.wide
def test_a_file_goes_on_with_the_page_and_can_be_taken_away(
    organisation: Organisation,
) -> None:
    teller = Shower(organisation)
    teller.press("back")
    assert "Wilt u iets laten zien?" in teller.body
    teller.press("next", file=photo())
    assert "Wilt u iets inspreken?" in teller.body
    teller.press("back")
    assert "Foto 1 ✓" in teller.body

    teller.press("x", drop=str(Attachment.objects.get().pk))
    assert "Foto 1" not in teller.body
    assert not StoredFile.objects.exists()
    assert not Block.objects.exists()
    assert DataKey.objects.count() == 1  # of the report itself


@pytest.mark.wide
def test_a_double_click_is_one_file(organisation: Organisation) -> None:
    teller = Shower(organisation)
    before = teller.shown
    teller.press("add", file=photo())
    teller.shown = before
    teller.press("add", file=photo())
    assert Attachment.objects.count() == 1
    teller.press("add", file=photo())
    assert Attachment.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("logo.svg", b"<svg onload='x()'></svg>", "Een tekening (svg)"),
        ("foto.jpg", b"PK\x03\x04....", "iets anders dan zijn naam zegt"),
        ("brief.docx", samples.word_document("x", word__vbaProject_bin=b"x"), "macro"),
        ("foto.jpg", samples.photo()[:300], "kunnen dit bestand niet openen"),
        ("film.mp4", samples.film(), "Een filmpje"),
    ],
    ids=["svg", "zip named jpg", "macro", "broken", "film"],
)
@pytest.mark.slow
def test_a_refusal_says_what_will_do_and_loses_nothing(
    organisation: Organisation, name: str, content: bytes, words: str
) -> None:
    teller = Shower(organisation)
    teller.press("add", file=SimpleUploadedFile(name, content, ""))
    assert words in teller.body
    assert "De rest is bewaard." in teller.body
    assert teller.report.open_telling().text == WORDS
    assert not Attachment.objects.exists()


@pytest.mark.wide
def test_a_heic_of_an_iphone_is_taken(organisation: Organisation) -> None:
    teller = Shower(organisation)
    heic = SimpleUploadedFile("IMG_1.HEIC", samples.HEIC, "image/heic")
    teller.press("add", file=heic)
    assert StoredFile.objects.get().extension == "jpg"


def test_too_large_a_file_is_said_and_the_page_stays(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("achterban.core.files.spool.MOST_BYTES", 100)
    teller = Shower(organisation)
    teller.press("add", file=photo())
    assert "groter dan 25 MB" in teller.body
    assert "Wilt u iets inspreken?" in teller.body


@pytest.mark.wide
def test_ten_files_is_enough_and_a_full_installation_says_so(
    organisation: Organisation, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "MOST_ATTACHMENTS", 1)
    teller = Shower(organisation)
    teller.press("add", file=photo())
    teller.press("add", file=photo())
    assert "Meer dan tien bestanden kan niet" in teller.body

    monkeypatch.setattr(attaching, "MOST_ATTACHMENTS", 10)
    settings.MOST_FILES_MB = 0
    teller.press("add", file=photo())
    assert "Er is nu geen plaats voor bestanden" in teller.body
    assert Attachment.objects.count() == 1


@pytest.mark.wide
def test_the_script_of_the_page_stores_a_file_and_hears_why_not(
    organisation: Organisation,
) -> None:
    teller = Shower(organisation)
    address = page(organisation, "reports:keep-file")
    fields = dict(re.findall(HIDDEN, teller.body))
    assert teller.client.post(address, {**fields, "file": photo()}).json()["kept"]
    assert teller.client.post(address, {**fields, "file": photo()}).json()["kept"]
    assert Attachment.objects.count() == 1

    refused = teller.client.post(address, {**fields, "file": photo("a.svg", b"<svg>")})
    assert "svg" in refused.json()["why"]
    for wrong in ({"token": "x"}, {"code": "ABCD"}, {}):
        assert teller.client.post(address, wrong).status_code == 400


@pytest.mark.wide
def test_the_code_stands_on_the_first_page_that_is_reached(
    organisation: Organisation,
) -> None:
    teller = Shower(organisation, text="Mijn nummer is 111222333.")
    assert re.search(r"<details open>.*?class=.code.", teller.body, re.DOTALL)
    assert "burgerservicenummer" in teller.body
    teller.press("add", file=photo())
    assert re.search(r"<details>.*?class=.code.", teller.body, re.DOTALL)


def test_who_tries_codes_with_files_is_slowed_and_costs_nothing(
    organisation: Organisation,
) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    address = page(organisation, "reports:keep-file")
    with patch.object(files, "take_in") as costly:
        answers = [
            client.post(address, {"code": telling.fresh_code(), "file": photo()})
            for _ in range(11)
        ]
    assert [answer.status_code for answer in answers] == [400] * 10 + [429]
    costly.assert_not_called()


@pytest.mark.slow
def test_where_too_many_files_come_at_once_the_page_says_so_and_tries_again(
    organisation: Organisation,
) -> None:
    teller = Shower(organisation)
    fields = dict(re.findall(HIDDEN, teller.body))
    address = page(organisation, "reports:keep-file")
    with patch.object(actions, "_line", BoundedSemaphore(1)) as line:
        line.acquire()
        teller.press("add", file=photo())
        assert "Probeer het over een minuut nog eens" in teller.body
        refused = teller.client.post(address, {**fields, "file": photo()})
    assert refused.status_code == 503
    assert teller.client.post(address, {**fields, "file": photo()}).json()["kept"]


@pytest.mark.slow
def test_behind_the_code_a_file_is_added_opened_and_taken_away(
    organisation: Organisation, client: Client
) -> None:
    code, report = told(organisation)
    fields = dict(re.findall(HIDDEN, behind(client, organisation, code)))
    shown = client.post(
        page(organisation, "reports:add-file"),
        {**fields, "code": code, "file": photo()},
    )
    attachment = report.attachments.get()
    assert "Foto 1" in shown.content.decode()
    report.refresh_from_db()
    assert report.has_news
    assert Entry.objects.get().kind == EntryKind.FILE

    asked = {"code": code, "file": attachment.pk}
    got = client.post(page(organisation, "reports:file"), asked)
    assert got.getvalue()[:3] == b"\xff\xd8\xff"
    assert got["Content-Disposition"] == 'attachment; filename="bestand-1.jpg"'
    assert "sandbox" in got["Content-Security-Policy"]
    assert got["X-Content-Type-Options"] == "nosniff"

    client.post(
        page(organisation, "reports:drop-file"), {"code": code, "drop": attachment.pk}
    )
    assert not Attachment.objects.exists()
    assert client.post(page(organisation, "reports:file"), asked).status_code == 404


def test_somebody_elses_code_opens_no_file(
    organisation: Organisation, client: Client
) -> None:
    code, report = told(organisation)
    other, _report = told(organisation)
    attaching.attach(
        report_behind(code, organisation),
        _taken(),
        attachment_id=7,
        on=date(2026, 3, 2),
    )

    asked = {"code": other, "file": 7, "drop": 7}
    assert client.post(page(organisation, "reports:file"), asked).status_code == 404
    client.post(page(organisation, "reports:drop-file"), asked)
    assert report.attachments.count() == 1


def _taken() -> Taken:
    return Taken(Kind.PHOTO, "jpg", b"\xff\xd8\xff", is_scanned=False)


def test_a_handler_opens_a_file_after_the_log_has_it_and_types_it_out(
    organisation: Organisation, client: Client
) -> None:
    code, report = told(organisation)
    attaching.attach(
        report_behind(code, organisation),
        _taken(),
        attachment_id=7,
        on=date(2026, 3, 2),
    )
    login(client, member(organisation, Role.VOLUNTEER))
    AuditEvent.objects.all().delete()

    got = client.get(page(organisation, "reports:work-file", 7))
    assert AuditEvent.objects.filter(kind="reports.file.read").count() == 1
    assert got.getvalue() == b"\xff\xd8\xff"

    client.post(
        page(organisation, "reports:type-out", 7), {"text": "Zaak 12, bsn 111222333"}
    )
    assert Attachment.objects.get().open_words() == "Zaak 12, bsn [bsn weggehaald]"
    shown = client.get(page(organisation, "reports:report", report.pk))
    assert "Zaak 12" in shown.content.decode()
    assert "geen virusscanner" in shown.content.decode()


def take_role_away(account: Account, report: Report) -> None:
    account.memberships.all().delete()


def close_account(account: Account, report: Report) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)


def end_all_sessions(account: Account, report: Report) -> None:
    Account.objects.filter(pk=account.pk).update(session_round=1)


def log_out(account: Account, report: Report) -> None:
    Session.objects.all().delete()


def withdraw(account: Account, report: Report) -> None:
    returning.withdraw_report(report, on=date(2026, 3, 2))


Revoke = Callable[[Account, Report], None]


@pytest.mark.parametrize(
    "revoke", [take_role_away, close_account, end_all_sessions, log_out, withdraw]
)
def test_a_download_stops_where_the_right_to_it_ends(
    organisation: Organisation, client: Client, revoke: Revoke
) -> None:
    report = told_with_a_recording(organisation)
    account = member(organisation, Role.VOLUNTEER)
    got = login(client, account).get(page(organisation, "reports:work-file", 7))
    pieces = iter(got)
    came = next(pieces)

    revoke(account, report)

    assert len(came + b"".join(pieces)) == BLOCK_BYTES
    assert int(got["Content-Length"]) == BLOCK_BYTES * 3


def test_ones_own_file_stops_where_one_logs_out_of_mijn(
    organisation: Organisation, client: Client
) -> None:
    noor, report = own_account(organisation), told_with_a_recording(organisation)
    owning.own_report(report, noor, on=date(2026, 3, 2))
    got = logged_in(client, noor).post(
        page(organisation, "reports:own-file", report.pk), {"file": "7"}
    )
    pieces = iter(got)
    came = next(pieces)

    Session.objects.all().delete()

    assert len(came + b"".join(pieces)) == BLOCK_BYTES


def told_with_a_recording(organisation: Organisation) -> Report:
    code, report = told(organisation)
    content = os.urandom(BLOCK_BYTES * 3)
    attaching.attach(
        report_behind(code, organisation),
        Taken(Kind.RECORDING, "webm", content, is_scanned=False),
        attachment_id=7,
        on=date(2026, 3, 2),
    )
    return report


def test_another_organisation_has_no_such_file(
    organisation: Organisation, client: Client
) -> None:
    code, _report = told(organisation)
    attaching.attach(
        report_behind(code, organisation),
        _taken(),
        attachment_id=7,
        on=date(2026, 3, 2),
    )
    other = OrganisationFactory.create()
    login(client, member(other, Role.VOLUNTEER))
    for name in ("reports:work-file", "reports:type-out"):
        assert client.get(page(other, name, 7)).status_code == 404


def test_with_a_report_its_files_go(organisation: Organisation) -> None:
    code, report = told(organisation)
    attaching.attach(
        report_behind(code, organisation),
        _taken(),
        attachment_id=7,
        on=date(2026, 3, 2),
    )
    returning.withdraw_report(report_behind(code, organisation), on=date(2026, 3, 3))
    deliver_due(at=clock.now(), on=clock.today())
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert not DataKey.objects.filter(name=None).exists()
    report.refresh_from_db()
    assert report.is_gone


@pytest.mark.slow
def test_with_a_draft_its_files_go_after_half_a_year(
    organisation: Organisation,
) -> None:
    Shower(organisation).press("add", file=photo())
    drafting.erase_old_drafts(on=date(2030, 1, 1))
    assert not Report.objects.exists()
    assert not StoredFile.objects.exists()
