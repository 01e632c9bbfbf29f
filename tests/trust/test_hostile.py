"""J8 and K: rubbish, slow hands and dead neighbours harm nobody else."""

from __future__ import annotations

import copy
import random
import re
import shutil
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest
import requests

from achterban.core.files.tests import samples
from tests import driver
from tests.program import free_port
from tests.trust.conftest import Figure, Places
from tests.trust.test_durability import in_group
from tests.trust.tools import (
    BEHIND_PROXY,
    Sink,
    Visitor,
    canary,
    code_in,
    csrf_of,
    meanwhile,
    nginx,
    peer,
    percentile,
    press,
    report_id,
    shown_code,
    timed,
    wait_for,
)

pytestmark = pytest.mark.trust

README = Path(__file__).parents[2] / "README.md"

# J8

TRACE = re.compile(r"Traceback|File \"/|\.py\b|django\.|sqlite3\.|psycopg|Exception")
NONSENSE = [
    "",
    " ",
    "\0",
    "a\0b",
    "'",
    '" onmouseover="x',
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "../../../etc/passwd",
    "%s%n%d",
    "-1",
    "0",
    "9" * 30,
    "9" * 5000,
    "1e400",
    "NaN",
    "٣٤٥",
    "١" * 20,
    "\u202eomgekeerd\u2066",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "e\u0301" * 100,
    "\x1b[31m\x07\x08",
    "\r\nSet-Cookie: x=y",
    "x" * 100_000,
    "👩‍👩‍👧" * 1000,
    "True",
    "[]",
    '{"a": {"b": [1, null]}}',
]
NAMES = ["text", "token", "act", "code", "entry", "sure", "preference", "login"]
NAMES += ["password", "email", "status", "to", "note", "place", "name", "phone"]
NAMES += ["yes", "when", "role", "page", "next", "csrfmiddlewaretoken"]
ASKED = ["municipality", "parties", "condition", "since", "effects", "role", "yes"]
NAMES += ["question", "consent", *ASKED]
PUBLIC = ["vertel/", "vertel/bewaar/", "code/", "code/zeg/", "code/intrekken/"]
PUBLIC += ["vertel/verder/", "code/toestemming/"]
PUBLIC += ["code/papier/", "weergave/", "inloggen/", "inloggen/code/"]
PUBLIC += ["inloggen/code/invullen/", "inloggen/controle/", "inloggen/passkey/"]
WORK = ["schrijf/", "status/", "neem/", "geef-door/", "neem-terug/", "wie/"]
FORM = "application/x-www-form-urlencoded"
Attack = Callable[[driver.Server, int], None]
Body = tuple[bytes, str]  # content and its type
Rubbish = dict[str, str] | Body


def bodies() -> Iterator[Body]:
    """Yield requests as no browser makes them."""
    start, end = b"--x\r\nContent-Disposition: form-data; ", b"\r\n--x--\r\n"
    multipart = "multipart/form-data; boundary=x"
    yield b"text=%ff%fe%00%80&code=%C3%28&token=%ED%A0%80", FORM
    yield b"text=a&text=b&text=c&token[]=1&token[a][b]=2&code=a&code=b", FORM
    yield b"&".join(b"a%d=1" % i for i in range(1500)), FORM
    yield b"text=" + b"x" * 2_600_000, FORM
    yield b"text=hallo", f"{FORM}; charset=utf-16"
    yield b"text=hallo", f"{FORM}; charset=bestaat-niet"
    yield b"\xff\xfe\x00text=hallo", FORM
    yield b"=&=&==&&;;;%", FORM
    yield b'{"text": "hallo"}', "application/json"
    yield b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "text/xml"
    yield b"", "multipart/form-data"
    yield b"geen begin", multipart
    yield start + b'name="text"\r\n\r\nhallo', multipart
    yield start + b'name="text"\r\nContent-Length: 999\r\n\r\nhallo' + end, multipart
    yield start + b'name="text"; filename="../../x"\r\n\r\nhallo' + end, multipart
    yield start + b'name="te\0xt"; filename="a\0.php"\r\n\r\n\0\0' + end, multipart
    yield (
        start + b'name="text"\r\nContent-Transfer-Encoding: base64\r\n\r\n=%=' + end,
        multipart,
    )
    yield start + b"name=" + b"a" * 100_000 + b"\r\n\r\nb" + end, multipart
    yield b"--x\r\n" * 3000, multipart
    yield b"hallo", f"multipart/form-data; boundary={'y' * 300}"
    yield b"hallo", "multipart/form-data; boundary=\xe9"
    yield random.randbytes(5000), FORM
    yield random.randbytes(5000), multipart
    yield b"text=hallo", ""
    yield b"text=hallo", "kapot;;;=/"


