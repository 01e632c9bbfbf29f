"""Heavy work starts when it is needed, and not again at once when it failed."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from achterban.core.upkeep import beside


class Ended:
    """A process that is over."""

    def poll(self) -> int:
        """Return its exit code."""
        return 1


def test_what_fails_at_once_is_not_started_again_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Any] = []
    is_needed = False

    def start(command: list[str]) -> Ended:
        started.append(command[3])
        return Ended()

    monkeypatch.setattr(subprocess, "Popen", start)
    for name in ("_needed", "_running", "_started"):
        monkeypatch.setattr(beside, name, {})
    beside.beside("finder", lambda: is_needed)

    beside.start_needed()
    assert started == []
    is_needed = True
    beside.start_needed()
    beside.start_needed()
    assert started == ["finder"]
    monkeypatch.setattr(beside, "AGAIN", 0.0)
    beside.start_needed()
    assert started == ["finder", "finder"]
