"""The room as Django knows it."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Hears when keys are destroyed."""

    name = "achterban.core.files"
    label = "files"

    def ready(self) -> None:
        """Register who removes files."""
        import achterban.core.files.actions  # noqa: F401
