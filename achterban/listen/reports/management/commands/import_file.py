"""Read a file of an organisation from the command line."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from achterban.core import clock
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions import importing
from achterban.listen.reports.models import Import, ImportState, Plan
from achterban.listen.reports.pages_imports import oddities, trouble_words
from achterban.rules.tables import NotATable, Target

PAUSE = 5.0  # seconds; a transaction of the background takes one or two


class Command(BaseCommand):
    """The same as on the website, with progress on one line."""

    help = (
        "Lees een bestand in (CSV, .xlsx, .eml, .mbox). Wat de kolommen zijn, wordt "
        "geraden uit de koppen. Ongedaan maken kan op de website, onder ‘Bestand "
        "inlezen’."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, whose it is, and what its columns are."""
        parser.add_argument("path", type=Path, metavar="BESTAND")
        parser.add_argument("--organisation", required=True, help="korte naam")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="KOP=WAT",
            help=f"wat een kolom is: {', '.join(filter(None, Target))}; of niets",
        )
        parser.add_argument(
            "--look", action="store_true", help="kijk alleen; er wordt niets opgeslagen"
        )

    def handle(self, *, path: Path, organisation: str, **options: Any) -> None:
        """Look at it, say what it is, and read it."""
        ours = Organisation.objects.filter(slug=organisation).first()
        if ours is None:
            raise CommandError(f"Deze organisatie is er niet: {organisation}")
        imported = _take(path, ours)
        try:
            plan = _with_columns(imported.open_plan(), options["column"])
        except CommandError:
            importing.drop_import(imported.pk, by=None, at=clock.now())
            raise
        self._show(imported, plan)
        if options["look"]:
            importing.drop_import(imported.pk, by=None, at=clock.now())
            return
        importing.keep_plan(imported, plan, by=None, at=clock.now())
        try:
            importing.start_import(imported.pk, by=None, at=clock.now())
        except importing.NoWords as error:
            importing.drop_import(imported.pk, by=None, at=clock.now())
            raise CommandError(
                "Zeg met --column in welke kolom de woorden staan."
            ) from error
        self._read(imported)
        self.stdout.write(
            f"\nopgenomen: {imported.n_stored}; nog niet: {imported.bad_rows.count()}"
        )

    def _show(self, imported: Import, plan: Plan) -> None:
        self.stdout.write(f"rijen: {imported.n_rows}")
        for heading, target in zip(plan.headings, plan.targets, strict=True):
            self.stdout.write(f"  {heading}: {target or '(niet mee)'}")
        with override("nl"):
            for words in oddities(plan.notes):
                self.stdout.write(words)

    def _read(self, imported: Import) -> None:
        """Read it to the end, or watch the background do so, where that was first."""
        seen = -1
        imported.refresh_from_db()
        while imported.state != ImportState.DONE:
            if imported.n_read == seen or seen < 0:  # nobody else is at it
                importing.run_import(
                    imported.pk, at=clock.now(), progress=self._progress
                )
            else:
                time.sleep(PAUSE)
            seen = imported.n_read
            imported.refresh_from_db()
            if imported.state not in {ImportState.RUNNING, ImportState.DONE}:
                raise CommandError("Iemand heeft dit op de website ongedaan gemaakt.")
            self._progress(imported)

    def _progress(self, imported: Import) -> None:
        self.stdout.write(
            f"\r{imported.n_read} van {imported.n_rows} gelezen", ending=""
        )
        self.stdout.flush()


def _take(path: Path, organisation: Organisation) -> Import:
    try:
        with path.open("rb") as file:
            return importing.take_import(
                organisation, path.name, file, by=None, at=clock.now()
            )
    except OSError as error:
        raise CommandError(f"Dit bestand is niet te lezen: {path}") from error
    except NotATable as refusal:
        with override("nl"):
            words = trouble_words(refusal.trouble, refusal.line)
        raise CommandError(words) from refusal
    except importing.NoRoom as error:
        raise CommandError("Er is geen ruimte meer voor bestanden.") from error


def _with_columns(plan: Plan, said: list[str]) -> Plan:
    targets = dict(zip(plan.headings, plan.targets, strict=True))
    for each in said:
        heading, _equals, target = each.rpartition("=")
        if heading not in targets or target not in list(Target):
            raise CommandError(f"Deze kolom of dit soort is er niet: {each}")
        targets[heading] = target
    return replace(plan, targets=list(targets.values()))
