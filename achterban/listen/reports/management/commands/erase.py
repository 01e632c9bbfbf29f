"""Erase a report on request."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.core import clock
from achterban.core.search.actions import wipe
from achterban.core.vault.actions import wipe_free_space
from achterban.listen.reports.actions.handling import erase_report
from achterban.listen.reports.queries import NO_SUCH_REPORT, report_named


class Command(BaseCommand):
    """For who asks by letter or telephone; with a code people do it themselves."""

    help = (
        "Wis een signaal op verzoek van wie het vertelde: alle woorden, de antwoorden "
        "en wie het was. Dit is niet terug te draaien."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which report."""
        parser.add_argument(
            "what", help="de ontvangstcode, of het nummer van het signaal"
        )

    def handle(self, *, what: str, **options: Any) -> None:
        """Find it, erase it, overwrite what the files still hold."""
        report = report_named(what)
        if report is None:
            raise CommandError(NO_SUCH_REPORT)
        erase_report(report.pk, by=0, at=clock.now())
        wipe_free_space()
        wipe()
        self.stdout.write("gewist")
