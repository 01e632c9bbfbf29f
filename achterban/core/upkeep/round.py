"""The daily round, and the loop that does all work in the background."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from datetime import date

from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections

from achterban.core import clock
from achterban.core.accounts.models import Invitation
from achterban.core.outbox.actions import deliver_due
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.actions import drop_old_masters, wipe_free_space

PAUSE = 2.0  # seconds between looks at the outbox
log = logging.getLogger(__name__)

_daily: list[Callable[[date], object]] = []


def daily(task: Callable[[date], object]) -> Callable[[date], object]:
    """Register what a room does once a day; it may be done twice."""
    _daily.append(task)
    return task


def do_all_due() -> int:
    """Deliver all that is due and go the daily round; return how much was delivered."""
    daily_round(clock.today())
    began, delivered = clock.now(), 0
    # Until each row had its turn: what fails waits from then on, and is passed by.
    while OutboxRow.objects.due(on=clock.today(), at=began).exists():
        delivered += deliver_due(at=clock.now(), on=clock.today())
    return delivered


def daily_round(on: date) -> None:
    """Erase what was kept too long, in each room; a room that fails stops no other."""
    ours = [_forget_sessions, _forget_invitations, _drop_masters, _wipe]
    for task in [*_daily, *ours]:
        try:
            task(on)
        except Exception as error:  # noqa: BLE001 - the next room must have its turn
            log.error("daily round: %s", type(error).__name__)


def _forget_sessions(on: date) -> None:
    SessionStore.clear_expired()


def _forget_invitations(on: date) -> None:
    Invitation.objects.filter(expires_on__lt=on).delete()


def _drop_masters(on: date) -> None:
    drop_old_masters(at=clock.now())


def _wipe(on: date) -> None:
    wipe_free_space()


def keep_working(parent: int | None) -> None:
    """Work until the process is stopped, or until its parent is gone.

    Args:
        parent: process id of the server that started this one, None for none.
    """
    last_round = None
    while parent is None or os.getppid() == parent:
        close_old_connections()
        try:
            today = clock.today()
            if last_round != today:
                daily_round(today)
                last_round = today
            delivered = deliver_due(at=clock.now(), on=today)
        except Exception as error:  # noqa: BLE001 - a full disk today, not tomorrow
            log.error("background work: %s", type(error).__name__)
            delivered = 0
        if not delivered:
            time.sleep(PAUSE)
