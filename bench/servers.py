"""Start the bare site and ours, each with a database of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
TELL = "/o/stille-kracht/vertel/"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def bare_site(folder: Path) -> Iterator[int]:
    """Serve the bare site; give its port."""
    port = free_port()
    folder.mkdir(parents=True)
    env = {
        **os.environ,
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder}/bare.sqlite3",
    }
    with _process([sys.executable, "-m", "bench.serve_bare"], env):
        _wait_for(port, "/")
        yield port


@contextmanager
def our_site(folder: Path) -> Iterator[tuple[int, int]]:
    """Serve ours with the example in it; give its port and process id."""
    port = free_port()
    env = {**os.environ, "ACHTERBAN_DATA": str(folder), "ACHTERBAN_DEMO": "1"}
    env["ACHTERBAN_FINDER"] = "0"  # a process of its own, measured apart
    env.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "achterban.config.cli"]
    subprocess.run([*command, "demo"], env=env, check=True, stdout=subprocess.DEVNULL)
    with _process([*command, "serve", "--port", str(port)], env) as pid:
        _wait_for(port, "/gezond/")
        yield port, pid


@contextmanager
def _process(command: list[str], env: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(
        command, env=env, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait_for(port: int, path: str) -> None:
    for _ in range(300):
        try:
            urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat.rsplit(")", 1)[1].split()[1]) == pid:
                found += family(int(entry.name))
    return found


def memory_of(pid: int, kind: str) -> float:
    """Return the memory of a process and all that it started, in MB.

    Args:
        pid: the first process.
        kind: ``Pss`` counts what is shared once, ``Rss`` for each process again.
    """
    total = 0
    for member in family(pid):
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has just ended
            continue
        total += next(int(line.split()[1]) for line in lines if line.startswith(kind))
    return total / 1000
