"""See whether an installation is in order."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.core.management import call_command
from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    SystemCheckError,
)
from django.db import DatabaseError, connection

from achterban.core import clock
from achterban.core.audit.actions import verify
from achterban.core.files.scanner import scanner_address
from achterban.core.outbox.models import OutboxRow
from achterban.core.upkeep import watch
from achterban.core.upkeep.start import (
    Refused,
    prepare,
    refuse_unknown_migrations,
    refuse_wrong_keys,
)

LEAST_SPACE = 500 << 20  # bytes
MANY_ATTEMPTS = 10

Finding = str | None  # None: in order


def _database() -> Finding:
    refuse_unknown_migrations()
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return None
        cursor.execute("PRAGMA quick_check")
        answer = cursor.fetchone()[0]
    return None if answer == "ok" else f"de database is beschadigd: {answer}"


def _keys() -> Finding:
    refuse_wrong_keys()
    if settings.KEYS.is_relative_to(settings.DATA):
        return "de sleutels staan in de gegevensmap; zet ze erbuiten"
    return None


def _log() -> Finding:
    return next(verify(), None)


def _mail() -> Finding:
    stuck = OutboxRow.objects.filter(attempts__gte=MANY_ATTEMPTS).count()
    return f"{stuck} berichten lukken al lang niet; werkt de mail?" if stuck else None


def _space() -> Finding:
    free = shutil.disk_usage(settings.DATA).free
    return None if free > LEAST_SPACE else f"nog maar {free >> 20} MB vrij"


def _backup() -> Finding:
    return watch.finding(at=clock.now())


def _settings() -> Finding:
    if settings.PLAIN_HTTP:
        return None  # on this machine only; the deploy check speaks of the open net
    try:
        call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
    except SystemCheckError as error:
        return str(error)
    return None


CHECKS: dict[str, Callable[[], Finding]] = {
    "database": _database,
    "sleutels": _keys,
    "logboek": _log,
    "post": _mail,
    "ruimte": _space,
    "reservekopie": _backup,
    "instellingen": _settings,
}


class Command(BaseCommand):
    """One line a check; exit 1 when something is wrong."""

    help = "Kijk of alles in orde is. Verandert niets."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to show."""
        parser.add_argument(
            "--hash", action="store_true", help="toon hoe wachtwoorden zijn beveiligd"
        )
        parser.add_argument(
            "--prepare", action="store_true", help="zet eerst alles klaar"
        )
        parser.add_argument("--json", action="store_true", help="antwoord als JSON")

    def handle(self, **options: Any) -> None:
        """Run every check."""
        if options["hash"]:
            self.stdout.write(json.dumps(_hash_parameters()))
            return
        if options["prepare"]:
            try:
                prepare()
            except Refused as error:
                raise CommandError(str(error)) from error
        found = dict(_findings())
        wrong = {name: finding for name, finding in found.items() if finding}
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not wrong, "wrong": wrong}))
        else:
            for name, finding in found.items():
                self.stdout.write(f"{name:<13} {finding or 'in orde'}")
            if not scanner_address():
                self.stdout.write("virusscanner  niet gevonden; ClamAV mag, moet niet")
            self.stdout.write(f"SQLite {sqlite3.sqlite_version}, {connection.vendor}")
        if wrong:
            raise CommandError("Niet alles is in orde.")


def _findings() -> Iterator[tuple[str, Finding]]:
    for name, check in CHECKS.items():
        try:
            yield name, check()
        except (Refused, DatabaseError, OSError) as error:
            yield name, str(error)


def _hash_parameters() -> dict[str, Any]:
    hasher: Any = get_hasher()
    return {
        "algorithm": hasher.algorithm,
        "memory_kib": hasher.memory_cost,
        "time": hasher.time_cost,
        "parallelism": hasher.parallelism,
    }
