"""A: what was acknowledged is kept, whatever happens to the machine."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from tests import driver
from tests.trust.conftest import Figure, Places
from tests.trust.tools import (
    BEHIND_PROXY,
    Sink,
    Visitor,
    at_once,
    canary,
    code_in,
    csrf_of,
    meanwhile,
    n_rows,
    peer,
    percentile,
    report_id,
    rows,
    shown_code,
    timed,
)

pytestmark = pytest.mark.trust


# A1


def test_killed_at_any_moment_no_acknowledged_report_is_lost(
    places: Places, figure: Figure
) -> None:
    n_acks, n_kills = (1000, 40) if places.kind == "sqlite" else (300, 15)
    server = places.start(**BEHIND_PROXY)
    tokens = tokens_of(server, n_acks * 4)
    at_start = beside_reports(server)
    acked: dict[str, str] = {}
    tried: dict[str, str] = {}
    n_rounds, began = 0, time.monotonic()
    while len(acked) < n_acks or (n_rounds < n_kills and tokens):
        assert time.monotonic() - began < 400, f"only {len(acked)} in {n_rounds} rounds"
        round_of_senders(server, tokens, tried, acked, random.uniform(0, 0.4))
        server.start()
        n_rounds += 1

    lost = [code for code in acked if acked[code] not in opened(server, code)]
    unknown = [code for code in tried if code not in acked]
    half = [
        code
        for code in unknown
        if tried[code] not in (page := opened(server, code))
        and "kennen deze code niet" not in page
    ]
    n_kept, *beside = (
        now - before
        for now, before in zip(beside_reports(server), at_start, strict=True)
    )
    figure(
        f"{n_rounds} kills, {len(acked)} acknowledged, {len(lost)} lost, "
        f"{len(unknown)} in the air of which {n_kept - len(acked)} stored whole, "
        f"{len(half)} half"
    )
    assert lost == half == []
    assert beside == [n_kept] * 3


def beside_reports(server: driver.Server) -> list[int]:
    """Return how many reports, consents, keys, and lines for the log there are."""
    sent = "kind = 'audit.anonymous' AND CAST(payload AS text) LIKE '%report.sent%'"
    return [
        n_rows(server, "reports_report"),
        n_rows(server, "consent_consent"),
        n_rows(server, "vault_datakey", "name IS NULL"),
        n_rows(server, "outbox_outboxrow", sent) + logged(server),
    ]


def logged(server: driver.Server) -> int:
    return n_rows(server, "audit_auditevent", "kind = 'reports.report.sent'")


def tokens_of(server: driver.Server, n: int) -> list[str]:
    """Return the tokens of forms that were opened before it becomes busy."""
    found: list[str] = []
    at_once(
        4,
        lambda i: found.extend(
            visitor.token() for visitor in [Visitor(server)] for _ in range(n // 4)
        ),
    )
    return found


def round_of_senders(
    server: driver.Server,
    tokens: list[str],
    tried: dict[str, str],
    acked: dict[str, str],
    seconds: float,
) -> None:
    """Let eight people send, and kill the program while they do."""
    is_over, all_are_here = threading.Event(), threading.Barrier(9)

    def send_on(i: int) -> None:
        visitor = Visitor(server, peer(random.randrange(60_000)))
        visitor.token()
        all_are_here.wait(60)
        with suppress(requests.RequestException, IndexError):
            while not is_over.is_set():
                token = tokens.pop()
                text = f"verhaal {canary()} " + "en nog wat " * 30
                tried[code_in(token)] = text.strip()
                answer = visitor.send(text, token)
                if code := shown_code(answer):
                    acked[code] = text.strip()

    def end() -> None:
        all_are_here.wait(60)
        time.sleep(seconds)
        server.kill9()
        is_over.set()

    killer = threading.Thread(target=end)
    killer.start()
    at_once(8, send_on)
    killer.join()


def opened(server: driver.Server, code: str) -> str:
    """Return the page behind a code; each time from another peer."""
    visitor = Visitor(server, peer(random.randrange(60_000)))
    return driver.text_of(visitor.post("code/", code=code).text)


# A2

TRACED = "fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg"


def test_every_receipt_is_preceded_by_the_sync_of_its_commit(
    sqlite: Places, figure: Figure, tmp_path: Path
) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not on this machine: apt-get install strace")
    server = sqlite.start()
    tokens = tokens_of(server, 60)
    codes: list[str] = []

    def send(i: int) -> None:
        visitor = Visitor(server)
        codes.extend(
            shown_code(visitor.send(f"verhaal {i} {n}", tokens[i * 15 + n]))
            for n in range(15)
        )

    with traced(server, tmp_path / "trace"):
        at_once(4, send)
    assert all(codes)
    lines = (tmp_path / "trace").read_text().splitlines()
    syncs = sync_lines(lines)
    late = []
    n_commits = set()
    for code in codes:
        written = first_line(lines, "pwrite64", "-wal>", receipt_hex(server, code))
        groups = [code[i : i + 4] for i in range(0, 16, 4)]
        spans = "</span>&#32;<span>".join(groups).encode()
        answered = first_line(lines, "", "socket:", escaped(spans))
        between = [line for line in syncs if written < line < answered]
        if not between:
            late.append((code, written, answered))
        n_commits.add(between[0] if between else None)
    figure(f"{len(codes)} receipts after {len(n_commits)} synced commits, {late} late")
    assert late == []


@contextmanager
def traced(server: driver.Server, file: Path) -> Iterator[None]:
    """Note every system call that writes or syncs, of all processes of a server."""
    pids = [
        entry.name
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal() and in_group(int(entry.name), server.pid)
    ]
    command = ["strace", "-f", "-qq", "-y", "-xx", "-s", "40000"]
    command += ["-e", f"trace={TRACED}", "-e", "signal=none", "-o", str(file)]
    for pid in pids:
        command += ["-p", pid]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    if tracer.poll() is not None:
        assert tracer.stderr is not None
        pytest.skip(f"strace cannot attach: {tracer.stderr.read().strip()}")
    try:
        yield
    finally:
        tracer.terminate()
        tracer.communicate()


def in_group(pid: int, group: int) -> bool:
    try:
        return os.getpgid(pid) == group
    except ProcessLookupError:
        return False


def sync_lines(lines: list[str]) -> list[int]:
    """Return the lines on which a sync of the write-ahead log was done."""
    done, waiting = [], set()
    for n, line in enumerate(lines):
        thread, call = line.split(None, 1)
        if re.match(r"f(data)?sync\(\d+<[^>]*-wal>", unescaped(call)):
            if "unfinished" in line:
                waiting.add(thread)
            elif line.endswith("= 0"):
                done.append(n)
        elif "sync resumed" in line and thread in waiting:
            waiting.discard(thread)
            if line.endswith("= 0"):
                done.append(n)
    return done


def unescaped(text: str) -> str:
    return re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), text)


def escaped(content: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in content)


def first_line(lines: list[str], call: str, target: str, content: str) -> int:
    """Return the first line with a call to a file or socket that carries this."""
    for n, line in enumerate(lines):
        if content in line and call in line:
            place = line.partition("<")[2].partition(",")[0]
            if target in place or target in unescaped(place):
                return n
    raise AssertionError(f"never seen: {call} to {target}")


def receipt_hex(server: driver.Server, code: str) -> str:
    found = rows(
        server,
        "SELECT hex(receipt_hash) FROM reports_report "
        f"WHERE id = {report_id(server, code)}",
    )
    return escaped(bytes.fromhex(found[0][0]))


# A3


def test_sixteen_writers_never_wait_long_and_see_no_lock(
    places: Places, figure: Figure
) -> None:
    server = places.start(**BEHIND_PROXY)
    tokens = tokens_of(server, 8000)
    seconds: list[float] = []
    statuses: Counter[int] = Counter()
    is_over = time.monotonic() + 30

    def write(i: int) -> None:
        visitor = Visitor(server)
        while time.monotonic() < is_over and tokens:
            visitor.session.headers.update(peer(random.randrange(60_000)))
            token = tokens.pop()
            with timed(seconds):
                answer = visitor.send(f"schrijver {i}", token)
            statuses[answer.status_code] += 1
            if random.random() < 0.3:
                with timed(seconds):
                    answer = visitor.add(code_in(token), "en nog iets")
                statuses[answer.status_code] += 1

    at_once(16, write)
    p50, p99 = percentile(seconds, 0.5), percentile(seconds, 0.99)
    figure(
        f"{places.kind}: {len(seconds) / 30:.0f} writes/s, p50 {p50 * 1000:.0f} ms, "
        f"p99 {p99 * 1000:.0f} ms, worst {max(seconds) * 1000:.0f} ms, {statuses}"
    )
    assert set(statuses) == {200}
    assert [line for line in places.said if "Klaar" not in line] == []
    assert p99 < 2


# A4


def test_twenty_times_the_same_form_is_one_report(
    places: Places, figure: Figure
) -> None:
    sink = Sink()
    with sink.open():
        server = places.start(ACHTERBAN_SMTP_URL=sink.url)
        settle(server)
        before, n_letters = n_rows(server, "reports_report"), len(sink.letters)
        token, codes = Visitor(server).token(), []
        at_once(
            20,
            lambda i: codes.append(shown_code(Visitor(server).send("één keer", token))),
        )
        settle(server)
    n_new = n_rows(server, "reports_report") - before
    addressees = [letter["To"] for letter in sink.letters[n_letters:]]
    figure(f"20 sends, {n_new} row, {len(set(codes))} receipt, letters: {addressees}")
    assert n_new == 1
    assert set(codes) == {code_in(token)}
    assert sorted(addressees) == [
        "hanneke@stille-kracht.example",
        "marieke@stille-kracht.example",
    ]


def settle(server: driver.Server, seconds: float = 60) -> None:
    """Wait until no mail and no news that is due waits."""
    until = time.monotonic() + seconds
    while n_rows(server, "outbox_outboxrow", "kind <> 'audit.anonymous'"):
        assert time.monotonic() < until, "something still waits in the outbox"
        time.sleep(0.2)


# A6


def ask_for_codes(server: driver.Server, n: int) -> None:
    """Let people ask for a log-in code: each is a letter of its own."""
    address = server.page("inloggen/code/")
    emails = [one["email"] for one in server.example["personas"]]

    def ask(i: int) -> None:
        for k in range(i, n, 4):
            session = requests.Session()
            session.headers.update(peer(k))
            data = {"csrfmiddlewaretoken": csrf_of(session, address)}
            data["email"] = emails[k % len(emails)]
            headers = {"Referer": address, "Origin": server.url}
            answer = session.post(address, data, headers=headers, timeout=60)
            assert answer.url.endswith("/invullen/"), answer.url

    at_once(4, ask)


def invite(server: driver.Server, n: int) -> set[str]:
    """Let the coordinator invite people: a letter each, which does not grow old."""
    coordinator, team = (
        server.login("coordinator"),
        server.page("werk/team/uitnodigen/"),
    )
    invited = {f"nieuw{i}@voorbeeld.example" for i in range(n)}
    data = {"csrfmiddlewaretoken": csrf_of(coordinator, team), "role": "volunteer"}
    for email in invited:
        headers = {"Referer": team, "Origin": server.url}
        answer = coordinator.post(
            team, {**data, "email": email}, headers=headers, timeout=60
        )
        assert answer.ok, answer.status_code
    return invited


def test_killed_between_commit_and_mail_every_letter_arrives(
    places: Places, figure: Figure
) -> None:
    sink = Sink(seconds=0.05)
    server = places.start(ACHTERBAN_SMTP_URL=sink.url, **BEHIND_PROXY)
    invited = invite(server, 200)  # nobody listens yet
    with sink.open():
        for n in range(3):  # each lets go of what the killed one held
            later = datetime.now(UTC) + timedelta(hours=2 * n + 2)
            server.restart({"ACHTERBAN_CLOCK": later.isoformat()})
            until = time.monotonic() + 30
            while len(sink.letters) < 40 * (n + 1) and time.monotonic() < until:
                time.sleep(0.01)
            server.kill9()
        server.env["ACHTERBAN_CLOCK"] = (
            datetime.now(UTC) + timedelta(hours=12)
        ).isoformat()
        sink.seconds = 0
        server.start()
        settle(server)
    doubles = [i for i, n in Counter(sink.ids).items() if n > 1]
    figure(
        f"3 kills in 200 letters: {len(set(sink.ids))} arrived, "
        f"{len(doubles)} twice with the same Message-ID"
    )
    assert invited <= {str(letter["To"]) for letter in sink.letters}
    assert len(doubles) <= 3  # one for each kill
    assert max(Counter(sink.ids).values()) <= 2


class Refuser:
    """A mail server that hangs up on everybody, and counts them."""

    def __init__(self, port: int) -> None:
        self.n_calls = 0
        self.door = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._refuse, daemon=True).start()

    def _refuse(self) -> None:
        with suppress(OSError):
            while True:
                self.door.accept()[0].close()
                self.n_calls += 1

    def close(self) -> None:
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()


def test_a_day_without_mail_loses_nothing_and_ends_without_a_storm(
    sqlite: Places, figure: Figure
) -> None:
    sink = Sink()
    server = sqlite.start(ACHTERBAN_SMTP_URL=sink.url, **BEHIND_PROXY)
    refuser = Refuser(sink.port)
    ask_for_codes(server, 50)
    for n in range(100):
        Visitor(server).send(f"nieuws {n}")
    server.stop()  # from here the clock is ours
    began = datetime.now(UTC) + timedelta(minutes=10)

    def work(hours: float) -> int:
        before = refuser.n_calls
        at = (began + timedelta(hours=hours)).isoformat()
        server.run("work", "--once", env={"ACHTERBAN_CLOCK": at})
        return refuser.n_calls - before

    first, n_waiting = work(0), n_rows(server, "outbox_outboxrow", "kind='mail.send'")
    again = work(0)
    during = [work(hours) for hours in (0.1, 0.5, 1, 2, 4, 8, 12, 18, 23.5)]
    refuser.close()
    with sink.open():
        work(24.8)
        n_at_once = len(sink.letters)
        work(26)
    figure(
        f"{n_waiting} letters wait (50 dead codes do not); calls: first "
        f"{first}, again at the same minute {again}, later rounds {during}; "
        f"when it is back {n_at_once}, an hour later {len(sink.letters) - n_at_once}"
    )
    # Codes to log in are dead by then and stay; news of a hundred is one letter each.
    assert 1 <= n_waiting < 10
    assert again == 0
    assert max(during) <= n_waiting
    assert len(set(sink.ids)) == len(sink.ids) == n_waiting
    assert n_rows(server, "outbox_outboxrow", "kind = 'mail.send'") == 0


# A7


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 40 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "none", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"a small disk needs root: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_refuses_politely_and_recovers(
    sqlite: Places, figure: Figure, small_disk: Path
) -> None:
    server = sqlite.start(small_disk / "data", **BEHIND_PROXY)
    volunteer = server.login("volunteer")
    kept = {driver_code(server, text): text for text in ("eerder één", "eerder twee")}
    acked: dict[str, str] = {}

    def send(i: int) -> None:
        text = f"vol {canary()} " + "woord " * 2000
        if code := shown_code(Visitor(server, peer(i)).send(text)):
            acked[code] = text.split(" w")[0]

    filler = small_disk / "filler"
    with meanwhile(4, send):
        time.sleep(1)
        fill(filler)
        time.sleep(2)

    fill(filler)
    words = f"Dit mag niet weg {canary()}"
    refusals = [Visitor(server, peer(n)).send(words) for n in range(300, 310)]
    draft = Visitor(server, peer(400))
    kept_draft = draft.post("vertel/bewaar/", token=draft.token(), text=words)
    work_list = volunteer.get(server.page("werk/"), timeout=60)

    filler.unlink()
    freed = time.monotonic()
    while not (code := shown_code(Visitor(server, peer(500)).send("na afloop"))):
        assert time.monotonic() - freed < 30
        time.sleep(0.1)
    seconds = time.monotonic() - freed

    figure(
        f"{len(acked)} acknowledged while it filled up, then "
        f"{Counter(r.status_code for r in refusals)}, draft {kept_draft.status_code}, "
        f"work list {work_list.status_code}; next intake after {seconds:.2f} s"
    )
    for refusal in refusals:
        assert refusal.status_code == 503
        assert int(refusal.headers["Retry-After"]) > 0
        assert words in refusal.text
        assert not shown_code(refusal)
    assert kept_draft.status_code == 503
    # What the log cannot hold, nobody reads (E1).
    assert work_list.status_code == 503
    assert seconds < 5
    assert "na afloop" in opened(server, code)
    for code, text in (kept | acked).items():
        assert text in opened(server, code)
    server.stop()
    with sqlite3.connect(server.data / "achterban.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
    assert server.verify_audit()
    with pytest.raises(driver.DriverError) as error:
        server.run("check", "--json")
    wrong = json.loads(re.findall(r"\{.*\}", str(error.value))[0])["wrong"]
    assert list(wrong) == ["ruimte"]


def driver_code(server: driver.Server, text: str) -> str:
    return server.send_report({"text": text}, {}).replace(" ", "")


def fill(path: Path) -> None:
    """Write until the disk is full, to the last byte."""
    for size in (1 << 20, 4096, 1):
        with suppress(OSError), path.open("ab", buffering=0) as out:
            while out.write(b"\0" * size) == size:
                pass
