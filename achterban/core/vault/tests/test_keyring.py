"""Sealing, and the folder with keys: whole, private, and never made anew over data."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.core.vault.keyring import (
    KEY_BYTES,
    KeysMissing,
    WrongKey,
    ensure_key_ring,
    load_key_ring,
    new_key_ring,
    one_at_a_time,
    record_erasures,
    record_withdrawal,
    recorded_erasures,
    recorded_withdrawals,
    replace_file,
    seal,
    store_key_ring,
    unseal,
)

KEY, OTHER = b"k" * KEY_BYTES, b"o" * KEY_BYTES


@given(st.binary(max_size=300), st.binary(max_size=20))
@pytest.mark.wide
def test_what_is_sealed_is_read_back(words: bytes, context: bytes) -> None:
    assert unseal(KEY, seal(KEY, words, context=context), context=context) == words


def test_sealed_words_are_not_readable_and_never_twice_the_same() -> None:
    first, second = (seal(KEY, b"migraine", context=b"a") for _ in range(2))
    assert b"migraine" not in first
    assert first != second


def test_sealed_words_open_only_where_they_belong() -> None:
    sealed = seal(KEY, b"words", context=b"reports.report:1")
    with pytest.raises(WrongKey):
        unseal(KEY, sealed, context=b"reports.report:2")


def test_sealed_words_open_only_with_their_key() -> None:
    with pytest.raises(WrongKey):
        unseal(OTHER, seal(KEY, b"words", context=b"a"), context=b"a")


@given(st.integers(0), st.integers(1, 255))
@pytest.mark.wide
def test_one_changed_byte_is_refused(place: int, difference: int) -> None:
    sealed = bytearray(seal(KEY, b"words", context=b"a"))
    sealed[place % len(sealed)] ^= difference
    with pytest.raises(WrongKey):
        unseal(KEY, bytes(sealed), context=b"a")


@pytest.mark.parametrize("length", range(34))
def test_bytes_that_were_cut_are_refused(length: int) -> None:
    sealed = seal(KEY, b"words", context=b"a")
    assert length < len(sealed)
    with pytest.raises(WrongKey):
        unseal(KEY, sealed[:length], context=b"a")


def test_a_key_ring_is_read_back_as_it_was_stored(tmp_path: Path) -> None:
    ring = new_key_ring()
    store_key_ring(tmp_path, ring)
    assert load_key_ring(tmp_path) == ring


def test_no_two_installations_share_a_key() -> None:
    one, other = new_key_ring(), new_key_ring()
    keys = [
        *(key for ring in (one, other) for key in ring.masters.values()),
        *(key for ring in (one, other) for key in ring.hash_keys.values()),
    ]
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {KEY_BYTES}


def test_only_the_owner_can_read_the_keys(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    before = os.umask(0)
    try:
        store_key_ring(folder, new_key_ring())
        record_erasures(folder, [1])
        with one_at_a_time(folder):
            pass
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"keys.json": 0o600, "erasures.log": 0o600, "lock": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_crash_while_writing_leaves_the_old_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = new_key_ring()
    store_key_ring(tmp_path, ring)

    def crash(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", crash)
    with pytest.raises(OSError, match="No space"):
        store_key_ring(tmp_path, new_key_ring())
    assert load_key_ring(tmp_path) == ring


def test_keys_are_on_disk_before_they_take_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        happened.append("folder" if is_folder else "file")
        fsync(handle)

    def note_replace(path: Path, target: Path) -> Path:
        happened.append("replace")
        return replace(path, target)

    monkeypatch.setattr("os.fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    replace_file(tmp_path / "keys.json", b"{}")
    assert happened == ["file", "replace", "folder"]


WRITTEN = base64.b64encode(KEY).decode()
RING = {
    "current": "m1",
    "masters": {"m1": WRITTEN},
    "hash_keys": dict.fromkeys(("audit", "django", "receipt"), WRITTEN),
}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param(json.dumps(RING)[:90], id="half"),
        pytest.param("null", id="nothing"),
        pytest.param("[]", id="a list"),
        pytest.param(json.dumps({**RING, "masters": []}), id="no masters"),
        pytest.param(json.dumps({**RING, "current": "m2"}), id="current is not there"),
        pytest.param(json.dumps({**RING, "masters": {"m1": "a2tr"}}), id="short key"),
        pytest.param(json.dumps({**RING, "hash_keys": {}}), id="no hash keys"),
        pytest.param("\udcff", id="bytes"),
    ],
)
def test_keys_that_are_not_whole_are_missing_and_stay_as_they_are(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    before = path.read_bytes()
    with pytest.raises(KeysMissing):
        ensure_key_ring(tmp_path, may_create=True)
    assert path.read_bytes() == before


def test_a_whole_ring_is_read(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text(json.dumps(RING))
    assert load_key_ring(tmp_path).masters == {"m1": KEY}


def test_a_new_installation_gets_keys_once(tmp_path: Path) -> None:
    ring = ensure_key_ring(tmp_path / "keys", may_create=True)
    assert ensure_key_ring(tmp_path / "keys", may_create=True) == ring


def test_there_are_no_new_keys_where_data_exists(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing):
        ensure_key_ring(tmp_path, may_create=False)
    assert list(tmp_path.iterdir()) == []


def read_settings(data: Path, keys: Path, **environment: str) -> str:
    """Read the settings in a process of its own; return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "achterban.config.cli", "django", "diffsettings"],
        env={
            **os.environ,
            "ACHTERBAN_DATA": str(data),
            "ACHTERBAN_KEYS": str(keys),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return f"{done.returncode} {done.stderr}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "what_is_there"),
    [
        pytest.param({"DATABASE_URL": ""}, "achterban.sqlite3", id="SQLite"),
        pytest.param(
            {"DATABASE_URL": "sqlite:///{data}/own.db"}, "own.db", id="other name"
        ),
        pytest.param(
            {"DATABASE_URL": "postgres://nobody@nowhere.invalid/x"},
            "static",
            id="PostgreSQL",
        ),
    ],
)
def test_the_program_does_not_start_when_the_keys_of_its_data_are_gone(
    tmp_path: Path, environment: dict[str, str], what_is_there: str
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / what_is_there).mkdir()
    url = environment["DATABASE_URL"].format(data=data)
    url = url or f"sqlite:///{data}/achterban.sqlite3"
    said = read_settings(data, tmp_path / "keys", DATABASE_URL=url)
    assert said.startswith("1 De sleutels ontbreken of zijn niet heel")
    assert not (tmp_path / "keys").exists()


