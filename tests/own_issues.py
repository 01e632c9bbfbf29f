"""What proves the claim of a world: a page of what somebody else wrote."""

from __future__ import annotations

from achterban.advocate.issues.models import Citation, Claim, Document, DocumentPage
from achterban.core import clock
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey
from achterban.core.vault.passages import passage_at


def make_document(claim: Claim) -> None:
    """Let a page of a document prove a claim."""
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
    page.seal("Hulp kwam een jaar te laat.")
    page.save()
    passage = passage_at((0, 4), page.open(), owner=ours.pk)
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


def own_documents(organisation: Organisation) -> dict[str, int]:
    """Return what the addresses about it are about."""
    paper = Document.objects.get(organisation=organisation)
    return {
        "issues:document": paper.pk,
        "issues:cited-page": Citation.objects.get(document=paper).pk,
    }
