"""Real input: the recommendations of a focus group as claims that open their words.

The text is read from beside the repository; none of it is copied here.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from achterban.advocate.issues import actions
from achterban.advocate.issues.models import Claim, Document, Issue
from achterban.advocate.issues.queries import proofs_of
from achterban.core import clock
from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.tests.factories import OrganisationFactory

SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[5] / "shared"))
SOURCE = SHARED / "sources" / "focusgroep-organisatie-van-zorg-2026.txt"
NUMBERED = re.compile(r"^(\d+)\. (\S.*)$", re.MULTILINE)
N_RECOMMENDATIONS = 17

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


def in_one_sentence(recommendation: str) -> str:
    """Return what fits in a claim: the first sentence, or as many whole words."""
    sentence = recommendation.partition(". ")[0].rstrip(".")
    if len(sentence) < 200:
        return f"{sentence}."
    return f"{sentence[:195].rpartition(' ')[0]} …"


@pytest.mark.wide
def test_seventeen_recommendations_become_claims_that_open_their_passage() -> None:
    if not SOURCE.exists():
        pytest.skip("the source is not here")
    content = SOURCE.read_bytes()
    found = NUMBERED.findall(content.decode().partition("\nA. ")[2])
    ours = OrganisationFactory.create()
    by = member(ours, Role.VOLUNTEER)
    client = login(Client(), by)
    file = SimpleUploadedFile(SOURCE.name, content, "text/plain")
    client.post(
        page(ours, "issues:document-list"), {"title": "Focusgroep", "file": file}
    )
    document = Document.objects.get()
    issue = actions.keep_issue(
        Issue(organisation=ours, title="Organisatie van de zorg"),
        by=by,
        at=clock.now(),
    )

    for _number, recommendation in found:
        sentence = in_one_sentence(recommendation)
        client.post(
            page(ours, "issues:new-claim", issue.pk),
            {"sentence": sentence, "strength": "experience"},
        )
        claim = Claim.objects.get(sentence=" ".join(sentence.split()))
        client.post(
            page(ours, "issues:cite-document", claim.pk),
            {"document": document.pk, "words": recommendation},
        )

    assert [int(number) for number, _words in found] == list(
        range(1, N_RECOMMENDATIONS + 1)
    )
    claims = list(issue.claims.all())
    assert len(claims) == N_RECOMMENDATIONS
    proofs = proofs_of(claims, on=clock.today())
    assert all(len(rows) == 1 and rows[0].holds for rows in proofs.values())
    words = {rows[0].quoted.words for rows in proofs.values()}
    assert words == {recommendation.rstrip() for _number, recommendation in found}
    for rows in proofs.values():
        opened = client.get(page(ours, "issues:cited-page", rows[0].citation.pk))
        assert "<mark>" in opened.content.decode()
