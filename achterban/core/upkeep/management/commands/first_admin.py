"""The first account of an organisation, and the way back in from the server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import IntegrityError
from django.forms import ValidationError
from django.utils.text import slugify

from achterban.core.accounts import actions
from achterban.core.accounts.models import Account
from achterban.core.clock import now
from achterban.core.upkeep.start import Refused, prepare

HELP = """Maak de eerste account van een organisatie, en print één keer de link.

Wie de link opent, kiest een naam en is daarna beheerder en coördinator. De link
werkt een week. Daarna nodigt u anderen uit op de pagina Team; dit commando weigert
zodra iemand accounts beheert.

  achterban first-admin els@vereniging.example --organisation "Vereniging X"

Is iemand de tweede stap kwijt, en kan geen collega helpen? Dan:

  achterban first-admin els@vereniging.example --lost-factor

Diegene logt in met wachtwoord of mailcode en maakt een nieuwe tweede stap. Het staat
in het logboek, en ieder die accounts beheert krijgt een brief."""


class Command(BaseCommand):
    """Print a link, or reset a second factor."""

    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        from argparse import RawDescriptionHelpFormatter

        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("mail", help="mailadres")
        parser.add_argument("--organisation", help="naam van de organisatie")
        parser.add_argument(
            "--slug", help="korte naam in adressen (anders uit de naam)"
        )
        parser.add_argument(
            "--host", help="eigen domein, bijvoorbeeld meld.vereniging.example"
        )
        parser.add_argument(
            "--lost-factor",
            action="store_true",
            help="neem de tweede stap weg van wie hem kwijt is",
        )

    def handle(self, *, mail: str, lost_factor: bool, **options: Any) -> None:
        """Do the one or the other."""
        try:
            validate_email(mail)
        except ValidationError as error:
            raise CommandError(f"Dit is geen mailadres: {mail}") from error
        try:
            prepare()
        except Refused as error:
            raise CommandError(str(error)) from error
        line = self._lost(mail) if lost_factor else self._first(mail, options)
        self.stdout.write(line)

    def _lost(self, mail: str) -> str:
        account = Account.objects.filter(email=mail.lower()).first()
        if account is None:
            raise CommandError(f"Er is geen account met dit adres: {mail}")
        actions.reset_second_factor(account, by=None, at=now())
        return (
            "De tweede stap is weg. Bij de volgende keer inloggen wordt er een nieuwe "
            "gemaakt. Wie accounts beheert, krijgt hierover een brief."
        )

    def _first(self, mail: str, options: dict[str, Any]) -> str:
        name = options["organisation"]
        if not name:
            raise CommandError("Geef de naam van de organisatie: --organisation NAAM")
        slug = options["slug"] or slugify(name)
        if not slug:
            raise CommandError("Geef een korte naam voor in adressen: --slug NAAM")
        try:
            link = actions.first_administrator(
                name,
                slug=slug,
                host=options["host"],
                email=mail,
                at=now(),
            )
        except actions.HasManager as error:
            raise CommandError(
                f"Bij {name} beheert al iemand accounts. Vraag diegene om een "
                "uitnodiging op de pagina Team."
            ) from error
        except IntegrityError as error:
            raise CommandError(
                f"Het domein {options['host']} is al van een andere organisatie."
            ) from error
        return f"Open deze link binnen een week; hij werkt één keer:\n{link}"
