"""Look through new reports for what could identify somebody."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from achterban.listen.reports.actions.reviewing import (
    is_waiting_elsewhere,
    look_elsewhere,
    look_through,
)
from achterban.listen.reports.models import Report
from achterban.rules.deidentify.finder import Finder

FOLDER = "deduce"  # below the data: what it makes of its lists, for the next start
MOST_MEMORY = 4 << 30  # bytes of addresses; deduce takes a quarter of it
PAUSE = 2.0  # seconds
IDLE = 600.0  # seconds without work, after which the memory is given back


class Command(BaseCommand):
    """The one process that holds ``deduce``; the website never does."""

    help = (
        "Zoek in nieuwe signalen wat iemand herkenbaar maakt, zodat een vrijwilliger "
        "het kan nakijken. Dit kost ongeveer een gigabyte geheugen. 'serve' en 'work' "
        "starten het zelf, alleen zolang er iets te lezen is."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to go on."""
        parser.add_argument(
            "--once", action="store_true", help="lees alles wat er ligt, en stop"
        )
        parser.add_argument("--parent", type=int, help="stop als dit proces stopt")

    def handle(self, *, once: bool, parent: int | None, **options: Any) -> None:
        """Read until nothing came in for a while."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        os.nice(10)  # who waits for a page goes first
        finder = Finder(settings.DATA / FOLDER)
        failed: set[int] = set()
        failed_elsewhere: set[str] = set()
        last = time.monotonic()
        while parent is None or os.getppid() == parent:
            close_old_connections()
            if is_waiting_elsewhere(but=failed_elsewhere):
                failed_elsewhere.update(
                    look_elsewhere(finder.find, but=failed_elsewhere)
                )
                last = time.monotonic()
            elif Report.objects.to_look_through().exclude(pk__in=failed).exists():
                failed.update(look_through(finder.find, but=failed))
                last = time.monotonic()
            elif once or time.monotonic() - last > IDLE:
                break
            else:
                time.sleep(PAUSE)
