"""What happens with promises, for the timeline of their dossier."""

from __future__ import annotations

from django.utils.translation import gettext

from achterban.advocate.commitments.models import State, Step
from achterban.advocate.dossiers.queries.timeline import (
    Happening,
    Source,
    add_happenings,
)


def register() -> None:
    """Let the timeline show what became of promises."""
    add_happenings("commitments.step", STEPS)


def _stepped(row: Step) -> Happening:
    said = gettext("Promise: %(state)s") % {"state": State(row.state).label}
    by = str(row.by) if row.by else ""
    return Happening(
        said,
        row.commitment.verbatim,
        "commitments:commitment",
        row.commitment_id,
        by=by,
    )


STEPS = Source(
    lambda: Step.objects.select_related("commitment", "by"),
    dossier="commitment__dossier",
    at="at",
    say=_stepped,
)
