"""Before the first answer: refuse what does not fit, finish what was begun."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from achterban.core import clock
from achterban.core.audit.actions import Act, append
from achterban.core.audit.models import AuditEvent
from achterban.core.files.scanner import scanner_address
from achterban.core.outbox import receivers
from achterban.core.outbox.actions import News, emit
from achterban.core.outbox.models import OutboxRow
from achterban.core.outbox.receivers import receiver
from achterban.core.places.models import Municipality
from achterban.core.upkeep import round as rounds
from achterban.core.upkeep import start
from achterban.core.upkeep.management.commands import check_installation
from achterban.core.upkeep.round import daily_round, do_all_due
from achterban.core.upkeep.start import Refused, prepare
from achterban.core.upkeep.versions import by_todays_names
from achterban.core.vault.actions import destroy_keys, named_key, rotate_master_key
from achterban.core.vault.keyring import load_key_ring, new_key_ring, store_key_ring
from achterban.core.vault.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _wipe_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not vacuum within the transaction of a test."""
    monkeypatch.setattr(rounds, "wipe_free_space", lambda: None)
    monkeypatch.setattr(rounds, "wipe", lambda: None)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what a start would do to the database and the disk, instead of doing it."""
    commands: list[str] = []

    def note(name: str, **options: Any) -> None:
        commands.append(name)

    monkeypatch.setattr(start, "call_command", note)
    return commands


@pytest.fixture
def other_keys(tmp_path: Path, settings: Settings) -> Callable[[], None]:
    """Point at the keys of another installation."""

    def point() -> None:
        store_key_ring(tmp_path / "other", new_key_ring())
        settings.KEYS = tmp_path / "other"

    return point


def from_the_future() -> None:
    MigrationRecorder(connection).record_applied("vault", "0999_from_the_future")


def test_a_database_of_before_migrations_were_joined_is_our_own() -> None:
    recorder = MigrationRecorder(connection)
    for app, name in MigrationLoader(connection).replacements:
        recorder.record_unapplied(app, name)
    start.refuse_unknown_migrations()
    recorder.record_unapplied("consent", "0003_accounts")  # no longer whole
    loader = MigrationLoader(None)
    known, unknown = by_todays_names(loader, recorder.applied_migrations())
    assert ("reports", "0001_to_the_first_release") in known
    assert ("consent", "0001_to_the_first_release") not in known
    assert unknown == set()


@pytest.mark.slow
def test_a_start_migrates_loads_places_and_can_be_repeated(done: list[str]) -> None:
    Municipality.objects.all().delete()
    prepare()
    assert done == ["migrate", "collectstatic"]
    assert Municipality.objects.count() == 342
    prepare()
    assert Municipality.objects.count() == 342


def test_a_database_of_a_newer_program_is_refused_before_anything_changes(
    done: list[str],
) -> None:
    from_the_future()
    with pytest.raises(Refused, match=r"nieuwere versie .*vault.0999.*niets veranderd"):
        prepare()
    assert done == []
    assert not DataKey.objects.exists()


def test_wrong_keys_are_refused_before_anything_changes(
    done: list[str], other_keys: Callable[[], None]
) -> None:
    Municipality.objects.all().delete()
    named_key("probe")
    other_keys()
    for _ in range(2):
        with pytest.raises(Refused, match=r"passen niet bij deze gegevens.*--keys"):
            prepare()
    assert done == []
    assert DataKey.objects.count() == 1
    assert not Municipality.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_an_old_sqlite_is_refused(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
    with pytest.raises(Refused, match="is te oud en kan gegevens beschadigen"):
        prepare()
    assert done == []


def test_a_start_finishes_every_erasure(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "load_places", lambda: 0)
    heard: list[int] = []
    monkeypatch.setitem(
        receivers._receivers,
        "vault.destroyed",
        [lambda payload, row_id: heard.append(payload["key"])],
    )
    key = named_key("gone")
    destroy_keys([key.pk], on=clock.today())
    key.save(force_insert=True)
    OutboxRow.objects.all().delete()
    emit(News("mail.later", {}), on=clock.today())
    prepare()
    assert heard == [key.pk]
    assert not DataKey.objects.filter(pk=key.pk).exists()
    # Letters of an old backup wait until the office is open.
    assert [row.kind for row in OutboxRow.objects.all()] == ["mail.later"]


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[date], object]]:
    """Daily tasks of this test only."""
    mine: list[Callable[[date], object]] = []
    monkeypatch.setattr(rounds, "_daily", mine)
    return mine


@pytest.mark.alike
def test_a_task_that_fails_stops_no_other(
    tasks: list[Callable[[date], object]], caplog: pytest.LogCaptureFixture
) -> None:
    went: list[date] = []

    def fail(on: date) -> None:
        raise DatabaseError("een geheim woord")

    tasks += [fail, went.append, fail, went.append]
    daily_round(DAY)
    assert went == [DAY, DAY]
    assert "geheim" not in caplog.text
    assert caplog.text.count("daily round: DatabaseError") == 2


@pytest.mark.alike
def test_a_room_registers_what_it_does_daily(
    tasks: list[Callable[[date], object]],
) -> None:
    went: list[date] = []
    rounds.daily(went.append)
    daily_round(DAY)
    assert went == [DAY]


@pytest.mark.alike
def test_wiping_that_fails_stops_no_work(
    tasks: list[Callable[[date], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(rounds, "wipe_free_space", locked)
    emit(News("test.nobody", {}), on=clock.today())
    assert do_all_due() == 1


@pytest.mark.alike
def test_the_round_drops_an_old_master_key_after_a_day(
    own_keys: Path, tasks: list[Callable[[date], object]], travel: Callable[..., None]
) -> None:
    for _progress in rotate_master_key():
        pass
    daily_round(DAY)
    assert len(load_key_ring(own_keys).masters) == 2
    travel(hours=25)
    daily_round(DAY)
    assert len(load_key_ring(own_keys).masters) == 1


@pytest.mark.wide
def test_working_once_does_all_that_is_due_also_behind_what_fails(
    tasks: list[Callable[[date], object]], capsys: pytest.CaptureFixture[str]
) -> None:
    heard: list[int] = []
    receiver("test.fine")(lambda payload, row_id: heard.append(payload["n"]))

    def refuse(payload: dict[str, Any], row_id: int) -> None:
        raise OSError

    receiver("test.down")(refuse)
    on = clock.today()
    emit(*(News("test.down", {"n": n}) for n in range(150)), on=on)
    emit(*(News("test.fine", {"n": n}) for n in range(150)), on=on)
    emit(News("test.fine", {"n": 999}, wait_days=1), on=on)
    try:
        call_command("work", "--once")
    finally:
        for kind in ("test.fine", "test.down"):
            del receivers._receivers[kind]
    assert sorted(heard) == list(range(150))
    assert capsys.readouterr().out == "gedaan: 150\n"
    assert OutboxRow.objects.filter(attempts=1).count() == 150


def test_working_once_also_does_what_the_work_itself_brings(
    tasks: list[Callable[[date], object]],
) -> None:
    def go_on(payload: dict[str, Any], row_id: int) -> None:
        emit(News("test.second", {}), on=clock.today())

    receiver("test.first")(go_on)
    emit(News("test.first", {}), on=clock.today())
    try:
        assert do_all_due() == 2
    finally:
        del receivers._receivers["test.first"]


def findings() -> dict[str, str | None]:
    return dict(check_installation._findings())


def test_an_installation_in_order_has_no_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    named_key("probe")
    monkeypatch.setattr(check_installation, "LEAST_SPACE", 0)
    call_command("check_installation")
    said = capsys.readouterr().out
    assert said.count("in orde") == len(check_installation.CHECKS)
    assert ("virusscanner" in said) is not bool(scanner_address())
    call_command("check_installation", "--json")
    assert capsys.readouterr().out == '{"ok": true, "wrong": {}}\n'


def test_looking_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    findings()
    assert not DataKey.objects.exists()


@pytest.mark.alike
def test_a_finding_is_said_and_the_command_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from_the_future()
    with pytest.raises(CommandError, match="Niet alles is in orde"):
        call_command("check_installation", "--json")
    assert '"ok": false' in capsys.readouterr().out


def test_wrong_keys_are_found(
    other_keys: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    named_key("probe")
    other_keys()
    assert "passen niet" in str(findings()["sleutels"])


@pytest.mark.alike
@pytest.mark.parametrize("inside", ["keys", "."])
def test_keys_within_the_data_are_found(
    inside: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_key_ring(tmp_path / inside, new_key_ring())
    settings.DATA, settings.KEYS = tmp_path, tmp_path / inside
    assert "zet ze erbuiten" in str(findings()["sleutels"])


@pytest.mark.alike
def test_a_log_that_was_changed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    append(Act("a.b.changed", "a.b:1", 7, 1, at, {}))
    AuditEvent.objects.update(actor=8)
    assert "Regel 1 is veranderd" in str(findings()["logboek"])


@pytest.mark.alike
def test_letters_that_do_not_leave_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    emit(News("mail.send", {}), on=DAY)
    OutboxRow.objects.update(attempts=10)
    assert "1 berichten lukken al lang niet" in str(findings()["post"])


@pytest.mark.alike
def test_a_full_disk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_installation, "LEAST_SPACE", 1 << 60)
    assert "MB vrij" in str(findings()["ruimte"])


@pytest.mark.alike
def test_a_check_that_cannot_be_done_is_a_finding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> None:
        raise DatabaseError("malformed")

    monkeypatch.setitem(check_installation.CHECKS, "logboek", fail)
    assert findings()["logboek"] == "malformed"


@pytest.mark.alike
def test_passwords_are_hashed_as_owasp_asks(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_installation", "--hash")
    said = json.loads(capsys.readouterr().out)
    assert said["algorithm"] == "argon2"
    assert said["memory_kib"] >= 19 * 1024
    assert said["time"] >= 2


def test_the_log_is_verified_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit", "verify")
    assert capsys.readouterr().out == "Het logboek is heel: 0 regels.\n"
    append(Act("a.b.changed", "a.b:1", 7, 1, clock.now(), {}))
    AuditEvent.objects.update(actor=8, at=clock.now() - timedelta(days=1))
    with pytest.raises(CommandError, match="klopt niet"):
        call_command("audit", "verify", "--json")
    assert "Regel 1 is veranderd" in capsys.readouterr().out


def test_the_master_key_is_rotated_by_a_command(
    capsys: pytest.CaptureFixture[str], own_keys: Path
) -> None:
    named_key("one")
    call_command("rotate_keys")
    assert "omgepakt: 1" in capsys.readouterr().out
    assert load_key_ring(own_keys).current == "m2"
