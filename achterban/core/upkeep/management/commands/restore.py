"""Put a backup back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.core import clock
from achterban.core.audit.actions import anchor_head
from achterban.core.upkeep.backup import NotRestored, advice, put_back
from achterban.core.upkeep.start import Refused, prepare, tell_restored


class Command(BaseCommand):
    """Into an empty folder or database, then every erasure once more."""

    help = (
        "Zet een reservekopie terug in een lege map (--data MAP) of lege database. Wat "
        "na de kopie is gewist of ingetrokken, wordt opnieuw gewist voordat de website "
        "iets laat zien. De sleutels wijst u aan met --keys."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="de kopie")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Fill, replay erasures, note it in the anchor of the log."""
        n = 0
        try:
            for n in put_back(file):
                if self.stdout.isatty():
                    self.stdout.write(f"\r{n} rijen", ending="")
            prepare()
            tell_restored()
            anchor_head(note=f"teruggezet uit een kopie op {clock.now():%Y-%m-%d}")
        except (NotRestored, Refused) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(advice(file, error)) from error
        self.stdout.write(f"teruggezet: {n} rijen")
