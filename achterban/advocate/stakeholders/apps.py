"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    """Knows who decides, and with whom we speak."""

    name = "achterban.advocate.stakeholders"
    label = "stakeholders"

    def ready(self) -> None:
        """Show where one can go, and hear when keys are destroyed."""
        from achterban.advocate.stakeholders.actions import contacts  # noqa: F401
        from achterban.core.web.navigation import Place, add

        add(Place(26, "stakeholders:contact-list", _("Contacts"), "stakeholders.read"))
        add(Place(55, "stakeholders:party-list", _("Parties"), "stakeholders.read"))
        add(
            Place(
                72,
                "stakeholders:import-list",
                _("Read in public bodies"),
                "stakeholders.import",
            )
        )
