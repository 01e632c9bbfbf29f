"""A backup holds everything and shows nothing; it goes back whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from achterban.core.audit.actions import Act, append, read_anchor, verify
from achterban.core.audit.models import AuditEvent
from achterban.core.consent.actions import (
    TAKEN_BACK,
    ready_consent,
    replay_withdrawals,
    take_back,
)
from achterban.core.consent.models import Audience, Consent, ConsentText, Purpose
from achterban.core.database.rows import insert
from achterban.core.database.tests.disk import at_database, together
from achterban.core.outbox import receivers
from achterban.core.outbox.models import OutboxRow
from achterban.core.places.models import Municipality
from achterban.core.upkeep import backup
from achterban.core.upkeep.backup import (
    NotRestored,
    check_backup,
    put_back,
    read_backup,
    write_backup,
)
from achterban.core.upkeep.events import RESTORED
from achterban.core.upkeep.tests.everything import AT, dump, fill_every_table
from achterban.core.vault.actions import (
    destroy_keys,
    named_key,
    rotate_master_key,
)
from achterban.core.vault.keyring import (
    load_key_ring,
    new_key_ring,
    recorded_erasures,
    store_key_ring,
)
from achterban.core.vault.models import DataKey

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_keys"),
]
DAY = date(2026, 11, 24)
Elsewhere = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    """Go to an empty database: ``same`` as the test's, or the ``other`` kind."""

    @contextmanager
    def go(kind: str) -> Iterator[None]:
        to_sqlite = (connection.vendor == "sqlite") == (kind == "same")
        name = f"empty_{os.urandom(4).hex()}"
        if to_sqlite:
            with at_database(f"sqlite:///{tmp_path}/{name}.sqlite3"):
                yield
            return
        server = os.environ.get("ACHTERBAN_TEST_DATABASE_URL")
        if server is None:
            pytest.skip("PostgreSQL is not at hand")
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        address, _, query = server.partition("?")
        try:
            with at_database(f"{address.rpartition('/')[0]}/{name}?{query}"):
                yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    return go


