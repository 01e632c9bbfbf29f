"""The room as Django knows it."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Wiring of core.places."""

    name = "achterban.core.places"
    label = "places"
