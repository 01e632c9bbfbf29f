"""Two people send what both read, and what was sent stays as it is."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.issues.actions import cite_source
from achterban.advocate.issues.models import Claim
from achterban.advocate.publications.actions import sending
from achterban.advocate.publications.actions.writing import NotOpen, keep_facts
from achterban.advocate.publications.checking import Trouble
from achterban.advocate.publications.models import (
    Cited,
    Form,
    Publication,
    SentFile,
    Version,
    Words,
)
from achterban.advocate.publications.queries import draft_of, reading_of
from achterban.advocate.publications.tests.factories import (
    PASSAGE,
    claimed,
    keep,
    letter,
    put,
    sent,
)
from achterban.advocate.publications.views import work
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions.returning import withdraw_report
from achterban.listen.reports.models import Report
from achterban.listen.reports.models.reports import ReportQuerySet

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def address(publication: Publication, name: str) -> str:
    return page(publication.organisation, f"publications:{name}", publication.pk)


def at_version(version: Version, name: str = "version", **more: Any) -> str:
    ours = version.publication.organisation
    return page(ours, f"publications:{name}", version.pk, *more.values())


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def troubles(publication: Publication, by: Account) -> set[Trouble]:
    with pytest.raises(sending.NotReady) as refusal:
        sending.ask(publication.pk, by=by, at=clock.now())
    return {problem.trouble for problem in refusal.value.problems}


@pytest.mark.wide
def test_one_asks_and_another_sends(
    writer: Account, sender: Account, publication: Publication, claim: Claim
) -> None:
    login(Client(), writer).post(address(publication, "ask"))
    client = login(Client(), sender)
    looked = client.get(address(publication, "send")).content.decode()
    assert PASSAGE in looked
    assert "Er gaat 1 citaat uit een signaal mee." in looked
    seen = looked.partition('name="seen" value="')[2].partition('"')[0]

    answer = client.post(address(publication, "send"), {"seen": seen}, follow=True)

    version = Version.objects.get()
    year = clock.today().year
    assert version.publication.shown_number == f"{year}-01"
    assert (version.n, version.sent_by, version.written_by) == (1, sender, writer)
    assert "Het ligt vast als versie 1." in answer.content.decode()
    assert PASSAGE in answer.content.decode()
    cited = Cited.objects.get()
    row = claim.citations.get()
    assert (cited.report, cited.citation) == (row.report_id, row.pk)
    assert bytes(cited.digest) == bytes(row.digest)
    event = AuditEvent.objects.get(kind="publications.version.sent")
    pdf = version.files.get(form=Form.PDF)
    assert event.facts == {"n": 1, "sha256": pdf.checksum}


@pytest.mark.wide
def test_a_file_is_what_its_checksum_says(
    writer: Account, sender: Account, publication: Publication
) -> None:
    version = sent(publication, writer, sender)
    client = login(Client(), writer)

    for form in Form:
        answer = client.get(at_version(version, "file", form=form.value))

        checksum = version.files.get(form=form).checksum
        assert hashlib.sha256(body(answer)).hexdigest() == checksum
        assert answer.headers["Cache-Control"] == "no-store"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.slow
def test_whoever_wrote_or_asked_does_not_send(
    ours: Organisation, sender: Account, publication: Publication
) -> None:
    other = member(ours, Role.COORDINATOR)
    keep(publication, publication.open_words().text + " Nog iets.", other)
    sending.ask(publication.pk, by=sender, at=clock.now())
    seen = sending.fingerprint(draft_of(publication, on=clock.today()), ours)

    for refused in (sender, other):
        with pytest.raises(sending.SamePerson):
            sending.send(publication.pk, seen=seen, by=refused, at=clock.now())
        client = login(Client(), refused)
        shown = client.post(address(publication, "send"), {"seen": seen}, follow=True)
        assert "U schreef dit of vroeg erom." in shown.content.decode()

    assert not Version.objects.exists()


@pytest.mark.slow
def test_whoever_wrote_before_the_last_writer_does_not_send(
    writer: Account, sender: Account, publication: Publication
) -> None:
    text = publication.open_words().text
    keep(publication, f"Van de coördinator.\n\n{text}", sender)
    keep(publication, f"Van de coördinator, verbeterd.\n\n{text}", writer)

    with pytest.raises(sending.SamePerson):
        sent(publication, writer, sender)
    shown = login(Client(), sender).get(address(publication, "send")).content.decode()

    assert "U schreef dit of vroeg erom." in shown
    assert not Version.objects.exists()


@pytest.mark.wide
def test_what_is_kept_as_it_was_has_no_new_writer_and_stays_asked_for(
    ours: Organisation, writer: Account, sender: Account, publication: Publication
) -> None:
    sending.ask(publication.pk, by=writer, at=clock.now())
    n_kept = AuditEvent.objects.filter(kind="publications.publication.kept").count()
    around = asdict(publication.open_words())
    around.pop("text")

    keep(publication, publication.open_words().text, sender)
    keep_facts(
        publication.pk,
        publication.title,
        around,
        [],
        dossier=None,
        by=sender,
        at=clock.now(),
    )

    publication.refresh_from_db()
    assert publication.written_by == writer
    assert not publication.is_by(sender)
    assert not publication.issues.exists()
    kept = AuditEvent.objects.filter(kind="publications.publication.kept")
    assert kept.count() == n_kept
    seen = sending.fingerprint(draft_of(publication, on=clock.today()), ours)
    assert sending.send(publication.pk, seen=seen, by=sender, at=clock.now())


@pytest.mark.wide
def test_who_wrote_counts_from_the_last_version_on(
    ours: Organisation, writer: Account, sender: Account, publication: Publication
) -> None:
    sent(publication, writer, sender)
    other = member(ours, Role.COORDINATOR)

    sending.begin_correction(publication.pk, by=other, at=clock.now())
    publication.refresh_from_db()
    assert [*publication.writers.all()] == [other]
    sending.drop_correction(publication.pk, by=other, at=clock.now())
    publication.refresh_from_db()
    assert not publication.writers.exists()


@pytest.mark.slow
def test_what_proves_it_is_not_changed_after_asking_by_who_sends(
    ours: Organisation,
    writer: Account,
    sender: Account,
    publication: Publication,
    claim: Claim,
) -> None:
    sending.ask(publication.pk, by=writer, at=clock.now())
    client = login(Client(), sender)
    cite_source(claim, "CBS, 2026", "", by=sender, at=clock.now())

    shown = client.get(address(publication, "send")).content.decode()
    seen = sending.fingerprint(draft_of(publication, on=clock.today()), ours)
    client.post(address(publication, "send"), {"seen": seen})

    assert "Nog niemand vroeg om het te versturen" in shown
    assert 'name="seen"' not in shown
    assert not Version.objects.exists()
    looked = client.get(address(publication, "publication")).content.decode()
    assert "Nog niemand vroeg om het te versturen" in looked
    assert address(publication, "send") not in looked
    assert address(publication, "ask") in looked
    assert sent(publication, writer, sender).sent_by == sender


@pytest.mark.slow
def test_a_volunteer_does_not_send(writer: Account, publication: Publication) -> None:
    client = login(Client(), writer)

    assert client.get(address(publication, "send")).status_code == 404
    assert client.post(address(publication, "send")).status_code == 404


@pytest.mark.slow
@pytest.mark.differs
def test_the_database_refuses_one_person(
    writer: Account, sender: Account, publication: Publication
) -> None:
    version = sent(publication, writer, sender)

    for column in ("written_by", "asked_by"):
        with pytest.raises(IntegrityError, match="by_two_people"), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**{column: sender})


@pytest.mark.slow
def test_what_nobody_asked_for_is_not_sent(
    writer: Account, sender: Account, publication: Publication
) -> None:
    seen = sending.fingerprint(
        draft_of(publication, on=clock.today()), publication.organisation
    )
    with pytest.raises(sending.NotAsked):
        sending.send(publication.pk, seen=seen, by=sender, at=clock.now())

    sending.ask(publication.pk, by=writer, at=clock.now())
    keep(publication, publication.open_words().text + " Nog iets.", writer)

    with pytest.raises(sending.NotAsked):
        sending.send(publication.pk, seen=seen, by=sender, at=clock.now())


@pytest.mark.slow
def test_only_what_was_seen_goes_out(
    writer: Account, sender: Account, publication: Publication, claim: Claim
) -> None:
    sending.ask(publication.pk, by=writer, at=clock.now())
    seen = sending.fingerprint(
        draft_of(publication, on=clock.today()), publication.organisation
    )
    claim.sentence = "Terugbellen duurt weken."
    claim.save()

    with pytest.raises(sending.Changed):
        sending.send(publication.pk, seen=seen, by=sender, at=clock.now())
    client = login(Client(), sender)
    shown = client.post(address(publication, "send"), {"seen": seen}, follow=True)
    assert "Er veranderde iets sinds u het las." in shown.content.decode()


@pytest.mark.parametrize("is_of_claim", [True, False])
@pytest.mark.wide
def test_what_changes_while_the_files_are_made_stops_it(
    ours: Organisation,
    writer: Account,
    sender: Account,
    publication: Publication,
    claim: Claim,
    monkeypatch: pytest.MonkeyPatch,
    is_of_claim: bool,
) -> None:
    sending.ask(publication.pk, by=writer, at=clock.now())
    seen = sending.fingerprint(draft_of(publication, on=clock.today()), ours)

    def meanwhile(*_args: Any) -> dict[Form, bytes]:
        if is_of_claim:
            cite_source(claim, "CBS, 2026", "", by=sender, at=clock.now())
        else:  # another publication took the number
            Publication.objects.filter(pk=other.pk).update(
                year=clock.today().year, number=1
            )
        return {}

    other = letter(ours, writer, claim)
    monkeypatch.setattr(sending, "_files", meanwhile)

    with pytest.raises(sending.Changed):
        sending.send(publication.pk, seen=seen, by=sender, at=clock.now())


@pytest.mark.wide
def test_words_that_are_taken_back_before_sending_do_not_go_out(
    writer: Account, sender: Account, publication: Publication, report: Report
) -> None:
    sending.ask(publication.pk, by=writer, at=clock.now())
    seen = sending.fingerprint(
        draft_of(publication, on=clock.today()), publication.organisation
    )
    withdraw_report(report, on=clock.today())
    client = login(Client(), sender)

    shown = client.post(address(publication, "send"), {"seen": seen})

    assert "zijn ingetrokken of veranderd" in shown.content.decode()
    assert not Version.objects.exists()


@pytest.mark.wide
def test_words_that_are_taken_back_at_the_last_look_do_not_go_out(
    writer: Account,
    sender: Account,
    publication: Publication,
    report: Report,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = ReportQuerySet.locked

    def locked(self: ReportQuerySet) -> ReportQuerySet:
        """Stand for a lock that waited for somebody who took words back."""
        monkeypatch.setattr(ReportQuerySet, "locked", held)
        withdraw_report(report, on=clock.today())
        return held(self)

    def meanwhile(*_args: Any) -> dict[Form, bytes]:
        monkeypatch.setattr(ReportQuerySet, "locked", locked)
        return {}

    monkeypatch.setattr(sending, "_files", meanwhile)

    with pytest.raises(sending.NotReady):
        sent(publication, writer, sender)
    assert not Version.objects.exists()


@pytest.mark.parametrize("name", ["facts", "drop"])
@pytest.mark.wide
def test_who_works_on_what_is_sent_meanwhile_is_told_so(
    writer: Account,
    sender: Account,
    publication: Publication,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    client = login(Client(), writer)
    client.get(address(publication, name))  # all views are there before one is changed
    found = work.get_publication

    def meanwhile(*args: Any, **more: Any) -> Publication:
        row = found(*args, **more)
        monkeypatch.setattr(work, "get_publication", found)
        sent(publication, writer, sender)
        return row

    monkeypatch.setattr(work, "get_publication", meanwhile)

    answer = client.post(
        address(publication, name), {"title": "Bel terug"}, follow=True
    )

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "meanwhile" not in shown
    assert "intussen" in shown
    assert name == "drop" or 'value="Bel terug"' in shown
    assert Version.objects.get().title == "Bel mensen terug"


@pytest.mark.wide
@pytest.mark.differs
def test_pressed_twice_it_is_one(
    writer: Account, sender: Account, publication: Publication
) -> None:
    version = sent(publication, writer, sender)
    client = login(Client(), sender)

    answer = client.post(address(publication, "send"), {"seen": "x"}, follow=True)

    assert answer.redirect_chain[-1][0] == at_version(version)
    with pytest.raises(NotOpen):
        sending.send(publication.pk, seen="x", by=sender, at=clock.now())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {Trouble.EMPTY}),
        ("x" * 100_001, {Trouble.LONG}),
        ("Zie [9].", {Trouble.STRAY}),
        (f"{PASSAGE.upper()}, zegt iemand.", {Trouble.TYPED}),
        ("Dit vertelden 37 mensen. [1]", {Trouble.COUNTED}),
        ("Twaalf meldingen.", {Trouble.COUNTED}),
        ("Met een 🛏️ erin.", {Trouble.SIGN}),
    ],
)
@pytest.mark.slow
def test_what_must_be_mended_is_said(
    writer: Account, publication: Publication, text: str, expected: set[Trouble]
) -> None:
    keep(
        publication,
        f"{publication.open_words().text}\n\n{text}" if text else "",
        writer,
    )

    assert troubles(publication, writer) == expected
    client = login(Client(), writer)
    shown = client.post(address(publication, "ask")).content.decode()
    assert "Dit moet eerst beter:" in shown


def test_a_claim_that_nothing_proves_does_not_leave_the_house(
    ours: Organisation, writer: Account
) -> None:
    bare = claimed(ours, writer, sentence="Dit is zo.")
    made = letter(ours, writer, bare)
    put(made, bare, writer)

    assert troubles(made, writer) == {Trouble.BARE}
    shown = login(Client(), writer).get(address(made, "ask")).content.decode()
    assert "Nog niets bewijst “Dit is zo.”" in shown


def test_a_number_with_a_source_of_others_may_go_and_one_of_ours_may_not(
    ours: Organisation, writer: Account
) -> None:
    told = claimed(ours, writer, sentence="Er zijn 500.000 mensen.", source="CBS 2025")
    made = letter(ours, writer, told)
    put(made, told, writer)
    sending.ask(made.pk, by=writer, at=clock.now())

    keep(made, f"{made.open_words().text}\n\nOnze 40 leden wachten. [1]", writer)

    assert troubles(made, writer) == {Trouble.COUNTED}


@pytest.mark.wide
def test_a_correction_is_a_new_version_and_both_stay(
    writer: Account, sender: Account, publication: Publication
) -> None:
    first = sent(publication, writer, sender)
    before = first.files.get(form=Form.PDF).checksum
    client = login(Client(), writer)

    client.post(address(publication, "correct"))
    assert troubles(Publication.objects.get(), writer) == {Trouble.UNSAID}
    client.post(
        address(publication, "facts"),
        {"title": "Bel terug", "changes": "De titel is korter."},
    )
    second = sent(publication, writer, sender)

    first.refresh_from_db()
    assert (first.n, second.n) == (1, 2)
    assert first.files.get(form=Form.PDF).checksum == before
    old = client.get(at_version(first)).content.decode()
    new = client.get(at_version(second)).content.decode()
    assert "Bel mensen terug" in old
    assert "Er is een nieuwere versie: 2." in old
    assert "Bel terug" in new
    paper = reading_of(second, on=clock.today())
    assert paper.words.changes == "De titel is korter."
    assert second.publication.shown_number == first.publication.shown_number


@pytest.mark.wide
def test_a_correction_can_be_let_go(
    writer: Account, sender: Account, publication: Publication
) -> None:
    version = sent(publication, writer, sender)
    text = publication.open_words().text
    sending.begin_correction(publication.pk, by=writer, at=clock.now())
    sending.begin_correction(publication.pk, by=writer, at=clock.now())
    keep(publication, "Heel anders.", writer)

    login(Client(), writer).post(address(publication, "drop"))

    publication.refresh_from_db()
    assert not publication.is_open
    assert publication.open_words().text == text
    assert Version.objects.get() == version
    with pytest.raises(NotOpen):
        sending.drop_correction(publication.pk, by=writer, at=clock.now())


@pytest.mark.wide
def test_publications_are_numbered_in_the_order_of_sending(
    ours: Organisation, writer: Account, sender: Account, claim: Claim
) -> None:
    made = [letter(ours, writer, claim) for _ in range(2)]
    for each in reversed(made):
        put(each, claim, writer)
        sent(each, writer, sender)
    theirs = OrganisationFactory.create()
    other = claimed(theirs, writer, source="CBS")
    elsewhere = letter(theirs, writer, other)
    put(elsewhere, other, writer)

    numbers = [Publication.objects.get(pk=it.pk).number for it in made]

    assert numbers == [2, 1]
    assert sent(elsewhere, writer, sender).publication.number == 1
    assert Publication.objects.filter(organisation=ours).count() == 2


@pytest.mark.wide
def test_what_was_sent_is_not_written_in(
    writer: Account, sender: Account, publication: Publication
) -> None:
    sent(publication, writer, sender)
    client = login(Client(), writer)

    for name in ("write", "facts", "drop", "ask", "draft"):
        assert client.get(address(publication, name)).status_code == 404


@pytest.mark.wide
def test_a_file_is_known_by_its_checksum(
    ours: Organisation, writer: Account, sender: Account, publication: Publication
) -> None:
    version = sent(publication, writer, sender)
    client, check = login(Client(), writer), page(ours, "publications:check")
    pdf = body(client.get(at_version(version, "file", form="pdf")))

    def answer(**asked: Any) -> str:
        return client.post(check, asked).content.decode()

    number = version.publication.shown_number
    yes = f"Ja: dit is nummer {number}, versie 1, als PDF."
    assert yes in answer(file=SimpleUploadedFile("brief.pdf", pdf))
    line = f"{hashlib.sha256(pdf).hexdigest().upper()}  brief.pdf"
    assert yes in answer(line=line)
    assert "Nee: zo’n bestand" in answer(file=SimpleUploadedFile("b.pdf", pdf + b" "))
    assert "64 letters en cijfers" in answer(line="abc")
    assert "Kies een bestand" in answer()
    large = SimpleUploadedFile("b.pdf", bytes((25 << 20) + 1))
    assert "groter dan 25 MB" in answer(file=large)
    theirs = OrganisationFactory.create()
    stranger = login(Client(), member(theirs, Role.COORDINATOR))
    asked = stranger.post(page(theirs, "publications:check"), {"line": line})
    assert "Nee: zo’n bestand" in asked.content.decode()


@pytest.mark.wide
def test_the_draft_says_that_it_is_one_and_names_a_sign_it_cannot_print(
    writer: Account, publication: Publication
) -> None:
    client = login(Client(), writer)

    answer = client.get(address(publication, "draft"))
    keep(publication, "👩🏽‍🦽", writer)
    refused = client.get(address(publication, "draft"), follow=True)

    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Het teken" in refused.content.decode()


@pytest.mark.wide
def test_a_sentence_opens_its_reports_and_where_else_it_stands(
    ours: Organisation,
    writer: Account,
    sender: Account,
    publication: Publication,
    claim: Claim,
    report: Report,
) -> None:
    first = sent(publication, writer, sender)
    other = letter(ours, writer, claim)
    put(other, claim, writer)
    second = sent(other, writer, sender)
    client = login(Client(), writer)

    shown = client.get(at_version(first, "trace", n=1)).content.decode()

    assert PASSAGE in shown
    assert page(ours, "reports:report", report.pk) in shown
    assert at_version(second) in shown
    assert client.get(at_version(first, "trace", n=2)).status_code == 404
    assert client.get(at_version(first, "trace", n=0)).status_code == 404


@pytest.mark.wide
def test_no_name_of_who_wrote_stands_in_a_file(
    writer: Account, sender: Account, publication: Publication
) -> None:
    version = sent(publication, writer, sender)
    client = login(Client(), writer)

    for form in Form:
        content = body(client.get(at_version(version, "file", form=form.value)))
        assert writer.name.encode() not in content
        assert writer.email.encode() not in content


@pytest.mark.wide
def test_asking_twice_or_after_a_change_is_seen(
    writer: Account, publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_args: Any, **_more: Any) -> str:
        Publication.objects.update(revision=99)
        return ""

    monkeypatch.setattr(sending, "_ready_reading", meanwhile)

    with pytest.raises(sending.Changed):
        sending.ask(publication.pk, by=writer, at=clock.now())
    shown = login(Client(), writer).post(address(publication, "ask"), follow=True)

    assert shown.status_code == 200


@pytest.mark.wide
def test_the_number_of_a_year_begins_anew(
    ours: Organisation, writer: Account, sender: Account, claim: Claim, travel: Any
) -> None:
    first, second = letter(ours, writer, claim), letter(ours, writer, claim)
    for each in (first, second):
        put(each, claim, writer)
    sent(first, writer, sender)

    travel(days=366)
    later = sent(second, writer, sender)

    assert later.publication.number == 1
    assert later.publication.year == clock.today().year
    assert later.sent_on - Version.objects.get(n=1, publication=first).sent_on == (
        timedelta(days=366)
    )


@pytest.mark.wide
def test_nothing_in_the_program_changes_what_was_sent(
    writer: Account, sender: Account, publication: Publication
) -> None:
    version = sent(publication, writer, sender)
    sealed, files = bytes(version.content), list(SentFile.objects.values())
    manifest = list(Cited.objects.values())
    client = login(Client(), writer)
    client.post(address(publication, "correct"))
    client.post(address(publication, "facts"), {"title": "Y", "changes": "Anders"})
    client.post(address(publication, "write"), {"text": "Z", "seen": 0})

    version.refresh_from_db()

    assert (bytes(version.content), version.title) == (sealed, "Bel mensen terug")
    assert list(SentFile.objects.values()) == files
    assert list(Cited.objects.values()) == manifest
    assert Words(**version.open_content()["words"]).text.startswith("Terugbellen")
