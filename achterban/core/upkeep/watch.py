"""Whether backups are made and can be read: silence about a backup is an alarm.

What is known stands in one file in the data folder, because a row in the database
would tell the database restored from a backup that all is well.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from achterban.core.accounts.models import Account, Role
from achterban.core.organisations.mail import queue_letters, write_letter
from achterban.core.upkeep.backup import NotRestored, check_backup

LATE = timedelta(hours=26)  # a daily backup, and two hours for one that takes long


@dataclass(frozen=True)
class Watched:
    """What is known of the backups of this installation.

    Attributes:
        since: moment (ISO 8601) from which a backup is waited for: of the newest one
            that was read back whole, or of the first start.
        path: of that backup, empty for none yet.
        bad_at: moment at which it could no longer be read, empty while it can.
        warned_on: day of the last letter about it, empty for none.
    """

    since: str
    path: str = ""
    bad_at: str = ""
    warned_on: str = ""


def begin(*, at: datetime) -> None:
    """Start to wait for the first backup; with one, nothing changes."""
    if _read() is None:
        _write(Watched(at.isoformat()))


def note_backup(path: Path, *, at: datetime) -> None:
    """Remember a backup that was made at this moment and read back whole."""
    _write(Watched(at.isoformat(), str(path.resolve())))


def note_bad(path: Path, *, at: datetime) -> None:
    """Remember that the newest backup cannot be read; an older one does not matter."""
    known = _read()
    if known and known.path == str(path.resolve()):
        _write(replace(known, bad_at=at.isoformat()))


def look_again(*, at: datetime) -> None:
    """Read the newest backup whole, where it still stands where it was made."""
    known = _read()
    if known is None or not known.path or not Path(known.path).exists():
        return
    try:
        check_backup(Path(known.path))
    except (NotRestored, OSError):
        note_bad(Path(known.path), at=at)


def finding(*, at: datetime) -> str | None:
    """Return a Dutch sentence about what is wrong with backups, None for nothing."""
    known = _read()
    if known is None:
        return None
    if known.bad_at:
        return f"de laatste kopie is beschadigd: {known.path}"
    hours = int((at - datetime.fromisoformat(known.since)) / timedelta(hours=1))
    if at - datetime.fromisoformat(known.since) <= LATE:
        return None
    if not known.path:
        return f"nog nooit gemaakt, en de website draait al {hours} uur"
    return f"de laatste is van {hours} uur geleden"


@transaction.atomic
def warn(*, at: datetime, on: date) -> None:
    """Write to every administrator once a day while something is wrong."""
    known = _read()
    if known is None or known.warned_on == on.isoformat() or not finding(at=at):
        return
    administrators = Account.objects.filter(
        memberships__role=Role.ADMINISTRATOR, is_active=True
    ).distinct()
    context = {"is_bad": bool(known.bad_at), "is_first": not known.path}
    for account in administrators:
        letter = write_letter(account.email, "upkeep/mail/backup.txt", context, None)
        queue_letters(letter, on=on, dedupe=f"upkeep.backup:{account.pk}")
    transaction.on_commit(lambda: _write(replace(known, warned_on=on.isoformat())))


def _file() -> Path:
    return settings.DATA / "backup.json"


def _read() -> Watched | None:
    try:
        return Watched(**json.loads(_file().read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):  # cut short by a full disk: begin again
        return None


def _write(known: Watched) -> None:
    draft = _file().with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(known)))
    draft.replace(_file())
