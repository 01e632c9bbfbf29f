"""The room as Django knows it."""

from django.apps import AppConfig


class HelplineConfig(AppConfig):
    """Counts terms of law for everybody, and keeps nothing of it."""

    name = "achterban.support.helpline"
    label = "helpline"
