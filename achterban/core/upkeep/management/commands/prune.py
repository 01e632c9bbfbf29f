"""Erase what was kept too long."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from achterban.core import clock
from achterban.core.upkeep.round import daily_round


class Command(BaseCommand):
    """The daily round, now."""

    help = "Wis wat te lang is bewaard. Gebeurt elke dag vanzelf; veilig te herhalen."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        """Go the round."""
        daily_round(clock.today())
        self.stdout.write("klaar")
