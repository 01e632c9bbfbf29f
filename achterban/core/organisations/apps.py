"""The room as Django knows it."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Sends the letters that wait in the outbox."""

    name = "achterban.core.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Register who sends letters."""
        import achterban.core.organisations.mail  # noqa: F401
