"""What an organisation of a world writes, and what it sent."""

from __future__ import annotations

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.issues.models import Claim, Issue
from achterban.advocate.publications.actions.sending import freeze
from achterban.advocate.publications.actions.writing import begin_publication
from achterban.advocate.publications.composing import Stamp, content_of, paper_of
from achterban.advocate.publications.models import (
    Form,
    Kind,
    Mark,
    Publication,
    Version,
    Words,
)
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation

OPEN = ("publication", "write", "keep", "facts", "drop", "ask", "draft", "send")
SENT = ("version", "file", "trace")


def make_publications(
    organisation: Organisation, *, by: Account, second: Account
) -> None:
    """Let an organisation write one letter and have sent another."""
    at, on = clock.now(), clock.today()
    issue = Issue.objects.get(organisation=organisation)
    words = Words(text="Hulp komt te laat. [1]")
    for title in ("Hulp die te laat komt", "Hulp die nooit kwam"):
        row = begin_publication(
            organisation, Kind.LETTER, title, [issue], by=by, at=at, words=words
        )
        claim = Claim.objects.get(issue=issue)
        Mark.objects.create(publication=row, n=1, claim=claim)
    row.year, row.number, row.asked_by, row.asked_on = on.year, 1, by, on
    # No files are laid out: that takes a second, and their content is tested elsewhere.
    files = dict.fromkeys(Form, b"%PDF-")
    content = content_of(row)
    paper = paper_of(content, on=on, stamp=Stamp(row.shown_number, 1, on))
    freeze(row, paper, content, files, by=second, at=at)


def own_publications(organisation: Organisation) -> dict[str, int]:
    """Return what each address of the publications is about."""
    ours = Publication.objects.filter(organisation=organisation)
    being_written = ours.get(is_open=True).pk
    sent = Version.objects.get(publication__organisation=organisation)
    issue = Issue.objects.get(organisation=organisation)
    claim = Claim.objects.get(issue=issue)
    return {
        **{f"publications:{name}": being_written for name in OPEN},
        **{f"publications:{name}": sent.pk for name in SENT},
        "publications:correct": sent.publication_id,
        "publications:with-dossier": Dossier.objects.get(organisation=organisation).pk,
        "publications:with-issue": issue.pk,
        "publications:with-claim": claim.pk,
        "publications:sheet": issue.pk,
    }
