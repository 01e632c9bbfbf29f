"""Make the example organisation, or say who can log in to it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from achterban.core import clock
from achterban.core.upkeep.start import Refused, prepare
from achterban.portal.demo.actions import make_example
from achterban.portal.demo.personas import load_example


class Command(BaseCommand):
    """Example content, for newcomers and for tests."""

    help = (
        "Zet een voorbeeldorganisatie klaar en toon wie er kan inloggen. Alleen op "
        "deze computer te zien, en alleen met ACHTERBAN_DEMO=1."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="antwoord als JSON")

    def handle(self, **options: Any) -> None:
        """Make it once; show it each time."""
        if not settings.DEMO:
            raise CommandError("Zet ACHTERBAN_DEMO=1 om het voorbeeld te gebruiken.")
        try:
            prepare()
        except Refused as error:
            raise CommandError(str(error)) from error
        personas = make_example(at=clock.now())
        if options["json"]:
            codes = load_example()[1]
            content = {"personas": [asdict(p) for p in personas], "codes": codes}
            self.stdout.write(json.dumps(content))
            return
        for persona in personas:
            self.stdout.write(
                f"{persona.role:<14} /o/{persona.organisation}/werk/  {persona.email}  "
                f"{persona.password}  code nu: {persona.code_at(timezone.now())}"
            )
