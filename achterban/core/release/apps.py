"""The room as Django knows it."""

from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    """Wiring of core.release."""

    name = "achterban.core.release"
    label = "release"
