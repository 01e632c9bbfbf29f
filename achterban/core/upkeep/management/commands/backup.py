"""Make a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.core import clock
from achterban.core.upkeep import watch
from achterban.core.upkeep.backup import (
    NotRestored,
    advice,
    check_backup,
    write_backup,
)


class Command(BaseCommand):
    """One encrypted file, while the website goes on."""

    help = (
        "Maak een versleutelde reservekopie in één bestand. De website kan blijven "
        "draaien. De sleutels zitten er niet in: bewaar die apart, op een andere plek."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="waar de kopie komt")
        parser.add_argument(
            "--verify", action="store_true", help="controleer een kopie die er al is"
        )

    def handle(self, *, file: Path, verify: bool, **options: Any) -> None:
        """Write, then read back whole: a copy that cannot be read is none."""
        n, began = 0, clock.now()
        try:
            if not verify:
                for n in write_backup(file, at=began):
                    if self.stdout.isatty():
                        self.stdout.write(f"\r{n} rijen", ending="")
            n = check_backup(file)
        except NotRestored as error:
            watch.note_bad(file, at=clock.now())
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(advice(file, error)) from error
        if not verify:
            watch.note_backup(file, at=began)
        self.stdout.write(f"kopie in orde: {n} rijen in {file}")
