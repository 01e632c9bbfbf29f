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
        from achterban.advocate.stakeholders.actions.counting import count_large
        from achterban.advocate.stakeholders.actions.keeping import (
            erase_unused,
            name_unused,
        )
        from achterban.advocate.stakeholders.models import Contact
        from achterban.advocate.stakeholders.queries.leaving import due_leaving
        from achterban.core.upkeep.round import daily
        from achterban.core.upkeep.terms import Term, goes
        from achterban.core.web.due import add_due
        from achterban.core.web.navigation import Place, add

        add(Place(68, "stakeholders:contact-list", _("Contacts"), "stakeholders.read"))
        add(Place(69, "stakeholders:party-list", _("Parties"), "stakeholders.read"))
        for order, name, label in (
            (70, "network", _("Who knows whom")),
            (71, "missing", _("Whom do we miss?")),
        ):
            add(Place(order, f"stakeholders:{name}", label, "stakeholders.read"))
        daily(count_large)
        daily(name_unused)
        goes(
            Term(
                _("contacts that nobody used or confirmed"),
                _("five years, and thirty days after coordinators could read it"),
                lambda on: Contact.objects.named_long_ago(on).count(),
                erase_unused,
            )
        )
        add_due("stakeholders.contact", "stakeholders.erase", due_leaving)
        add(
            Place(
                83,  # below what the administrator starts on
                "stakeholders:import-list",
                _("Read in public bodies"),
                "stakeholders.import",
            )
        )
