"""Read and undo files in the background."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from achterban.core import clock
from achterban.listen.reports.actions.importing import run_import
from achterban.listen.reports.actions.undoing import run_undo
from achterban.listen.reports.models import Import, ImportState

PAUSE = 1.0  # seconds
IDLE = 90.0  # seconds without work, after which the memory is given back
WORK = {ImportState.RUNNING: run_import, ImportState.UNDOING: run_undo}
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """A process of its own: a large file must not keep letters waiting."""

    help = (
        "Lees in wat op de website is klaargezet, en maak ongedaan wat daar is "
        "gevraagd. 'serve' en 'work' starten het zelf als er iets te doen is."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to go on."""
        parser.add_argument(
            "--once", action="store_true", help="doe alles wat er ligt, en stop"
        )
        parser.add_argument("--parent", type=int, help="stop als dit proces stopt")

    def handle(self, *, once: bool, parent: int | None, **options: Any) -> None:
        """Work until nothing was asked for a while."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        os.nice(5)  # who waits for a page goes first
        failed: set[int] = set()  # not again before the next start
        last = time.monotonic()
        while parent is None or os.getppid() == parent:
            close_old_connections()
            waiting = Import.objects.at_work().exclude(pk__in=failed)
            subject = waiting.order_by("begun_on", "pk").first()
            if subject is not None:
                if not _work_at(subject):
                    failed.add(subject.pk)
                last = time.monotonic()
            elif once or time.monotonic() - last > IDLE:
                break
            else:
                time.sleep(PAUSE)


def _work_at(subject: Import) -> bool:
    try:
        WORK[ImportState(subject.state)](subject.pk, at=clock.now())
    except Exception as error:  # noqa: BLE001 - the next file must have its turn
        log.error("import not finished: %s", type(error).__name__)
        return False
    return True
