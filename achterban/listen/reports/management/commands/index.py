"""Make the index of search."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from achterban.core.search.models import Indexed
from achterban.listen.reports.actions.finding import KIND, index_reports


class Command(BaseCommand):
    """From the checked words; the website goes on meanwhile."""

    help = (
        "Maak de zoeklijst van nagekeken signalen in orde. Gebeurt elke dag vanzelf; "
        "veilig te herhalen, en na een onderbreking gaat het verder."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to begin anew."""
        parser.add_argument(
            "--new", action="store_true", help="gooi de lijst weg en maak hem opnieuw"
        )

    def handle(self, *, new: bool, **options: Any) -> None:
        """Show progress on a terminal, one line otherwise."""
        if new:
            # No number of its own for a later run: all is of an older program now.
            Indexed.objects.filter(kind=KIND).update(version=0)
        done = 0
        for done, total in index_reports():
            if self.stdout.isatty():
                self.stdout.write(f"\r{done} van {total}", ending="")
        self.stdout.write(f"\nin de zoeklijst gezet: {done}" if done else "klaar")
