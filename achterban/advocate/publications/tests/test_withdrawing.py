"""Who takes words back is read in nothing that was sent, and our files of it go."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from achterban.advocate.issues.actions import cite_source, drop_citations
from achterban.advocate.issues.models import Claim
from achterban.advocate.publications.actions.withdrawing import destroy_over
from achterban.advocate.publications.models import (
    Cited,
    Form,
    Publication,
    SentFile,
    Version,
)
from achterban.advocate.publications.tests.factories import (
    PASSAGE,
    Office,
    check,
    claimed,
    letter,
    put,
    sent,
    told,
)
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.tests.factories import login, page
from achterban.core.audit.models import AuditEvent
from achterban.core.consent.models import Consent, Purpose
from achterban.core.files.models import StoredFile
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import deliver_due
from achterban.core.vault.keyring import recorded_erasures
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions import correcting, returning
from achterban.listen.reports.models import Report
from achterban.rules.deidentify import Kind, Span

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@dataclass
class Sender(Office):
    """An office that sent a letter in which it quotes the report."""

    publication: Publication
    version: Version


@pytest.fixture(scope="module")
def as_made(as_made: Office) -> Sender:
    """Make it once a module: to lay out three files takes long."""
    publication = letter(as_made.ours, as_made.writer, as_made.claim)
    put(publication, as_made.claim, as_made.writer)
    version = sent(publication, as_made.writer, as_made.sender)
    a_round()
    return Sender(**vars(as_made), publication=publication, version=version)


@pytest.fixture
def office(as_made: Sender) -> Sender:
    return deepcopy(as_made)


@pytest.fixture
def publication(office: Sender) -> Publication:
    return office.publication


@pytest.fixture
def version(office: Sender) -> Version:
    return office.version


@pytest.fixture
def keys(version: Version) -> set[int]:
    """Return the keys of its files."""
    return {pk for pk in version.files.values_list("file", flat=True) if pk}


def a_round() -> None:
    """Do what the background work does every two seconds."""
    deliver_due(at=clock.now(), on=clock.today())


def at_version(version: Version, name: str = "version", **more: Any) -> str:
    ours = version.publication.organisation
    return page(ours, f"publications:{name}", version.pk, *more.values())


def take_yes_back(report: Report) -> None:
    yes = Consent.objects.get(key=report.key, text__purpose=Purpose.QUOTE)
    returning.take_yes_back(report, yes.pk, on=clock.today())


def withdraw(report: Report) -> None:
    returning.withdraw_report(report, on=clock.today())


@pytest.mark.parametrize("take_back", [take_yes_back, withdraw])
@pytest.mark.slow
@pytest.mark.differs
def test_the_files_go_with_their_keys_and_the_checksum_stays(
    take_back: Any, version: Version, keys: set[int], report: Report
) -> None:
    checksums = set(version.files.values_list("checksum", flat=True))
    n_erased = len(recorded_erasures(settings.KEYS))
    assert len(keys) == len(checksums) == 3

    take_back(report)
    a_round()

    version.refresh_from_db()
    assert version.destroyed_on == clock.today()
    assert not StoredFile.objects.filter(pk__in=keys).exists()
    assert not DataKey.objects.filter(pk__in=keys).exists()
    assert keys <= set(recorded_erasures(settings.KEYS)[n_erased:])
    assert set(version.files.values_list("checksum", flat=True)) == checksums
    cited = Cited.objects.get(version=version, report=report.pk)
    assert (cited.start, cited.end, bytes(cited.digest)) == (None, None, b"")


@pytest.mark.parametrize("take_back", [take_yes_back, withdraw])
@pytest.mark.slow
def test_at_once_no_page_shows_the_words_and_no_file_is_given(
    take_back: Any, writer: Account, version: Version, report: Report
) -> None:
    client = login(Client(), writer)
    take_back(report)  # and no round yet

    shown = client.get(at_version(version)).content.decode()
    traced = client.get(at_version(version, "trace", n=1)).content.decode()

    assert PASSAGE not in shown + traced
    assert "ingetrokken" in shown
    assert "Onze bestanden van deze versie zijn dicht." in shown
    for form in Form:
        path = at_version(version, "file", form=form.value)
        assert client.get(path).status_code == 404


@pytest.mark.wide
def test_the_page_says_to_whom_it_went(
    writer: Account, version: Version, publication: Publication, report: Report
) -> None:
    withdraw(report)
    a_round()
    client = login(Client(), writer)

    shown = client.get(at_version(version)).content.decode()
    listed = client.get(page(publication.organisation, "publications:list"))

    assert "Vraag wie het kreeg om het ook te wissen." in shown
    assert "zijn gewist op" in shown
    assert "ingetrokken" in shown
    assert version.files.get(form=Form.PDF).checksum in shown
    assert "woorden ingetrokken" in listed.content.decode()


@pytest.mark.wide
def test_the_log_knows_the_day_and_not_the_moment(
    version: Version, report: Report
) -> None:
    withdraw(report)
    a_round()
    kind = "publications.version.destroyed"
    assert not AuditEvent.objects.filter(kind=kind).exists()

    tomorrow = clock.now() + timedelta(days=1)
    deliver_due(at=tomorrow, on=clock.today() + timedelta(days=1))

    at = AuditEvent.objects.get(kind=kind).at
    assert (at.hour, at.minute, at.second) == (0, 0, 0)


@pytest.mark.wide
def test_words_that_wait_for_a_look_close_the_files_and_destroy_nothing(
    writer: Account, version: Version, keys: set[int], report: Report
) -> None:
    client = login(Client(), writer)
    returning.say_more(report, "Nog iets.", entry_id=7, on=clock.today())
    a_round()
    path = at_version(version, "file", form="pdf")
    assert client.get(path).status_code == 404

    check(report, writer)
    a_round()

    assert client.get(path).status_code == 200
    assert StoredFile.objects.filter(pk__in=keys).count() == 3


@pytest.mark.slow
def test_words_that_were_corrected_take_the_files_along(
    writer: Account, version: Version, keys: set[int], report: Report
) -> None:
    correcting.correct_words(
        report, "Ik wacht een maand.", entry_id=7, on=clock.today()
    )
    check(report, writer)

    a_round()

    assert not StoredFile.objects.filter(pk__in=keys).exists()


@pytest.mark.slow
def test_a_name_that_is_taken_out_takes_the_files_along(
    writer: Account, version: Version, keys: set[int], report: Report
) -> None:
    check(report, writer, Span(22, 24, Kind.PERSON))

    a_round()

    assert not StoredFile.objects.filter(pk__in=keys).exists()


@pytest.mark.slow
def test_a_yes_that_has_ended_takes_the_files_along(
    version: Version, keys: set[int], report: Report
) -> None:
    last = Consent.objects.get(text__purpose=Purpose.QUOTE).ends_on
    assert last is not None

    assert destroy_over(last) == 0
    assert destroy_over(last + timedelta(days=1)) == 1
    assert destroy_over(last + timedelta(days=2)) == 0

    assert not StoredFile.objects.filter(pk__in=keys).exists()


@pytest.mark.slow
def test_a_report_that_is_gone_altogether_is_lost_too(
    version: Version, report: Report
) -> None:
    Report.objects.filter(pk=report.pk).delete()

    assert destroy_over(clock.today()) == 1


@pytest.mark.wide
def test_a_citation_that_is_taken_away_changes_nothing_of_what_was_sent(
    writer: Account, version: Version, claim: Claim, report: Report
) -> None:
    drop_citations(claim, [claim.citations.get().pk], by=writer, at=clock.now())
    client = login(Client(), writer)
    assert PASSAGE in client.get(at_version(version)).content.decode()

    withdraw(report)
    a_round()

    assert SentFile.objects.filter(file__isnull=False).count() == 0


@pytest.mark.slow
def test_another_office_and_a_report_that_is_not_quoted_is_left_alone(
    version: Version, keys: set[int], writer: Account, report: Report
) -> None:
    withdraw(told(report.organisation, writer))
    a_round()

    assert StoredFile.objects.filter(pk__in=keys).count() == 3


@pytest.mark.wide
def test_a_source_and_a_number_are_never_lost(
    ours: Organisation, writer: Account, sender: Account
) -> None:
    proven = claimed(ours, writer, source="Richtlijn, 2024")
    made = letter(ours, writer, proven)
    put(made, proven, writer)
    version = sent(made, writer, sender)

    assert destroy_over(clock.today() + timedelta(days=9999)) == 1  # the other one

    version.refresh_from_db()
    assert version.destroyed_on is None


@pytest.mark.wide
def test_from_a_sentence_to_its_reports_stands_as_a_picture_and_a_table(
    writer: Account, sender: Account, report: Report, version: Version
) -> None:
    claim = claimed(
        version.publication.organisation,
        writer,
        passages=[(report, PASSAGE)],
        source="Een cijfer van elders",
        issue=Claim.objects.get().issue,
    )
    row = letter(version.publication.organisation, writer, claim)
    put(row, claim, writer)
    newer = sent(row, writer, sender)
    desk = login(Client(), writer)

    before = desk.get(at_version(newer, "trace", n=1))
    withdraw(report)
    after = desk.get(at_version(newer, "trace", n=1))

    first, *proofs, last = drawn(before)
    assert (first, last) == (("Deze zin", True), ("Ook elders verstuurd", False))
    assert sorted(proofs) == [("Bron", True), ("Melding", True)]
    shown = before.content.decode()
    rows = shown[shown.index("<table") : shown.index("</table>")]
    assert f"“{PASSAGE}”" in rows
    assert "Een cijfer van elders" in rows
    ours = version.publication.organisation
    assert page(ours, "publications:with-report", report.pk) in rows
    assert ("Melding", False) in drawn(after)
    assert PASSAGE not in after.content.decode()


def drawn(answer: Any) -> list[tuple[str, bool]]:
    """Return what the picture shows, but for the numbers, which a day has at random."""
    steps = answer.context["picture"].steps
    return [(it.label.rstrip(" 0123456789"), it.is_filled) for it in steps]


@pytest.mark.wide
def test_a_picture_of_many_proofs_says_how_many_more_stand_in_the_table(
    writer: Account, sender: Account, report: Report, version: Version
) -> None:
    claim = claimed(
        version.publication.organisation, writer, issue=Claim.objects.get().issue
    )
    for n in range(30):
        cite_source(claim, f"Bron over zorg {n}", "", by=writer, at=clock.now())
    row = letter(version.publication.organisation, writer, claim)
    put(row, claim, writer)
    newer = sent(row, writer, sender)

    answer = login(Client(), writer).get(at_version(newer, "trace", n=1))

    steps = answer.context["picture"].steps
    assert len(steps) == 27
    assert (steps[-2].label, steps[-2].count) == ("En in de tabel", "6")
    assert "Bron over zorg 29" in answer.content.decode()
