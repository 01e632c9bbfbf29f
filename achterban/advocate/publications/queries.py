"""What pages and other rooms may ask about publications."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.http import HttpRequest
from django.utils.translation import gettext as _

from achterban.advocate.issues.models import Claim
from achterban.advocate.issues.models.claims import ClaimQuerySet
from achterban.advocate.issues.queries import Proof, proofs_of
from achterban.advocate.publications.composing import (
    Note,
    Paper,
    Stamp,
    content_of,
    paper_of,
)
from achterban.advocate.publications.joint import (
    partners_of,
    quoted_reports,
    reading_to_sign,
    signed,
    text_to_sign,
    with_cosigners,
)
from achterban.advocate.publications.models import Publication, Signing, Version
from achterban.advocate.publications.rendering.plain import Plain
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.web.due import Due

MOST_LOOKED_AT = 10  # of what waits: each is read to see whether it still can


def draft_of(publication: Publication, *, on: date) -> Paper:
    """Return the text that is being written, as it reads today."""
    return with_cosigners(publication, paper_of(content_of(publication), on=on))


def reading_of(version: Version, *, on: date) -> Paper:
    """Return a version as it reads today: what was taken back since is out of it."""
    return paper_of(version.open_content(), on=on, stamp=stamp_of(version))


def stamp_of(version: Version) -> Stamp:
    """Return what a version carries that a draft does not."""
    return Stamp(version.publication.shown_number, version.n, version.sent_on)


@dataclass(frozen=True)
class Offered:
    """A claim that stands ready for the writer.

    Attributes:
        claim: of an issue that the publication is about.
        n: its number in the text, None where it has none yet.
        proofs: what proves it, each with its own number in the text, or None.
    """

    claim: Claim
    n: int | None
    proofs: list[tuple[Proof, int | None]]


def claims_for(publication: Publication) -> ClaimQuerySet:
    """Return the claims of the issues it is about, issue by issue."""
    of_issues = Claim.objects.filter(issue__in=publication.issues.all())
    return of_issues.order_by("issue__title", "written_on", "pk")


def offered_to(
    publication: Publication, claims: Collection[Claim], *, on: date
) -> list[Offered]:
    """Return claims as they stand ready for the writer, with what proves each."""
    marks = {(it.claim_id, it.citation_id): it.n for it in publication.marks.all()}
    proofs = proofs_of(claims, on=on)
    return [
        Offered(
            claim,
            marks.get((claim.pk, None)),
            [(it, marks.get((claim.pk, it.citation.pk))) for it in proofs[claim.pk]],
        )
        for claim in claims
    ]


def reports_in(notes: Iterable[Note]) -> set[int]:
    """Return the keys of the reports whose words notes show."""
    return {
        proof.report
        for note in notes
        for proof in note.proofs
        if proof.report is not None and proof.quoted.words
    }


def last_versions(publications: Iterable[Publication]) -> dict[int, Version]:
    """Return the newest version of each publication that was sent, by its key."""
    rows = Version.objects.filter(publication__in=publications).order_by("n")
    return {row.publication_id: row for row in rows}


@dataclass(frozen=True)
class Signature:
    """What one organisation said of a text as it reads now.

    Attributes:
        row: the question and the answer.
        holds: whether its name stands below the text.
        is_of_this: whether it was asked about the text as it reads.
    """

    row: Signing
    holds: bool
    is_of_this: bool


def signings_of(publication: Publication, paper: Paper) -> list[Signature]:
    """Return what each organisation that was asked said, by name."""
    standing = publication.signings.standing()
    rows = list(standing.select_related("partner__organisation"))
    if not rows:
        return []
    reading = reading_to_sign(paper, publication.organisation)
    holding = {row.pk for row in signed(publication, paper)}
    return [Signature(row, row.pk in holding, _is_of(row, reading)) for row in rows]


def _is_of(row: Signing, reading: str) -> bool:
    return row.reading == reading and row.partner.is_standing


@dataclass(frozen=True)
class ToSign:
    """A text as another organisation sees it: never what proves it.

    Attributes:
        text: plain values; None where it reads otherwise than what was asked, or was
            sent without this organisation.
        seen: fingerprint of the text, to answer with.
        is_open: whether it can be answered.
        reports: keys of the reports whose words stand in the text itself.
    """

    text: Plain | None
    seen: str = ""
    is_open: bool = False
    reports: frozenset[int] = frozenset()


def to_sign(row: Signing, *, on: date) -> ToSign:
    """Return what an organisation that was asked may read today.

    Args:
        row: one that it may see, with its publication or version.
        on: today.
    """
    if row.version is not None:
        return _as_sent(row.version, on=on)
    publication = row.publication
    content = content_of(publication)
    paper = with_cosigners(publication, paper_of(content, on=on))
    reading = reading_to_sign(paper, publication.organisation)
    there = {partner.pk for partner in partners_of(publication)}
    if row.lapsed_on or reading != row.reading or row.partner_id not in there:
        return ToSign(None)
    text = text_to_sign(paper, publication.organisation)
    reports = frozenset(quoted_reports(content, paper))
    return ToSign(text, reading, publication.is_open, reports)


def is_waiting(row: Signing, *, on: date) -> bool:
    """Return whether somebody can still answer: it reads as it was asked.

    Args:
        row: one that its organisation may see, with its publication.
        on: today.
    """
    is_asked = row.is_signed is None and row.lapsed_on is None
    return is_asked and row.version_id is None and to_sign(row, on=on).is_open


def _as_sent(version: Version, *, on: date) -> ToSign:
    content, paper = version.open_content(), reading_of(version, on=on)
    text = text_to_sign(paper, version.publication.organisation)
    return ToSign(text, reports=frozenset(quoted_reports(content, paper)))


def due_signings(request: HttpRequest, on: date, n: int) -> Iterator[Due]:
    """Yield texts that wait for the name of an organisation, for *Today*."""
    account: Account = request.user  # type: ignore[assignment]
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]
    rows = Signing.objects.visible_to(account, organisation).standing()
    waiting = rows.filter(is_signed=None).select_related(
        "publication__key", "publication__organisation"
    )
    looked = waiting.order_by("until", "pk")[:MOST_LOOKED_AT]
    for row in islice((row for row in looked if is_waiting(row, on=on)), n):
        title = _("To sign: %(title)s") % {"title": row.title}
        where = str(row.publication.organisation)
        yield Due(title, row.until, "publications:sign", row.pk, where)