def test_nonsense_ends_in_a_sentence(places: Places, figure: Figure) -> None:
    server = places.start(**BEHIND_PROXY)
    code = shown_code(Visitor(server).send("Een verhaal"))
    work = server.login("coordinator")
    report = f"werk/signalen/{report_id(server, code)}/"
    paths = [*PUBLIC, *(f"{report}{verb}" for verb in WORK)]
    paths += ["werk/signalen/gesprek/", "werk/signalen/gesprek/bewaar/"]
    paths += ["werk/team/uitnodigen/", "inloggen/account/wachtwoord/"]
    statuses: Counter[int] = Counter()
    bad: list[str] = []

    def look(answer: requests.Response, what: str) -> None:
        statuses[answer.status_code] += 1
        if answer.status_code >= 500 or TRACE.search(answer.text):
            bad.append(f"{answer.status_code} {what}")

    rubbish: list[Rubbish] = [*field_nonsense(server, code), *bodies()]
    for n, (session, path, data) in enumerate(tries(server, work, paths, rubbish)):
        look(send(session, server, path, data, n), f"{path} {str(data)[-80:]}")
    for address in odd_addresses(report):
        answer = work.get(f"{server.url}{address}", timeout=60)
        look(answer, address)
    for raw in RAW:
        answered = exchange(server, raw)  # nothing: it hung up
        statuses[int(answered[9:12] or 0)] += 1
        if answered[9:10] == b"5" or TRACE.search(answered.decode("latin-1")):
            bad.append(f"{answered[:60]!r} {raw[:60]!r}")
    still = driver.text_of(Visitor(server, peer(9)).post("code/", code=code).text)
    server.stop()
    said = [line for line in places.said if "Klaar" not in line]
    traces = [line for line in said if "Traceback" in line or 'File "' in line]
    figure(
        f"{places.kind}: {sum(statuses.values())} answers {sorted(statuses.items())}, "
        f"{len(bad)} bad, {len(traces)} traces in a log of {len(said)} lines"
    )
    assert bad == []
    assert traces == []
    assert "Een verhaal" in still


def field_nonsense(server: driver.Server, code: str) -> Iterator[dict[str, str]]:
    """Yield forms with right tokens where those are needed to come further."""
    for rubbish in NONSENSE:
        yield dict.fromkeys(NAMES, rubbish)
        yield {"token": Visitor(server).token(), "text": rubbish, "act": rubbish}
        yield {"code": code, "text": rubbish, "entry": rubbish, "preference": rubbish}
        yield {"text": "x", "yes": "on", "place": rubbish, "name": rubbish}


def tries(
    server: driver.Server,
    work: requests.Session,
    paths: list[str],
    rubbish: list[Rubbish],
) -> Iterator[tuple[requests.Session, str, Rubbish]]:
    """Yield who sends what where: all rubbish everywhere, and answers to questions."""
    for path in paths:
        is_work = path.startswith(("werk", "inloggen/account"))
        for data in rubbish:
            yield work if is_work else requests.Session(), path, data
    for answer in answer_nonsense(server):
        yield requests.Session(), "vertel/verder/", answer


def answer_nonsense(server: driver.Server) -> Iterator[dict[str, str]]:
    """Yield answers to the optional questions, for a draft that is there."""
    visitor = Visitor(server)
    token = visitor.token()
    assert visitor.post("vertel/bewaar/", token=token, text="een begin").ok
    for rubbish in NONSENSE:
        for name in ASKED:
            yield {"token": token, "question": name, name: rubbish, "act": "next"}


def send(
    session: requests.Session,
    server: driver.Server,
    path: str,
    data: Rubbish,
    n: int,
) -> requests.Response:
    """Post something, past the guard against other sites."""
    address = server.page(path)
    if "csrf" not in session.cookies:
        session.get(server.page("inloggen/"), timeout=60)
    csrf = session.cookies.get("csrf") or ""
    headers = {"Referer": address, "X-CSRFToken": csrf, **peer(n)}
    fields: dict[str, str] | bytes = data if isinstance(data, dict) else data[0]
    if isinstance(data, tuple):
        # The server hangs up on a body it did not read to the end.
        headers |= {"Content-Type": data[1], "Connection": "close"}
    elif "sure" in data:
        fields = {**data, "sure": "no", "csrfmiddlewaretoken": csrf}
    return session.post(
        address, fields, headers=headers, timeout=60, allow_redirects=False
    )


