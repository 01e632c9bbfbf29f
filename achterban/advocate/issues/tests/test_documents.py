"""A document is read page by page, cited exactly, and its file is not kept."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from achterban.advocate.issues import actions
from achterban.advocate.issues.models import (
    Citation,
    Claim,
    Document,
    DocumentPage,
    Issue,
)
from achterban.advocate.issues.queries import proofs_of
from achterban.core import clock
from achterban.core.accounts.access import UNSENT
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.files import actions as cleaner_actions
from achterban.core.files.actions import PART, Read, in_parts
from achterban.core.files.models import StoredFile
from achterban.core.files.room import is_room_for
from achterban.core.files.tests import samples
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.receivers import receivers_of
from achterban.core.vault.models import DataKey
from achterban.core.vault.passages import NotInWords

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
PAGES = ["Inleiding.", "Wie wacht, wordt zieker.\nDat  blijkt hier.", "", "Einde."]
TYPED = {"title": "Wachten maakt zieker", "author": "De Vries", "dated": "2025"}


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


@pytest.fixture
def claim(ours: Organisation, volunteer: Account) -> Claim:
    at = clock.now()
    issue = actions.keep_issue(
        Issue(organisation=ours, title="Wachten"), by=volunteer, at=at
    )
    new = Claim(issue=issue, sentence="Wachten duurt te lang.", strength="survey")
    return actions.keep_claim(new, by=volunteer, at=at)


def brought_in(ours: Organisation, by: Account, *pages: str) -> Document:
    read = Read(
        list(pages or PAGES), True, hashlib.sha256(str(pages).encode()).hexdigest()
    )
    return actions.add_document(
        Document(organisation=ours, **TYPED), read, by=by, at=clock.now()
    )


@pytest.fixture
def document(ours: Organisation, volunteer: Account) -> Document:
    return brought_in(ours, volunteer)


def send(by: Account, ours: Organisation, name: str, content: bytes) -> str:
    file = SimpleUploadedFile(name, content, "application/octet-stream")
    address = page(ours, "issues:document-list")
    sent = login(Client(), by).post(address, {**TYPED, "file": file}, follow=True)
    return sent.content.decode()


def cite(client: Client, claim: Claim, document: Document, words: str) -> str:
    address = page(document.organisation, "issues:cite-document", claim.pk)
    sent = {"document": document.pk, "words": words}
    return client.post(address, sent, follow=True).content.decode()


@pytest.mark.wide
def test_a_pdf_comes_in_page_by_page_sealed_and_without_its_file(
    ours: Organisation, volunteer: Account
) -> None:
    content = samples.pdf(3, "Wachten maakt zieker, BSN 111222333")

    shown = send(volunteer, ours, "rapport.pdf", content)
    again = send(volunteer, ours, "anders.pdf", content)

    document = Document.objects.get()  # the same file is the same document
    assert "Binnengehaald." in shown
    assert document.checksum == hashlib.sha256(content).hexdigest()
    assert document.checksum[:12] in again
    assert (document.n_pages, document.has_pages) == (3, True)
    leaf = DocumentPage.objects.get(n=2)
    assert "Wachten maakt zieker" in leaf.open()
    assert "111222333" not in leaf.open()
    assert b"Wachten" not in bytes(leaf.sealed)
    assert not StoredFile.objects.exists()


@pytest.mark.wide
def test_three_hundred_pages_come_in_and_the_last_is_cited(
    ours: Organisation, volunteer: Account, claim: Claim
) -> None:
    words = "Wie wacht, wordt zieker. " * 40
    send(volunteer, ours, "lang.pdf", samples.pdf(300, words))

    document = Document.objects.get()
    assert document.n_pages == document.pages.count() == 300
    last = document.pages.get(n=300)
    last.seal(f"{last.open()} Dit staat er één keer.")
    last.save()
    cite(login(Client(), volunteer), claim, document, "Dit staat er één keer.")
    assert claim.citations.get().page == 300


@pytest.mark.wide
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("a.pdf", samples.pdf(2, ""), "geen woorden", id="scan"),
        pytest.param("a.pdf", samples.pdf(501), "te groot", id="long"),
        pytest.param("a.pdf", b"%PDF-1.7 half", "niet openen", id="broken"),
        pytest.param("a.jpg", samples.photo(), "Kies een PDF", id="photo"),
        pytest.param("a.txt", b"", "leeg|geen woorden", id="empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do_and_loses_nothing(
    ours: Organisation, volunteer: Account, name: str, content: bytes, words: str
) -> None:
    shown = send(volunteer, ours, name, content)

    assert re.search(words, shown)
    assert f'value="{TYPED["title"]}"' in shown
    assert not Document.objects.exists()


@pytest.mark.parametrize("typed", [TYPED, {}], ids=["words", "nothing"])
def test_without_a_file_it_says_so(
    ours: Organisation, volunteer: Account, typed: dict[str, str]
) -> None:
    client = login(Client(), volunteer)

    shown = client.post(page(ours, "issues:document-list"), typed).content.decode()

    assert "Kies eerst een bestand" in shown
    assert not Document.objects.exists()


@pytest.mark.slow
def test_a_text_without_pages_is_read_in_parts(
    ours: Organisation, volunteer: Account
) -> None:
    content = samples.word_document(*["Een zin over wachten. " * 20] * 20)

    send(volunteer, ours, "brief.docx", content)

    document = Document.objects.get()
    assert not document.has_pages
    assert document.n_pages == 4
    shown = login(Client(), volunteer).get(page(ours, "issues:document-list"))
    assert "bladzijden ·" not in shown.content.decode()


def test_parts_hold_all_of_a_text() -> None:
    text = "kort\n" * 900 + "x" * (2 * PART + 1) + "\nslot"

    parts = in_parts(text)

    assert "".join(parts) == text
    assert max(map(len, parts)) <= PART


@pytest.mark.wide
def test_a_passage_proves_a_claim_and_opens_its_page_marked(
    ours: Organisation, volunteer: Account, claim: Claim, document: Document
) -> None:
    client = login(Client(), volunteer)

    shown = cite(client, claim, document, " wordt zieker. Dat blijkt ")

    row = claim.citations.get()
    assert (row.page, row.source) == (
        2,
        "De Vries, Wachten maakt zieker, 2025, bladzijde 2",
    )
    assert PAGES[1][row.start : row.end] == "wordt zieker.\nDat  blijkt"
    address = page(ours, "issues:cited-page", row.pk)
    assert address in shown
    opened = client.get(address).content.decode()
    assert "<mark>wordt zieker.<br>Dat  blijkt</mark>" in opened
    read = AuditEvent.objects.filter(kind="issues.document.read").order_by("seq")
    assert read[0].label == f"issues.document:{document.pk}"
    cited = AuditEvent.objects.get(kind="issues.claim.cited")
    assert cited.facts == {"document": document.pk}


@pytest.mark.parametrize("words", ["Wie wacht niet", "e", "Einde. Inleiding."])
def test_what_stands_nowhere_or_twice_is_refused_and_kept(
    volunteer: Account, claim: Claim, document: Document, words: str
) -> None:
    shown = cite(login(Client(), volunteer), claim, document, words)

    assert "staan er niet in, of twee keer" in shown
    assert f"\n{words}</textarea>" in shown
    assert not claim.citations.exists()


def test_what_stands_on_two_pages_is_refused(
    ours: Organisation, volunteer: Account, claim: Claim
) -> None:
    twice = brought_in(ours, volunteer, "Zelfde zin.", "Zelfde zin.")

    with pytest.raises(NotInWords):
        actions.cite_document(claim, twice, "Zelfde zin.", by=volunteer, at=clock.now())


def test_words_that_changed_prove_nothing(
    ours: Organisation, volunteer: Account, claim: Claim, document: Document
) -> None:
    client = login(Client(), volunteer)
    cite(client, claim, document, "wordt zieker")
    row = claim.citations.get()

    Citation.objects.filter(pk=row.pk).update(start=0)

    assert not proofs_of([claim], on=clock.today())[claim.pk][0].holds
    for name, pk in (("issues:claim", claim.pk), ("issues:cited-page", row.pk)):
        shown = client.get(page(ours, name, pk)).content.decode()
        assert "Er staan nu andere woorden" in shown
        assert "wordt zieker" not in shown


@pytest.mark.wide
def test_it_goes_with_its_words_when_no_claim_rests_on_it(
    ours: Organisation, volunteer: Account, claim: Claim, document: Document
) -> None:
    client = login(Client(), volunteer)
    cite(client, claim, document, "wordt zieker")
    address = page(ours, "issues:document", document.pk)

    refused = client.post(address, follow=True).content.decode()
    claim.citations.all().delete()
    client.post(address)

    assert "Een stelling of toezegging steunt erop" in refused
    assert not Document.objects.exists()
    assert not DocumentPage.objects.exists()
    assert not DataKey.objects.filter(pk=document.pk).exists()


def test_what_a_backup_brings_back_goes_again(document: Document) -> None:
    for receive in receivers_of("vault.destroyed"):
        receive({"key": document.key_id}, 1)

    assert not Document.objects.exists()


def test_pages_are_turned_and_an_empty_one_says_so(
    ours: Organisation, volunteer: Account, claim: Claim, document: Document
) -> None:
    client = login(Client(), volunteer)
    address = page(ours, "issues:document", document.pk)

    second = client.get(address, {"page": 2}).content.decode()
    third = client.get(address, {"page": 3}).content.decode()

    cite_page = page(ours, "issues:cite-document", claim.pk)
    beside = client.get(cite_page, {"document": document.pk, "page": 2})

    assert "Wie wacht, wordt zieker." in beside.content.decode()
    assert f"?document={document.pk}&amp;page=3" in beside.content.decode()
    assert "Wie wacht, wordt zieker." in second
    assert "Op deze bladzijde staan geen woorden." in third


@pytest.mark.slow
def test_of_another_office_nothing_is_there(
    volunteer: Account, claim: Claim, document: Document
) -> None:
    theirs = OrganisationFactory.create()
    stranger = member(theirs, Role.VOLUNTEER)
    row = actions.cite_document(
        claim, document, "wordt zieker", by=volunteer, at=clock.now()
    )
    client = login(Client(), stranger)

    for name, pk in (
        ("issues:document", document.pk),
        ("issues:cited-page", row.pk),
        ("issues:cite-document", claim.pk),
    ):
        assert client.get(page(theirs, name, pk)).status_code == 404
    assert TYPED["title"] not in str(
        client.get(page(theirs, "issues:document-list")).content
    )


def test_who_may_only_read_brings_nothing_in(
    ours: Organisation, document: Document
) -> None:
    client = login(Client(), member(ours, Role.ADVOCATE))

    shown = client.post(page(ours, "issues:document-list"), TYPED).content.decode()
    client.post(page(ours, "issues:document", document.pk))

    assert 'type="file"' not in shown
    assert Document.objects.count() == 1


@pytest.mark.differs
def test_a_citation_of_a_document_names_its_page_and_source(
    claim: Claim, document: Document
) -> None:
    row = {"claim": claim, "cited_on": clock.today(), "document": document}
    passage = {"page": 1, "start": 1, "end": 2}

    for wrong in (passage, {"page": 1, "source": "A"}, passage | {"page": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Citation.objects.create(**row, **wrong)


def test_words_typed_before_a_factor_was_asked_again_are_still_there(
    volunteer: Account, claim: Claim, document: Document
) -> None:
    client = login(Client(), volunteer)
    address = page(document.organisation, "issues:cite-document", claim.pk)
    session = client.session
    session[UNSENT] = {address: {"document": str(document.pk), "words": "wordt zieker"}}
    session.save()

    shown = client.get(address).content.decode()

    assert "wordt zieker</textarea>" in shown


def test_a_passage_that_runs_on_over_a_page_is_cited_and_opens_whole(
    ours: Organisation, volunteer: Account, claim: Claim
) -> None:
    pages = ["Wie wacht,", "wordt\nzieker. En dan.", "Einde."]
    document = brought(ours, volunteer, pages)
    client = login(Client(), volunteer)

    cited = actions.cite_document(
        claim, document, "wacht, wordt zieker", by=volunteer, at=clock.now()
    )

    assert (cited.page, cited.start) == (1, 4)
    assert "bladzijden 1 en 2" in cited.source
    (proof,) = proofs_of([claim], on=clock.today())[claim.pk]
    assert proof.quoted.words == "wacht,\nwordt\nzieker"
    shown = client.get(page(ours, "issues:cited-page", cited.pk)).content.decode()
    assert "<mark>wacht,<br>wordt<br>zieker</mark>. En dan." in shown


def test_a_passage_at_the_edge_of_a_page_is_of_that_page_only(
    ours: Organisation, volunteer: Account, claim: Claim
) -> None:
    document = brought(ours, volunteer, ["Wie wacht.", "Wordt zieker.", "Einde."])

    cited = [
        actions.cite_document(claim, document, typed, by=volunteer, at=clock.now())
        for typed in ("Wie wacht.", "Wordt zieker.", "Einde.")
    ]

    assert [it.page for it in cited] == [1, 2, 3]


def test_what_runs_on_and_stands_elsewhere_too_is_refused(
    ours: Organisation, volunteer: Account, claim: Claim
) -> None:
    document = brought(ours, volunteer, ["Wie", "wacht. Wie wacht."])

    with pytest.raises(NotInWords):
        actions.cite_document(
            claim, document, "Wie wacht", by=volunteer, at=clock.now()
        )


def test_words_of_a_document_on_the_page_of_a_claim_are_a_look(
    ours: Organisation, volunteer: Account, claim: Claim
) -> None:
    document = brought(ours, volunteer, PAGES)
    for typed in ("Inleiding.", "Einde."):
        actions.cite_document(claim, document, typed, by=volunteer, at=clock.now())
    looks = AuditEvent.objects.filter(kind="issues.document.read")
    before = looks.count()

    login(Client(), volunteer).get(page(ours, "issues:claim", claim.pk))

    assert looks.count() == before + 1
    assert looks.latest("seq").actor == volunteer.pk


@pytest.mark.slow
def test_documents_count_with_the_other_files(
    ours: Organisation, volunteer: Account, settings: Settings
) -> None:
    settings.MOST_FILES_MB = 1
    kept = brought(ours, volunteer, ["a" * (1 << 19)])
    assert kept.n_bytes >= 1 << 19

    with pytest.raises(actions.NoRoom):
        brought(ours, volunteer, ["b" * (1 << 19)])

    assert list(Document.objects.all()) == [kept]
    assert not is_room_for(1 << 19)
    settings.MOST_FILES_MB = 0
    file = SimpleUploadedFile("a.txt", b"Wie wacht, wordt zieker.")
    answer = login(Client(), volunteer).post(
        page(ours, "issues:document-list"), TYPED | {"file": file}
    )
    assert "Er is geen plaats voor meer bestanden." in answer.content.decode()


def brought(ours: Organisation, by: Account, pages: list[str]) -> Document:
    """Return a document of these pages."""
    checksum = hashlib.sha256(repr(pages).encode()).hexdigest()
    new = Document(organisation=ours, title="Wachten maakt zieker")
    read = Read(pages, has_pages=True, checksum=checksum)
    return actions.add_document(new, read, by=by, at=clock.now())


def test_a_mailbox_that_takes_too_much_is_refused_by_a_process_apart(
    ours: Organisation, volunteer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"From: a@b.test\nSubject: x\n\n" + b"woord\n" * 100_000
    monkeypatch.setattr(cleaner_actions, "PATIENCE", 0.01)
    file = SimpleUploadedFile("post.mbox", content)

    answer = login(Client(), volunteer).post(
        page(ours, "issues:document-list"), {"title": "Post", "file": file}
    )

    assert "te groot" in answer.content.decode()
    assert not Document.objects.exists()
