"""What we say opens what proves it, and what was taken back proves nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.issues.actions import bundle, keep_claim, keep_issue
from achterban.advocate.issues.models import Citation, Claim, Issue
from achterban.advocate.issues.queries import proofs_of
from achterban.core import clock
from achterban.core.accounts.access import UNSENT
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.consent.actions import take_back
from achterban.core.consent.models import Consent, Purpose
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions import correcting, returning, telling
from achterban.listen.reports.actions.quoting import (
    MayNot,
    NotInWords,
    Passage,
    Standing,
    find_passage,
    quotable,
    quoted,
)
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.models import Report, Review, Telling
from achterban.listen.reports.tests.factories import YES
from achterban.rules.deidentify import Kind, Span

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
WORDS = "Ik wacht al een jaar.\nDe gemeente   belt niet terug. Ik wacht, en lig plat."


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


def sent(ours: Organisation, by: Account, *, may_quote: bool = True) -> Report:
    """Return a report that was checked, with or without a yes for quoting."""
    given = [Purpose.QUOTE.value] if may_quote else []
    told = Telling(WORDS, yes=given)
    code = telling.fresh_code()
    consent = replace(YES, more={Purpose.QUOTE.value: "Een zin in een brief"})
    kept = telling.send_report(code, ours, told, consent=consent, on=clock.today())
    report = kept.report
    approve(report, by)
    return Report.objects.select_related("key", "organisation").get(pk=report.pk)


def approve(report: Report, by: Account, *spans: Span) -> None:
    look_through(lambda _: [])
    review = Review.objects.select_related("report__key").get(report=report)
    keep_review(review, list(spans), by=by, at=clock.now(), approve=True)


@pytest.fixture
def report(ours: Organisation, volunteer: Account) -> Report:
    return sent(ours, volunteer)


@pytest.fixture
def claim(ours: Organisation, volunteer: Account, report: Report) -> Claim:
    at = clock.now()
    issue = keep_issue(Issue(organisation=ours, title="Wachten"), by=volunteer, at=at)
    bundle(issue, [report.pk], by=volunteer, at=at)
    new = Claim(issue=issue, sentence="Terugbellen duurt te lang.", strength="survey")
    return keep_claim(new, by=volunteer, at=at)


def cited(client: Client, claim: Claim, report: Report, words: str) -> str:
    """Cite, and return what the next page shows."""
    address = page(claim.issue.organisation, "issues:cite", claim.pk)
    sent = {"report": report.pk, "words": words}
    return client.post(address, sent, follow=True).content.decode()


def standing(claim: Claim) -> list[Standing]:
    proofs = proofs_of([claim], on=clock.today())[claim.pk]
    return [proof.quoted.standing for proof in proofs]


@pytest.mark.wide
def test_a_passage_proves_a_claim_and_opens_the_report(
    volunteer: Account, claim: Claim, report: Report
) -> None:
    client = login(Client(), volunteer)

    shown = cited(client, claim, report, " gemeente belt\n niet  terug. ")

    assert "gemeente   belt niet terug." in shown
    assert page(report.organisation, "reports:report", report.pk) in shown
    row = claim.citations.get()
    assert WORDS[row.start : row.end] == "gemeente   belt niet terug."
    listed = client.get(page(report.organisation, "issues:issue", claim.issue_id))
    assert "1 bewijs" in listed.content.decode()
    kinds = AuditEvent.objects.filter(kind="issues.claim.cited")
    assert kinds.get().facts == {"report": report.pk}


@pytest.mark.parametrize("words", ["Ik wacht", "belt nooit terug", "."])
@pytest.mark.wide
def test_what_stands_nowhere_or_twice_is_refused_and_kept(
    volunteer: Account, claim: Claim, report: Report, words: str
) -> None:
    shown = cited(login(Client(), volunteer), claim, report, words)

    assert "staan hierboven niet, of twee keer" in shown
    assert f"\n{words}</textarea>" in shown
    assert not claim.citations.exists()


@pytest.mark.wide
def test_without_a_yes_no_word_is_quoted(
    ours: Organisation, volunteer: Account, claim: Claim
) -> None:
    silent = sent(ours, volunteer, may_quote=False)
    bundle(claim.issue, [silent.pk], by=volunteer, at=clock.now())
    client = login(Client(), volunteer)
    address = page(ours, "issues:cite", claim.pk)

    assert client.get(address, {"report": silent.pk}).status_code == 404
    assert str(silent.pk) not in client.get(address).content.decode()
    with pytest.raises(MayNot):
        find_passage(silent, "Ik wacht al een jaar.", on=clock.today())


@pytest.mark.slow
def test_a_yes_that_is_taken_back_is_gone_from_every_claim_at_once(
    volunteer: Account, claim: Claim, report: Report
) -> None:
    client = login(Client(), volunteer)
    cited(client, claim, report, "De gemeente")
    yes = Consent.objects.get(key=report.key, text__purpose=Purpose.QUOTE)

    take_back(yes, on=clock.today())

    assert standing(claim) == [Standing.TAKEN_BACK]
    shown = client.get(page(report.organisation, "issues:claim", claim.pk))
    assert "De gemeente" not in shown.content.decode()
    assert "neemt deze woorden terug" in shown.content.decode()
    listed = client.get(page(report.organisation, "issues:issue", claim.issue_id))
    assert "nog geen bewijs" in listed.content.decode()


def test_a_yes_ends_on_its_day(claim: Claim, report: Report) -> None:
    on = clock.today()
    passage = find_passage(report, "De gemeente", on=on)
    last = Consent.objects.get(text__purpose=Purpose.QUOTE).ends_on
    assert last is not None

    assert quoted(report, passage, on=last).standing is Standing.HOLDS
    after = last + timedelta(days=1)
    assert quoted(report, passage, on=after).standing is Standing.TAKEN_BACK
    assert not quotable(Report.objects.all(), on=after).exists()


@pytest.mark.wide
def test_a_report_that_is_withdrawn_proves_nothing(
    volunteer: Account, claim: Claim, report: Report
) -> None:
    cited(login(Client(), volunteer), claim, report, "De gemeente")

    returning.withdraw_report(report, on=clock.today())

    assert standing(claim) == [Standing.TAKEN_BACK]


@pytest.mark.wide
def test_words_that_changed_are_not_quoted_as_if_they_stood_there(
    volunteer: Account, claim: Claim, report: Report
) -> None:
    client = login(Client(), volunteer)
    cited(client, claim, report, "De gemeente")

    approve(report, volunteer, Span(0, 2, Kind.PERSON))

    assert standing(claim) == [Standing.CHANGED]
    shown = client.get(page(report.organisation, "issues:claim", claim.pk))
    assert "Er staan nu andere woorden" in shown.content.decode()


@pytest.mark.wide
def test_what_nobody_checked_any_more_is_not_quoted(
    volunteer: Account, claim: Claim, report: Report
) -> None:
    cited(login(Client(), volunteer), claim, report, "De gemeente")

    returning.say_more(report, "Nog iets.", entry_id=7, on=clock.today())

    assert standing(claim) == [Standing.CHANGED]


def test_a_source_proves_a_claim_too_and_can_be_taken_away(
    volunteer: Account, claim: Claim
) -> None:
    ours = claim.issue.organisation
    client = login(Client(), volunteer)
    address = page(ours, "issues:cite-source", claim.pk)
    source = {"source": "Richtlijn terugbellen, 2024, blz. 3", "address": ""}

    wrong = client.post(address, source | {"address": "javascript:alert(1)"})
    client.post(address, source | {"address": "richtlijn.voorbeeld/terug"})

    assert 'role="alert"' in wrong.content.decode()
    row = claim.citations.get()
    assert row.address == "https://richtlijn.voorbeeld/terug"
    assert standing(claim) == [Standing.HOLDS]
    client.post(page(ours, "issues:claim", claim.pk), {"citation": [row.pk]})
    assert not claim.citations.exists()


@pytest.mark.wide
def test_who_may_only_read_sees_proof_and_changes_nothing(
    volunteer: Account, claim: Claim, report: Report
) -> None:
    cited(login(Client(), volunteer), claim, report, "De gemeente")
    ours = report.organisation
    client = login(Client(), member(ours, Role.ADVOCATE))
    address = page(ours, "issues:claim", claim.pk)

    shown = client.get(address).content.decode()
    client.post(address, {"citation": [claim.citations.get().pk]})

    assert "De gemeente" in shown
    assert page(ours, "reports:report", report.pk) not in shown
    assert claim.citations.count() == 1


@pytest.mark.differs
def test_a_citation_is_a_passage_or_a_source(claim: Claim, report: Report) -> None:
    row = {"claim": claim, "cited_on": clock.today()}
    passage = {"report": report, "start": 1, "end": 2}

    for wrong in ({}, passage | {"source": "Beide"}, passage | {"end": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Citation.objects.create(**row, **wrong)


def test_a_passage_of_one_office_is_known_in_no_other(report: Report) -> None:
    on = clock.today()
    passage = find_passage(report, "De gemeente", on=on)
    theirs = OrganisationFactory.create()
    other = sent(theirs, member(theirs, Role.VOLUNTEER))

    same = find_passage(other, "De gemeente", on=on)

    assert (same.start, same.end) == (passage.start, passage.end)
    assert quoted(other, passage, on=on).standing is Standing.CHANGED
    assert quoted(other, Passage(0, 0, b""), on=on).standing is Standing.CHANGED
    with pytest.raises(NotInWords):
        find_passage(report, " ", on=on)


@pytest.mark.wide
def test_a_correction_takes_the_passage_away(
    volunteer: Account, claim: Claim, report: Report
) -> None:
    cited(login(Client(), volunteer), claim, report, "De gemeente")

    correcting.correct_words(
        report, "Ik wacht een maand.", entry_id=7, on=clock.today()
    )

    assert standing(claim) == [Standing.CHANGED]


def test_words_typed_before_a_factor_was_asked_again_are_still_there(
    volunteer: Account, claim: Claim, report: Report
) -> None:
    client = login(Client(), volunteer)
    address = page(report.organisation, "issues:cite", claim.pk)
    typed = {"report": str(report.pk), "words": "De gemeente belt"}
    session = client.session
    session[UNSENT] = {address: typed}
    session.save()

    shown = client.get(address).content.decode()

    assert "De gemeente belt</textarea>" in shown


@pytest.mark.slow
def test_a_claim_does_not_say_what_somebody_told(
    ours: Organisation, volunteer: Account, claim: Claim, report: Report
) -> None:
    client = login(Client(), volunteer)
    cited(client, claim, report, "De gemeente belt niet terug.")
    typed = {
        "sentence": "De gemeente belt NIET terug, zegt men.",
        "strength": "guideline",
    }

    asked = client.post(page(ours, "issues:change-claim", claim.pk), typed)

    shown = asked.content.decode()
    assert "Deze woorden staan in een signaal. Zeg ze anders:" in shown
    assert "“De gemeente belt NIET terug”" in shown
    assert 'value="De gemeente belt NIET terug, zegt men."' in shown
    claim.refresh_from_db()
    assert claim.sentence == "Terugbellen duurt te lang."


def test_words_that_the_claim_says_do_not_prove_it(
    ours: Organisation, volunteer: Account, claim: Claim, report: Report
) -> None:
    Claim.objects.update(sentence="Zo is het: de gemeente belt niet terug.")
    client = login(Client(), volunteer)
    typed = {"report": report.pk, "words": "De gemeente belt niet terug."}

    asked = client.post(page(ours, "issues:cite", claim.pk), typed)

    shown = asked.content.decode()
    assert "De stelling heeft dezelfde woorden: “de gemeente belt niet terug”." in shown
    assert "De gemeente belt niet terug.</textarea>" in shown
    assert not Citation.objects.exists()


@pytest.mark.wide
def test_many_claims_and_proofs_come_a_page_at_a_time(
    ours: Organisation, volunteer: Account, claim: Claim
) -> None:
    on, client = clock.today(), login(Client(), volunteer)
    Claim.objects.bulk_create(
        Claim(issue=claim.issue, sentence=f"Zin {n:02}.", written_on=on)
        for n in range(30)
    )
    Citation.objects.bulk_create(
        Citation(claim=claim, source=f"Bron {n:02}", cited_on=on) for n in range(30)
    )

    of_issue = page(ours, "issues:issue", claim.issue_id)
    of_claim = page(ours, "issues:claim", claim.pk)
    seen = {
        address: client.get(address).content.decode()
        for address in (
            of_issue,
            f"{of_issue}?stellingen=2",
            of_claim,
            f"{of_claim}?page=2",
        )
    }

    counts = [
        len(re.findall(r'href="[^"]+/stellingen/\d+/">|>Bron \d\d', text))
        for text in seen.values()
    ]
    assert counts == [25, 6, 25, 5]
    assert "?stellingen=2" in seen[of_issue]
    assert "?page=2" in seen[of_claim]
