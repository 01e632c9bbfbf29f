"""Replace the master key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from achterban.core.vault.actions import rotate_master_key


class Command(BaseCommand):
    """Wrap every data key again; nothing is encrypted anew."""

    help = (
        "Vervang de hoofdsleutel. De website kan blijven draaien. Een dag later "
        "verdwijnt de oude sleutel, en zijn oudere reservekopieën niet meer te lezen: "
        "maak na afloop een nieuwe kopie."
    )
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        """Show progress on a terminal, one line otherwise."""
        done = 0
        for done, total in rotate_master_key():
            if self.stdout.isatty():
                self.stdout.write(f"\r{done} van {total}", ending="")
        self.stdout.write(f"\nomgepakt: {done}" if done else "omgepakt: 0")
