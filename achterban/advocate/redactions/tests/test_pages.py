"""From a file to what everybody reads, through the pages."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.redactions.models import Redaction
from achterban.advocate.redactions.tests.factories import (
    LETTER,
    SECRETS,
    asked,
    brought,
    decide,
    released,
)
from achterban.core.accounts.access import UNSENT
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.files import cleaner
from achterban.core.files.tests import samples
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions.reviewing import look_elsewhere
from achterban.rules.redaction import parts_of, surplus

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.alike]


def shown(answer: Any) -> str:
    return str(answer.content.decode())


def body(answer: Any) -> bytes:
    blocks: Iterable[bytes] = answer.streaming_content
    return b"".join(blocks)


def mail(words: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Wietske Zandloper <w@voorbeeld.test>", "Ja"
    message.set_content(words)
    message.add_attachment(b"x", maintype="image", subtype="png", filename="kaart.png")
    return bytes(message)


def fields(row: Redaction, **more: str) -> dict[str, str]:
    """Return the form of the review as it stands."""
    decisions = row.open_decisions()
    chosen = {f"words{n}": it.ground or "stays" for n, it in enumerate(decisions)}
    rest = {"title": row.title, "more_ground": "5.1.2e"}
    return {"seen": str(row.revision), **rest, **chosen, **more}


def test_letters_are_brought_in_looked_through_and_made_public(
    ours: Organisation, dossier: Dossier, desk: Client, second_desk: Client
) -> None:
    file = SimpleUploadedFile("brief.txt", LETTER.encode(), "text/plain")
    new = page(ours, "redactions:new", dossier.pk)
    looking = desk.post(new, {"title": "Mails", "file": file}, follow=True)
    row = Redaction.objects.get()
    review = page(ours, "redactions:review", row.pk)
    more = {"more": "Voorbeeld", "more_ground": "5.1.2h"}
    desk.post(review, fields(row, act="keep", **more))
    row.refresh_from_db()
    waits = desk.post(review, fields(row, act="ask"), follow=True)
    row.refresh_from_db()
    release = page(ours, "redactions:release", row.pk)
    today = shown(second_desk.get(page(ours, "reports:work-list")))
    before = shown(second_desk.get(release))
    done = second_desk.post(release, {"seen": str(row.revision)}, follow=True)

    public = page(ours, "redactions:public", row.pk)
    stranger = Client()
    listed = shown(stranger.get(page(ours, "redactions:public-list")))
    read = shown(stranger.get(public))
    pdf = stranger.get(f"{public}pdf/")
    text = body(stranger.get(f"{public}txt/")).decode()
    assert "<mark title=" in shown(looking)
    assert "iemand anders" in shown(waits)
    assert release in today
    assert "Ik las alles" in before
    assert "Het is openbaar" in shown(done)
    assert public in listed
    for words in (read, text):
        assert "elke zes weken" in words
        assert "[5.1.2h]" in words
        assert not any(secret in words for secret in SECRETS)
    assert pdf["Content-Disposition"].startswith("attachment")
    assert body(pdf).startswith(b"%PDF-1.7")
    happened = shown(desk.get(page(ours, "dossiers:dossier", dossier.pk)))
    assert "Openbare versie van brieven" in happened
    assert AuditEvent.objects.filter(kind="redactions.redaction.read").count() >= 3


@pytest.mark.wide
def test_asking_waits_for_the_process_that_finds_names_where_there_is_one(
    ours: Organisation, row: Redaction, desk: Client, settings: Settings
) -> None:
    settings.FINDER = True
    review = page(ours, "redactions:review", row.pk)

    waits = shown(desk.post(review, fields(row, act="ask"), follow=True))
    look_elsewhere(lambda _text: [])
    row.refresh_from_db()
    asked_now = shown(desk.post(review, fields(row, act="ask"), follow=True))

    assert "Het programma zoekt nog naar namen" in waits
    assert "iemand anders" in asked_now


def test_what_stays_by_decision_and_what_is_taken_back_is_shown_to_the_second(
    ours: Organisation, row: Redaction, desk: Client, second_desk: Client
) -> None:
    review = page(ours, "redactions:review", row.pk)
    desk.post(review, fields(row, act="ask", words0="stays", words1="stays"))
    row.refresh_from_db()

    told = shown(second_desk.get(page(ours, "redactions:release", row.pk)))

    assert "Wat blijft staan" in told
    assert "<li>Wietske Zandloper</li>" in told


def test_a_name_in_the_title_is_shown_and_mended(
    ours: Organisation, row: Redaction, desk: Client
) -> None:
    Redaction.objects.filter(pk=row.pk).update(title="Mail van Zandloper")
    review = page(ours, "redactions:review", row.pk)

    first = shown(desk.get(review))
    chosen = {f"words{n + 1}": "5.1.2e" for n in range(len(row.open_decisions()))}
    desk.post(review, fields(row, act="ask", title="Mail over de kamer", **chosen))

    row.refresh_from_db()
    assert "Mail van Zandloper" in first
    assert "Dit zegt nog wie het is" in first
    assert row.title == "Mail over de kamer"
    assert row.asked_on is not None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"more": "Niemand"}, "Deze woorden staan er niet"),
        ({"words0": ""}, "Kies een reden"),
        ({"words0": "9.9"}, "Bijna klaar"),
        ({"seen": "7"}, "Het is intussen veranderd"),
    ],
)
def test_a_slip_in_the_form_lets_nothing_through(
    ours: Organisation, row: Redaction, desk: Client, more: dict[str, str], said: str
) -> None:
    review = page(ours, "redactions:review", row.pk)

    answer = desk.post(review, fields(row, act="ask", **more), follow=True)

    row.refresh_from_db()
    assert said in shown(answer)
    assert (row.revision, row.asked_on) == (0, None)


@pytest.mark.wide
def test_a_part_of_a_name_is_shown_first_and_holds_it_back(
    ours: Organisation, dossier: Dossier, volunteer: Account, desk: Client
) -> None:
    text = "Van: Els Bosrand <e@voorbeeld.test>\n\nIn Bosrand woont <b>niemand</b>."
    row = brought(dossier, volunteer, text)
    review = page(ours, "redactions:review", row.pk)
    first = shown(desk.get(review))

    # The part that was found comes first, before what was decided.
    n = len(row.open_decisions())
    chosen = {f"words{k}": "5.1.2e" for k in range(1, n + 1)}
    sent = fields(row, **chosen)
    answer = desk.post(review, {**sent, "words0": "stays", "act": "ask"}, follow=True)

    assert "Dit zegt nog wie het is" in first
    assert "In Bosrand woont &lt;b&gt;niemand&lt;/b&gt;." in first
    assert "iemand anders" in shown(answer)


RUN = f'<w:document xmlns:w="{samples.WORD}"><w:r><w:rPr><w:vanish/></w:rPr></w:r>'
FILES = {
    "words that are hidden": (
        "a.docx",
        samples.parcel(word__document_xml=f"{RUN}<w:p/></w:document>"),
        "niemand ziet",
    ),
    "a locked mail": (
        "a.eml",
        b"From: a@b.test\nContent-Type: application/pkcs7-mime\n\nx",
        "op slot",
    ),
    "a picture in a mail": (
        "a.eml",
        b"From: a@b.test\nContent-Type: image/png\n\nx",
        "geen tekst",
    ),
    "no mail": ("a.mbox", b"zomaar", "niet lezen als mail"),
    "letters that were lost": ("a.txt", "ZoÃ« kwam".encode(), "verloren gegaan"),
    "an empty text": ("a.txt", b"   ", "geen tekst"),
    "a program": ("a.exe", b"MZ", "programma"),
    "a photo": ("a.jpg", b"\xff\xd8\xff", "Kies een mail"),
}


@pytest.mark.parametrize("case", FILES)
def test_what_cannot_be_made_safe_is_refused_with_the_reason(
    ours: Organisation, dossier: Dossier, desk: Client, case: str
) -> None:
    name, content, said = FILES[case]
    new = page(ours, "redactions:new", dossier.pk)

    file = SimpleUploadedFile(name, content, "application/octet-stream")
    answer = shown(desk.post(new, {"title": "Mails", "file": file}))

    assert said in answer
    assert 'value="Mails"' in answer
    assert not Redaction.objects.exists()


def test_nothing_was_chosen(ours: Organisation, dossier: Dossier, desk: Client) -> None:
    new = page(ours, "redactions:new", dossier.pk)

    assert "plak de tekst" in shown(desk.post(new, {"title": "Mails"}))


def test_attachments_of_a_mail_are_named_and_left_out(
    ours: Organisation, dossier: Dossier, desk: Client
) -> None:
    file = SimpleUploadedFile("a.eml", mail("Dag."))
    new = page(ours, "redactions:new", dossier.pk)

    desk.post(new, {"title": "Mails", "file": file})

    row = Redaction.objects.get()
    told = shown(desk.get(page(ours, "redactions:redaction", row.pk)))
    assert row.n_left_out == 1
    assert "kaart.png" in told
    assert "bijlage blijft weg" in told


@pytest.mark.wide
def test_who_asked_is_told_to_let_somebody_else_release(
    ours: Organisation, row: Redaction, coordinator: Account, second_desk: Client
) -> None:
    asked(row, by=coordinator)
    release = page(ours, "redactions:release", row.pk)

    before = shown(second_desk.get(release))
    answer = shown(second_desk.post(release, {"seen": "0"}, follow=True))
    odd = shown(second_desk.post(release, {"seen": "²"}, follow=True))

    assert "Ik las alles" not in before
    assert "Laat iemand anders het openbaar maken" in answer
    assert "Laat iemand anders het openbaar maken" in odd
    row.refresh_from_db()
    assert not row.is_public


def test_what_is_withdrawn_is_read_by_nobody_outside(
    ours: Organisation,
    row: Redaction,
    volunteer: Account,
    coordinator: Account,
    second_desk: Client,
) -> None:
    released(row, by=volunteer, second=coordinator)
    public = page(ours, "redactions:public", row.pk)
    assert Client().get(public).status_code == 200

    withdraw = page(ours, "redactions:withdraw", row.pk)
    answer = second_desk.post(withdraw, follow=True)

    assert "niet meer openbaar" in shown(answer)
    for path in (public, f"{public}pdf/", f"{public}txt/"):
        assert Client().get(path).status_code == 404
    drop = page(ours, "redactions:drop", row.pk)
    assert "weg" in shown(second_desk.post(drop, follow=True))
    assert not Redaction.objects.exists()


def test_nobody_else_sees_it_and_before_it_is_public_nobody_outside(
    ours: Organisation, row: Redaction, volunteer: Account, coordinator: Account
) -> None:
    other = OrganisationFactory.create()
    outsider = login(Client(), member(other, Role.COORDINATOR))
    public = page(ours, "redactions:public", row.pk)

    assert Client().get(public).status_code == 404
    assert outsider.get(page(ours, "redactions:review", row.pk)).status_code == 404
    released(row, by=volunteer, second=coordinator)
    assert Client().get(public).status_code == 200
    assert Client().get(page(other, "redactions:public", row.pk)).status_code == 404
    assert Client().get(f"{public}docx/").status_code == 404


@pytest.mark.wide
def test_a_long_text_is_shown_in_light_pages(
    ours: Organisation, dossier: Dossier, volunteer: Account, coordinator: Account
) -> None:
    row = brought(dossier, volunteer, "\n\n".join(["Tot volgende week. " * 30] * 60))
    released(row, by=volunteer, second=coordinator)
    public = page(ours, "redactions:public", row.pk)

    first, last = Client().get(public), Client().get(public, {"page": 3})

    assert "?page=2" in shown(first)
    assert len(first.content) < 30_000
    assert "Tot volgende week" in shown(last)


def revised(pdf: bytes, text: str) -> bytes:
    """Return a PDF with a newer revision of its first page behind the first one."""
    stream = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode()
    newer = b"11 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n"
    began = len(pdf)
    table = b"xref\n11 1\n%010d 00000 n \ntrailer\n<</Size 30/Root 1 0 R/Prev %d>>\n"
    prior = int(pdf.rpartition(b"startxref")[2].split()[0])
    whole = pdf + newer % (len(stream), stream)
    return whole + table % (began, prior) + b"startxref\n%d\n%%%%EOF\n" % len(whole)


def test_nothing_of_an_old_file_comes_along_but_its_words(
    ours: Organisation,
    dossier: Dossier,
    desk: Client,
    volunteer: Account,
    coordinator: Account,
) -> None:
    """Script, attachment, owner and an earlier revision hold what is in no word."""
    content = revised(samples.pdf(text=samples.SECRET), "Tot volgende week, Bo Zand")
    file = SimpleUploadedFile("a.pdf", content, "application/pdf")

    desk.post(
        page(ours, "redactions:new", dossier.pk), {"title": "Brief", "file": file}
    )

    row = Redaction.objects.get()
    released(row, by=volunteer, second=coordinator)
    public = page(ours, "redactions:public", row.pk)
    pdf = body(Client().get(f"{public}pdf/"))
    words = [it.words for it in parts_of(pdf, "pdf")]
    assert row.open_text() == "Tot volgende week, Bo Zand"
    assert any("Tot volgende week" in it for it in words)
    assert samples.SECRET.encode() in content
    assert not any(samples.SECRET in it for it in words)
    assert surplus(pdf) == []


def test_a_page_that_is_a_picture_of_words_is_refused(
    ours: Organisation, dossier: Dossier, desk: Client
) -> None:
    _extension, drawn = cleaner.pages(samples.pdf())
    file = SimpleUploadedFile("scan.pdf", drawn, "application/pdf")
    new = page(ours, "redactions:new", dossier.pk)

    answer = shown(desk.post(new, {"title": "Brief", "file": file}))

    assert "plaatje van tekst" in answer
    assert not Redaction.objects.exists()


@pytest.mark.wide
def test_a_choice_that_waited_for_a_log_in_is_of_the_same_words_or_gone(
    ours: Organisation, volunteer: Account, dossier: Dossier, desk: Client
) -> None:
    row = brought(dossier, volunteer)
    address = page(ours, "redactions:review", row.pk)
    chosen = {"title": "Mails", "words0": "stays", "seen": f"{row.revision}"}

    def shown() -> list[Any]:
        session = desk.session
        session[UNSENT] = {address: chosen}
        session.save()
        form = desk.get(address).context["form"]
        return [form[name].value() for name in ("title", "words0")]

    same = shown()
    decide(row, by=volunteer)  # so does who looks for names
    other = shown()

    assert same == ["Mails", "stays"]
    assert other[0] == "Mails"
    assert other[1] != "stays"
