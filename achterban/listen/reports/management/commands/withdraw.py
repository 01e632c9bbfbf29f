"""Take back a consent on request."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.core import clock
from achterban.core.consent.models import Purpose
from achterban.listen.reports.actions.returning import take_yes_back, withdraw_report
from achterban.listen.reports.models import Report
from achterban.listen.reports.queries import NO_SUCH_REPORT, report_named


class Command(BaseCommand):
    """For who asks by letter or telephone; with a code people do it themselves."""

    help = (
        "Trek een toestemming in op verzoek van wie het vertelde. Zonder ‘count’ mag "
        "niets meer: dan is het hele signaal weg. Dit is niet terug te draaien."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which report, and for what the consent was."""
        parser.add_argument(
            "what", help="de ontvangstcode, of het nummer van het signaal"
        )
        parser.add_argument("purpose", choices=Purpose.values, help="waarvoor")

    def handle(self, *, what: str, purpose: str, **options: Any) -> None:
        """Find it and take it back."""
        report = report_named(what)
        if report is None or report.key is None:
            raise CommandError(NO_SUCH_REPORT)
        on = clock.today()
        if purpose == Purpose.COUNT:
            withdraw_report(report, on=on)
            self.stdout.write("alles ingetrokken")
            return
        if not _take_back(report, purpose):
            raise CommandError("Hiervoor is geen toestemming gegeven.")
        self.stdout.write("ingetrokken")


def _take_back(report: Report, purpose: str) -> bool:
    assert report.key is not None
    on = clock.today()
    given = report.key.consents.in_force(on=on).filter(text__purpose=purpose)
    found = [*given.values_list("pk", flat=True)]
    for consent_id in found:
        take_yes_back(report, consent_id, on=on)
    return bool(found)
