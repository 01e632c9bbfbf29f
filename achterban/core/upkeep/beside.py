"""Heavy work in a process of its own, that is there only while there is work for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

IsNeeded = Callable[[], bool]
AGAIN = 60.0  # seconds between two starts: what fails at once must not eat the machine

_needed: dict[str, IsNeeded] = {}
_running: dict[str, subprocess.Popen[bytes]] = {}
_started: dict[str, float] = {}


def beside(command: str, is_needed: IsNeeded) -> None:
    """Register a command that the background work starts when it is needed.

    Args:
        command: of ``achterban``; takes ``--parent PID`` to stop when that is gone, and
            ``--once`` to do all there is and stop.
        is_needed: whether there is work for it now.
    """
    _needed[command] = is_needed


def start_needed() -> None:
    """Start what is needed and does not run yet."""
    for command, is_needed in _needed.items():
        running = _running.get(command)
        is_idle = running is None or running.poll() is not None
        is_soon = time.monotonic() < _started.get(command, -AGAIN) + AGAIN
        if is_idle and not is_soon and is_needed():
            _started[command] = time.monotonic()
            _running[command] = subprocess.Popen(  # noqa: S603 - one of our own
                [*_program(command), "--parent", str(os.getpid())]
            )


def do_needed() -> None:
    """Let what is needed do all there is, and wait for it."""
    for command, is_needed in _needed.items():
        if is_needed():
            subprocess.run([*_program(command), "--once"], check=False)  # noqa: S603


def _program(command: str) -> list[str]:
    return [sys.executable, "-m", "achterban.config.cli", command]
