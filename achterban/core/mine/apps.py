"""The room as Django knows it."""

from django.apps import AppConfig


class MineConfig(AppConfig):
    """Hears when keys are destroyed."""

    name = "achterban.core.mine"
    label = "mine"

    def ready(self) -> None:
        """Register who removes rows."""
        import achterban.core.mine.actions  # noqa: F401
