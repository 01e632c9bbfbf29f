"""The room as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Hears of anonymous acts."""

    name = "achterban.core.audit"
    label = "audit"

    def ready(self) -> None:
        """Register who brings anonymous acts into the log."""
        from achterban.core.audit.actions import receive_anonymous_act
        from achterban.core.outbox.receivers import receiver

        receiver("audit.anonymous")(receive_anonymous_act)
