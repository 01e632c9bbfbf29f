"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Hears of new and removed second factors."""

    name = "achterban.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to allauth, write letters, and add the ways."""
        import achterban.core.accounts.letters  # noqa: F401
        from achterban.core.accounts.receivers import connect
        from achterban.core.web.navigation import Place, add

        connect()
        add(Place(84, "team", _("Team"), "accounts.manage"))
        add(Place(90, "mfa_index", _("My account")))