@pytest.fixture(scope="module")
def empty_tables(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Path:
    """An SQLite file as a restore makes it, before there is a row in it.

    The tables are those of the tests, which were made in the same way.
    """
    path = tmp_path_factory.mktemp("empty") / "tables.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as tables:
        connection.ensure_connection()
        connection.connection.backup(tables)
        kept = MigrationRecorder.Migration._meta.db_table
        for _schema, name, kind, *_more in [*tables.execute("PRAGMA main.table_list")]:
            # Those of the index are emptied by triggers.
            if kind == "table" and name not in {kept, "sqlite_schema"}:
                tables.execute(f'DELETE FROM "{name}"')
        tables.commit()
    return path


@pytest.fixture
def made_before(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Copy the tables instead of making them, which takes longer than the rest.

    How they are made is seen by the tests without this.
    """
    if connection.vendor != "sqlite":
        return
    path, migrate = request.getfixturevalue("empty_tables"), MigrationExecutor.migrate

    def take_over(executor: MigrationExecutor, *arguments: Any, **more: Any) -> Any:
        if executor.loader.applied_migrations:
            return migrate(executor, *arguments, **more)
        with closing(sqlite3.connect(path)) as tables:
            tables.backup(executor.connection.connection)
        executor.loader.build_graph()
        return None

    monkeypatch.setattr(MigrationExecutor, "migrate", take_over)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where a backup goes."""
    return tmp_path / "copy.achterban"


def make(path: Path) -> Path:
    for _n_rows in write_backup(path, at=AT):
        pass
    return path


def restore(path: Path) -> None:
    for _n_rows in put_back(path):
        pass


def bring_up_to_date() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def is_empty() -> bool:
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def test_every_row_of_every_table_comes_back(copy: Path, elsewhere: Elsewhere) -> None:
    fill_every_table()
    before = dump()
    assert all(len(rows) >= 1 for rows in before.values())
    make(copy)
    with elsewhere("same"):
        restore(copy)
        bring_up_to_date()
        assert dump() == before
        assert list(verify()) == []


@pytest.mark.wide
def test_a_backup_goes_to_the_other_database_and_back(
    copy: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    fill_every_table()
    before = dump()
    make(copy)
    with elsewhere("other"):
        restore(copy)
        bring_up_to_date()
        assert dump() == before
        assert list(verify()) == []
        make(tmp_path / "back")
    with elsewhere("same"):
        restore(tmp_path / "back")
        bring_up_to_date()
        assert dump() == before


@pytest.mark.wide
@pytest.mark.usefixtures("made_before")
def test_what_is_new_after_a_restore_gets_a_number_of_its_own(
    copy: Path, elsewhere: Elsewhere
) -> None:
    ConsentText.objects.create(pk=1, purpose=Purpose.COUNT, language="nl")
    make(copy)
    with elsewhere("same"):
        restore(copy)
        bring_up_to_date()
        key = named_key("new")
        ready_consent(
            key,
            Purpose.COUNT,
            wording="Nieuwe woorden",
            language="nl",
            audience=Audience.READERS,
            on=DAY,
        ).insert()
        assert Consent.objects.get(key=key).text.wording == "Nieuwe woorden"


@pytest.mark.wide
@pytest.mark.usefixtures("made_before")
def test_more_rows_than_one_chunk_come_back(
    copy: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "CHUNK", 3)
    monkeypatch.setattr(backup, "BLOCK", 64)
    keys = {named_key(f"key-{n}").pk for n in range(20)}
    make(copy)
    with elsewhere("same"):
        restore(copy)
        assert set(DataKey.objects.values_list("pk", flat=True)) == keys


@pytest.mark.wide
@pytest.mark.alike
@pytest.mark.usefixtures("made_before")
def test_an_empty_installation_has_a_backup_too(
    copy: Path, elsewhere: Elsewhere
) -> None:
    make(copy)
    with elsewhere("same"):
        restore(copy)
        bring_up_to_date()
        full = {table for table, rows in dump().items() if rows}
        assert full <= {"places.municipality", "places.postcode"}  # public facts


@pytest.mark.alike
def test_a_backup_shows_nothing_and_is_of_the_owner_only(copy: Path) -> None:
    with transaction.atomic():
        insert(OutboxRow(kind="kanarie.a", payload={"w": "kanarie"}, due_on=DAY))
    make(copy)
    content = copy.read_bytes()
    assert b"kanarie" not in content
    assert b"outbox" not in content
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


@pytest.mark.alike
def test_the_keys_are_not_in_it(copy: Path, own_keys: Path) -> None:
    make(copy)
    ring = load_key_ring(own_keys)
    said = b"".join(repr(line).encode() for line in read_backup(copy))
    for key in [*ring.masters.values(), *ring.hash_keys.values()]:
        assert key not in copy.read_bytes()
        assert key.hex().encode() not in said


def test_sessions_are_not_in_it(copy: Path) -> None:
    make(copy)
    tables = {line["table"] for line in read_backup(copy) if "table" in line}
    assert "sessions.session" not in tables
    assert {"vault.datakey", "audit.auditevent", "outbox.outboxrow"} <= tables


@pytest.mark.wide
@pytest.mark.alike
def test_a_backup_that_fails_halfway_leaves_the_old_one(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(copy)
    before = copy.read_bytes()

    def full(self: object, words: bytes, *, last: bool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup._SealingWriter, "_put", full)
    with pytest.raises(OSError, match="No space"):
        make(copy)
    assert copy.read_bytes() == before
    assert [path.name for path in copy.parent.glob("copy*")] == [copy.name]


@pytest.mark.wide
def test_what_was_acknowledged_before_the_backup_began_is_in_it(
    on_disk: None, copy: Path
) -> None:
    acknowledged: list[str] = []
    enough, stop = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            row = OutboxRow(kind="a.b", payload={}, due_on=DAY)
            with transaction.atomic():
                insert(row)
            acknowledged.append(str(row.pk))
            if len(acknowledged) > 40:
                enough.set()

    missing: list[set[str]] = []

    def back_up() -> None:
        try:
            assert enough.wait(20)
            for _ in range(5):
                before = set(acknowledged)
                make(copy)
                stored = {str(line[0]) for line in read_backup(copy) if is_row(line)}
                missing.append(before - stored)
        finally:
            stop.set()

    def is_row(line: object) -> bool:
        return isinstance(line, list)

    assert together(write, write, back_up) == []
    assert missing == [set()] * 5


def refused(copy: Path) -> str:
    """Try to restore; return the sentence of the refusal."""
    with pytest.raises(NotRestored) as caught:
        restore(copy)
    return str(caught.value)


@pytest.fixture
def full_copy(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup in many blocks: more than is read ahead."""
    monkeypatch.setattr(backup, "BLOCK", 500)
    OutboxRow.objects.bulk_create(
        OutboxRow(kind="a.b", payload={"n": os.urandom(150).hex()}, due_on=DAY)
        for _ in range(300)
    )
    return make(copy)


@pytest.mark.wide
@pytest.mark.alike
@pytest.mark.parametrize("part", [0.3, 0.5, 0.9, 0.9999])
def test_a_copy_that_was_cut_is_refused_and_nothing_is_made(
    part: float, full_copy: Path, elsewhere: Elsewhere
) -> None:
    content = full_copy.read_bytes()
    full_copy.write_bytes(content[: int(len(content) * part)])
    with elsewhere("same"):
        assert "beschadigd of afgekapt" in refused(full_copy)
        assert is_empty()


@pytest.mark.wide
@pytest.mark.alike
def test_a_copy_that_was_cut_between_blocks_is_refused(full_copy: Path) -> None:
    content = full_copy.read_bytes()
    end = len(backup.MAGIC)
    end = content.index(b"\n", end) + 1
    ends = []
    while end < len(content):
        ends.append(end)
        end += 4 + int.from_bytes(content[end : end + 4], "big")
    assert len(ends) > 3
    for cut in ends:
        full_copy.write_bytes(content[:cut])
        with pytest.raises(NotRestored, match="afgekapt"):
            check_backup(full_copy)


@pytest.mark.wide
@pytest.mark.alike
def test_a_copy_whose_blocks_changed_places_is_refused(full_copy: Path) -> None:
    content = full_copy.read_bytes()
    start = content.index(b"\n", len(backup.MAGIC)) + 1
    size = 4 + int.from_bytes(content[start : start + 4], "big")
    first, second = content[start:][:size], content[start + size :][:size]
    full_copy.write_bytes(
        content[:start] + second + first + content[start + 2 * size :]
    )
    with pytest.raises(NotRestored, match="beschadigd"):
        check_backup(full_copy)


@pytest.mark.wide
@pytest.mark.alike
def test_one_changed_bit_anywhere_is_refused_with_a_sentence(copy: Path) -> None:
    named_key("one")
    content = make(copy).read_bytes()
    head_ends = content.index(b"\n", len(backup.MAGIC)) + 1
    places = [*range(head_ends + 4), *range(head_ends + 4, len(content), 41)]
    for place in places:
        for bit in (0, 6):
            flipped = bytearray(content)
            flipped[place] ^= 1 << bit
            copy.write_bytes(flipped)
            with pytest.raises(NotRestored) as caught:
                check_backup(copy)
            assert str(caught.value).endswith(".")


@pytest.mark.wide
@pytest.mark.alike
def test_a_flipped_bit_is_refused_and_nothing_is_made(
    full_copy: Path, elsewhere: Elsewhere
) -> None:
    content = bytearray(full_copy.read_bytes())
    content[-20] ^= 1
    full_copy.write_bytes(content)
    with elsewhere("same"):
        assert "beschadigd" in refused(full_copy)
        assert is_empty()


@pytest.mark.alike
def test_bytes_after_the_end_are_refused(copy: Path) -> None:
    make(copy)
    copy.write_bytes(copy.read_bytes() + b"x")
    with pytest.raises(NotRestored, match="beschadigd"):
        check_backup(copy)


@pytest.mark.alike
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\x00" * 99])
def test_something_else_is_refused(
    content: bytes, copy: Path, elsewhere: Elsewhere
) -> None:
    copy.write_bytes(content)
    with elsewhere("same"):
        assert "is geen reservekopie van Achterban" in refused(copy)
        assert is_empty()


@pytest.mark.wide
@pytest.mark.alike
def test_a_copy_of_another_installation_is_refused(
    copy: Path, elsewhere: Elsewhere, tmp_path: Path, settings: Settings
) -> None:
    make(copy)
    store_key_ring(tmp_path / "other", new_key_ring())
    settings.KEYS = tmp_path / "other"
    with elsewhere("same"):
        assert "de sleutel past niet" in refused(copy)
        assert is_empty()


@pytest.mark.alike
def test_a_copy_whose_key_is_not_here_is_refused(
    copy: Path, elsewhere: Elsewhere, own_keys: Path, settings: Settings, tmp_path: Path
) -> None:
    shutil.copytree(own_keys, tmp_path / "old")
    for _progress in rotate_master_key():
        pass
    make(copy)
    settings.KEYS = tmp_path / "old"
    with elsewhere("same"):
        assert "met een sleutel die hier niet (meer) is" in refused(copy)
        assert is_empty()


@pytest.mark.alike
@pytest.mark.usefixtures("made_before")
def test_a_copy_of_before_a_rotation_comes_back_while_the_old_key_is_there(
    copy: Path, elsewhere: Elsewhere
) -> None:
    named_key("one")
    make(copy)
    for _progress in rotate_master_key():
        pass
    with elsewhere("same"):
        restore(copy)
        assert DataKey.objects.get().open()


@pytest.mark.wide
@pytest.mark.alike
def test_a_copy_of_a_newer_version_is_refused(copy: Path, elsewhere: Elsewhere) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("vault", "0999_from_the_future")
    try:
        make(copy)
    finally:
        recorder.record_unapplied("vault", "0999_from_the_future")
    with elsewhere("same"):
        assert "nieuwere versie van Achterban (vault)" in refused(copy)
        assert is_empty()


@pytest.mark.wide
def test_a_database_that_holds_something_is_left_alone(copy: Path) -> None:
    named_key("one")
    make(copy)
    named_key("two")
    before = dump()
    assert "alleen in een lege map of database" in refused(copy)
    assert dump() == before


@pytest.mark.wide  # what was released comes back in tests/trust/test_upgrade.py
def test_a_copy_of_an_older_version_comes_back_and_is_brought_up_to_date(
    copy: Path, elsewhere: Elsewhere
) -> None:
    with elsewhere("same"):
        old = [("outbox", "0001_initial"), ("vault", "0001_initial")]
        MigrationExecutor(connection).migrate(old)
        with transaction.atomic():
            insert(OutboxRow(kind="a.b", payload={"n": 1}, due_on=DAY))
        make_of(copy, {"outbox.outboxrow", "vault.datakey"})
    with elsewhere("same"):
        restore(copy)
        assert MigrationExecutor(connection).loader.applied_migrations.keys() == {*old}
        bring_up_to_date()
        assert OutboxRow.objects.get().payload == {"n": 1}
        assert AuditEvent.objects.count() == 0


def make_of(path: Path, labels: set[str]) -> None:
    """Write a backup as an older program did, that had these tables only."""
    everything = backup._stored_models

    def fewer(registry: object) -> list[object]:
        return [m for m in everything(registry) if m._meta.label_lower in labels]  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as older:
        older.setattr(backup, "_stored_models", fewer)
        make(path)


@pytest.mark.wide
def test_an_upgrade_that_is_broken_off_leaves_what_was_there(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded: list[str] = []

    def crash_at_the_tenth(recorder: object, app: str, name: str) -> None:
        recorded.append(name)
        if len(recorded) == 10:
            raise KeyboardInterrupt

    with elsewhere("same"):
        with monkeypatch.context() as crashing:
            crashing.setattr(MigrationRecorder, "record_applied", crash_at_the_tenth)
            with pytest.raises(KeyboardInterrupt):
                bring_up_to_date()
        assert connection.introspection.table_names() == []
        bring_up_to_date()
        assert not DataKey.objects.exists()


@pytest.mark.alike
@pytest.mark.usefixtures("made_before")
def test_what_was_erased_after_the_backup_stays_erased(
    copy: Path, elsewhere: Elsewhere, own_keys: Path
) -> None:
    gone, stays = named_key("gone"), named_key("stays")
    for key in (gone, stays):
        ready_consent(
            key,
            Purpose.COUNT,
            wording="Ja",
            language="nl",
            audience=Audience.READERS,
            on=DAY,
        ).insert()
    make(copy)
    destroy_keys([gone.pk], on=DAY)
    assert recorded_erasures(own_keys) == [gone.pk]
    with elsewhere("same"):
        call_command("restore", str(copy))
        assert not DataKey.objects.filter(pk=gone.pk).exists()
        assert DataKey.objects.get(pk=stays.pk).open() == stays.open()
        assert [consent.key_id for consent in Consent.objects.all()] == [stays.pk]


@pytest.mark.wide
@pytest.mark.alike
@pytest.mark.usefixtures("made_before")
def test_what_was_taken_back_after_the_backup_stays_taken_back(
    copy: Path, elsewhere: Elsewhere
) -> None:
    key = named_key("words")
    gone, stays = (
        ready_consent(
            key,
            purpose,
            wording="Ja",
            language="nl",
            audience=Audience.READERS,
            on=DAY,
        )
        for purpose in (Purpose.QUOTE, Purpose.ASK)
    )
    for consent in (gone, stays):
        consent.insert()
    make(copy)
    take_back(Consent.objects.get(pk=gone.row.pk), on=DAY)
    with elsewhere("same"):
        call_command("restore", str(copy))
        days = dict(Consent.objects.values_list("pk", "withdrawn_on"))
        assert days == {gone.row.pk: DAY, stays.row.pk: None}
        assert not OutboxRow.objects.filter(kind=TAKEN_BACK).exists()
        assert replay_withdrawals(on=DAY) == 0


@pytest.mark.wide
@pytest.mark.alike
@pytest.mark.usefixtures("made_before")
def test_rooms_hear_of_a_restore_before_the_first_answer(
    copy: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[dict[str, int]] = []
    monkeypatch.setitem(
        receivers._receivers, RESTORED, [lambda payload, _row: heard.append(payload)]
    )
    make(copy)
    with elsewhere("same"):
        call_command("restore", str(copy))
        assert heard == [{}]
        assert not OutboxRow.objects.filter(kind=RESTORED).exists()


@pytest.mark.wide
@pytest.mark.alike
@pytest.mark.usefixtures("made_before")
def test_a_restore_is_in_the_anchor_and_the_log_is_whole(
    copy: Path, elsewhere: Elsewhere
) -> None:
    append(Act("a.b.changed", "a.b:1", 7, 1, AT, {}))
    make(copy)
    append(Act("a.b.changed", "a.b:2", 7, 1, AT, {}))
    with elsewhere("same"):
        call_command("restore", str(copy))
        assert list(verify()) == []
        (note,) = read_anchor()["notes"]
        assert note.startswith("teruggezet uit een kopie op ")


@pytest.mark.wide
@pytest.mark.alike
@pytest.mark.usefixtures("made_before")
def test_a_restore_to_before_the_first_act_leaves_a_whole_log(
    copy: Path, elsewhere: Elsewhere
) -> None:
    make(copy)
    append(Act("a.b.changed", "a.b:1", 7, 1, AT, {}))
    with elsewhere("same"):
        call_command("restore", str(copy))
        assert list(verify()) == []
        append(Act("a.b.changed", "a.b:3", 7, 1, AT, {}))
        assert list(verify()) == []


@pytest.mark.wide
@pytest.mark.alike
def test_the_command_reads_back_what_it_wrote(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Municipality.objects.all().delete()
    named_key("one")
    call_command("backup", str(copy))
    assert capsys.readouterr().out.startswith("kopie in orde: 1 rijen in ")
    copy.write_bytes(copy.read_bytes()[:-1])
    with pytest.raises(CommandError, match="is beschadigd of afgekapt"):
        call_command("backup", str(copy), "--verify")
