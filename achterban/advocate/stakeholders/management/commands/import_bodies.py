"""Read public bodies in from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from achterban.advocate.stakeholders.actions import importing
from achterban.advocate.stakeholders.views.imports import fault_words, refusal_words
from achterban.core import clock
from achterban.core.organisations.models import Organisation
from achterban.rules.public_bodies import BodyFault, NotAList


class Command(BaseCommand):
    """The same as on the website."""

    help = (
        "Lees overheden in als partijen: de JSON van GPP-publicatiebank, met nummers "
        "van het register (TOOI). Nog eens inlezen verandert alleen namen. Ongedaan "
        "maken kan op de website, onder ‘Overheden inlezen’."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whose parties they become."""
        parser.add_argument("path", type=Path, metavar="BESTAND")
        parser.add_argument("--organisation", required=True, help="korte naam")
        parser.add_argument(
            "--look", action="store_true", help="kijk alleen; er wordt niets opgeslagen"
        )

    def handle(self, *, path: Path, organisation: str, **options: Any) -> None:
        """Say what it holds, and read it in."""
        ours = Organisation.objects.filter(slug=organisation).first()
        if ours is None:
            raise CommandError(f"Deze organisatie is er niet: {organisation}")
        try:
            content = path.read_bytes()
            imported = importing.take_bodies(ours, content, by=None, at=clock.now())
        except OSError as error:
            raise CommandError(f"Dit bestand is niet te lezen: {path}") from error
        except NotAList as refusal:
            with override("nl"):
                raise CommandError(refusal_words(refusal)) from refusal
        plan = importing.plan_of(imported)
        self.stdout.write(
            f"nieuw: {len(plan.new)}; andere naam: {len(plan.renamed)}; "
            f"hetzelfde: {plan.n_same}; gaan niet mee: {len(imported.faults)}"
        )
        with override("nl"):
            for line, fault in imported.faults:
                self.stdout.write(f"  regel {line}: {fault_words(BodyFault(fault))}")
        if options["look"]:
            importing.drop(imported, by=None, at=clock.now())
            return
        importing.read_in(imported, by=None, at=clock.now(), progress=self._progress)
        self.stdout.write("\nklaar")

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"\r{done} van {total} opgeslagen", ending="")
        self.stdout.flush()
