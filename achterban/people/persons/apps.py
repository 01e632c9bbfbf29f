"""The room as Django knows it."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """Hears when keys are destroyed."""

    name = "achterban.people.persons"
    label = "persons"

    def ready(self) -> None:
        """Register who removes rows."""
        import achterban.people.persons.actions  # noqa: F401
