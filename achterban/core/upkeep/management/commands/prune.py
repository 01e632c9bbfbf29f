"""Erase what was kept too long."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from achterban.core import clock
from achterban.core.upkeep.round import daily_round
from achterban.core.upkeep.terms import all_terms


class Command(BaseCommand):
    """The daily round, now; or what it would do."""

    help = "Wis wat te lang is bewaard. Gebeurt elke dag vanzelf; veilig te herhalen."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to look only."""
        parser.add_argument(
            "--dry-run", action="store_true", help="zeg alleen wat er zou gaan"
        )
        parser.add_argument(
            "--on", metavar="JJJJ-MM-DD", help="bij --dry-run: op welke dag"
        )
        parser.add_argument("--json", action="store_true", help="voor een programma")

    def handle(
        self, *, dry_run: bool, on: str | None, json: bool, **options: Any
    ) -> None:
        """Go the round, or look."""
        if on and not dry_run:
            raise CommandError("--on kan alleen met --dry-run: wissen gebeurt vandaag.")
        if not dry_run:
            daily_round(clock.today())
            self.stdout.write("klaar")
            return
        self._show(_day(on) if on else clock.today(), as_json=json)

    def _show(self, on: date, *, as_json: bool) -> None:
        with translation.override("nl"):
            found = [
                {"what": str(term.name), "after": str(term.after), "n": term.n_due(on)}
                for term in all_terms()
            ]
        if as_json:
            self.stdout.write(json.dumps({"on": str(on), "goes": found}))
            return
        self.stdout.write(f"Op {on} zou gaan:")
        for row in found:
            self.stdout.write(f"{row['n']:>7}  {row['what']} ({row['after']})")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"Dit is geen dag: {text}. Schrijf hem als 2027-03-01."
        ) from None
