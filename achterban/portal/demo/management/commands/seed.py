"""Plant reports with words that occur nowhere else."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.core import clock
from achterban.core.organisations.models import Organisation
from achterban.portal.demo.actions import plant_canaries


class Command(BaseCommand):
    """For tests: what leaks, is recognised."""

    help = (
        "Plant N proefsignalen met elk een uniek woord. Toont als JSON per signaal de "
        "ontvangstcode, de organisatie en het woord."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many."""
        parser.add_argument("n", type=int, help="hoeveel")

    def handle(self, *, n: int, **options: Any) -> None:
        """Plant, with progress on the terminal, and print what was planted."""
        if not settings.DEMO:
            raise CommandError(
                "Proefgegevens horen in een voorbeeld: ACHTERBAN_DEMO=1."
            )
        if not Organisation.objects.exists():
            raise CommandError(
                "Er is nog geen organisatie. Draai eerst: achterban demo"
            )
        planted = {}
        for chunk in plant_canaries(n, at=clock.now()):
            for one in chunk:
                planted[str(one.report)] = [one.owner, one.organisation, one.word]
            if self.stderr.isatty():
                self.stderr.write(f"\r{len(planted)} van {n}", ending="")
        self.stdout.write(json.dumps(planted))
