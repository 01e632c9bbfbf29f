"""A promise found in a document opens the page on which it stands, word for word."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from achterban.advocate.commitments.models import Commitment, Whereabouts
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.issues.actions import add_document
from achterban.advocate.issues.models import Document, DocumentPage
from achterban.advocate.stakeholders.models import Party
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.files.actions import Read
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
SAID = "Wij sturen u uiterlijk 14 maart de cijfers."
PAGES = ["Beste mensen,", f"Dank voor uw brief.\n\n{SAID} Helaas kan meer niet."]
FORWARDED = """From: a@b.example
To: c@d.example
Subject: FW: Cijfers
MIME-Version: 1.0
Content-Type: message/rfc822

{inside}"""
MAIL = """From: Noor Duin <noor@ministerie.example>
To: bestuur@vereniging.example
Subject: Cijfers
Date: Mon, 5 Jan 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset={charset}
Content-Transfer-Encoding: 8bit

Beste mensen,

Wij sturen u uiterlijk 14 maart de cijfers over financi\u00eble hulp.

"""


@pytest.fixture
def document(ours: Organisation, volunteer: Account) -> Document:
    read = Read(PAGES, True, hashlib.sha256(b"brief").hexdigest())
    row = Document(organisation=ours, title="Brief van het ministerie")
    return add_document(row, read, by=volunteer, at=clock.now())


def taken(
    desk: Client, ours: Organisation, dossier: Dossier, party: Party, document: Document
) -> dict[str, Any]:
    """Look for promises in a document, and press the button beside the first."""
    at = f"?partij={party.pk}"
    read = page(ours, "commitments:read", dossier.pk) + at
    given = {"document": document.pk, "said_on": "2026-01-05"}
    context = desk.post(read, given).context
    it = context["found"][0]
    return {
        "verbatim": it.verbatim,
        "words": it.words,
        "said_on": "2026-01-05",
        "source": f"{context['source']}, bladzijde {it.page}",
        "document": document.pk,
        "passage": it.passage,
    }


@pytest.mark.wide
@pytest.mark.alike
def test_a_promise_in_a_document_is_found_and_opens_its_page(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    document: Document,
) -> None:
    write = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    asked = taken(desk, ours, dossier, ministry, document)

    offered = desk.post(write, {**asked, "take": "1"}).content.decode()
    shown = desk.post(write, {**asked, "who": "0"}, follow=True).content.decode()
    row = Commitment.objects.get()
    place = page(ours, "commitments:place", row.pk)
    opened = desk.get(place).content.decode()

    found = Whereabouts.objects.get()
    assert f'name="passage" value="{SAID}"' in offered
    assert place in shown
    assert row.source == "Brief van het ministerie, bladzijde 2"
    assert (found.page, found.start) == (2, PAGES[1].index(SAID))
    assert f"<mark>{SAID}</mark>" in opened
    assert AuditEvent.objects.filter(kind="issues.document.read").count() == 2


@pytest.mark.wide
def test_other_words_there_are_said_and_not_shown(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    document: Document,
) -> None:
    write = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    asked = taken(desk, ours, dossier, ministry, document)
    desk.post(write, {**asked, "who": "0"})
    leaf = DocumentPage.objects.select_related("document__key").get(n=2)
    leaf.seal(PAGES[1].replace("14 maart", "14 april"))
    leaf.save()

    opened = desk.get(page(ours, "commitments:place", Commitment.objects.get().pk))

    assert "Daar staan nu andere woorden." in opened.content.decode()
    assert "<mark>" not in opened.content.decode()


@pytest.mark.wide
def test_words_that_stand_twice_keep_the_promise_and_no_place(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party,
    volunteer: Account,
) -> None:  # fmt: skip
    read = Read(
        [f"Beste mensen,\n\n{SAID} Kortom: {SAID}"],
        False,
        hashlib.sha256(b"x").hexdigest(),
    )
    row = Document(organisation=ours, title="Dubbel")
    twice = add_document(row, read, by=volunteer, at=clock.now())
    write = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    asked = taken(desk, ours, dossier, ministry, twice)

    shown = desk.post(
        write, {**asked, "passage": SAID, "who": "0"}, follow=True
    ).content.decode()

    assert "twee keer in het document" in shown
    assert Commitment.objects.exists()
    assert not Whereabouts.objects.exists()


@pytest.mark.slow
@pytest.mark.alike
def test_a_document_on_which_a_promise_rests_does_not_go(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    document: Document,
) -> None:
    write = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    asked = taken(desk, ours, dossier, ministry, document)
    desk.post(write, {**asked, "who": "0"})
    address = page(ours, "issues:document", document.pk)

    refused = desk.post(address, follow=True).content.decode()
    Commitment.objects.get().delete()
    desk.post(address)

    assert "Een stelling of toezegging steunt erop" in refused
    assert not Document.objects.exists()


def test_a_document_of_another_organisation_is_not_read_or_pointed_at(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    other = OrganisationFactory.create()
    read = Read([SAID], False, hashlib.sha256(b"y").hexdigest())
    theirs = add_document(
        Document(organisation=other, title="Van hen"),
        read,
        by=member(other, Role.VOLUNTEER),
        at=clock.now(),
    )
    at = f"?partij={ministry.pk}"
    given = {"document": theirs.pk, "said_on": "2026-01-05"}
    asked = {"verbatim": SAID, "source": "x", "no_day": "on", "who": "0", **given}

    looked = desk.post(page(ours, "commitments:read", dossier.pk) + at, given)
    desk.post(
        page(ours, "commitments:new", dossier.pk) + at, {**asked, "passage": SAID}
    )

    assert "found" not in looked.context
    assert Commitment.objects.exists()
    assert not Whereabouts.objects.exists()


@pytest.mark.wide
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (MAIL.format(charset="utf-8").encode(), ""),
        (MAIL.format(charset="iso-8859-1").encode("latin-1"), ""),
        (MAIL.format(charset="utf-8").encode("latin-1"), "letters verloren gegaan"),
        (FORWARDED.format(inside=MAIL.format(charset="utf-8")).encode(), ""),
        (b"hallo", "Wij kunnen dit niet lezen als mail"),
    ],
)
def test_a_mail_is_read_or_refused_with_what_to_do(
    ours: Organisation, volunteer: Account, content: bytes, said: str
) -> None:
    file = SimpleUploadedFile("bericht.eml", content)
    address = page(ours, "issues:document-list")

    shown = login(Client(), volunteer).post(
        address, {"title": "Mail", "file": file}, follow=True
    )

    assert said in shown.content.decode()
    assert Document.objects.exists() is not bool(said)
    if not said:
        assert "financiële hulp" in DocumentPage.objects.get().open()


def test_a_long_document_is_read_up_to_a_bound_and_says_so(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party,
    volunteer: Account, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(
        "achterban.advocate.commitments.queries.whereabouts.MOST_CHARACTERS", 40
    )
    read = Read(PAGES, True, hashlib.sha256(b"lang").hexdigest())
    row = add_document(
        Document(organisation=ours, title="Lang"), read, by=volunteer, at=clock.now()
    )
    address = page(ours, "commitments:read", dossier.pk) + f"?partij={ministry.pk}"

    shown = desk.post(address, {"document": row.pk, "said_on": "2026-01-05"})

    assert "1 bladzijde is niet gelezen" in shown.content.decode()
