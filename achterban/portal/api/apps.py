"""The room as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Wiring of portal.api."""

    name = "achterban.portal.api"
    label = "api"
