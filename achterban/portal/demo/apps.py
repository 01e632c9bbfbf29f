"""The room as Django knows it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Wiring of portal.demo."""

    name = "achterban.portal.demo"
    label = "demo"
