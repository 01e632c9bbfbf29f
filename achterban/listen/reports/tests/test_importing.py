"""A file becomes reports: once each, sealed, and taken back as a whole."""

from __future__ import annotations

import csv
import io
import json
import os
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from openpyxl.comments import Comment

from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import member
from achterban.core.audit.models import AuditEvent
from achterban.core.consent.models import Consent
from achterban.core.files.actions import add_blocks, begin_table
from achterban.core.files.models import Block, StoredFile
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.actions import replay_erasures
from achterban.core.vault.keyring import record_erasures
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions import handling, importing, retrying, undoing
from achterban.listen.reports.actions.reviewing import look_through
from achterban.listen.reports.models import (
    BadRow,
    Import,
    ImportState,
    KnownColumns,
    Likeness,
    Plan,
    Report,
    RowFault,
    Telling,
)
from achterban.listen.reports.statuses import Channel, Status
from achterban.listen.reports.tests.factories import told
from achterban.people.persons.models import Person
from achterban.rules.deidentify import MASK
from achterban.rules.tables import NotATable, Trouble

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

AT = datetime(2026, 11, 24, 14, 3, tzinfo=UTC)
SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[5] / "shared"))
FILE = """datum;gemeente;naam;e-mail;over;tekst
2-3-2024;Utrecht;Els Visser;els@voorbeeld.test;UWV;"Ik wacht al een jaar.
En nog steeds niets."
3-3-2024;6711 AB;;;;De keuring duurde twee uur.
gisteren;Utrecht;;;;Geen dag die ik ken.
4-3-2024;Nergenshuizen;;;;Geen plaats die ik ken.
5-3-2024;Utrecht;;;;
6-3-2027;Utrecht;;;;Dit moet nog gebeuren.
"""


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def coordinator(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


def take(
    ours: Organisation, content: str | bytes, by: Account, name: str = "lijst.csv"
) -> Import:
    raw = content.encode() if isinstance(content, str) else content
    return importing.take_import(ours, name, io.BytesIO(raw), by=by, at=AT)


def read_in(
    ours: Organisation, content: str | bytes, by: Account, **rest: Any
) -> Import:
    imported = take(ours, content, by, **rest)
    importing.start_import(imported.pk, by=by, at=AT)
    importing.run_import(imported.pk, at=AT)
    imported.refresh_from_db()
    return imported


def tellings(ours: Organisation) -> dict[str, tuple[Report, Telling]]:
    reports = Report.objects.filter(organisation=ours).select_related("key")
    opened = [(report, report.open_telling()) for report in reports]
    return {telling.text: (report, telling) for report, telling in opened}


def faults(imported: Import) -> dict[int, str]:
    return dict(imported.bad_rows.values_list("line", "fault"))


def test_good_rows_are_reports_and_bad_ones_are_kept_with_why(
    ours: Organisation, coordinator: Account
) -> None:
    imported = read_in(ours, FILE, coordinator)

    assert (imported.state, imported.n_read, imported.n_stored) == ("done", 6, 2)
    assert faults(imported) == {
        5: RowFault.NOT_A_DAY,
        6: RowFault.NO_PLACE,
        7: RowFault.NO_WORDS,
        8: RowFault.DAY_AHEAD,
    }
    report, telling = tellings(ours)["Ik wacht al een jaar.\nEn nog steeds niets."]
    assert (report.status, report.channel) == (Status.RECEIVED, Channel.FILE)
    assert (report.received_on, report.handler) == (date(2024, 3, 2), None)
    assert (telling.municipality, telling.parties) == ("GM0344", ["benefits_agency"])
    person = Person.objects.select_related("key").get(pk=telling.person)
    assert person.open_details().name == "Els Visser"
    assert person.open_details().mail == "els@voorbeeld.test"
    assert tellings(ours)["De keuring duurde twee uur."][1].municipality == "GM0228"


def test_what_was_not_agreed_to_is_not_allowed(
    ours: Organisation, coordinator: Account
) -> None:
    read_in(ours, "tekst;toestemming\nEen verhaal.;ja\n", coordinator)

    assert [c.text.purpose for c in Consent.objects.select_related("text")] == ["count"]


def test_a_yes_is_kept_with_the_words_of_then(
    ours: Organisation, coordinator: Account
) -> None:
    imported = take(
        ours,
        "datum;tekst;toestemming\n1-6-2026;Ja.;ja\n1-6-2026;Nee.;nee\n",
        coordinator,
    )
    plan = imported.open_plan()
    said = "U mag mij citeren zonder naam."
    agreed = Plan(**{**vars(plan), "wording": said})
    importing.keep_plan(imported, agreed, by=coordinator, at=AT)
    importing.start_import(imported.pk, by=coordinator, at=AT)
    importing.run_import(imported.pk, at=AT)

    report, _telling = tellings(ours)["Ja."]
    quote = Consent.objects.get(text__purpose="quote")
    assert (quote.key_id, quote.text.wording) == (report.key_id, said)
    assert (quote.given_on, quote.ends_on) == (date(2026, 6, 1), date(2028, 6, 1))


def test_a_citizen_service_number_is_masked(
    ours: Organisation, coordinator: Account
) -> None:
    read_in(ours, "tekst;naam\nMijn nummer is 111222333.;Els 111222333\n", coordinator)

    text, (_report, telling) = tellings(ours).popitem()
    assert "111222333" not in text
    person = Person.objects.select_related("key").get(pk=telling.person)
    assert "111222333" not in person.open_details().name


def test_a_citizen_service_number_is_kept_of_no_row_that_waits(
    ours: Organisation, coordinator: Account
) -> None:
    content = "datum;tekst 111222333\n1-6-2026;Ik ben 111222333.\nooit;En 999990019.\n"
    imported = take(ours, content, coordinator, name="Brief van 111222333.csv")

    shown = str(imported.open_plan())
    importing.start_import(imported.pk, by=coordinator, at=AT)
    importing.run_import(imported.pk, at=AT)

    waiting = BadRow.objects.select_related("imported__key").get()
    assert waiting.open_cells() == ["ooit", f"En {MASK}."]
    assert "111222333" not in shown
    assert shown.count(MASK) == 4


BSN = "111222333"
# The edge of a block comes after its fourth digit.
LINE = "x" * 1021 + ";1\n"
EDGE = f"tekst;nr\n{LINE * 255}{'x' * 1010} {BSN};1\n".encode()


def a_sheet() -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["tekst", BSN])
    book.active.append([f"Ik ben {BSN}.", int(BSN)])
    book.active["A2"].comment = Comment(BSN, BSN)
    book.save(content)
    return content.getvalue()


