"""What was sent, for the timeline of the dossier it belongs to."""

from __future__ import annotations

from django.utils.translation import gettext

from achterban.advocate.dossiers.queries.timeline import (
    Happening,
    Source,
    add_happenings,
)
from achterban.advocate.publications.models import Version


def register() -> None:
    """Let the timeline show what was sent."""
    add_happenings("publications.version", SENT)


def _sent(row: Version) -> Happening:
    kind = row.publication.get_kind_display()
    said = gettext("Sent: %(kind)s, version %(n)d") % {"kind": kind, "n": row.n}
    by = str(row.sent_by) if row.sent_by else ""
    return Happening(said, row.title, "publications:version", row.pk, by)


SENT = Source(
    lambda: Version.objects.select_related("publication", "sent_by"),
    dossier="publication__dossier",
    at="sent_at",
    say=_sent,
)
