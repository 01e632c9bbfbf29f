"""Erase a report on request."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.core import clock
from achterban.core.organisations.models import Organisation
from achterban.core.vault.actions import wipe_free_space
from achterban.listen.reports.actions.handling import erase_report
from achterban.listen.reports.models import Report, receipt_hash
from achterban.rules.receipts import NotACode, read_code


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
        report = _by_number(what) or _by_code(what)
        if report is None:
            raise CommandError("Dit signaal is er niet. Kijk de code of het nummer na.")
        erase_report(report.pk, by=0, at=clock.now())
        wipe_free_space()
        self.stdout.write("gewist")


def _by_number(what: str) -> Report | None:
    return Report.objects.filter(pk=int(what)).first() if what.isdecimal() else None


def _by_code(what: str) -> Report | None:
    try:
        code = read_code(what)
    except NotACode:
        return None
    hashes = [receipt_hash(code, one) for one in Organisation.objects.all()]
    return Report.objects.filter(receipt_hash__in=hashes).first()
