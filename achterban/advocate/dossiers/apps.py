"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    """Knows what we work at, and what happened."""

    name = "achterban.advocate.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Show where one can go, and what happens here."""
        from achterban.advocate.dossiers import letters  # noqa: F401
        from achterban.advocate.dossiers.actions import meetings  # noqa: F401
        from achterban.advocate.dossiers.actions.positions import forget_erased
        from achterban.advocate.dossiers.queries import happenings, held
        from achterban.advocate.dossiers.queries.today import due_tasks
        from achterban.core.upkeep.round import daily
        from achterban.core.web.due import add_due
        from achterban.core.web.navigation import Place, add

        add(Place(23, "dossiers:dossier-list", _("Dossiers"), "dossiers.read"))
        add(Place(65, "dossiers:own-tasks", _("My tasks"), "dossiers.read"))
        add(Place(66, "dossiers:meeting-list", _("Meetings"), "dossiers.read"))
        add(
            Place(
                67,
                "dossiers:material-list",
                _("Materials and examples"),
                "dossiers.read",
            )
        )
        add(Place(68, "dossiers:all-outcomes", _("What it brought"), "dossiers.read"))
        happenings.register()
        held.register()
        add_due("dossiers.task", "dossiers.read", due_tasks)
        daily(forget_erased)