def odd_addresses(report: str) -> list[str]:
    """Return addresses as nobody types them."""
    own = f"/o/{driver.ORGANISATION}"
    odd = [f"{own}/{report}?page={q}&status={q}&next={q}" for q in ("%00", "%ff", "-1")]
    for query in ("9" * 40, "%00", "%ff%fe", "NaN", "-1", "a" * 5000, "%0d%0ax:y"):
        odd += [
            f"{own}/werk/signalen/?page={query}",
            f"{own}/werk/signalen/?status={query}",
        ]
        odd += [
            f"{own}/inloggen/?next={query}",
            f"{own}/{query}/",
            f"/o/{query}/vertel/",
        ]
        odd.append(f"{own}/werk/signalen/{query}/")
        odd.append(f"{own}/inloggen/uitnodiging/{query}/")
        odd.append(f"{own}/werk/team/rol/{query}/weg/")
    return [*odd, "//evil.test/", "/static/../../etc/passwd", "/static/%00", "/o/"]


HOST = b"Host: localhost\r\n"
RAW = [
    b"GET /o/stille-kracht/vertel/ HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
    b"GET /%ff%00 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n",
    b"POST /o/stille-kracht/vertel/ HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: -5\r\n\r\n",
    b"POST /o/stille-kracht/vertel/ HTTP/1.1\r\n"
    + HOST
    + b"Content-Type: application/x-www-form-urlencoded\r\n"
    + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nrommel\r\n",
    b"POST /o/stille-kracht/vertel/ HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\n"
    + HOST
    + b"Cookie: werk=\xff; csrf=\x00; weergave=::::.\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 100_000 + b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
]


def exchange(server: driver.Server, raw: bytes) -> bytes:
    """Send bytes; return what comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=2) as line:
        line.sendall(raw)
        with suppress(OSError):
            return line.recv(100_000)
    return b""


# K3


@cache  # takes a second to make
def photo() -> bytes:
    return samples.photo("PNG", width=7000, height=6000)


def test_cheap_requests_do_not_close_the_door(sqlite: Places, figure: Figure) -> None:
    server = sqlite.start(**BEHIND_PROXY)
    figures = {"nothing": intake(server, 5)}
    for name, (n, attack) in ATTACKS.items():
        figures[name] = intake_during(server, n, attack)
    memory = sum(memory_of(pid) for pid in group_of(server))
    figure(
        f"intake meanwhile: { {name: in_words(s) for name, s in figures.items()} }; "
        f"memory afterwards {memory >> 20} MB"
    )
    assert {n for n, s in figures.items() if percentile(s, 0.95) > 2} == set()


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_slow_bodies_behind_the_proxy_of_the_readme_do_not_close_the_door(
    sqlite: Places, figure: Figure, tmp_path: Path
) -> None:
    server = sqlite.start(**BEHIND_PROXY)
    with nginx_before(server, tmp_path) as door:
        words = intake_during(door, 50, slow_body)
        files = intake_during(door, 50, slow_file)
    figure(
        f"intake while 50 bring their words slowly: {in_words(words)}; files so: "
        f"{in_words(files)}"
    )
    assert percentile(words, 0.95) <= 2
    assert percentile(files, 0.95) <= 2


@contextmanager
def nginx_before(server: driver.Server, folder: Path) -> Iterator[driver.Server]:
    """Put nginx before a server with the lines of the README; give its own door."""
    door = copy.copy(server)
    door.port = free_port()
    readme = README.read_text()
    zones = " ".join(re.findall(r"^limit_conn_zone.*?;", readme, re.MULTILINE))
    block = re.search(r"( +client_max_body.*?\n)}", readme, re.DOTALL)
    assert block is not None
    lines = re.sub(r"127.0.0.1:8000", f"127.0.0.1:{server.port}", block[1])
    lines = lines.replace("Forwarded-Proto https", "Forwarded-Proto http")
    with nginx(f"{zones} server {{ listen 127.0.0.1:{door.port};\n{lines} }}", folder):
        wait_for(door.port)
        yield door


def intake_during(server: driver.Server, n: int, attack: Attack) -> list[float]:
    """Send reports while ``n`` people do something else."""
    with meanwhile(n, lambda i: attack(server, i)):
        time.sleep(1)
        return intake(server, 10)


def in_words(seconds: list[float]) -> str:
    """Return a figure for a reader."""
    return f"{len(seconds)} sent, p95 {percentile(seconds, 0.95) * 1000:.0f} ms"


def intake(server: driver.Server, seconds: float) -> list[float]:
    """Send reports one after another; return the seconds of each, form included."""
    spent: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        visitor = Visitor(server, peer(random.randrange(60_000)))
        with timed(spent):
            assert shown_code(visitor.send("tussendoor"))
    return spent


def hold(server: driver.Server, raw: bytes, seconds: float = 4) -> None:
    """Say something slowly, and hold the line."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(raw)
        for _ in range(int(seconds * 2)):
            time.sleep(0.5)
            line.sendall(b"a")


