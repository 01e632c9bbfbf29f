"""One encrypted file with all rows of all rooms, the same for both databases.

The file: ``MAGIC``, a line of JSON (which master key, a salt), then sealed blocks of a
gzip stream with a line of JSON for each row. Each block is numbered and the last one
is marked, so that a cut or a swap is seen. Keys are never in it.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import hmac
import io
import json
import os
import secrets
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from achterban.core.upkeep.tables import in_an_empty_database
from achterban.core.upkeep.versions import by_todays_names
from achterban.core.vault.keyring import KeyRing, sync_folder
from achterban.core.vault.models import key_ring

MAGIC = b"ACHTERBAN-1\n"
BLOCK = 1 << 20  # bytes
CHUNK = 500  # rows
GZIP = 31  # of ``zlib``: the largest window, with the head and tail of gzip
LEFT_OUT = {
    "auth",
    "contenttypes",
    "sessions",
    "search",
}  # made anew, or meant to be lost


DAMAGED = (
    "Deze kopie is beschadigd of afgekapt, of de sleutel past niet. Er is niets "
    "teruggezet."
)


class NotRestored(Exception):
    """A backup cannot be read or put back, with a Dutch sentence that says why."""


def advice(path: Path, error: OSError) -> str:
    """Return a Dutch sentence about a file that could not be read or written."""
    if isinstance(error, FileNotFoundError):
        return f"Dit is er niet: {path}. Kijk de map en de naam na."
    if isinstance(error, PermissionError | IsADirectoryError):
        return f"Dit mag niet: {path}. Kies een andere map of naam."
    if error.errno == errno.ENOSPC:
        return f"De schijf is vol: {path.parent}. Maak ruimte en probeer het opnieuw."
    return f"Lezen of schrijven lukt niet: {path} ({error.strerror})."


class _SealingWriter(io.RawIOBase):
    """Seal what is written, block by block."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        self._out, self._cipher, self._n = out, AESGCM(key), 0
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, words: Any) -> int:
        self._waiting += words
        while len(self._waiting) > BLOCK:
            self._put(bytes(self._waiting[:BLOCK]), last=False)
            del self._waiting[:BLOCK]
        return len(words)

    def finish(self) -> None:
        self._put(bytes(self._waiting), last=True)

    def _put(self, words: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._n), words, b"1" if last else b"0")
        self._out.write(len(sealed).to_bytes(4, "big") + sealed)
        self._n += 1


