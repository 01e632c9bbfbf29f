"""What happens before the first answer: checks, migrations, places, the ledgers."""

from __future__ import annotations

import sqlite3

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from achterban.core import clock
from achterban.core.consent.actions import TAKEN_BACK, replay_withdrawals
from achterban.core.outbox.actions import News, deliver_due, emit
from achterban.core.places.actions import load_places
from achterban.core.upkeep import watch
from achterban.core.upkeep.events import RESTORED
from achterban.core.upkeep.versions import by_todays_names
from achterban.core.vault.actions import check_keys, named_key, replay_erasures
from achterban.core.vault.keyring import WrongKey
from achterban.core.vault.models import DataKey

SAFE_SQLITE = (3, 51, 3)  # earlier ones can corrupt a database in WAL mode


class Refused(Exception):
    """The program does not start, with a Dutch sentence that says what to do."""


def prepare() -> None:
    """Bring an installation up to date; safe to repeat.

    Raises:
        Refused: the database is newer than the program, the keys are of another
            installation, or SQLite is too old. Nothing has been changed then.
    """
    _refuse_old_sqlite()
    refuse_unknown_migrations()
    if DataKey._meta.db_table in connection.introspection.table_names():
        refuse_wrong_keys()
    call_command("migrate", interactive=False, verbosity=0)
    named_key("probe")  # by which the next start knows its keys
    load_places()
    replay()
    watch.begin(at=clock.now())
    call_command("collectstatic", interactive=False, verbosity=0)


def replay() -> int:
    """Repeat every erasure and withdrawal; return how many had come back."""
    on = clock.today()
    came_back = replay_erasures(on=on) + replay_withdrawals(on=on)
    for kind in ("vault.destroyed", TAKEN_BACK):
        while deliver_due(at=clock.now(), on=on, kind=kind):
            pass
    return came_back


def tell_restored() -> None:
    """Let rooms undo, before the first answer, what only held when it was backed up."""
    on = clock.today()
    emit(News(RESTORED, {}), on=on)
    while deliver_due(at=clock.now(), on=on, kind=RESTORED):
        pass


def refuse_wrong_keys() -> None:
    """See that the keys fit.

    Raises:
        Refused: they do not.
    """
    try:
        check_keys()
    except WrongKey as error:
        raise Refused(
            f"De sleutels in {settings.KEYS} passen niet bij deze gegevens. Wijs de "
            "goede map aan met --keys. Er is niets veranderd."
        ) from error


def _refuse_old_sqlite() -> None:
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < SAFE_SQLITE:
        raise Refused(
            f"SQLite {sqlite3.sqlite_version} is te oud en kan gegevens beschadigen. "
            "Start met ./run: dat zet de goede versie klaar."
        )


def refuse_unknown_migrations() -> None:
    """See that the database is not of a newer program.

    Raises:
        Refused: it is.
    """
    loader = MigrationExecutor(connection).loader
    _known, unknown = by_todays_names(loader, loader.applied_migrations)
    if unknown:
        names = ", ".join(".".join(one) for one in sorted(unknown)[:3])
        raise Refused(
            "Deze gegevens horen bij een nieuwere versie van Achterban "
            f"({names}). Zet die versie terug. Er is niets veranderd."
        )
