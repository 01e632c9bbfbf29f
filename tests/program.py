"""The program as a process: started, stopped, killed, and its commands run."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PROGRAM = (sys.executable, "-m", "achterban.config.cli")
START_SECONDS = 90
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
Fields = Mapping[str, str]


class DriverError(Exception):
    """The program did not do what was asked; the text is what it said."""


def free_port() -> int:
    """Return a port on this machine that nobody uses."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@dataclass
class Program:
    """One program with its data, running or not.

    Attributes:
        data: folder with everything that lasts; the keys stand beside it.
        env: variables on top of the driver's own.
        port: on this machine.
    """

    data: Path
    env: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Return where it answers."""
        return f"http://localhost:{self.port}"

    @property
    def keys(self) -> Path:
        """Return where its keys stand: beside the data, where nobody says otherwise."""
        beside = self.data.with_name(f"{self.data.name}-keys")
        return Path(self.env.get("ACHTERBAN_KEYS", beside))

    @property
    def pid(self) -> int:
        """Return its process id, which is that of its process group too."""
        if self._process is None:
            raise DriverError("not running")
        return self._process.pid

    def start(self) -> None:
        """Serve, in a process group of its own; return when it answers.

        Raises:
            DriverError: it stopped, or said nothing for a minute and a half.
        """
        self._process = self.begin("serve", "--port", str(self.port))
        said: deque[str] = deque(maxlen=50)
        is_ready = threading.Event()
        reader = threading.Thread(
            target=_listen, args=(self._process, said, is_ready), daemon=True
        )
        reader.start()
        if not is_ready.wait(START_SECONDS) or "Klaar" not in "".join(said):
            self.kill9()
            raise DriverError("".join(said) or "no answer")

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start ``achterban ARGUMENTS`` on the data, in a process group of its own."""
        return subprocess.Popen(
            [*PROGRAM, *arguments],
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=_end_with_us if _is_main_thread() else None,
        )

    def stop(self) -> None:
        """Ask it to stop, as a service manager would, and wait until it has."""
        self._end(signal.SIGTERM)

    def kill9(self) -> None:
        """Kill the whole process group at once."""
        self._end(signal.SIGKILL)

    def restart(self, env: Mapping[str, str] | None = None) -> None:
        """Stop and start again on the same data and port, with other variables."""
        self.stop()
        self.env |= env or {}
        self.start()

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        _signal_group(process.pid, how)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
        if how == signal.SIGTERM:  # whoever is left of the group
            _signal_group(process.pid, signal.SIGKILL)
        if process.stdout:
            process.stdout.close()

    def run(self, *arguments: str, env: Fields | None = None) -> str:
        """Run ``achterban ARGUMENTS`` on the same data; return what it printed.

        Raises:
            DriverError: it did not exit with 0; the text is what it said.
        """
        done = subprocess.run(
            [*PROGRAM, *arguments],
            env={**self._environment(), **(env or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DriverError(f"exit {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        ours = {
            "ACHTERBAN_DEMO": "1",
            "ACHTERBAN_FINDER": "0",
            "ACHTERBAN_INTAKE_BURST": "1000000",
            "ACHTERBAN_DATA": str(self.data),
            "ACHTERBAN_KEYS": str(self.keys),
            **self.env,
        }
        rest = {k: v for k, v in os.environ.items() if not k.startswith("ACHTERBAN_")}
        rest.pop("DATABASE_URL", None)
        return {**rest, **ours}


def _end_with_us() -> None:
    """Let a server be told to stop when its test was killed (Linux)."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _is_main_thread() -> bool:  # of another one, its end would be the server's
    return threading.current_thread() is threading.main_thread()


def _listen(
    process: subprocess.Popen[str], said: deque[str], is_ready: threading.Event
) -> None:
    """Read on to the end, so that the program never waits for a reader."""
    assert process.stdout is not None
    with suppress(ValueError):  # closed while reading
        for line in process.stdout:
            said.append(line)
            if line.startswith("Klaar"):
                is_ready.set()
    is_ready.set()


def _signal_group(group: int, how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, how)
