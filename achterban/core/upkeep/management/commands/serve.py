"""Serve the website, and do the background work beside it."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from achterban.core.upkeep.start import Refused, prepare

RESTART_SECONDS = 3
THREADS = 4  # a worker: more wait for each other, fewer for the disk


class Command(BaseCommand):
    """Granian with one process a core, and one for the background."""

    help = (
        "Start de website. Standaard alleen op deze computer (127.0.0.1); zet er een "
        "proxy met https voor, zie docs/operations.md."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take address and port."""
        parser.add_argument("--port", type=int, default=8000, help="poort (8000)")
        parser.add_argument("--address", default="127.0.0.1", help="adres (127.0.0.1)")
        parser.add_argument(
            "--without-work",
            action="store_true",
            help="zonder achtergrondwerk: dat doet 'achterban work' dan apart",
        )

    def handle(self, *, port: int, address: str, **options: Any) -> None:
        """Prepare, start the background, serve until stopped."""
        shown = os.environ.setdefault("ACHTERBAN_ADDRESS", _address(port))
        settings.CANONICAL_ADDRESS = shown  # for the workers that are forked from here
        try:
            _refuse_taken_port(address, port)
            prepare()
        except Refused as error:
            raise CommandError(str(error)) from error
        connections.close_all()
        if not options["without_work"]:
            threading.Thread(target=_keep_working, daemon=True).start()
        threading.Thread(target=_announce, args=(port, address), daemon=True).start()
        server = Granian(
            "achterban.config.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=settings.WORKERS,
            blocking_threads=THREADS,
            backpressure=256,
            respawn_failed_workers=True,
            log_level=LogLevels.error,
            log_access=False,
            websockets=False,
        )
        gc.freeze()  # the workers share what stands in memory now
        server.serve()


ANNOUNCE = """
import time, urllib.request
for _ in range(600):
    try:
        urllib.request.urlopen("http://{address}:{port}/gezond/", timeout=5)
    except OSError:
        time.sleep(0.1)
        continue
    print("Klaar: http://{shown}:{port}", flush=True)
    break
"""


def _refuse_taken_port(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((address, port))
        except (OSError, OverflowError) as error:
            raise Refused(
                f"Poort {port} op {address} is bezet of kan niet. Kies een andere met "
                "--port."
            ) from error


def _address(port: int) -> str:
    if settings.CANONICAL_HOST in settings.LOCAL_HOSTS:
        return f"{settings.CANONICAL_HOST}:{port}"
    return str(settings.CANONICAL_HOST)


def _announce(port: int, address: str) -> None:
    """Say so as soon as the website answers, from a process that then ends."""
    shown = "localhost" if address.startswith("127.") else address
    code = ANNOUNCE.format(address=address, port=port, shown=shown)
    subprocess.run([sys.executable, "-S", "-c", code], check=False)  # noqa: S603


def _keep_working() -> None:
    """Do the background work in a process of its own, and again when that ends.

    It stops by itself when this process is gone.
    """
    command = [sys.executable, "-m", "achterban.config.cli", "work"]
    while True:
        subprocess.run([*command, "--parent", str(os.getpid())], check=False)  # noqa: S603
        time.sleep(RESTART_SECONDS)
