"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RedactionsConfig(AppConfig):
    """Knows which correspondence is public, and what went out of it."""

    name = "achterban.advocate.redactions"
    label = "redactions"

    def ready(self) -> None:
        """Show where one can go, and let names be looked for."""
        from achterban.advocate.redactions import happenings
        from achterban.advocate.redactions.actions.deciding import look_through
        from achterban.advocate.redactions.models import Redaction
        from achterban.advocate.redactions.queries import due_releases, n_bytes_kept
        from achterban.core.files.room import add_taken
        from achterban.core.web.due import add_due
        from achterban.core.web.navigation import Place, add, add_beside
        from achterban.listen.reports.actions.reviewing import also_look_through

        add(Place(69, "redactions:list", _("Public versions"), "publications.read"))
        add_beside(
            "dossier",
            Place(
                12, "redactions:with-dossier", _("Public versions"), "publications.read"
            ),
        )
        add_due("redactions.release", "publications.send", due_releases)
        add_taken("redactions.redaction", n_bytes_kept)
        happenings.register()
        also_look_through(
            "redactions.redaction",
            lambda: Redaction.objects.to_look_through().exists(),
            look_through,
        )
