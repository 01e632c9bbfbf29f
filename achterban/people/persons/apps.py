"""The room as Django knows it."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """Hears when keys are destroyed."""

    name = "achterban.people.persons"
    label = "persons"

    def ready(self) -> None:
        """Register who removes rows, and the daily round."""
        from achterban.core.upkeep.round import daily
        from achterban.people.persons.actions import forget_unconfirmed

        daily(forget_unconfirmed)
