"""The room as Django knows it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Wiring of core.search."""

    name = "achterban.core.search"
    label = "search"
