"""A file in the store: sealed, whole, in parts for a player, gone when its key goes."""

from __future__ import annotations

import io
import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from achterban.core.database.rows import insert_all
from achterban.core.files import spool
from achterban.core.files.actions import Taken, ready_file, remove_file, take_in
from achterban.core.files.models import Block, StoredFile
from achterban.core.files.reading import BLOCK_BYTES
from achterban.core.files.scanner import Verdict, scan
from achterban.core.files.serving import download
from achterban.core.files.spool import SealedUploadHandler, Spool
from achterban.core.files.tests import samples
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.keyring import WrongKey
from achterban.core.vault.models import DataKey
from achterban.rules.filetypes import Kind, NotAccepted, Reason

CONTENT = os.urandom(BLOCK_BYTES * 2 + 100)


@pytest.fixture
def file(db: None) -> StoredFile:
    file, rows = ready_file(Taken(Kind.RECORDING, "webm", CONTENT, is_scanned=False))
    insert_all(rows)
    return StoredFile.objects.select_related("key").get(pk=file.pk)


def test_a_file_comes_back_as_it_was_and_is_nowhere_in_clear(file: StoredFile) -> None:
    assert b"".join(file.open_bytes()) == CONTENT
    assert file.blocks.count() == 3
    for block in file.blocks.all():
        assert CONTENT[:64] not in bytes(block.sealed)


def test_a_block_opens_nowhere_else(file: StoredFile) -> None:
    first, second = file.blocks.order_by("n")[:2]
    Block.objects.filter(pk=first.pk).update(sealed=second.sealed)
    with pytest.raises(WrongKey):
        list(file.open_bytes())


def test_with_its_key_a_file_goes(file: StoredFile) -> None:
    destroy_keys([file.pk], on=date(2026, 3, 2))
    remove_file({"key": file.pk}, 1)
    assert not StoredFile.objects.exists()
    assert not Block.objects.exists()
    assert not DataKey.objects.filter(pk=file.pk).exists()


def test_what_is_destroyed_halfway_comes_no_further(file: StoredFile) -> None:
    blocks = file.open_bytes()
    assert next(blocks) == CONTENT[:BLOCK_BYTES]
    destroy_keys([file.pk], on=date(2026, 3, 2))
    with pytest.raises(DataKey.DoesNotExist):
        next(blocks)


def test_who_may_no_longer_have_it_gets_the_block_that_was_begun(
    file: StoredFile,
) -> None:
    answers = iter([True, False])
    response = download(
        RequestFactory().get("/"), file, "bestand-1", may=lambda: next(answers)
    )
    assert response.getvalue() == CONTENT[:BLOCK_BYTES]
    assert response["Content-Length"] == str(len(CONTENT))


@pytest.mark.parametrize(
    ("asked", "status", "start", "stop"),
    [
        ("", 200, 0, len(CONTENT)),
        ("bytes=0-", 206, 0, len(CONTENT)),
        ("bytes=0-1", 206, 0, 2),
        (
            f"bytes={BLOCK_BYTES - 1}-{BLOCK_BYTES}",
            206,
            BLOCK_BYTES - 1,
            BLOCK_BYTES + 1,
        ),
        (f"bytes={len(CONTENT) - 1}-9999999999", 206, len(CONTENT) - 1, len(CONTENT)),
        ("bytes=-5", 200, 0, len(CONTENT)),
        ("bytes=5-2", 416, 0, 0),
        (f"bytes={len(CONTENT)}-", 416, 0, 0),
    ],
)
def test_a_player_gets_the_part_it_asks_for_and_nothing_runs(
    file: StoredFile, asked: str, status: int, start: int, stop: int
) -> None:
    request = RequestFactory().get("/", headers={"Range": asked} if asked else {})
    response = download(request, file, "bestand-1", may=lambda: True)
    assert response.status_code == status
    if status != 416:
        assert response.getvalue() == CONTENT[start:stop]
        assert response["Content-Length"] == str(stop - start)
        assert response["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in response["Content-Security-Policy"]
    if status == 206:
        expected = f"bytes {start}-{stop - 1}/{len(CONTENT)}"
        assert response["Content-Range"] == expected


def test_what_is_being_uploaded_is_on_the_disk_sealed_and_without_a_name() -> None:
    waiting = Spool()
    for start in range(0, len(CONTENT), 1000):
        waiting.write(CONTENT[start : start + 1000])
    waiting._file.flush()
    on_disk = Path(f"/proc/self/fd/{waiting._file.fileno()}").read_bytes()
    assert len(on_disk) == len(CONTENT)
    assert CONTENT[:32] not in on_disk
    assert os.fstat(waiting._file.fileno()).st_nlink == 0
    assert waiting.read() == CONTENT
    waiting.close()


def test_too_much_is_dropped_while_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MOST_BYTES", 1000)
    request = RequestFactory().post("/")
    handler = SealedUploadHandler(request)
    handler.handle_raw_input(io.BytesIO(), {}, 2000, "")
    handler.new_file("file", "a.jpg", "image/jpeg", 2000)
    handler.receive_data_chunk(b"x" * 600, 0)
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x" * 600, 600)
    assert spool.is_too_large(request)


@pytest.fixture
def door() -> Iterator[Path]:
    """Return where a scanner may listen: the name of a socket has a hundred letters."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder, "clamd")


@contextmanager
def scanner(path: Path, answer: bytes) -> Iterator[list[bytes]]:
    """Stand in for clamd: take one stream, keep it, answer."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()

        def serve() -> None:
            line, _ = door.accept()
            with line, line.makefile("rb") as words:
                asked = words.read(10)  # also where asserts are off
                assert asked == b"zINSTREAM\0"
                while size := int.from_bytes(words.read(4), "big"):
                    heard.append(words.read(size))
                line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield heard
        thread.join()


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", Verdict.CLEAN),
        (b"stream: Eicar-Test-Signature FOUND\0", Verdict.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict.ABSENT),
        (b"", Verdict.ABSENT),
    ],
)
def test_the_scanner_sees_the_whole_file_and_is_believed(
    door: Path, settings: Settings, answer: bytes, verdict: Verdict
) -> None:
    settings.CLAMD = str(door)
    with scanner(door, answer) as heard:
        assert scan(CONTENT) is verdict
    assert b"".join(heard) == CONTENT


@pytest.mark.slow
def test_what_the_scanner_warns_of_is_refused_and_without_one_it_is_said(
    door: Path, settings: Settings
) -> None:
    settings.CLAMD = str(door)
    upload = SimpleUploadedFile("a.jpg", samples.photo(), "image/jpeg")
    with (
        scanner(door, b"stream: X FOUND\0"),
        pytest.raises(NotAccepted) as caught,
    ):
        take_in(upload)
    assert caught.value.reason == Reason.VIRUS

    upload.seek(0)
    assert not take_in(upload).is_scanned  # nobody listens there any more
