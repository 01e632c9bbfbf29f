"""Rows to test with: a report that was checked, a claim that it proves, a letter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from achterban.advocate.issues.actions import (
    bundle,
    cite_report,
    cite_source,
    keep_claim,
    keep_issue,
)
from achterban.advocate.issues.models import Claim, Issue
from achterban.advocate.publications.actions import sending
from achterban.advocate.publications.actions.writing import (
    PutIn,
    begin_publication,
    keep_text,
)
from achterban.advocate.publications.models import Kind, Publication, Version
from achterban.advocate.publications.queries import draft_of
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.consent.models import Purpose
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions import telling
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.models import Report, Review, Telling
from achterban.listen.reports.tests.factories import YES
from achterban.rules.deidentify import Span

WORDS = "Ik wacht al een jaar. De gemeente belt mij nooit terug, en ik lig plat."
PASSAGE = "De gemeente belt mij nooit terug"


@dataclass
class Office:
    """An office with a report, and a claim that it proves."""

    ours: Organisation
    writer: Account
    sender: Account
    report: Report
    claim: Claim


def told(ours: Organisation, by: Account, words: str = WORDS) -> Report:
    """Return a report that was checked and may be quoted."""
    consent = replace(YES, more={Purpose.QUOTE.value: "Een zin in een brief"})
    kept = telling.send_report(
        telling.fresh_code(),
        ours,
        Telling(words, yes=[Purpose.QUOTE.value]),
        consent=consent,
        on=clock.today(),
    )
    check(kept.report, by)
    return Report.objects.select_related("key", "organisation").get(pk=kept.report.pk)


def check(report: Report, by: Account, *spans: Span) -> None:
    """Let somebody agree with the words of a report, but for these."""
    look_through(lambda _: [])
    review = Review.objects.select_related("report__key").get(report=report)
    keep_review(review, list(spans), by=by, at=clock.now(), approve=True)


def claimed(
    ours: Organisation,
    by: Account,
    *,
    sentence: str = "Terugbellen duurt te lang.",
    passages: Collection[tuple[Report, str]] = (),
    source: str = "",
    issue: Issue | None = None,
) -> Claim:
    """Return a claim, with passages and a source that prove it."""
    at = clock.now()
    if issue is None:
        issue = keep_issue(Issue(organisation=ours, title="Wachten"), by=by, at=at)
    bundle(issue, [report.pk for report, _words in passages], by=by, at=at)
    made = Claim(issue=issue, sentence=sentence, strength="experience")
    claim = keep_claim(made, by=by, at=at)
    for report, words in passages:
        cite_report(claim, report, words, by=by, at=at)
    if source:
        cite_source(claim, source, "", by=by, at=at)
    return claim


def letter(
    ours: Organisation, by: Account, *claims: Claim, kind: Kind = Kind.LETTER
) -> Publication:
    """Return a letter about these claims, without a text."""
    issues = list({claim.issue_id: claim.issue for claim in claims}.values())
    return begin_publication(
        ours, kind, "Bel mensen terug", issues, by=by, at=clock.now()
    )


def put(publication: Publication, claim: Claim, by: Account, text: str = "") -> None:
    """Put a claim, and a quote of its first passage, in the text of a publication."""
    citation = claim.citations.exclude(report=None).first()
    keep(publication, text, by, PutIn(claim))
    if citation is not None:
        publication.refresh_from_db()
        text = publication.open_words().text
        keep(publication, text, by, PutIn(claim, citation))
    publication.refresh_from_db()


def keep(
    publication: Publication, text: str, by: Account, added: PutIn | None = None
) -> None:
    """Store a text."""
    publication.refresh_from_db()
    keep_text(
        publication.pk,
        text,
        seen=publication.revision,
        by=by,
        at=clock.now(),
        put=added,
    )
    publication.refresh_from_db()


def sent(publication: Publication, writer: Account, sender: Account) -> Version:
    """Return a version that one asked for and another sent."""
    at = clock.now()
    sending.ask(publication.pk, by=writer, at=at)
    row = Publication.objects.get(pk=publication.pk)
    seen = sending.fingerprint(draft_of(row, on=clock.today()), row.organisation)
    version = sending.send(row.pk, seen=seen, by=sender, at=at)
    publication.refresh_from_db()
    return version
