"""The proxies of the README, word for word but for ports and certificates (I3, J1)."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

import pytest

from achterban.config.settings import ROOT
from tests import driver
from tests.program import free_port
from tests.trust.conftest import Places
from tests.trust.tools import BEHIND_PROXY, TOKEN, canary, nginx, running, wait_for

pytestmark = pytest.mark.trust

HOST = "meld.stille-kracht.example"
TELL = "/o/stille-kracht/vertel/"
FILE_KIND = "multipart/form-data; boundary=b"
# What takes a file, and how large it may be at least (MB).
FILES = {
    "vertel/bestand/": 25,
    "code/bestand/erbij/": 25,
    "mijn/1/bestand/erbij/": 25,
    "mijn/1/bestand/bewaar/": 25,
    "werk/overheden/": 25,
    "werk/publicaties/controleer/": 25,
    "werk/documenten/": 50,
    "werk/inlezen/": 58,  # of a stranger the program itself hears out 60
}
README = (ROOT / "README.md").read_text(encoding="utf-8")


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Message
    text: str


@dataclass
class Door:
    """A proxy as seen from outside.

    Attributes:
        plain: port for http.
        locked: port for https.
    """

    plain: int
    locked: int

    def ask(
        self,
        path: str,
        body: dict[str, str] | bytes | None = None,
        more: dict[str, str] | None = None,
    ) -> Answer:
        """Ask for a page over https, or send a form or a file."""
        unverified = ssl.create_default_context()
        unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
        bare = socket.create_connection(("127.0.0.1", self.locked), timeout=30)
        with unverified.wrap_socket(bare, server_hostname=HOST) as line:
            return _answer(line, path, body, more or {})

    def ask_plainly(self, path: str) -> Answer:
        """Ask for a page over http."""
        with socket.create_connection(("127.0.0.1", self.plain), timeout=30) as line:
            return _answer(line, path, None, {})


def _answer(
    line: socket.socket,
    path: str,
    body: dict[str, str] | bytes | None,
    more: dict[str, str],
) -> Answer:
    asks = http.client.HTTPConnection(HOST)
    asks.sock = line
    content = urlencode(body) if isinstance(body, dict) else body
    of_file = isinstance(body, bytes)
    kind = FILE_KIND if of_file else "application/x-www-form-urlencoded"
    asks.request(
        "POST" if body else "GET", path, content, {"Content-Type": kind, **more}
    )
    with asks.getresponse() as answer:
        return Answer(answer.status, answer.headers, answer.read().decode())


Behind = Callable[[driver.Server, Path], AbstractContextManager[Door]]


@contextmanager
def behind_nginx(server: driver.Server, folder: Path) -> Iterator[Door]:
    door = Door(free_port(), free_port())
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={HOST} "
        f"-keyout {folder}/privkey.pem -out {folder}/fullchain.pem".split(),
        check=True,
        capture_output=True,
    )
    found = re.search(r"```nginx\n(.*?)```", README, re.DOTALL)
    assert found is not None
    text = re.sub(r" *listen \[::\].*\n", "", found[1])
    text = text.replace("listen 80;", f"listen 127.0.0.1:{door.plain};")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{door.locked} ")
    text = text.replace(f"/etc/letsencrypt/live/{HOST}", str(folder))
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{server.port}")
    with nginx(text, folder):
        wait_for(door.locked)
        yield door


@contextmanager
def behind_caddy(server: driver.Server, folder: Path) -> Iterator[Door]:
    door = Door(free_port(), free_port())
    found = re.search(r"```\n(\{\n    log.*?)```", README, re.DOTALL)
    assert found is not None
    ours = f"admin off\nlocal_certs\nskip_install_trust\nhttp_port {door.plain}\n"
    text = found[1].replace("{\n", f"{{\n{ours}https_port {door.locked}\n", 1)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{server.port}")
    (folder / "Caddyfile").write_text(text)
    command = ["caddy", "run", "--adapter", "caddyfile", "--config"]
    home = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with running([*command, str(folder / "Caddyfile")], **home):
        wait_for(door.locked)
        yield door


PROXIES: dict[str, Behind] = {"nginx": behind_nginx, "caddy": behind_caddy}


@pytest.mark.parametrize("proxy", PROXIES)
def test_the_proxy_of_the_readme_locks_the_door_and_writes_nothing(
    sqlite: Places, tmp_path: Path, proxy: str
) -> None:
    if shutil.which(proxy) is None:
        pytest.skip(f"{proxy} is not installed")
    server = sqlite.start(
        **BEHIND_PROXY, ACHTERBAN_HOSTS=HOST, ACHTERBAN_PLAIN_HTTP="0"
    )
    word = canary()
    folder = tmp_path / proxy
    folder.mkdir()
    with PROXIES[proxy](server, folder) as door:
        plain = door.ask_plainly(TELL)
        page = door.ask(TELL)
        spoofed = door.ask(TELL, more={"X-Tor": "1"}).text
        cookies = door.ask("/o/stille-kracht/inloggen/").headers.get_all("Set-Cookie")
        long = f"{word} " + "woord " * 160_000  # a megabyte
        token = TOKEN.findall(page.text)[0]
        sent = door.ask(TELL, {"token": token, "text": long[:190_000], "act": "send"})
        too_long = door.ask(TELL, {"token": token, "text": long * 4})
    assert plain.status in {301, 308}
    assert str(plain.headers["Location"]).startswith(f"https://{HOST}")
    assert page.status == 200
    assert "max-age=63072000" in page.headers["Strict-Transport-Security"]
    assert "Vertrouwelijk" in page.text
    assert "Vertrouwelijk" in spoofed
    assert cookies
    assert all(c.startswith("__Host-") and "Secure" in c for c in cookies)
    assert sent.status == 200
    # Of the proxy itself; or it cut the text, and the program could not read it.
    assert too_long.status in {413, 502} or "niet heel aan" in too_long.text
    written = [path for path in folder.rglob("*") if path.is_file()]
    marks = (word.encode(), b"vertel", b"127.0.0.1 ")
    for path in written:
        if path.name not in {"nginx.conf", "Caddyfile"}:
            assert not [m for m in marks if m in path.read_bytes()], path


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_file_gets_past_the_proxy_of_the_readme(
    sqlite: Places, tmp_path: Path, proxy: str
) -> None:
    if shutil.which(proxy) is None:
        pytest.skip(f"{proxy} is not installed")
    server = sqlite.start(
        **BEHIND_PROXY, ACHTERBAN_HOSTS=HOST, ACHTERBAN_PLAIN_HTTP="0"
    )
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    with PROXIES[proxy](server, tmp_path) as door:
        for path, n_mb in FILES.items():
            body = head + b"x" * (n_mb << 20) + b"\r\n--b--\r\n"
            answer = door.ask(f"/o/stille-kracht/{path}", body)
            # The program says what it thinks of it, and not the proxy.
            assert "Content-Security-Policy" in answer.headers, (path, answer.status)
            assert answer.status != 413, path
