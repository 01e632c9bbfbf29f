"""What the example sends: one letter that is out, and one sheet in the making."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from achterban.advocate.issues.actions import cite_report, cite_source, keep_claim
from achterban.advocate.issues.models import Claim, Issue
from achterban.advocate.publications.actions import sending, writing
from achterban.advocate.publications.models import Kind, Words
from achterban.advocate.publications.queries import draft_of
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.models import Report, Review

CLAIMS = (  # what is said, and which words of which story prove it
    (
        "Wie ernstig ziek is, kan vaak maar kort rechtop zitten.",
        "Ik kan twintig minuten rechtop zitten.",
    ),
    (
        "De dagen na een gesprek of keuring tellen mee.",
        "De drie dagen erna lag ik plat, maar dat telt niet mee.",
    ),
)
SOURCE = "Handreiking gesprek op maat (verzonnen voorbeeld), 2025, bladzijde 12"
TITLE = "Keukentafelgesprekken in delen"
AROUND = Words(
    addressee="Aan de gemeenteraad van Utrecht\nPostbus 0\n3500 AA Utrecht",
    salutation="Geachte leden van de raad,",
    closing="Met vriendelijke groet,\nVereniging Stille Kracht",
)
TEXT = """Een keukentafelgesprek duurt in uw gemeente twee uur. Dat is te lang. {first}
Iemand schreef ons: {quote}

## Wat het doet

{second} Wie daarna dagen plat ligt, vraagt de volgende keer niets meer aan.

## Wat wij vragen

- Bied het gesprek aan in delen van twintig minuten.
- Laat mensen kiezen: thuis, aan de telefoon of op papier.
- Vraag een week later hoe het ging.

Wij komen graag langs om te vertellen hoe dat kan."""


def write_letters(
    organisation: Organisation,
    stories: list[Report],
    *,
    by: Account,
    second: Account,
    at: datetime,
) -> None:
    """Send a letter that quotes two stories, and begin an evidence sheet.

    Args:
        organisation: of the example.
        stories: one for each claim; of both may be quoted, and both are in one issue.
        by: who writes.
        second: who sends.
        at: now.
    """
    issue = Issue.objects.of_report(stories[0]).get()
    _check(stories, by=by, at=at)
    claims = []
    for n, (story, (sentence, words)) in enumerate(zip(stories, CLAIMS, strict=True)):
        made = Claim(issue=issue, sentence=sentence, strength="experience")
        # A day each: those of one day stand in any order.
        claim = keep_claim(made, by=by, at=at - timedelta(days=len(CLAIMS) - n))
        cite_report(claim, story, words, by=by, at=at)
        claims.append(claim)
    cite_source(claims[0], SOURCE, "", by=by, at=at)
    _letter(organisation, issue, claims, by=by, second=second, at=at)
    writing.begin_sheet(issue, by=by, at=at)


def _check(stories: list[Report], *, by: Account, at: datetime) -> None:
    """Let somebody agree with the words of these, and of no others."""
    chosen = [story.pk for story in stories]
    others = Report.objects.exclude(pk__in=chosen).values_list("pk", flat=True)
    look_through(lambda _: [], but=list(others))
    for review in Review.objects.select_related("report__key").filter(
        report__in=chosen
    ):
        keep_review(review, [], by=by, at=at, approve=True)


def _letter(
    organisation: Organisation,
    issue: Issue,
    claims: list[Claim],
    *,
    by: Account,
    second: Account,
    at: datetime,
) -> None:
    made = writing.begin_publication(
        organisation, Kind.LETTER, TITLE, [issue], by=by, at=at, words=AROUND
    )
    quote = claims[0].citations.exclude(report=None).get()
    points = (
        writing.PutIn(claims[0]),
        writing.PutIn(claims[0], quote),
        writing.PutIn(claims[1]),
    )
    fresh = []
    for n, put in enumerate(points):
        kept = writing.keep_text(made.pk, "", seen=n, put=put, by=by, at=at)
        fresh.append(kept.open_words().text)
    text = TEXT.format(first=fresh[0], quote=fresh[1], second=fresh[2])
    writing.keep_text(made.pk, text, seen=len(points), by=by, at=at)
    row = sending.ask(made.pk, by=by, at=at)
    seen = sending.fingerprint(draft_of(row, on=timezone.localdate(at)), organisation)
    sending.send(made.pk, seen=seen, by=second, at=at)
