"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    """Knows what we say outside, and what proves it."""

    name = "achterban.advocate.publications"
    label = "publications"

    def ready(self) -> None:
        """Show where one can go."""
        from achterban.core.web.navigation import Place, add

        add(Place(26, "publications:list", _("Publications"), "publications.read"))
