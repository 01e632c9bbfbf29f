"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    """Knows what was promised to us, and what became of it."""

    name = "achterban.advocate.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Show where one can go, and write down what rhythms ask for."""
        from achterban.advocate.commitments.actions import talking  # noqa: F401
        from achterban.advocate.commitments.actions.expecting import expect_all
        from achterban.advocate.commitments.queries import happenings
        from achterban.advocate.commitments.queries.calendar import diary_days
        from achterban.advocate.commitments.queries.public import due_showings
        from achterban.advocate.commitments.queries.today import due_promises
        from achterban.advocate.dossiers.queries.diary import add_days
        from achterban.core.upkeep.round import daily
        from achterban.core.web.due import add_due
        from achterban.core.web.navigation import Place, add, add_beside

        add(Place(24, "commitments:list", _("Promises"), "dossiers.read"))
        add_beside(
            "dossier",
            Place(5, "commitments:with-dossier", _("Promises"), "dossiers.read"),
        )
        add_beside(
            "meeting",
            Place(
                5, "commitments:with-meeting", _("What was promised"), "dossiers.read"
            ),
        )
        add_due("commitments.late", "dossiers.read", due_promises)
        add_due("commitments.showing", "publications.send", due_showings)
        add_days("commitments", diary_days)
        happenings.register()
        daily(expect_all)