def a_mail(cte: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Els <els@voorbeeld.test>", f"Over {BSN}"
    mail.set_content(f"Ik ben {BSN}, zei zij.", cte=cte)
    mail.add_attachment(BSN.encode(), "text", "plain", filename=f"{BSN}.txt")
    return bytes(mail)


def content_of(file: StoredFile | None) -> bytes:
    """Return all that is kept of a file, opened."""
    assert file is not None
    return b"".join(file.open_bytes())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"tekst;nr\nIk ben {BSN}.;1\n".encode()),
        ("a.csv", f"tekst;nr\nIk ben {BSN}, Zoë.;1\n".encode("cp1252")),
        ("a.csv", f"tekst;nr\nIk ben {BSN}.;1\n".encode("utf-16")),
        ("a.csv", EDGE),
        ("a.xlsx", a_sheet()),
        ("a.eml", a_mail("8bit")),
        ("a.eml", a_mail("base64")),
        (
            "a.mbox",
            b"From a@b.test\n" + a_mail("quoted-printable"),
        ),
    ],
    ids=["utf-8", "cp1252", "utf-16", "edge", "xlsx", "eml", "base64", "mbox"],
)
def test_a_citizen_service_number_is_in_no_block_of_what_is_kept(
    ours: Organisation, coordinator: Account, name: str, content: bytes
) -> None:
    imported = take(ours, content, coordinator, name=name)

    found = content_of(imported.file).replace(b"\0", b"")  # of UTF-16
    assert MASK.encode() in found
    for each in (BSN, BSN[4:], b64encode(BSN.encode()).decode(), "=31"):
        assert each.encode() not in found
    assert StoredFile.objects.count() == 1
    importing.start_import(imported.pk, by=coordinator, at=AT)
    importing.run_import(imported.pk, at=AT)
    words = " ".join(tellings(ours))
    assert MASK in words
    assert BSN not in words


