"""What pages and other rooms may ask about publications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from achterban.advocate.issues.models import Claim
from achterban.advocate.issues.queries import Proof, proofs_of
from achterban.advocate.publications.composing import (
    Note,
    Paper,
    Stamp,
    content_of,
    paper_of,
)
from achterban.advocate.publications.models import Publication, Version


def draft_of(publication: Publication, *, on: date) -> Paper:
    """Return the text that is being written, as it reads today."""
    return paper_of(content_of(publication), on=on)


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


def offered_to(publication: Publication, *, on: date) -> list[Offered]:
    """Return the claims of the issues it is about, with what proves each."""
    claims = list(
        Claim.objects.filter(issue__in=publication.issues.all()).order_by(
            "issue__title", "written_on", "pk"
        )
    )
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
