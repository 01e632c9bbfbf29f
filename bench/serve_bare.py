"""Serve the bare site as ``achterban serve`` serves ours."""

from __future__ import annotations

import os

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bench.bare import make_table


def main() -> None:
    """Serve until stopped."""
    make_table()
    Granian(
        "bench.bare:application",
        address="127.0.0.1",
        port=int(os.environ["PORT"]),
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("ACHTERBAN_WORKERS", os.cpu_count() or 1)),
        blocking_threads=4,
        backpressure=256,
        log_level=LogLevels.error,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
