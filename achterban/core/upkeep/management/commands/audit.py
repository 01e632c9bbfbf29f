"""See whether the audit log is whole."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.core.audit.actions import read_anchor, verify
from achterban.core.audit.models import AuditEvent


class Command(BaseCommand):
    """Read the whole chain and compare it with the anchor."""

    help = "Controleer of niemand aan het logboek heeft gezeten."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("act", choices=["verify"], help="verify: controleer")
        parser.add_argument("--json", action="store_true", help="antwoord als JSON")

    def handle(self, **options: Any) -> None:
        """Say what is wrong, or that all is well."""
        wrong = list(verify())
        n = AuditEvent.objects.count()
        notes = read_anchor().get("notes", [])
        if options["json"]:
            self.stdout.write(json.dumps({"events": n, "wrong": wrong, "notes": notes}))
        else:
            for line in [*notes, *wrong]:
                self.stdout.write(line)
        if wrong:
            raise CommandError(f"Het logboek klopt niet: {len(wrong)} bevindingen.")
        if not options["json"]:
            self.stdout.write(f"Het logboek is heel: {n} regels.")
