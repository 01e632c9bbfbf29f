"""The room as Django knows it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Wiring of core.vault."""

    name = "achterban.core.vault"
    label = "vault"
