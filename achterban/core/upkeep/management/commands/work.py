"""Do the background work."""

from __future__ import annotations

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from achterban.core.upkeep.round import do_all_due, keep_working


class Command(BaseCommand):
    """Mail, the log of anonymous acts, erasing what was kept too long."""

    help = (
        "Doe het achtergrondwerk: post versturen, het logboek bijwerken, wissen wat te "
        "lang is bewaard. 'serve' doet dit zelf al."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to go on."""
        parser.add_argument(
            "--once", action="store_true", help="doe alles wat nu klaarligt, en stop"
        )
        parser.add_argument("--parent", type=int, help="stop als dit proces stopt")

    def handle(self, *, once: bool, parent: int | None, **options: Any) -> None:
        """Work once, or go on."""
        if once:
            self.stdout.write(f"gedaan: {do_all_due()}")
            return
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        keep_working(parent)
