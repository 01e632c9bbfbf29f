"""Say who was affected when an account was misused: for the notice within 72 hours."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.listen.reports.breach import Affected, affected_by


class Command(BaseCommand):
    """Reads the log alone; opens no words."""

    help = (
        "Zeg wat een account zag sinds een moment, en hoeveel mensen dat raakt: voor "
        "de melding bij de Autoriteit Persoonsgegevens, binnen 72 uur."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose account, and since when."""
        parser.add_argument("--user", required=True, help="mailadres van het account")
        parser.add_argument(
            "--since",
            required=True,
            metavar="MOMENT",
            help="2027-03-01 of 2027-03-01T14:30",
        )
        parser.add_argument("--until", metavar="MOMENT", help="tot (nu)")
        parser.add_argument("--json", action="store_true", help="voor een programma")

    def handle(
        self, *, user: str, since: str, until: str | None, json: bool, **options: Any
    ) -> None:
        """Count, and list the reports."""
        account = Account.objects.filter(email=user.strip().lower()).first()
        if account is None:
            raise CommandError(f"Er is geen account met dit mailadres: {user}")
        start = _moment(since)
        found = affected_by(
            account, since=start, until=_moment(until) if until else clock.now()
        )
        if json:
            self.stdout.write(_as_json(found))
            return
        for line in _lines(found):
            self.stdout.write(line)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"Dit is geen moment: {text}. Schrijf 2027-03-01 of 2027-03-01T14:30."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _as_json(found: Affected) -> str:
    told = {
        name: sorted(value) if isinstance(value, set) else value
        for name, value in vars(found).items()
    }
    return json.dumps(told, default=str)


def _lines(found: Affected) -> list[str]:
    return [
        f"Signalen gelezen, ook een regel in een lijst: {len(found.reports)}",
        f"Daarvan nu gewist: {len(found.reports_gone)}",
        f"Bestanden geopend: {len(found.files)}",
        f"Naam of nummer opgevraagd van: {len(found.persons)} mensen",
        f"Ingelezen bestanden bekeken: {len(found.imports)}",
        f"Lijsten meegenomen: {len(found.lists)}, met {sum(found.lists.values())} "
        "signalen",
        f"Organisaties: {len(found.organisations)}",
        "Soorten gegevens: gezondheid"
        + (", contactgegevens" if found.persons or found.imports else "")
        + (", foto’s, brieven of opnames" if found.files else ""),
        "Nummers van de signalen:",
        *(f"  {key}" for key in sorted(found.reports)),
    ]
