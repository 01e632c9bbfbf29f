"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    """Knows what many reports have in common."""

    name = "achterban.advocate.issues"
    label = "issues"

    def ready(self) -> None:
        """Show where one can go, and clear what was withdrawn every day."""
        from achterban.advocate.issues.actions import forget_withdrawn
        from achterban.advocate.issues.queries import n_bytes_kept
        from achterban.core.files.room import add_taken
        from achterban.core.upkeep.round import daily
        from achterban.core.web.navigation import Place, add, add_beside

        add(Place(24, "issues:issue-list", _("Issues"), "issues.read"))
        add(
            Place(
                72,
                "issues:standing-out",
                _("Where does something stand out?"),
                "reports.read_all",
            )
        )
        add(Place(53, "issues:document-list", _("Documents"), "issues.read"))
        add_beside(
            "report",
            Place(10, "issues:alike", _("What else is about this?"), "issues.write"),
        )
        daily(forget_withdrawn)
        add_taken("issues.document", n_bytes_kept)
