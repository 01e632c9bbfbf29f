"""The room as Django knows it."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Hears when words are erased."""

    name = "achterban.core.consent"
    label = "consent"

    def ready(self) -> None:
        """Register who removes consents."""
        import achterban.core.consent.actions  # noqa: F401
