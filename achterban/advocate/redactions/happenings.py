"""What became public, for the timeline of the dossier it belongs to."""

from __future__ import annotations

from django.utils.translation import gettext

from achterban.advocate.dossiers.queries.timeline import (
    Happening,
    Source,
    add_happenings,
)
from achterban.advocate.redactions.models import Redaction


def register() -> None:
    """Let the timeline show what became public."""
    add_happenings("redactions.redaction", RELEASED)


def _released(row: Redaction) -> Happening:
    by = str(row.released_by) if row.released_by else ""
    said = gettext("Public version of letters")
    return Happening(said, row.title, "redactions:redaction", row.pk, by)


RELEASED = Source(
    lambda: Redaction.objects.filter(released_on__isnull=False).select_related(
        "released_by"
    ),
    dossier="dossier",
    at="released_at",
    say=_released,
)
