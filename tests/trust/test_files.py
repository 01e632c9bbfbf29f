"""C6, D7, H1 and H5: what is uploaded is nowhere in clear, and only ever a download."""

from __future__ import annotations

import http.client
import io
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import av
import pytest
import requests

from bench.servers import family
from tests import driver
from tests.trust.conftest import Figure, Places
from tests.trust.tools import canary, hits, report_id

pytestmark = pytest.mark.trust
LARGE = 20 << 20


def wave_of(word: bytes, size: int) -> bytes:
    """Return a recording as some telephones make it, full of one word."""
    sound = word * (size // len(word) & ~1)
    head = b"RIFF" + (36 + len(sound)).to_bytes(4, "little") + b"WAVEfmt "
    head += (
        (16).to_bytes(4, "little") + b"\x01\0\x01\0" + (16_000).to_bytes(4, "little")
    )
    head += (32_000).to_bytes(4, "little") + b"\x02\0\x10\0data"
    return head + len(sound).to_bytes(4, "little") + sound


def open_files(pid: int) -> bytes:
    """Return what stands in all files that a process has open, named or not."""
    found = b""
    for member in family(pid):
        for link in Path(f"/proc/{member}/fd").iterdir():
            try:
                if Path(os.readlink(link)).is_absolute() and link.is_file():
                    found += link.read_bytes()
            except OSError:
                continue
    return found


def test_a_large_upload_is_nowhere_in_clear(places: Places, figure: Figure) -> None:
    server = places.start()
    word = canary().encode()
    form = begin_of_form(server)
    body = form[1] + wave_of(word, LARGE) + b"\r\n--grens--\r\n"
    address = urlsplit(form[0])
    seen: list[int] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.3):
            seen.append(open_files(server.pid).count(word))

    watcher = threading.Thread(target=watch)
    watcher.start()
    host, port = address.hostname or "", address.port
    with closing(http.client.HTTPConnection(host, port, timeout=120)) as line:
        line.putrequest("POST", address.path)
        line.putheader("Content-Type", "multipart/form-data; boundary=grens")
        line.putheader("Content-Length", str(len(body)))
        line.endheaders()
        for start in range(0, len(body), 1 << 20):
            line.send(body[start : start + (1 << 20)])
            time.sleep(0.1)
        answer = line.getresponse().read().decode()
    ended.set()
    watcher.join()

    assert "Opname 1" in answer, driver.text_of(answer)
    kept = hits([word.decode()], server.data, server.keys)
    figure(f"{len(seen)} looks while 20 MB came in: {sum(seen)} hits; kept: {kept}")
    assert not any(seen)
    assert len(seen) > 3
    assert not kept


def begin_of_form(server: driver.Server) -> tuple[str, bytes]:
    """Return where a file goes, and the form as far as its first byte."""
    url, data, _field = server.report_form()
    answer = driver.requests.post(
        url, {**data, "act": "speak", "text": "x"}, timeout=60
    )
    address, hidden = driver._file_form(answer.url, answer.text)
    parts = [
        f'--grens\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**hidden, "act": "add"}.items()
    ]
    parts.append(
        '--grens\r\nContent-Disposition: form-data; name="file"; filename="memo.wav"'
        "\r\nContent-Type: audio/wav\r\n\r\n"
    )
    return address, "".join(parts).encode()


def test_what_was_sent_comes_back_sound_for_who_may_and_for_nobody_else(
    places: Places, figure: Figure
) -> None:
    server = places.start()
    recording = wave_of(b"\0\x10\0\x20", 64_000)
    server.send_report({"text": ""}, {"file": ("memo.wav", recording, "audio/wav")})
    volunteer = server.login("volunteer")
    found = [url for url in server.media_urls() if "stille-kracht" in url]
    got = volunteer.get(found[-1], timeout=60)
    with av.open(io.BytesIO(got.content), "r") as source:
        frames = source.decode(source.streams.audio[0])
        length = sum(int(frame.samples) for frame in frames) / 48_000
    sessions = {
        "nobody": driver.requests.Session(),
        "administrator": server.login("administrator"),
        "elsewhere": server.login("coordinator", "spierkring"),
    }
    others = {
        who: session.get(found[-1], timeout=60, allow_redirects=False).status_code
        for who, session in sessions.items()
    }
    for session in (volunteer, *sessions.values()):
        session.close()
    figure(f"{length:.1f} s of sound for a volunteer; {others}")
    assert 1.8 < length < 2.3
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert others == {"nobody": 302, "administrator": 404, "elsewhere": 404}


# D7

ATTACH = """
import os
from achterban.core import clock
from achterban.core.files.actions import Taken
from achterban.listen.reports.actions import attaching
from achterban.listen.reports.models import Report
from achterban.rules.filetypes import Kind

file = Taken(Kind.RECORDING, "webm", os.urandom({size}), is_scanned=False)
attaching.attach(
    Report.objects.get(pk={report}), file, attachment_id={report}, on=clock.today()
)
"""
REVOKE = """
from achterban.core.accounts.models import Membership
Membership.objects.filter(account__email="{email}").delete()
"""
READ_BEFORE = 512 << 10
LATEST = 5  # seconds


def test_a_download_ends_with_the_role(places: Places, figure: Figure) -> None:
    server = places.start()
    code = server.send_report({"text": "Met een opname erbij."}, {})
    key = report_id(server, code)
    server.run("django", "shell", "-c", ATTACH.format(size=LARGE, report=key))
    session = server.login("volunteer")
    address = server.page(f"werk/signalen/bestand/{key}/")

    whole = session.get(address, timeout=60).content
    with slow_line(session, address) as line:
        n_before = 0
        while n_before < READ_BEFORE:
            n_before += len(line.recv(READ_BEFORE))
        email = server.persona("volunteer")["email"]
        server.run("django", "shell", "-c", REVOKE.format(email=email))
        began = time.monotonic()
        n_after = sum(len(part) for part in iter(lambda: line.recv(READ_BEFORE), b""))
        seconds = time.monotonic() - began

    figure(
        f"{places.kind}: of {LARGE >> 10} kB, {n_before >> 10} kB came before the role "
        f"was taken away and {n_after >> 10} kB after it; over in {seconds:.1f} s"
    )
    assert len(whole) == LARGE
    assert n_before + n_after < LARGE // 2
    assert seconds <= LATEST
    assert session.get(address, timeout=60).status_code == 404


@contextmanager
def slow_line(session: requests.Session, address: str) -> Iterator[socket.socket]:
    """Ask for a page over a line that holds little; nothing is read yet."""
    parts = urlsplit(address)
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 10)
        line.connect(("127.0.0.1", parts.port))
        cookies = "; ".join(f"{it.name}={it.value}" for it in session.cookies)
        head = [f"GET {parts.path} HTTP/1.1", f"Host: {parts.netloc}"]
        head += [f"Cookie: {cookies}", "Connection: close"]
        line.sendall("\r\n".join([*head, "", ""]).encode())
        line.settimeout(60)
        yield line