def as_version_0_1_0_kept(imported: Import, extension: str, raw: bytes) -> None:
    """Put a file as it came in the place of what is kept."""
    plan = imported.open_plan()
    imported.file, rows = begin_table(extension, len(raw))
    importing.insert_all_at_once(rows)
    add_blocks(imported.file, [raw])
    imported.seal_plan(plan)
    imported.save()


@pytest.mark.slow
@pytest.mark.parametrize("is_running", [False, True])
def test_what_an_older_version_kept_as_it_came_is_kept_anew(
    ours: Organisation, coordinator: Account, *, is_running: bool
) -> None:
    imported = take(ours, a_sheet(), coordinator, name="a.xlsx")
    StoredFile.objects.all().delete()
    as_version_0_1_0_kept(imported, "xlsx", a_sheet())
    assert imported.file is not None
    old = imported.file.key_id
    if is_running:
        importing.start_import(imported.pk, by=coordinator, at=AT)

    importing.mask_old_files(at=AT)

    imported = Import.objects.select_related("key", "file__key").get()
    assert DataKey.objects.filter(pk=old).exists() == is_running
    if not is_running:
        assert BSN.encode() not in content_of(imported.file)
        assert BSN not in str(imported.open_plan().samples)
        importing.start_import(imported.pk, by=coordinator, at=AT)
    importing.run_import(imported.pk, at=AT)
    assert list(tellings(ours)) == [f"Ik ben {MASK}."]
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("raw", "is_left"), [(b"tekst\nIk ben 111222333.\n", True), (b"a\n\0\n", False)]
)
def test_an_old_text_is_masked_in_the_same_way_or_let_go(
    ours: Organisation, coordinator: Account, raw: bytes, *, is_left: bool
) -> None:
    imported = take(ours, "tekst\nEen verhaal.\n", coordinator)
    StoredFile.objects.all().delete()
    as_version_0_1_0_kept(imported, "csv", raw)

    importing.mask_old_files(at=AT)

    assert Import.objects.exists() == StoredFile.objects.exists() == is_left
    if is_left:
        file = StoredFile.objects.select_related("key").get()
        assert content_of(file) == f"tekst\nIk ben {MASK}.\n".encode()


