"""Heavy work in a process of its own, that is there only while there is work for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

IsNeeded = Callable[[], bool]

_needed: dict[str, IsNeeded] = {}
_running: dict[str, subprocess.Popen[bytes]] = {}


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
        if (running is None or running.poll() is not None) and is_needed():
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
