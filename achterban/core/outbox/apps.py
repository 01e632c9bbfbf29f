"""The room as Django knows it."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Wiring of core.outbox."""

    name = "achterban.core.outbox"
    label = "outbox"
