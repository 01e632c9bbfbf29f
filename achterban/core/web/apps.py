"""The room as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Wiring of core.web."""

    name = "achterban.core.web"
    label = "web"
