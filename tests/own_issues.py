"""What stands with the issue of a world: a document that is cited, and a persona."""

from __future__ import annotations

from achterban.advocate.issues.models import (
    Citation,
    Claim,
    Document,
    DocumentPage,
    Persona,
)
from achterban.core import clock
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey
from achterban.core.vault.passages import passage_at


def make_proofs(claim: Claim) -> None:
    """Let a page of a document prove a claim, and somebody invented stand by it."""
    ours = claim.issue.organisation
    key = DataKey.fresh()
    key.save(force_insert=True)
    paper = Document.objects.create(
        id=key.pk,
        key=key,
        organisation=ours,
        title="Wachten en wachten",
        checksum="0" * 64,
        has_pages=True,
        n_pages=1,
        added_on=clock.today(),
    )
    page = DocumentPage(document=paper, n=1)
    page.seal("Hulp kwam pas later.")
    page.save()
    passage = passage_at((0, 9), page.open(), owner=ours.pk)
    Citation.objects.create(
        claim=claim,
        document=paper,
        page=1,
        start=passage.start,
        end=passage.end,
        digest=passage.digest,
        source="Wachten en wachten",
        cited_on=clock.today(),
    )
    Persona.objects.create(
        issue=claim.issue,
        name="Noor",
        age_band="middle",
        story="Noor wacht.",
        written_on=clock.today(),
    )


def own_issues(organisation: Organisation) -> dict[str, int]:
    """Return what the addresses about it are about."""
    paper = Document.objects.get(organisation=organisation)
    invented = Persona.objects.get(issue__organisation=organisation)
    return {
        "issues:persona": invented.pk,
        "issues:change-persona": invented.pk,
        "issues:document": paper.pk,
        "issues:cited-page": Citation.objects.get(document=paper).pk,
    }
