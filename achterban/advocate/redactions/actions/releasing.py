"""Make a public version public with two people, and take it back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.redactions.actions.deciding import (
    Changed,
    IsPublic,
    locked,
    log,
    remaining,
)
from achterban.advocate.redactions.models import Form, Redaction, ReleasedFile
from achterban.advocate.redactions.rendering import render
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.database.rows import insert_all
from achterban.core.files.actions import Taken, ready_file
from achterban.core.files.models import StoredFile
from achterban.core.files.typesetting import CannotShow
from achterban.core.outbox.receivers import receiver
from achterban.core.upkeep.events import RESTORED
from achterban.core.vault.actions import destroy_keys
from achterban.rules.filetypes import Kind
from achterban.rules.redaction import Surplus, Trace, parts_of, surplus, traces


class NotAsked(Exception):
    """Nobody asked to make it public, or it was changed since."""


class SamePerson(Exception):
    """Who asked does not release."""


@dataclass
class NotSafe(Exception):
    """Something still tells of what went out, or the file holds more than words.

    Attributes:
        traces: what, and where.
        surplus: what the file may not hold.
        cannot_show: whether there are signs in it that no font has.
    """

    traces: list[Trace] = field(default_factory=list)
    surplus: list[Surplus] = field(default_factory=list)
    cannot_show: bool = False


@transaction.atomic
def ask(row: Redaction, *, seen: int, by: Account, at: datetime) -> Redaction:
    """Ask somebody else to look through it and make it public.

    Args:
        row: it is locked.
        seen: revision that ``by`` looked through.
        by: who asks.
        at: now.

    Raises:
        IsPublic: it is.
        Changed: there is a newer revision.
        NotSafe: something in it still tells of what went out.
    """
    held = locked(row.pk)
    if held.is_public:
        raise IsPublic
    if held.revision != seen:
        raise Changed
    if found := remaining(held):
        raise NotSafe(found)
    held.asked_by, held.asked_on = by, timezone.localdate(at)
    held.save(update_fields=["asked_by", "asked_on"])
    log("asked", held, by=by, at=at)
    return held


def release(row: Redaction, *, seen: int, by: Account, at: datetime) -> Redaction:
    """Make it public, when nothing that went out is found in what was made.

    The files are made and searched before the transaction, which takes a while.

    Args:
        row: the row is locked at the end.
        seen: revision that ``by`` looked through.
        by: a second person, who did not ask.
        at: now.

    Raises:
        IsPublic: somebody was first.
        NotAsked: nobody asked, or it was changed since.
        SamePerson: they asked themselves.
        Changed: there is a newer revision than they saw.
        NotSafe: something was found; nothing is public.

    Source: trust F5, G1 and G4: two people, and the result is searched.
    """
    _may_release(row, seen=seen, by=by)
    files = _made_and_searched(row)
    with transaction.atomic():
        held = locked(row.pk)
        _may_release(held, seen=seen, by=by)
        held.released_on = on = timezone.localdate(at)
        held.released_at, held.released_by = at, by
        held.save(update_fields=["released_on", "released_at", "released_by"])
        for form, made in files.items():
            _store(held, form, made, on=on)
        checksum = hashlib.sha256(files[Form.PDF]).hexdigest()
        log("released", held, by=by, at=at, sha256=checksum)
    return held


def _may_release(row: Redaction, *, seen: int, by: Account) -> None:
    if row.is_public:
        raise IsPublic
    if row.asked_on is None:
        raise NotAsked
    if row.asked_by_id == by.pk:
        raise SamePerson
    if row.revision != seen:
        raise Changed


def _made_and_searched(row: Redaction) -> dict[Form, bytes]:
    """Return the files, each searched in every corner."""
    try:
        files = render(row)
    except CannotShow as refusal:
        raise NotSafe(cannot_show=True) from refusal
    found, decisions = remaining(row), row.open_decisions()
    for form, made in files.items():
        found += traces(parts_of(made, form.value), decisions)
    too_much = surplus(files[Form.PDF])
    if found or too_much:
        raise NotSafe(found, too_much)
    return files


def _store(row: Redaction, form: Form, made: bytes, *, on: date) -> None:
    taken = Taken(Kind.DOCUMENT, form.value, made, is_scanned=False)
    file, rows = ready_file(taken)
    insert_all(rows)
    ReleasedFile.objects.create(
        redaction=row,
        form=form,
        checksum=hashlib.sha256(made).hexdigest(),
        n_bytes=len(made),
        released_on=on,
        file=file,
    )


@transaction.atomic
def withdraw(row: Redaction, *, by: Account, at: datetime) -> Redaction:
    """Take it back: nobody outside reads it any more, and its files are destroyed.

    It can be changed after that, and made public again by two people.
    """
    held = locked(row.pk)
    if not held.is_public:
        return held
    on = timezone.localdate(at)
    held.released_on = held.released_at = held.released_by = None
    held.asked_on = held.asked_by = None
    held.withdrawn_on = on
    held.save()
    files = held.files.filter(file__isnull=False)
    keys = [*files.values_list("file", flat=True)]
    StoredFile.objects.filter(pk__in=keys).delete()
    log("withdrawn", held, by=by, at=at)
    destroy_keys(keys, on=on)
    return held


@receiver(RESTORED)
def after_a_restore(payload: dict[str, int], row_id: int) -> None:
    """Withdraw again what was withdrawn after the backup: its files did not come back.

    What waits to be released has to be asked again: it may have been changed since.
    """
    public = Redaction.objects.filter(released_on__isnull=False)
    public.exclude(files__file__isnull=False).update(
        released_on=None,
        released_at=None,
        released_by=None,
        withdrawn_on=clock.today(),
    )
    waiting = Redaction.objects.filter(released_on=None)
    waiting.update(asked_on=None, asked_by=None)