class _UnsealingReader(io.RawIOBase):
    """Give back what ``_SealingWriter`` sealed; refuse what was changed or cut."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._source, self._cipher, self._n = source, AESGCM(key), 0
        self._ready, self._ended = b"", False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._ended:
            self._next()
        part = self._ready[: len(buffer)]
        buffer[: len(part)] = part
        self._ready = self._ready[len(part) :]
        return len(part)

    def _next(self) -> None:
        size = int.from_bytes(self._source.read(4), "big")
        sealed = self._source.read(size)
        for mark in (b"0", b"1"):
            try:
                self._ready = self._cipher.decrypt(_nonce(self._n), sealed, mark)
            except InvalidTag:
                continue
            self._n, self._ended = self._n + 1, mark == b"1"
            if len(sealed) == size and not (self._ended and self._source.read(1)):
                return
        raise NotRestored(DAMAGED)


def _nonce(n: int) -> bytes:
    return n.to_bytes(12, "big")  # the key is used for one file only


def _file_key(ring: KeyRing, master: str, salt: bytes) -> bytes:
    return hmac.digest(ring.masters[master], b"backup" + salt, hashlib.sha256)


@contextmanager
def _snapshot() -> Iterator[None]:
    """Hold one state of the database while others write on."""
    begin = (
        "BEGIN"
        if connection.vendor == "sqlite"
        else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    )
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _stored_models(registry: Apps) -> list[type[models.Model]]:
    return sorted(
        (
            model
            for model in registry.get_models(include_auto_created=True)
            if model._meta.managed
            and not model._meta.proxy
            and model._meta.app_label not in LEFT_OUT
        ),
        key=lambda model: model._meta.label_lower,
    )


def write_backup(path: Path, *, at: datetime) -> Iterator[int]:
    """Write all rows to a file; yield how many so far. The file is whole or absent.

    Everything that was acknowledged before this starts is in it.

    Args:
        path: where; replaced when it exists.
        at: now, for the head of the file.
    """
    draft = path.with_name(path.name + ".draft")
    try:
        with open(
            os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb"
        ) as out:
            yield from _write_sealed(out, at=at)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _write_sealed(out: BinaryIO, *, at: datetime) -> Iterator[int]:
    ring, salt = key_ring(), secrets.token_bytes(16)
    head = {"master": ring.current, "salt": salt.hex()}
    out.write(MAGIC + json.dumps(head).encode() + b"\n")
    sealing = _SealingWriter(out, _file_key(ring, ring.current, salt))
    # Nearly all is sealed, and looks like chance: to look for what comes twice takes
    # three times as long and makes the file of an office one tenth smaller.
    packer = zlib.compressobj(1, zlib.DEFLATED, GZIP, 9, zlib.Z_HUFFMAN_ONLY)
    for n, line in _lines(at=at):
        sealing.write(packer.compress(line + b"\n"))
        if n % CHUNK == 0:
            yield n
    sealing.write(packer.flush())
    sealing.finish()
    yield n


def _lines(*, at: datetime) -> Iterator[tuple[int, bytes]]:
    """Yield every line of a backup, with the number of rows so far."""
    n = 0
    with _snapshot():
        executor = MigrationExecutor(connection)
        head = {
            "made_at": at.isoformat(),
            "migrations": sorted(executor.loader.applied_migrations),
        }
        yield n, json.dumps(head).encode()
        for model in _stored_models(apps):
            fields = model._meta.local_concrete_fields
            names = [field.attname for field in fields]
            table = {"table": model._meta.label_lower, "fields": names}
            yield n, json.dumps(table).encode()
            rows = model._default_manager.order_by("pk").iterator(chunk_size=CHUNK)
            for row in rows:
                n += 1
                yield n, json.dumps([_out(field, row) for field in fields]).encode()
        yield n, json.dumps({"rows": n}).encode()


def _out(field: models.Field[Any, Any], row: models.Model) -> Any:
    if field.value_from_object(row) is None:
        return None
    return field.value_to_string(row)


def read_backup(path: Path) -> Iterator[Any]:
    """Yield the lines of a backup: its head, then tables and rows, then the count.

    Raises:
        NotRestored: it is no backup, it is damaged, or the keys are not here.
    """
    ring = key_ring()
    with path.open("rb") as source:
        if source.read(len(MAGIC)) != MAGIC:
            raise NotRestored(f"{path} is geen reservekopie van Achterban.")
        try:
            head = json.loads(source.readline())
            master, salt = str(head["master"]), bytes.fromhex(head["salt"])
        except (ValueError, KeyError, TypeError) as error:
            raise NotRestored(DAMAGED) from error
        if master not in ring.masters:
            raise NotRestored(
                "Deze kopie is gemaakt met een sleutel die hier niet (meer) is. Wijs "
                "de map met de goede sleutels aan met --keys."
            )
        key = _file_key(ring, master, salt)
        reader = io.BufferedReader(_UnsealingReader(source, key), BLOCK)
        with gzip.GzipFile(fileobj=reader, mode="rb") as packed:
            for line in packed:
                yield json.loads(line)


def check_backup(path: Path) -> int:
    """Read a backup whole; return how many rows are in it.

    Raises:
        NotRestored: see ``read_backup``.
    """
    last = None
    for last in read_backup(path):  # noqa: B007 - the last one is what counts
        pass
    if not isinstance(last, dict) or "rows" not in last:
        raise NotRestored(DAMAGED)
    return int(last["rows"])


def put_back(path: Path) -> Iterator[int]:
    """Fill an empty database from a backup; yield how many rows so far.

    The whole file is read before anything is made. The tables are made as they were
    when the backup was, and filled in one transaction; the caller brings them up to
    date. A failure leaves empty tables.

    Raises:
        NotRestored: see ``read_backup``; or the backup is of a newer program, or the
            database is not empty.
    """
    lines = read_backup(path)
    head = next(lines)
    executor = MigrationExecutor(connection)
    wanted, unknown = by_todays_names(
        executor.loader, {(app, name) for app, name in head["migrations"]}
    )
    if unknown:
        raise NotRestored(
            "Deze kopie is van een nieuwere versie van Achterban "
            f"({min(unknown)[0]}). Zet eerst die versie neer. Er is niets teruggezet."
        )
    if executor.loader.applied_migrations:
        raise NotRestored(
            "Terugzetten kan alleen in een lege map of database. Geef met --data een "
            "nieuwe map op; de oude blijft dan staan."
        )
    check_backup(path)
    targets = _last_of_each(executor, wanted)
    with in_an_empty_database():
        executor.migrate(targets)
    registry = executor.loader.project_state(targets).apps
    with _without_checks():
        yield from _fill(lines, registry)


def _last_of_each(
    executor: MigrationExecutor, wanted: set[tuple[str, str]]
) -> list[tuple[str, str]]:
    nodes = executor.loader.graph.node_map
    return [
        (app, name)
        for app, name in sorted(wanted)
        if not any(
            child.key[0] == app and child.key in wanted
            for child in nodes[app, name].children
        )
    ]


@contextmanager
def _without_checks() -> Iterator[None]:
    """Put rows in any order, all or nothing; references are checked at the end."""
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            yield
            connection.check_constraints()
    finally:
        connection.enable_constraint_checking()


def _fill(lines: Iterator[Any], registry: Apps) -> Iterator[int]:
    n, total = 0, None
    model: Any = None
    fields: list[Any] = []
    waiting: list[models.Model] = []
    for line in lines:
        if isinstance(line, dict):
            _store(model, waiting)
            if "rows" in line:
                total = line["rows"]
                break
            model = registry.get_model(line["table"])
            fields = [
                model._meta.get_field(name) for name in _names(model, line["fields"])
            ]
            continue
        values = {
            field.attname: None if value is None else field.to_python(value)
            for field, value in zip(fields, line, strict=True)
        }
        waiting.append(model(**values))
        n += 1
        if len(waiting) == CHUNK:
            _store(model, waiting)
            yield n
    if total != n:
        raise NotRestored(DAMAGED)
    _reset_sequences(registry)
    yield n


def _names(model: type[models.Model], attnames: list[str]) -> list[str]:
    by_attname = {f.attname: f.name for f in model._meta.local_concrete_fields}
    return [by_attname[attname] for attname in attnames]


def _store(model: Any, waiting: list[models.Model]) -> None:
    if waiting:
        model._base_manager.bulk_create(waiting)
        waiting.clear()


def _reset_sequences(registry: Apps) -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), _stored_models(registry))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
