"""A text points at claims, and nothing that was typed is lost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from achterban.advocate.issues.actions import drop_citations
from achterban.advocate.issues.models import Claim, Issue
from achterban.advocate.publications.actions.writing import (
    Meanwhile,
    NotOpen,
    PutIn,
    WasSent,
    drop_publication,
    keep_text,
)
from achterban.advocate.publications.models import Kind, Publication
from achterban.advocate.publications.queries import draft_of
from achterban.advocate.publications.tests.factories import (
    PASSAGE,
    claimed,
    keep,
    letter,
    put,
    sent,
    told,
)
from achterban.core import clock
from achterban.core.accounts.access import UNSENT
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions.returning import withdraw_report
from achterban.listen.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def text_of(publication: Publication) -> str:
    publication.refresh_from_db()
    return publication.open_words().text


def address(publication: Publication, name: str = "write") -> str:
    return page(publication.organisation, f"publications:{name}", publication.pk)


@pytest.mark.wide
def test_a_letter_begins_with_what_it_is_about(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    client = login(Client(), writer)
    asked = {"kind": "letter", "title": "Bel terug", "issues": [claim.issue_id]}

    answer = client.post(page(ours, "publications:new"), asked, follow=True)

    made = Publication.objects.get()
    assert (made.kind, made.title) == (Kind.LETTER, "Bel terug")
    assert "Terugbellen duurt te lang." in answer.content.decode()
    assert AuditEvent.objects.get(kind="publications.publication.begun").facts == {}


@pytest.mark.slow
def test_a_claim_and_a_quote_go_into_the_text_without_a_script(
    writer: Account, claim: Claim, ours: Organisation
) -> None:
    made, client = letter(ours, writer, claim), login(Client(), writer)
    typed = {"text": "Wij schrijven u.\r\nEen regel.", "seen": 0}

    client.post(address(made), typed | {"put": f"claim:{claim.pk}"})
    quote = f"quote:{claim.citations.get().pk}"
    client.post(address(made), {"text": text_of(made), "seen": 1, "put": quote})

    assert text_of(made) == (
        "Wij schrijven u.\nEen regel.\n\nTerugbellen duurt te lang. [1]\n\n[citaat 2]"
    )


@pytest.mark.wide
@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("Een. Twee.", 4, "Een. Terugbellen duurt te lang. [1] Twee."),
        ("Een. Twee.", 5, "Een. Terugbellen duurt te lang. [1] Twee."),
        ("", 0, "Terugbellen duurt te lang. [1]"),
        ("👩🏽 x", 99, "👩🏽 x Terugbellen duurt te lang. [1]"),
        ("  \n", None, "Terugbellen duurt te lang. [1]"),
    ],
)
def test_a_claim_goes_where_the_cursor_stood(
    ours: Organisation,
    writer: Account,
    claim: Claim,
    text: str,
    place: int | None,
    expected: str,
) -> None:
    made = letter(ours, writer, claim)

    keep(made, text, writer, PutIn(claim, place=place))

    assert text_of(made) == expected


@pytest.mark.wide
def test_a_number_keeps_its_meaning(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    made = letter(ours, writer, claim)
    passage = claim.citations.get()
    keep(made, "", writer, PutIn(claim, passage))
    keep(made, text_of(made), writer, PutIn(claim, passage))
    assert text_of(made) == "[citaat 1]\n\n[citaat 1]"

    drop_citations(claim, [passage.pk], by=writer, at=clock.now())
    keep(made, text_of(made), writer, PutIn(claim))

    assert "Terugbellen duurt te lang. [2]" in text_of(made)
    shown = login(Client(), writer).get(address(made, "publication")).content.decode()
    assert "[1] wijst nergens naar." in shown


@pytest.mark.wide
def test_a_claim_of_another_issue_or_office_does_not_come_in(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    made = letter(ours, writer, claim)
    other = claimed(ours, writer, sentence="Iets anders.")
    client = login(Client(), writer)

    for asked in (f"claim:{other.pk}", "claim:", "quote:0", "quote:x", "niets:1"):
        client.post(address(made), {"text": "Ja.", "seen": 0, "put": asked})

    assert text_of(made) == "Ja."
    assert not made.marks.exists()


@pytest.mark.wide
def test_what_a_colleague_wrote_meanwhile_is_not_overwritten_unseen(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    made, colleague = letter(ours, writer, claim), member(ours, Role.VOLUNTEER)
    keep(made, "Van een collega.", colleague)
    client = login(Client(), writer)

    refused = client.post(address(made), {"text": "Van mij.", "seen": 0})

    shown = refused.content.decode()
    assert "Een collega schreef er intussen in." in shown
    assert "Van mij.</textarea>" in shown
    assert "<p>Van een collega.</p>" in shown
    assert text_of(made) == "Van een collega."
    client.post(address(made), {"text": "Van ons.", "seen": 1})
    assert text_of(made) == "Van ons."


@pytest.mark.slow
def test_the_text_is_kept_at_each_pause(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    made, client = letter(ours, writer, claim), login(Client(), writer)

    first = client.post(address(made, "keep"), {"text": "Een", "seen": 0})
    again = client.post(address(made, "keep"), {"text": "Een zin", "seen": 0})
    long = client.post(address(made, "keep"), {"text": "x" * 200_001, "seen": 0})

    assert first.json() == again.json() == {"kept": True}
    assert text_of(made) == "Een zin"
    assert not long.json()["kept"]
    assert "200000 tekens" in long.json()["why"]
    colleague = member(ours, Role.VOLUNTEER)
    theirs = login(Client(), colleague)
    clash = theirs.post(address(made, "keep"), {"text": "Weg", "seen": 0})
    assert clash.status_code == 409
    assert "collega" in clash.json()["why"]
    kept = AuditEvent.objects.filter(kind="publications.publication.kept")
    assert not kept.exists()  # who began it went on the same day


@pytest.mark.slow
def test_html_in_a_text_stays_text(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    made = letter(ours, writer, claim)
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) **<b>**"
    keep(made, hostile, writer)

    shown = login(Client(), writer).get(address(made, "publication")).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<strong>&lt;b&gt;</strong>" in shown
    assert 'href="javascript' not in shown


@pytest.mark.slow
def test_each_sentence_that_is_proven_opens_what_proves_it(
    writer: Account, publication: Publication, report: Report
) -> None:
    shown = login(Client(), writer).get(address(publication, "publication"))

    found = shown.content.decode()
    assert 'href="#n1">Terugbellen duurt te lang.<sup>1</sup></a>' in found
    assert f'href="#n1">“{PASSAGE}”<sup>1</sup></a>' in found
    assert found.count('<li id="n1"') == 1
    assert page(report.organisation, "reports:report", report.pk) in found
    assert "Niets staat in de weg." in found
    label = f"reports.report:{report.pk}"
    reads = AuditEvent.objects.about(label).filter(kind="reports.report.read")
    assert reads.exists()


@pytest.mark.wide
def test_words_that_were_taken_back_are_gone_from_the_draft(
    writer: Account, publication: Publication, report: Report
) -> None:
    withdraw_report(report, on=clock.today())
    client = login(Client(), writer)

    read = client.get(address(publication, "publication")).content.decode()
    written = client.get(address(publication)).content.decode()

    assert PASSAGE not in read + written
    assert "ingetrokken" in read
    assert "zijn ingetrokken of veranderd" in read
    assert "mag niet gebruikt" in written


@pytest.mark.slow
def test_what_stands_around_the_text_is_kept(
    ours: Organisation, writer: Account, publication: Publication
) -> None:
    client = login(Client(), writer)
    other = Issue.objects.create(
        organisation=ours, title="Vervoer", opened_on=clock.today()
    )
    asked = {
        "title": "Anders",
        "addressee": "Gemeente\r\nPostbus 1",
        "salutation": "Geachte raad,",
        "closing": "Groet",
        "issues": [other.pk],
    }

    client.post(address(publication, "facts"), asked)

    publication.refresh_from_db()
    words = publication.open_words()
    assert (publication.title, words.addressee) == ("Anders", "Gemeente\nPostbus 1")
    assert "[1]" in words.text
    assert list(publication.issues.all()) == [other]
    shown = client.get(address(publication, "facts")).content.decode()
    assert "Geachte raad," in shown
    assert "Postbus 1" in shown


def test_a_position_paper_has_no_salutation(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    made = letter(ours, writer, claim, kind=Kind.POSITION)

    shown = login(Client(), writer).get(address(made, "facts")).content.decode()

    assert 'name="salutation"' not in shown
    assert 'name="addressee"' in shown


@pytest.mark.slow
def test_a_text_that_was_never_sent_can_be_thrown_away(
    ours: Organisation, writer: Account, publication: Publication
) -> None:
    client = login(Client(), writer)
    assert (
        "Deze tekst weggooien?"
        in client.get(address(publication, "drop")).content.decode()
    )

    client.post(address(publication, "drop"))

    assert not Publication.objects.exists()
    assert not DataKey.objects.filter(pk=publication.key_id).exists()


@pytest.mark.slow
def test_who_may_only_read_does_not_write(
    ours: Organisation, publication: Publication
) -> None:
    client = login(Client(), member(ours, Role.ADVOCATE))

    read = client.get(address(publication, "publication")).content.decode()

    assert PASSAGE in read
    assert "Schrijf verder" not in read
    assert client.post(address(publication), {"text": "", "seen": 0}).status_code == 404


@pytest.mark.slow
def test_words_typed_before_a_factor_was_asked_again_are_still_there(
    writer: Account, publication: Publication
) -> None:
    client = login(Client(), writer)
    session = client.session
    session[UNSENT] = {address(publication): {"text": "Bijna weg", "seen": "2"}}
    session.save()

    assert "Bijna weg</textarea>" in client.get(address(publication)).content.decode()


def test_the_list_says_how_far_each_is(
    ours: Organisation, writer: Account, publication: Publication
) -> None:
    client = login(Client(), writer)

    shown = client.get(page(ours, "publications:list")).content.decode()

    assert "Bel mensen terug" in shown
    assert "in de maak" in shown


@pytest.mark.wide
def test_an_action_refuses_what_a_page_did_not_see(
    ours: Organisation, writer: Account, publication: Publication
) -> None:
    Publication.objects.update(is_open=False)
    at, colleague = clock.now(), member(ours, Role.VOLUNTEER)

    with pytest.raises(NotOpen):
        keep_text(publication.pk, "x", seen=9, by=writer, at=at)
    Publication.objects.update(is_open=True)
    with pytest.raises(Meanwhile):
        keep_text(publication.pk, "x", seen=9, by=colleague, at=at)
    sent(publication, writer, member(ours, Role.COORDINATOR))
    Publication.objects.update(is_open=True)
    with pytest.raises(WasSent):
        drop_publication(publication.pk, by=writer, at=at)


@pytest.mark.wide
def test_among_many_issues_and_dossiers_a_word_finds_the_one(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    rows = [Issue(organisation=ours, title=f"Zaak {n:02}") for n in range(60)]
    for row in [*rows, last := Issue(organisation=ours, title="Zwerfvuil bij Bos")]:
        row.opened_on = clock.today()
        row.save()
    client, new = login(Client(), writer), page(ours, "publications:new")
    typed = {"kind": "letter", "title": "Over afval", "issues": [claim.issue_id]}

    before = client.get(new).content.decode()
    found = client.post(new, typed | {"find": "zwerf", "act": "find"})
    assert not Publication.objects.exists()
    client.post(new, typed | {"find": "zwerf", "issues": [claim.issue_id, last.pk]})

    for odd in ("\0", "zwerf\0", "w" * 60_000):
        answer = client.post(new, typed | {"find": odd, "act": "find"})
        assert answer.status_code == 200
        assert "Over afval" in answer.content.decode()

    shown = found.content.decode()
    assert before.count('name="issues"') == 50
    assert "Zwerfvuil" not in before
    assert "Over afval" in shown
    assert f'value="{claim.issue_id}" id="id_issues_0" checked' in shown
    assert "Zwerfvuil bij Bos" in shown
    made = Publication.objects.get()
    assert set(made.issues.all()) == {claim.issue, last}
    facts = client.get(address(made, "facts")).content.decode()
    assert "Zwerfvuil bij Bos" in facts
    client.post(address(made, "facts"), typed | {"find": "x", "issues": [last.pk]})
    assert list(made.issues.all()) == [last]


@pytest.mark.wide
def test_among_many_claims_the_next_come_and_the_text_stays(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    Claim.objects.bulk_create(
        Claim(issue=claim.issue, sentence=f"Zin {n}.", written_on=clock.today())
        for n in range(30)
    )
    made, client = letter(ours, writer, claim), login(Client(), writer)

    first = client.get(address(made)).content.decode()
    typed = {"text": "Wij schrijven u.", "seen": 0, "page": "2"}
    second = client.post(address(made), typed, follow=True).content.decode()
    put = {"text": "Wij schrijven u.", "seen": 1, "put": f"claim:{claim.pk}"}
    answer = client.post(address(made) + "?page=2", put)

    assert [text.count('value="claim:') for text in (first, second)] == [25, 6]
    assert "Wij schrijven u." in second
    assert answer["Location"].endswith("?page=2#id_text")
    assert "[1]" in text_of(made)


@pytest.mark.wide
def test_ten_passages_ask_the_database_no_more_than_two(
    ours: Organisation, writer: Account
) -> None:
    asked = []
    for n in (2, 10):
        said = [
            (told(ours, writer, f"Keer {n}{i}. {PASSAGE}"), PASSAGE) for i in range(n)
        ]
        text = letter(ours, writer, made := claimed(ours, writer, passages=said))
        put(text, made, writer)
        with CaptureQueriesContext(connection) as queries:
            paper = draft_of(text, on=clock.today())
        assert [it.holds for it in paper.notes[0].proofs] == [True] * n
        asked.append(len(queries))

    assert asked[0] == asked[1]
