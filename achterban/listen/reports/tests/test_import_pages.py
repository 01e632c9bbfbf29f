"""From a file to reports and back, as a coordinator does it."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.files import spool
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.web.preferences import COOKIE
from achterban.listen.reports.management.commands.importer import WORK
from achterban.listen.reports.models import BadRow, Import, ImportState, Report

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

FILE = """datum;gemeente;naam;e-mail;tekst;nr
2-3-2024;Utrecht;Els Visser;els@voorbeeld.test;Ik wacht al een jaar.;1
3-3-2024;Nergenshuizen;;;Geen plaats die ik ken.;2
4-3-2024;Ede;Els Visser;els@voorbeeld.test;Ik wacht al een jaar.;3
"""


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def coordinator(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


@pytest.fixture
def browser(client: Client, coordinator: Account) -> Client:
    return login(client, coordinator)


def bring(
    browser: Client, ours: Organisation, content: bytes, name: str = "Lijst 2024.csv"
) -> HttpResponse:
    upload = SimpleUploadedFile(name, content)
    return browser.post(page(ours, "reports:import-list"), {"file": upload})  # type: ignore[return-value]


def fields_of(html: str) -> dict[str, str]:
    """Return what a browser would send with the plan as it stands."""
    chosen = re.findall(
        r'<select name="(column\d+|encoding)".*?</select>', html, re.DOTALL
    )
    found = {}
    for name in chosen:
        block = re.search(rf'<select name="{name}".*?</select>', html, re.DOTALL)
        assert block is not None
        picked = re.search(r'<option value="([^"]*)" selected', block[0])
        found[name] = picked[1] if picked else ""
    return found


def looked_at(browser: Client, ours: Organisation, content: str) -> tuple[str, str]:
    """Return the address of the plan and its page."""
    answer = bring(browser, ours, content.encode())
    assert answer.status_code == 302, answer.content.decode()
    address = str(answer["Location"])
    return address, browser.get(address).content.decode()


def work() -> None:
    for subject in Import.objects.at_work():
        WORK[ImportState(subject.state)](subject.pk, at=clock.now())


@pytest.mark.wide
def test_a_coordinator_sees_first_and_reads_then(
    browser: Client, ours: Organisation
) -> None:
    address, shown = looked_at(browser, ours, FILE)

    assert "Er is nog niets opgeslagen" in shown
    assert "Lijst 2024.csv" in shown
    assert "2 maart 2024" in shown
    assert "Els Visser · els@voorbeeld.test" in shown
    assert "We kennen geen gemeente met deze naam" in shown
    assert "<dt>Gaat niet mee</dt><dd>nr</dd>" in shown
    assert not Report.objects.exists()

    browser.post(address, {**fields_of(shown), "act": "start"})
    running = browser.get(address).content.decode()
    asked = browser.get(address, headers={"Accept": "application/json"}).json()
    work()
    done = browser.get(address).content.decode()

    assert "0 van de 3 regels zijn gelezen." in running
    assert asked == {
        "is_at_work": True,
        "n_read": 0,
        "words": "0 van de 3 regels zijn gelezen.",
    }
    assert "progress.js" in running
    assert "1 signaal. Het wacht op nakijken" in done
    assert "2 regels die niet meegingen" in done
    assert "progress.js" not in done


@pytest.mark.slow
def test_a_quiet_page_does_not_change_by_itself(
    browser: Client, ours: Organisation
) -> None:
    address, shown = looked_at(browser, ours, FILE)
    browser.post(address, {**fields_of(shown), "act": "start"})
    browser.cookies[COOKIE] = "calm:1"

    running = browser.get(address).content.decode()

    assert 'data-calm="1"' in running
    assert "progress.js" not in running
    assert "Hoe ver is het?" in running


@pytest.mark.wide
def test_columns_are_chosen_and_a_mistake_is_said(
    browser: Client, ours: Organisation
) -> None:
    address, shown = looked_at(browser, ours, FILE)
    fields = fields_of(shown)

    without = browser.post(address, {**fields, "column4": "", "act": "start"})
    twice = browser.post(address, {**fields, "column5": "day", "act": "start"})
    unsaid = browser.post(address, {**fields, "is_for_all": "on", "act": "start"})
    kept = browser.post(address, {**fields, "column5": "answer", "act": "look"})

    assert "Kies in welke kolom staat wat er is verteld." in without.content.decode()
    assert "Twee kolommen zijn" in twice.content.decode()
    assert "Schrijf hier wat zij goed vonden" in unsaid.content.decode()
    assert kept.status_code == 302
    assert "nr 1" in browser.get(address).content.decode()
    assert Import.objects.get().state == "looked_at"


@pytest.mark.wide
def test_another_encoding_is_tried_at_once(browser: Client, ours: Organisation) -> None:
    address, shown = looked_at(browser, ours, "tekst\nReünie\n")
    upload = bring(browser, ours, "tekst\nDoðru\n".encode("cp1252"))
    address = str(upload["Location"])
    shown = browser.get(address).content.decode()
    assert "Doğru" in shown  # taken for Turkish

    browser.post(address, {**fields_of(shown), "encoding": "cp1252", "act": "look"})

    assert "Doðru" in browser.get(address).content.decode()


@pytest.mark.wide
def test_throwing_away_keeps_nothing(browser: Client, ours: Organisation) -> None:
    address, _shown = looked_at(browser, ours, FILE)

    browser.post(address, {"act": "drop"})

    assert not Import.objects.exists()
    assert browser.get(address).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("brief.pdf", b"%PDF-1.7", "Dit is geen tabel en geen e-mail."),
        ("oud.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "Dit is een oud rekenblad"),
        ("leeg.csv", b"   ", "In dit bestand staat niets."),
        ("koppen.csv", b"datum;tekst\n", "staan koppen, maar geen regels"),
        ("stuk.xlsx", b"PK\x03\x04....", "Dit bestand is stuk."),
        (
            "half.csv",
            b"a;b\n" + b"1;2\n" * 2000 + b"\0\1\n",
            "Regel 2002: Dit is geen tabel",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    browser: Client, ours: Organisation, name: str, content: bytes, words: str
) -> None:
    answer = bring(browser, ours, content, name)

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Import.objects.exists()


@pytest.mark.wide
def test_a_mail_of_forty_megabytes_is_looked_at(
    browser: Client, ours: Organisation
) -> None:
    """More than a photo may be: the page says how much, and not whoever read first."""
    picture = b"AAAA" * 19 + b"\n"
    mail = (
        b"From: Els Visser <els@voorbeeld.test>\nDate: Mon, 2 Mar 2026 14:05:00 +0100\n"
        b"Subject: Wachttijd\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nZie bijlage.\n--b\n'
        b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
        + picture * ((40 << 20) // len(picture))
        + b"--b--\n"
    )

    answer = bring(browser, ours, mail, "groot.eml")

    assert answer.status_code == 302, answer.content.decode()[-3000:]
    shown = browser.get(str(answer["Location"])).content.decode()
    assert "Zie bijlage." in shown
    assert "1 bijlage" in shown


def test_a_stranger_brings_no_more_than_a_photo(
    client: Client, ours: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "MOST_BYTES", 1000)
    taken: list[int] = []
    complete = spool.SealedUploadHandler.file_complete

    def note(handler: spool.SealedUploadHandler, size: int) -> spool.SealedUpload:
        taken.append(size)
        return complete(handler, size)

    monkeypatch.setattr(spool.SealedUploadHandler, "file_complete", note)

    answer = bring(client, ours, b"tekst\n" + b"x" * 2000)

    assert answer.status_code == 302
    assert "inloggen" in answer["Location"]
    assert taken == []


def test_without_a_file_there_is_a_sentence(
    browser: Client, ours: Organisation
) -> None:
    answer = browser.post(page(ours, "reports:import-list"), {})

    assert "Kies eerst een bestand." in answer.content.decode()


@pytest.mark.slow
def test_rows_are_corrected_taken_and_left_out(
    browser: Client, ours: Organisation
) -> None:
    address, shown = looked_at(browser, ours, FILE)
    browser.post(address, {**fields_of(shown), "act": "start"})
    work()
    rows = page(ours, "reports:import-rows", Import.objects.get().pk)
    place, same = BadRow.objects.order_by("line")

    listed = browser.get(rows).content.decode()
    one = page(ours, "reports:import-row", place.pk)
    form = browser.get(one).content.decode()
    cells = {"cell0": "3-3-2024", "cell1": "Edeee", "cell4": "Geen plaats die ik ken."}
    still = browser.post(one, {**cells, "act": "again"}, follow=True)
    done = browser.post(one, {**cells, "cell1": "Ede", "act": "again"}, follow=True)
    left = browser.post(rows, {"fault": "same", "act": "leave"}, follow=True)

    assert "Regel 3" in listed
    assert "Neem deze allemaal mee" in listed
    assert 'value="Nergenshuizen"' in form
    assert "We kennen geen gemeente" in still.content.decode()
    assert 'value="Edeee"' in still.content.decode()
    assert "Regel 3 is nu opgenomen." in done.content.decode()
    assert "1 regel is weggelaten." in left.content.decode()
    assert "Alle regels zijn klaar." in left.content.decode()
    assert browser.get(page(ours, "reports:import-row", same.pk)).status_code == 404
    assert Report.objects.count() == 2


@pytest.mark.wide
def test_all_of_it_is_undone_after_asking(browser: Client, ours: Organisation) -> None:
    address, shown = looked_at(browser, ours, FILE)
    browser.post(address, {**fields_of(shown), "act": "start"})
    work()
    undo = page(ours, "reports:undo-import", Import.objects.get().pk)

    asked = browser.get(undo).content.decode()
    browser.post(undo)
    work()
    done = browser.get(address).content.decode()

    assert "1 signaal wordt voorgoed gewist" in asked
    assert "zijn gewist" in done
    assert not Report.objects.exists()
    assert "Lijst 2024" not in done
    assert browser.get(undo).status_code == 200  # nothing to undo, and it says so


@pytest.mark.wide
def test_the_same_file_again_is_noticed(browser: Client, ours: Organisation) -> None:
    address, shown = looked_at(browser, ours, FILE)
    browser.post(address, {**fields_of(shown), "act": "start"})
    work()

    _address, again = looked_at(browser, ours, FILE)

    assert "Precies dit bestand is ingelezen op" in again


@pytest.mark.wide
def test_every_look_into_a_file_is_in_the_log(
    browser: Client, ours: Organisation, coordinator: Account
) -> None:
    address, _shown = looked_at(browser, ours, FILE)

    looks = AuditEvent.objects.filter(kind="reports.import.read")
    assert [event.actor for event in looks] == [coordinator.pk]
    assert address


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.ADVOCATE, Role.ADMINISTRATOR])
def test_others_may_not_import(client: Client, ours: Organisation, role: Role) -> None:
    browser = login(client, member(ours, role))

    assert browser.get(page(ours, "reports:import-list")).status_code == 404
    assert bring(browser, ours, FILE.encode()).status_code == 404
    assert not Import.objects.exists()


@pytest.mark.slow
def test_an_outsider_finds_no_import(browser: Client, ours: Organisation) -> None:
    looked_at(browser, ours, FILE)
    subject = Import.objects.get()
    elsewhere = OrganisationFactory.create()
    outsider = login(Client(), member(elsewhere, Role.COORDINATOR))

    for name in ("import", "import-rows", "undo-import"):
        assert (
            outsider.get(page(ours, f"reports:{name}", subject.pk)).status_code == 404
        )
        address = page(elsewhere, f"reports:{name}", subject.pk)
        assert outsider.get(address).status_code == 404


def test_a_sign_in_of_an_hour_ago_is_asked_again(
    client: Client, ours: Organisation, coordinator: Account
) -> None:
    browser = login(client, coordinator, minutes_ago=60)

    answer = browser.get(page(ours, "reports:import-list"))

    assert answer.status_code == 302
    assert "next=" in answer["Location"]
