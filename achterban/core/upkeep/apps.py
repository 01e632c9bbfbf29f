"""The room as Django knows it."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Wiring of core.upkeep."""

    name = "achterban.core.upkeep"
    label = "upkeep"