def test_what_unpacks_to_too_much_is_refused(
    ours: Organisation, coordinator: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_BYTES", 100)

    with pytest.raises(NotATable) as refused:
        take(ours, a_sheet(), coordinator, name="a.xlsx")

    assert refused.value.trouble is Trouble.LARGE
    assert not StoredFile.objects.exists()


def test_several_columns_of_words_stand_under_their_headings(
    ours: Organisation, coordinator: Account
) -> None:
    read_in(ours, "Onderwerp;Toelichting\nWmo;Ik wacht.\nUWV;\n", coordinator)

    assert set(tellings(ours)) == {
        "Onderwerp\nWmo\n\nToelichting\nIk wacht.",
        "Onderwerp\nUWV",
    }


def test_no_letter_of_the_file_is_on_the_disk_in_clear(
    ours: Organisation, coordinator: Account
) -> None:
    imported = take(
        ours, f"tekst\n{'KANARIE ' * 50}\n", coordinator, name="KANARIE.csv"
    )

    stored = [*Block.objects.values_list("sealed", flat=True), imported.sealed]
    assert not any(b"KANARIE" in bytes(each) for each in stored)


def test_the_file_is_destroyed_once_it_is_read(
    ours: Organisation, coordinator: Account
) -> None:
    imported = take(ours, FILE, coordinator)
    assert imported.file is not None
    file_key = imported.file.key_id
    importing.start_import(imported.pk, by=coordinator, at=AT)
    importing.run_import(imported.pk, at=AT)

    assert not StoredFile.objects.exists()
    assert not DataKey.objects.filter(pk=file_key).exists()


def test_the_rows_that_were_shown_first_go_with_the_file(
    ours: Organisation, coordinator: Account
) -> None:
    imported = take(ours, FILE, coordinator)
    assert imported.key is not None
    assert "Els Visser" in str(imported.open_plan().samples)
    shown = bytes(imported.sealed)
    assert "Els" not in str(imported.key.unseal(shown, context=imported._context))

    importing.start_import(imported.pk, by=coordinator, at=AT)
    importing.run_import(imported.pk, at=AT)

    imported.refresh_from_db()
    plan = imported.open_plan()
    assert (plan.name, len(plan.headings), plan.samples) == ("lijst.csv", 6, [])
    imported.sealed = shown  # as an old backup has it
    assert imported.open_plan().samples == []


def test_what_an_older_version_kept_of_a_file_that_was_read_goes(
    ours: Organisation, coordinator: Account
) -> None:
    imported = read_in(ours, FILE, coordinator)
    assert imported.key is not None
    old = vars(imported.open_plan()) | {"samples": [["2-3-2024", "Utrecht", "Els"]]}
    imported.sealed = imported.key.seal(old, context=imported._context)
    imported.save()
    assert imported.open_plan().samples == []

    importing.forget_shown_rows()

    imported.refresh_from_db()
    assert imported.key is not None
    kept = imported.key.unseal(bytes(imported.sealed), context=imported._context)
    assert (kept["name"], kept["samples"]) == ("lijst.csv", "")


def test_rows_that_nobody_dealt_with_go_after_half_a_year(
    ours: Organisation, coordinator: Account
) -> None:
    imported = read_in(ours, FILE, coordinator)

    importing.drop_old_rows(imported.begun_on + timedelta(days=183))
    assert imported.bad_rows.count() == 4
    assert importing.old_rows(imported.begun_on + timedelta(days=184)).count() == 4
    importing.drop_old_rows(imported.begun_on + timedelta(days=184))

    assert not BadRow.objects.exists()
    assert Report.objects.count() == 2


@pytest.mark.slow
def test_who_is_erased_waits_in_no_row_either(
    ours: Organisation, coordinator: Account
) -> None:
    row = "els@voorbeeld.test;Ik wacht al een jaar op een rolstoel.\n"
    other = row.replace("els@", "jan@")
    read_in(ours, f"e-mail;tekst\n{row}{other}", coordinator)
    again = read_in(ours, f"e-mail;tekst\n{row}{other}", coordinator)
    assert faults(again) == {2: RowFault.SAME, 3: RowFault.SAME}
    elsewhere = OrganisationFactory.create()
    theirs = read_in(elsewhere, f"e-mail;tekst\n{row}{row}", coordinator)
    people = Person.objects.in_bulk()
    els = next(
        report
        for report in Report.objects.filter(organisation=ours).select_related("key")
        if "els" in people[report.open_telling().person].open_details().mail
    )

    handling.erase_report(els.pk, by=0, at=AT)

    assert faults(again) == {3: RowFault.SAME}
    assert faults(theirs) == {3: RowFault.SAME}


@pytest.mark.wide
@pytest.mark.differs
def test_a_kill_in_between_loses_nothing_and_doubles_nothing(
    ours: Organisation, coordinator: Account
) -> None:
    rows = "".join(f"Verhaal nummer {n} over wachten.\n" for n in range(1200))
    imported = take(ours, f"tekst\n{rows}", coordinator)
    importing.start_import(imported.pk, by=coordinator, at=AT)

    class Killed(Exception):
        pass

    def kill(_imported: Import) -> None:
        raise Killed

    for n_read in (500, 1000):
        with pytest.raises(Killed):
            importing.run_import(imported.pk, at=AT, progress=kill)
        assert Import.objects.get().n_read == n_read
    importing.run_import(imported.pk, at=AT)

    assert len(tellings(ours)) == Report.objects.count() == 1200
    assert Import.objects.get().state == ImportState.DONE


@pytest.mark.slow
@pytest.mark.differs
def test_two_processes_do_not_read_the_same_rows(
    ours: Organisation, coordinator: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 50)
    rows = "".join(f"Verhaal {n} over lang wachten.\n" for n in range(110))
    imported = take(ours, f"tekst\n{rows}", coordinator)
    importing.start_import(imported.pk, by=coordinator, at=AT)

    def let_another_one_in(_imported: Import) -> None:
        if Import.objects.get().n_read == 50:
            importing.run_import(imported.pk, at=AT)

    importing.run_import(imported.pk, at=AT, progress=let_another_one_in)

    assert Report.objects.count() == 110


@pytest.mark.wide
def test_the_same_words_of_the_same_person_are_there_once(
    ours: Organisation, coordinator: Account
) -> None:
    row = "els@voorbeeld.test;Ik wacht al een jaar op een rolstoel.\n"
    other = row.replace("els@", "jan@")
    shouted = row.upper()

    imported = read_in(ours, f"e-mail;tekst\n{row}{other}{shouted}", coordinator)
    again = read_in(ours, f"e-mail;tekst\n{row}", coordinator)

    assert faults(imported) == {4: RowFault.SAME}
    assert faults(again) == {2: RowFault.SAME}
    assert Report.objects.count() == 2


@pytest.mark.wide
def test_nobodys_words_are_counted_each_but_not_from_a_second_file(
    ours: Organisation, coordinator: Account
) -> None:
    content = "datum;tekst\n2-3-2024;Ik wacht al een jaar.\n" * 1
    twice = content + "2-3-2024;Ik wacht al een jaar.\n"

    first = read_in(ours, twice, coordinator)
    again = read_in(ours, content, coordinator)

    assert (first.n_stored, again.n_stored) == (2, 0)
    assert faults(again) == {2: RowFault.SAME}
    assert importing.was_here_before(again) is None  # it is another file
    third = take(ours, twice, coordinator)
    assert importing.was_here_before(third) == first


@pytest.mark.wide
def test_a_corrected_row_gets_in_and_a_wrong_one_stays(
    ours: Organisation, coordinator: Account
) -> None:
    imported = read_in(ours, FILE, coordinator)
    row = BadRow.objects.select_related("imported__key").get(line=6)
    cells = row.open_cells()

    still = retrying.retry_row(row, cells, by=coordinator, at=AT)
    row = BadRow.objects.select_related("imported__key").get(pk=row.pk)
    cells[1] = "Ede"
    done = retrying.retry_row(row, cells, by=coordinator, at=AT)

    assert (still, done) == (RowFault.NO_PLACE, None)
    assert tellings(ours)["Geen plaats die ik ken."][1].municipality == "GM0228"
    imported.refresh_from_db()
    assert (imported.n_stored, imported.bad_rows.count()) == (3, 3)
    with pytest.raises(BadRow.DoesNotExist):
        retrying.retry_row(row, cells, by=coordinator, at=AT)


def test_all_rows_of_a_kind_are_taken_as_they_are(
    ours: Organisation, coordinator: Account
) -> None:
    imported = read_in(ours, FILE, coordinator)

    n = retrying.take_all(imported, RowFault.NO_PLACE, by=coordinator, at=AT)

    _report, telling = tellings(ours)["Geen plaats die ik ken."]
    assert (n, telling.municipality) == (1, "")
    assert [o["answers"] for o in telling.own.values()] == [["Nergenshuizen"]]
    with pytest.raises(ValueError, match="no_words"):
        retrying.take_all(imported, RowFault.NO_WORDS, by=coordinator, at=AT)


def test_a_twin_gets_in_where_somebody_says_so(
    ours: Organisation, coordinator: Account
) -> None:
    row = "els@voorbeeld.test;Ik wacht al een jaar op een rolstoel.\n"
    read_in(ours, f"e-mail;tekst\n{row}{row}", coordinator)
    bad = BadRow.objects.select_related("imported__key").get()

    done = retrying.retry_row(
        bad, bad.open_cells(), is_twin_too=True, by=coordinator, at=AT
    )

    assert (done, Report.objects.count()) == (None, 2)


def test_columns_are_remembered_in_any_order(
    ours: Organisation, coordinator: Account
) -> None:
    imported = take(ours, "Zus;Zo\nwoorden\tover;x\n", coordinator)
    plan = imported.open_plan()
    assert plan.targets != ["", "words"]
    chosen = Plan(**{**vars(plan), "targets": ["", "words"]})
    importing.keep_plan(imported, chosen, by=coordinator, at=AT)
    importing.start_import(imported.pk, by=coordinator, at=AT)

    again = take(ours, "ZO;zus\nx;y\n", coordinator)
    elsewhere = take(OrganisationFactory.create(), "ZO;zus\nxx;y\n", coordinator)

    assert again.open_plan().targets == ["words", ""]
    assert elsewhere.open_plan().targets == ["words", ""]  # guessed: the longest
    assert KnownColumns.objects.count() == 1


def test_what_is_no_table_leaves_nothing_behind(
    ours: Organisation, coordinator: Account
) -> None:
    with pytest.raises(NotATable) as refused:
        take(ours, b"a;b\n" + b"1;2\n" * 2000 + b"\0\1\2\n", coordinator)

    assert (refused.value.trouble, refused.value.line) == (Trouble.UNKNOWN, 2002)
    assert not Import.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Block.objects.exists()


@pytest.mark.slow
def test_a_whole_import_is_undone_but_for_what_was_worked_on(
    ours: Organisation, coordinator: Account
) -> None:
    _code, mine = told(ours, "Door iemand zelf verteld.")
    imported = read_in(ours, FILE, coordinator)
    taken, _telling = tellings(ours)["De keuring duurde twee uur."]
    handling.hand_over(taken.pk, coordinator, by=coordinator, at=AT)
    look_through(lambda text: [])

    undoing.ask_to_undo(imported.pk, whole=False, by=coordinator, at=AT)
    undoing.run_undo(imported.pk, at=AT)

    imported.refresh_from_db()
    assert set(Report.objects.values_list("pk", flat=True)) == {mine.pk, taken.pk}
    assert not Person.objects.exists()
    assert not BadRow.objects.exists()
    assert (imported.state, imported.key, imported.sealed) == ("undone", None, b"")
    kept = set(DataKey.objects.filter(name=None).values_list("pk", flat=True))
    assert kept == {mine.pk, taken.pk}
    assert set(Consent.objects.values_list("key", flat=True)) == kept


@pytest.mark.wide
def test_what_was_worked_on_goes_too_where_somebody_says_so(
    ours: Organisation, coordinator: Account
) -> None:
    imported = read_in(ours, FILE, coordinator)
    taken, _telling = tellings(ours)["De keuring duurde twee uur."]
    handling.hand_over(taken.pk, coordinator, by=coordinator, at=AT)

    undoing.ask_to_undo(imported.pk, whole=True, by=coordinator, at=AT)
    undoing.run_undo(imported.pk, at=AT)

    left = Report.objects.get()
    assert (left.pk, left.status, left.key) == (taken.pk, Status.WITHDRAWN, None)
    assert not DataKey.objects.filter(name=None).exists()


@pytest.mark.wide
@pytest.mark.differs
def test_an_import_can_be_undone_while_it_is_read(
    ours: Organisation, coordinator: Account
) -> None:
    rows = "".join(f"Verhaal {n} over lang wachten.\n" for n in range(1100))
    imported = take(ours, f"tekst\n{rows}", coordinator)
    importing.start_import(imported.pk, by=coordinator, at=AT)

    def undo(_imported: Import) -> None:
        undoing.ask_to_undo(imported.pk, whole=False, by=coordinator, at=AT)

    importing.run_import(imported.pk, at=AT, progress=undo)
    assert Report.objects.count() == 500
    undoing.run_undo(imported.pk, at=AT)

    assert not Report.objects.exists()
    assert not StoredFile.objects.exists()
    assert Import.objects.get().state == ImportState.UNDONE


def test_one_letter_for_all_and_the_log_holds_no_words(
    ours: Organisation, coordinator: Account
) -> None:
    read_in(ours, FILE, coordinator)

    assert OutboxRow.objects.filter(kind="reports.sent").count() == 1
    assert not OutboxRow.objects.filter(kind="audit.anonymous").exists()
    kinds = list(AuditEvent.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == [
        f"reports.import.{s}" for s in ("looked_at", "started", "finished")
    ]


def test_what_nobody_decided_about_goes_after_two_weeks(
    ours: Organisation, coordinator: Account
) -> None:
    take(ours, FILE, coordinator)

    importing.drop_old_imports(date(2026, 12, 8), at=AT)
    assert Import.objects.exists()
    importing.drop_old_imports(date(2026, 12, 9), at=AT)

    assert not Import.objects.exists()
    assert not DataKey.objects.filter(name=None).exists()


@pytest.mark.wide
def test_an_import_that_comes_back_from_a_backup_is_forgotten_again(
    ours: Organisation, coordinator: Account
) -> None:
    done = read_in(ours, FILE, coordinator)
    running = take(ours, FILE + "7-3-2024;Ede;;;;Nog een.\n", coordinator)
    importing.start_import(running.pk, by=coordinator, at=AT)
    assert done.key_id
    assert running.file
    record_erasures(settings.KEYS, [done.key_id, running.file.key_id])

    assert replay_erasures(on=date(2026, 11, 24)) == 2
    deliver_due(at=AT, on=date(2026, 11, 24))
    importing.run_import(running.pk, at=AT)

    done.refresh_from_db()
    running.refresh_from_db()
    assert (done.state, done.key, done.bad_rows.count()) == ("undone", None, 0)
    assert (running.state, running.trouble) == ("done", "broken")


@pytest.mark.differs
def test_what_was_begun_is_begun_once(ours: Organisation, coordinator: Account) -> None:
    imported = take(ours, FILE, coordinator)
    importing.start_import(imported.pk, by=coordinator, at=AT)

    for act in (importing.start_import, importing.drop_import):
        with pytest.raises(importing.NotNow):
            act(imported.pk, by=coordinator, at=AT)
    with pytest.raises(importing.NotNow):
        importing.keep_plan(imported, Plan("x"), by=coordinator, at=AT)


def test_full_is_full(
    ours: Organisation, coordinator: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MOST_FILES_MB", 0)
    with pytest.raises(importing.NoRoom):
        take(ours, FILE, coordinator)


def test_a_mailbox_is_read_with_its_broken_message(
    ours: Organisation, coordinator: Account
) -> None:
    box = (
        b"From a Mon Mar  2 14:05:00 2026\nFrom: Els <els@voorbeeld.test>\n"
        b"Date: Mon, 2 Mar 2026 14:05:00 +0100\nSubject: Wachten\n\nAl een jaar.\n\n"
        b"From b Mon Mar  2 14:05:00 2026\n\xff\xfe rommel\n\n"
        b"From c Mon Mar  2 14:05:00 2026\nFrom: jan@voorbeeld.test\nSubject: =?iso-"
        b"8859-9?Q?=DDstanbul?=\nContent-Type: text/plain; charset=iso-8859-9\n\n"
        b"I\xfe\xfdk yok\n"
    )

    imported = read_in(ours, box, coordinator, name="Postvak IN.mbox")

    assert set(tellings(ours)) == {
        "Onderwerp\nWachten\n\nTekst\nAl een jaar.",
        "Onderwerp\nİstanbul\n\nTekst\nIşık yok",
    }
    assert list(faults(imported).values()) == [RowFault.MESSAGE]


@pytest.mark.wide
def test_the_shared_experiences_and_gold_texts_are_imported(
    ours: Organisation, coordinator: Account
) -> None:
    experiences = SHARED / "inputs" / "ervaringen-zorg.csv"
    gold = SHARED / "gold" / "reports.jsonl"
    if not (experiences.exists() and gold.exists()):
        pytest.skip(f"the files are not here: {SHARED}")
    with experiences.open(encoding="utf-8", newline="") as file:
        n_experiences = sum(1 for _ in csv.DictReader(file))
    texts = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    content = io.StringIO()
    rows = csv.writer(content, delimiter=";")
    rows.writerow(["nr", "gemeente", "tekst"])
    for each in texts:
        rows.writerow([each["id"], each["municipality"] or "", each["text"]])

    first = read_in(ours, experiences.read_bytes(), coordinator)
    second = read_in(ours, content.getvalue(), coordinator)

    assert (first.n_stored, first.bad_rows.count()) == (n_experiences, 0)
    n_twins = second.bad_rows.filter(fault=RowFault.SAME).count()
    assert second.n_stored + second.bad_rows.count() == len(texts)
    assert n_twins == 0
    assert second.n_stored >= 0.98 * len(texts)
    assert Report.objects.to_look_through().count() == Report.objects.count()
    assert Likeness.objects.count() == Report.objects.count()


@pytest.mark.parametrize("other_goes_on", [True, False], ids=["reads on", "is gone"])
@pytest.mark.differs
def test_the_command_watches_who_was_first_and_takes_over_when_they_stop(
    ours: Organisation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    other_goes_on: bool,
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("tekst\nEen verhaal.\nNog een verhaal, langer.\n", "utf-8")
    really, asked = importing.run_import, []

    def run(import_id: int, **rest: Any) -> None:
        asked.append(import_id)
        if len(asked) == 1:  # somebody else read a chunk meanwhile
            Import.objects.update(n_read=1)
        else:
            Import.objects.update(n_read=0)
            really(import_id, **rest)

    def pause(_seconds: float) -> None:
        if other_goes_on:
            Import.objects.update(n_read=0)
            really(asked[0], at=AT)

    monkeypatch.setattr(importing, "run_import", run)
    monkeypatch.setattr("time.sleep", pause)
    out = io.StringIO()

    call_command("import_file", str(path), f"--organisation={ours.slug}", stdout=out)

    assert out.getvalue().endswith("opgenomen: 2; nog niet: 0\n")
    assert len(asked) == (1 if other_goes_on else 2)