@pytest.mark.slow
def test_the_program_does_not_start_with_half_a_file_of_keys(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "keys.json").write_text(json.dumps(RING)[:90])
    said = read_settings(tmp_path / "data", keys)
    assert said.startswith("1 De sleutels ontbreken of zijn niet heel")


def test_destroyed_keys_are_remembered_in_order(tmp_path: Path) -> None:
    assert recorded_erasures(tmp_path) == []
    record_erasures(tmp_path, [3, 1])
    record_erasures(tmp_path, [2])
    assert recorded_erasures(tmp_path) == [3, 1, 2]


def test_a_line_that_a_full_disk_cut_short_spoils_no_other(tmp_path: Path) -> None:
    record_erasures(tmp_path, [11])
    with (tmp_path / "erasures.log").open("ab") as ledger:
        ledger.write(b"\n2222")
    record_erasures(tmp_path, [33])
    assert {11, 33} <= set(recorded_erasures(tmp_path))


def test_consents_that_were_taken_back_are_remembered_with_their_day(
    tmp_path: Path,
) -> None:
    assert recorded_withdrawals(tmp_path) == {}
    record_withdrawal(tmp_path, 3, on=date(2026, 11, 24))
    with (tmp_path / "withdrawals.log").open("ab") as ledger:
        ledger.write(b"\n2222 2026-1")  # by a full disk
    record_withdrawal(tmp_path, 1, on=date(2026, 11, 25))
    assert recorded_withdrawals(tmp_path) == {
        3: date(2026, 11, 24),
        1: date(2026, 11, 25),
    }


def test_an_erasure_that_does_not_fit_on_the_disk_is_refused(tmp_path: Path) -> None:
    (tmp_path / "erasures.log").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space"):
        record_erasures(tmp_path, [1])


def test_two_never_change_the_folder_at_once(tmp_path: Path) -> None:
    happened: list[str] = []

    def other() -> None:
        with one_at_a_time(tmp_path):
            happened.append("other")

    with one_at_a_time(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.02)
        happened.append("first")
    thread.join()
    assert happened == ["first", "other"]
