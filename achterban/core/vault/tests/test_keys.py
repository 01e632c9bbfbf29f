"""One key for each telling; destroying and rotating."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from achterban.core.database.tests.disk import together
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault import actions
from achterban.core.vault.actions import (
    check_keys,
    destroy_keys,
    drop_old_masters,
    named_key,
    replay_erasures,
    rotate_master_key,
    wipe_free_space,
)
from achterban.core.vault.keyring import (
    WrongKey,
    load_key_ring,
    new_key_ring,
    recorded_erasures,
    store_key_ring,
)
from achterban.core.vault.models import DataKey, key_ring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]
DAY = date(2026, 11, 24)


def stored_key(name: str | None = None) -> DataKey:
    key = DataKey.fresh(name)
    key.save(force_insert=True)
    return key


def reread(key: DataKey) -> DataKey:
    """Return the key as a later request finds it: nothing opened yet."""
    return DataKey.objects.get(pk=key.pk)


def rotate() -> None:
    for _progress in rotate_master_key():
        pass


def in_hours(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


def test_every_telling_has_a_key_of_its_own() -> None:
    keys = [stored_key().open() for _ in range(20)]
    assert len(set(keys)) == 20
    assert {len(key) for key in keys} == {32}


def test_the_key_itself_is_not_in_the_database() -> None:
    key = stored_key()
    assert key.open() not in bytes(reread(key).wrapped)


@pytest.mark.parametrize("content", ["één “twee”", {"a": [1, None]}, "", []])
def test_content_comes_back_as_it_was(content: object) -> None:
    key = stored_key()
    sealed = key.seal(content, context="a.b:1")
    assert reread(key).unseal(sealed, context="a.b:1") == content


def test_content_that_was_moved_to_another_row_is_refused() -> None:
    key = stored_key()
    sealed = key.seal("words", context="a.b:1")
    with pytest.raises(WrongKey):
        key.unseal(sealed, context="a.b:2")


def test_a_wrapped_key_that_was_moved_to_another_row_is_refused() -> None:
    mine, theirs = stored_key(), stored_key()
    DataKey.objects.filter(pk=mine.pk).update(wrapped=theirs.wrapped)
    with pytest.raises(WrongKey):
        reread(mine).open()


def test_a_named_key_is_made_once() -> None:
    assert named_key("outbox").open() == named_key("outbox").open()
    assert DataKey.objects.count() == 1


def test_destroying_removes_the_key_and_tells_the_rooms() -> None:
    gone, stays = stored_key(), stored_key()
    destroy_keys([gone.pk], on=DAY)
    assert list(DataKey.objects.all()) == [stays]
    news = OutboxRow.objects.get()
    assert (news.kind, news.payload) == ("vault.destroyed", {"key": gone.pk})


def test_the_ledger_is_written_before_the_row_is_gone(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = stored_key()
    seen: list[bool] = []

    def look(folder: Path, key_ids: list[int]) -> None:
        seen.append(DataKey.objects.filter(pk__in=key_ids).exists())

    monkeypatch.setattr(actions, "record_erasures", look)
    destroy_keys([key.pk], on=DAY)
    assert seen == [True]


def test_what_a_crash_interrupted_is_finished_at_the_next_start(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = stored_key()

    def crash(key_ids: list[int], *, on: date) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as crashing:
        crashing.setattr(actions, "_remove", crash)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            destroy_keys([key.pk], on=DAY)
    assert reread(key).open() == key.open()
    assert recorded_erasures(own_keys) == [key.pk]

    assert replay_erasures(on=DAY) == 1
    assert not DataKey.objects.exists()
    assert OutboxRow.objects.get().payload == {"key": key.pk}


def test_an_erasure_that_cannot_be_written_down_does_not_happen(
    own_keys: Path,
) -> None:
    key = stored_key()
    (own_keys / "erasures.log").mkdir()
    with pytest.raises(OSError, match="directory"), transaction.atomic():
        destroy_keys([key.pk], on=DAY)
    assert reread(key).open() == key.open()
    assert not OutboxRow.objects.exists()


def test_replaying_twice_does_nothing_more() -> None:
    back, stays = stored_key(), stored_key()
    destroy_keys([back.pk], on=DAY)
    back.save(force_insert=True)  # as an old backup would
    OutboxRow.objects.all().delete()
    assert [replay_erasures(on=DAY) for _ in range(3)] == [1, 0, 0]
    assert list(DataKey.objects.all()) == [stays]
    assert OutboxRow.objects.count() == 1


def test_replaying_reads_a_long_ledger_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "CHUNK", 2)
    keys = [stored_key() for _ in range(5)]
    destroy_keys([key.pk for key in keys], on=DAY)
    for key in keys:
        key.save(force_insert=True)
    assert replay_erasures(on=DAY) == 5


def test_rotation_keeps_everything_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "CHUNK", 2)
    keys = [stored_key() for _ in range(5)]
    words = [key.seal(f"verhaal {key.pk}", context="a.b:1") for key in keys]
    assert [*rotate_master_key()] == [(2, 5), (4, 5), (5, 5)]
    for key, sealed in zip(keys, words, strict=True):
        later = reread(key)
        assert later.master == "m2"
        assert later.unseal(sealed, context="a.b:1") == f"verhaal {key.pk}"


def test_rotation_changes_no_hash_and_no_signature(own_keys: Path) -> None:
    before = load_key_ring(own_keys).hash_keys
    rotate()
    assert load_key_ring(own_keys).hash_keys == before


def test_the_old_master_stays_a_day(own_keys: Path) -> None:
    stored_key()
    rotate()
    assert drop_old_masters(at=in_hours(23)) == []
    assert set(load_key_ring(own_keys).masters) == {"m1", "m2"}
    assert drop_old_masters(at=in_hours(25)) == ["m1"]
    assert set(load_key_ring(own_keys).masters) == {"m2"}


def test_what_is_dropped_opens_nothing_any_more(own_keys: Path) -> None:
    before = load_key_ring(own_keys).masters["m1"]
    key = stored_key()
    rotate()
    drop_old_masters(at=in_hours(25))
    assert before not in load_key_ring(own_keys).masters.values()
    assert reread(key).open() == key.open()


def test_a_key_that_was_being_made_during_the_rotation_is_kept(own_keys: Path) -> None:
    late = DataKey.fresh()  # under the old master, not stored yet
    rotate()
    late.save(force_insert=True)
    assert reread(late).open() == late.open()
    drop_old_masters(at=in_hours(25))
    assert reread(late).open() == late.open()
    assert reread(late).master == "m2"


def test_a_process_with_the_old_ring_in_memory_goes_on(own_keys: Path) -> None:
    key = stored_key()
    assert key_ring().current == "m1"
    ring = load_key_ring(own_keys)
    masters = {**ring.masters, "m2": os.urandom(32)}  # another process rotates
    store_key_ring(
        own_keys, type(ring)(current="m2", masters=masters, hash_keys=ring.hash_keys)
    )
    assert reread(key).open() == key.open()
    assert stored_key().master == "m2"


def test_a_rotation_that_stopped_halfway_is_finished_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "CHUNK", 1)
    keys = [stored_key() for _ in range(3)]
    next(rotate_master_key())
    assert {reread(key).master for key in keys} == {"m1", "m2"}
    assert all(reread(key).open() == key.open() for key in keys)
    rotate()
    assert {reread(key).master for key in keys} == {"m3"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_disk")
def test_two_rotations_at_once_lose_no_key(own_keys: Path) -> None:
    keys = [stored_key() for _ in range(20)]
    assert together(*[rotate] * 4) == []
    assert len(load_key_ring(own_keys).masters) == 5
    assert all(reread(key).open() == key.open() for key in keys)


def test_the_right_keys_are_accepted() -> None:
    named_key("probe")
    check_keys()


def test_keys_of_another_installation_are_refused(
    tmp_path: Path, settings: Settings
) -> None:
    named_key("probe")
    store_key_ring(tmp_path / "other", new_key_ring())
    settings.KEYS = tmp_path / "other"
    with pytest.raises(WrongKey):
        check_keys()


def test_keys_of_before_the_rotation_are_refused(
    tmp_path: Path, own_keys: Path, settings: Settings
) -> None:
    named_key("probe")
    store_key_ring(tmp_path / "old", load_key_ring(own_keys))
    rotate()
    settings.KEYS = tmp_path / "old"
    with pytest.raises(WrongKey):
        check_keys()


def test_wrong_keys_are_refused_each_time_and_leave_no_trace(
    tmp_path: Path, settings: Settings
) -> None:
    stored_key()  # nothing with a name
    store_key_ring(tmp_path / "other", new_key_ring())
    settings.KEYS = tmp_path / "other"
    for _ in range(3):
        with pytest.raises(WrongKey):
            check_keys()
    assert DataKey.objects.count() == 1


def test_an_empty_database_takes_any_keys() -> None:
    check_keys()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_disk")
def test_a_destroyed_key_is_in_no_file_of_the_database() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its files elsewhere")
    key = stored_key()
    wrapped = bytes(key.wrapped)
    path = Path(connection.settings_dict["NAME"])

    def on_the_disk() -> bool:
        files = path.parent.glob(f"{path.name}*")
        return any(wrapped in file.read_bytes() for file in files)

    assert on_the_disk()
    destroy_keys([key.pk], on=DAY)
    wipe_free_space()
    assert not on_the_disk()


@pytest.mark.django_db(transaction=True)
def test_free_space_is_wiped_on_both_databases() -> None:
    wipe_free_space()
