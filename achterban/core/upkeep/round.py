"""The daily round, and the loop that does all work in the background."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from datetime import date
from functools import partial

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import (
    DEFAULT_DB_ALIAS,
    close_old_connections,
    connection,
    connections,
    transaction,
)
from django.utils.translation import gettext_lazy as _

from achterban.core import clock
from achterban.core.accounts.models import Invitation, InvitationQuerySet
from achterban.core.audit import actions as audit
from achterban.core.database.fields import RandomKey
from achterban.core.database.sqlite.base import DatabaseWrapper
from achterban.core.files.models import Block
from achterban.core.outbox.actions import BATCH, deliver_due
from achterban.core.outbox.models import OutboxRow
from achterban.core.search.actions import wipe
from achterban.core.search.models import Indexed
from achterban.core.upkeep import watch
from achterban.core.upkeep.beside import do_needed, start_needed
from achterban.core.upkeep.terms import Term, all_terms, goes, let_go
from achterban.core.vault.actions import drop_old_masters, wipe_free_space

UNSORTED = (
    Block,
    Indexed,
)  # in the order in which words were approved, which the log has
MOST_ROWS_TO_SORT = 100_000  # about a second
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
    do_needed()
    return delivered


def daily_round(on: date) -> None:
    """Erase what was kept too long, in each room; a room that fails stops no other."""
    ours = [
        _forget_sessions,
        _drop_masters,
        _hide_order,
        _wipe,
        _read_backup,
    ]
    terms: list[Callable[[date], object]] = [
        partial(let_go, term) for term in all_terms()
    ]
    for task in [*terms, *_daily, *ours]:
        try:
            task(on)
        except Exception as error:  # noqa: BLE001 - the next room must have its turn
            log.error("daily round: %s", type(error).__name__)


def _forget_sessions(on: date) -> None:
    SessionStore.clear_expired()


def _late_invitations(on: date) -> InvitationQuerySet:
    return Invitation.objects.filter(expires_on__lt=on)


goes(
    Term(
        _("invitations that nobody accepted"),
        _("after a week: the link works no longer"),
        lambda on: _late_invitations(on).count(),
        lambda on: _late_invitations(on).delete()[0],
    )
)


goes(
    Term(
        _("lines of the log"),
        _("after five years: the law asks for five, and they are about colleagues too"),
        lambda on: audit.over_time(on).count(),
        audit.cut,
    )
)


def _drop_masters(on: date) -> None:
    drop_old_masters(at=clock.now())


def _hide_order(on: date) -> None:
    """Lay rows about people in the order of their random keys.

    PostgreSQL keeps rows as they came, and numbers the transactions: that would tell
    who wrote after whom. Each row is written again in one transaction, then sorted.
    SQLite has them in the order of their keys already. Large tables and the contents
    of files are left alone: they would be locked too long (docs/threat-model.md).
    """
    if connection.vendor != "postgresql":
        return
    for model in apps.get_models():
        is_random = isinstance(model._meta.pk, RandomKey) and model not in UNSORTED
        if is_random and model._default_manager.count() <= MOST_ROWS_TO_SORT:
            _sort(model._meta.db_table)


def _sort(table: str) -> None:
    from psycopg import sql  # takes a while to read in, and is here on PostgreSQL only

    with transaction.atomic(), connection.cursor() as cursor:
        facts = connection.introspection.get_constraints(cursor, table)
        key = next(name for name, fact in facts.items() if fact["primary_key"])
        names = {"table": sql.Identifier(table), "key": sql.Identifier(key)}
        for statement in ("UPDATE {table} SET id = id", "CLUSTER {table} USING {key}"):
            composed = sql.SQL(statement).format(**names)
            cursor.execute(composed)


def _wipe(on: date) -> None:
    wipe_free_space()
    wipe()


def _read_backup(on: date) -> None:
    watch.look_again(at=clock.now())


def _empty_write_ahead_log() -> None:
    database = connections[DEFAULT_DB_ALIAS]
    if isinstance(database, DatabaseWrapper):
        database.empty_write_ahead_log()


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
            watch.warn(at=clock.now(), on=today)
            delivered = deliver_due(at=clock.now(), on=today)
            start_needed()
            _empty_write_ahead_log()
        except Exception as error:  # noqa: BLE001 - a full disk today, not tomorrow
            log.error("background work: %s", type(error).__name__)
            delivered = 0
        if delivered < BATCH:
            time.sleep(PAUSE)
