"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Wiring of portal.home."""

    name = "achterban.portal.home"
    label = "home"

    def ready(self) -> None:
        """Add the ways."""
        from achterban.core.web.navigation import Place, add

        add(Place(82, "organisation", _("Our organisation"), "organisations.change"))
        add(Place(95, "handbook", _("Help")))