def slow_head(server: driver.Server, i: int) -> None:
    """Begin a request and never end its head."""
    hold(server, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")


def slow_body(server: driver.Server, i: int) -> None:
    """Announce words and bring them one letter at a time."""
    hold(
        server,
        b"POST /o/stille-kracht/vertel/ HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 100000\r\n\r\ntext=",
    )


def slow_file(server: driver.Server, i: int) -> None:
    """Announce a photo and bring it one byte at a time."""
    hold(
        server,
        b"POST /o/stille-kracht/vertel/bestand/ HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Type: multipart/form-data; boundary=x\r\n"
        b"Content-Length: 20000000\r\n\r\n--x\r\n",
    )


def large_photo(server: driver.Server, i: int) -> None:
    """Let it draw a large photo anew."""
    visitor = Visitor(server, {"X-Forwarded-For": f"203.0.113.{i}"})
    fields = {"token": visitor.token(), "act": "speak", "text": "x"}
    headers = {"X-Forwarded-For": f"203.0.113.{i}"}
    shown = requests.post(server.page("vertel/"), fields, headers=headers, timeout=60)
    address, hidden = driver._file_form(shown.url, shown.text)
    files = {"file": ("foto.png", photo(), "image/png")}
    requests.post(address, hidden, files=files, headers=headers, timeout=120)


def slow_reader(server: driver.Server, i: int) -> None:
    """Ask for much and read nothing."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        line.connect(("127.0.0.1", server.port))
        ask = b"GET /o/stille-kracht/privacy/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
        line.settimeout(4)
        line.sendall(ask * 50)
        time.sleep(4)


def wrong_code(server: driver.Server, i: int) -> None:
    """Guess."""
    visitor = Visitor(server, {"X-Forwarded-For": f"203.0.113.{i}"})
    visitor.post("code/", code=code_in(visitor.token()))


def huge_post(server: driver.Server, i: int) -> None:
    """Send as much as is taken in."""
    visitor = Visitor(server, {"X-Forwarded-For": f"203.0.113.{i}"})
    visitor.send("x" * 2_000_000, "geen-token")
    visitor.send("é" * 190_000, visitor.token())


def log_in(server: driver.Server, i: int) -> None:
    """Make it hash passwords."""
    session = requests.Session()
    session.headers["X-Forwarded-For"] = f"203.0.113.{i}"
    address = server.page("inloggen/")
    data = {"csrfmiddlewaretoken": csrf_of(session, address), "login": "a@b.example"}
    data["password"] = "x" * 200
    session.post(address, data, headers={"Referer": address}, timeout=60)


ATTACKS: dict[str, tuple[int, Attack]] = {
    "50 slow heads": (50, slow_head),
    "50 slow readers": (50, slow_reader),
    "4 who guess codes": (4, wrong_code),
    "4 with huge posts": (4, huge_post),
    "4 who try passwords": (4, log_in),
    "8 with large photos": (8, large_photo),
}


def group_of(server: driver.Server) -> list[int]:
    pids = [int(e.name) for e in Path("/proc").iterdir() if e.name.isdecimal()]
    return [pid for pid in pids if in_group(pid, server.pid)]


def memory_of(pid: int) -> int:
    """Return the bytes of memory that only this process uses."""
    try:
        shown = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:  # it has ended
        return 0
    return 1024 * sum(map(int, re.findall(r"Private_\w+: +(\d+)", shown)))


# K4


@pytest.mark.parametrize("mail", ["refused", "silent"])
def test_it_works_without_mail(sqlite: Places, figure: Figure, mail: str) -> None:
    sink = Sink()
    door = socket.socket()
    if mail == "silent":  # takes the call and says nothing
        door.bind(("127.0.0.1", sink.port))
        door.listen(100)
    server = sqlite.start(ACHTERBAN_SMTP_URL=sink.url)
    word, seconds = canary(), list[float]()
    visitor = Visitor(server)
    for _ in range(50):
        with timed(seconds):
            code = shown_code(visitor.send(word))
        assert code
    session = server.login("volunteer")
    page = server.page(f"werk/signalen/{report_id(server, code)}/")
    assert word in session.get(page, timeout=60).text
    assert press(session, page, f"{page}schrijf/", act="answer", text="Dank u").ok
    assert "Dank u" in server.open_receipt(code)
    team = server.page("werk/team/uitnodigen/")
    coordinator = server.login("coordinator")
    with timed(seconds):
        press(coordinator, team, team, email="nieuw@mens.example", role="volunteer")
    door.close()
    figure(f"50 reports, p95 {percentile(seconds, 0.95) * 1000:.0f} ms, all answered")
    assert max(seconds) < 5
