"""What the organisation of a world was promised."""

from __future__ import annotations

from datetime import timedelta

from achterban.advocate.commitments.actions.following import add_asks, point_at
from achterban.advocate.commitments.actions.keeping import When, keep_commitment
from achterban.advocate.commitments.actions.showing import public_words
from achterban.advocate.commitments.models import Commitment, Recess, Showing
from achterban.advocate.dossiers.models import Dossier, Meeting
from achterban.advocate.issues.models import Document
from achterban.advocate.stakeholders.models import Function
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.rules.motions import Ask

OF_ONE = (
    *("commitment", "change", "step", "move", "publicity", "public", "consultation"),
    *("place", "new-decision", "new-execution"),
)
OF_ITS_DOSSIER = ("with-dossier", "new", "read", "motions")


def make_commitments(organisation: Organisation, *, by: Account) -> None:
    """Let somebody whom an organisation knows promise something that comes back."""
    at, on = clock.now(), clock.today()
    function = Function.objects.select_related("party").get(
        party__organisation=organisation
    )
    row = keep_commitment(
        Commitment(
            dossier=Dossier.objects.get(organisation=organisation),
            party=function.party,
            function=function,
            verbatim="Bel",
            said_on=on,
            source="Brief",
        ),
        When("Bel", on - timedelta(days=1), "FREQ=DAILY"),
        by=by,
        at=at,
    )
    document = Document.objects.filter(organisation=organisation).first()
    assert document is not None
    row.adherence.create(on=on, decision="Bel", followed="no")
    add_asks(row, [Ask("Bel")])
    words = document.pages.select_related("document__key").get(n=1).open()
    point_at(row, document, words)
    Recess.objects.create(organisation=organisation, season="zomer", first=on, last=on)
    Showing.objects.create(
        commitment=row,
        words=public_words(row, on=on),
        asked_on=on,
        asked_by=by,
        released_on=on,
    )


def own_commitments(organisation: Organisation) -> dict[str, int]:
    """Return what each address of the promises is about."""
    row = Commitment.objects.get(dossier__organisation=organisation)
    came = row.occurrences.untold(clock.today()).first()
    assert came is not None
    return {
        **{f"commitments:{name}": row.pk for name in OF_ONE},
        **{f"commitments:{name}": row.dossier_id for name in OF_ITS_DOSSIER},
        "commitments:occurrence": came.pk,
        "commitments:plan": came.pk,
        "commitments:decision": row.adherence.get().pk,
        "commitments:execution": row.execution.get().pk,
        "commitments:recess": Recess.objects.get(organisation=organisation).pk,
        "commitments:with-meeting": Meeting.objects.get(dossiers=row.dossier).pk,
    }
