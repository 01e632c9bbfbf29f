"""Destroy and rotate keys."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction

from achterban.core.outbox.actions import News, emit
from achterban.core.vault.keyring import (
    KEY_BYTES,
    WrongKey,
    load_key_ring,
    one_at_a_time,
    record_erasures,
    recorded_erasures,
    store_key_ring,
)
from achterban.core.vault.models import DataKey, key_ring

CHUNK = 500
ONE_DAY = 86_400  # seconds


def named_key(name: str) -> DataKey:
    """Return the key of something that has just one, such as the outbox."""
    try:
        return DataKey.objects.get(name=name)
    except DataKey.DoesNotExist:
        DataKey.objects.bulk_create([DataKey.fresh(name)], ignore_conflicts=True)
        return DataKey.objects.get(name=name)


@transaction.atomic
def destroy_keys(key_ids: list[int], *, on: date) -> None:
    """Destroy data keys: what was sealed with them is unreadable from here on.

    The ledger is on disk first: after a crash in between, the next start finishes it
    (``replay_erasures``). Rooms hear ``vault.destroyed`` and remove their rows.

    Args:
        key_ids: which keys; those that are gone already are passed over.
        on: the day, for the outbox.
    """
    record_erasures(settings.KEYS, key_ids)
    _remove(key_ids, on=on)


def replay_erasures(*, on: date) -> int:
    """Destroy again every key that the ledger names; return how many came back.

    Run after a restore and at each start, before the first answer.
    """
    came_back = 0
    ledger = recorded_erasures(settings.KEYS)
    for start in range(0, len(ledger), CHUNK):
        part = ledger[start : start + CHUNK]
        found = list(DataKey.objects.filter(pk__in=part).values_list("pk", flat=True))
        if found:
            with transaction.atomic():
                _remove(found, on=on)
            came_back += len(found)
    return came_back


def _remove(key_ids: list[int], *, on: date) -> None:
    emit(*(News("vault.destroyed", {"key": key_id}) for key_id in key_ids), on=on)
    # Through SQL and not the ORM: whoever points here keeps the number, so that the
    # receiver of "vault.destroyed" can find the row that must go.
    DataKey.objects.filter(pk__in=key_ids)._raw_delete(DataKey.objects.db)


def wipe_free_space() -> None:
    """Overwrite what deleted rows left behind in the files of the database.

    SQLite overwrites deleted rows itself (``secure_delete``); what still stands in the
    write-ahead log goes here. PostgreSQL frees the space; its disk is encrypted or not.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM vault_datakey")


def rotate_master_key() -> Iterator[tuple[int, int]]:
    """Wrap every data key under a new master key; yield (done, total) as it goes.

    The old master key stays in the file: a crash in between loses nothing, and a
    report that is being stored right now can still use it. ``drop_old_masters``
    removes it a day later, and with it the power to read older backups.
    """
    with one_at_a_time(settings.KEYS):
        ring = load_key_ring(settings.KEYS)
        numbers = [int(name.removeprefix("m")) for name in ring.masters]
        fresh = f"m{max(numbers) + 1}"
        masters = {**ring.masters, fresh: secrets.token_bytes(KEY_BYTES)}
        store_key_ring(
            settings.KEYS, dataclasses.replace(ring, current=fresh, masters=masters)
        )
    total, done = DataKey.objects.count(), 0
    for n_wrapped in _wrap_again():
        done += n_wrapped
        yield done, total


def _wrap_again() -> Iterator[int]:
    # Under what is current at each step: somebody may rotate meanwhile.
    while rows := list(
        DataKey.objects.exclude(master=key_ring().current).order_by("pk")[:CHUNK]
    ):
        with transaction.atomic():
            for row in rows:
                row.wrap(row.open())
            DataKey.objects.bulk_update(rows, ["master", "wrapped"])
        yield len(rows)


def drop_old_masters(*, at: datetime) -> list[str]:
    """Remove master keys that a rotation of a day ago left; return their names.

    Args:
        at: now; within a day of the rotation nothing is removed.
    """
    with one_at_a_time(settings.KEYS):
        ring = load_key_ring(settings.KEYS)
        old = [name for name in ring.masters if name != ring.current]
        rotated_at = (settings.KEYS / "keys.json").stat().st_mtime
        if not old or at.timestamp() - rotated_at < ONE_DAY:
            return []
        for _n_wrapped in _wrap_again():
            pass
        masters = {ring.current: ring.masters[ring.current]}
        store_key_ring(settings.KEYS, dataclasses.replace(ring, masters=masters))
    return old


def check_keys() -> None:
    """See that the folder with keys belongs to this database.

    Raises:
        WrongKey: it belongs to another one, or to an older state of it.
    """
    # Only columns that every version had: this runs before the migrations.
    keys = DataKey.objects.only("master", "wrapped", "name")
    probe = keys.exclude(name=None).order_by("name").first() or keys.first()
    try:
        if probe is not None:
            probe.open()
    except WrongKey as error:
        raise WrongKey("keys.json") from error
