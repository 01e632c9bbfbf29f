"""Bring a correspondence in, decide what goes out of it, and let it go again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.redactions.models import Redaction
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey
from achterban.rules.deidentify import Span, mask_bsn
from achterban.rules.redaction import (
    Decision,
    Part,
    Trace,
    Where,
    coded,
    is_readable,
    propose,
    traces,
)

MOST_CHARACTERS = 200_000  # some eighty pages; it bounds how long a search takes
MOST_PROPOSED = 400  # at first; what is found and typed later has room beside it
MOST_DECISIONS = 900  # a form may have a thousand fields
MOST_SHOWN = 50  # of what still tells of somebody, at once
Find = Callable[[str], list[Span]]


@dataclass(frozen=True)
class Source:
    """What was brought in, read.

    Attributes:
        text: its words.
        checksum: SHA-256 of the file, or of the words that were pasted.
        left_out: names of what was attached.
    """

    text: str
    checksum: str
    left_out: list[str] = field(default_factory=list)


class TooLong(Exception):
    """A person cannot look through so much at once."""


class NotReadable(Exception):
    """Letters got lost in it, or a part is in a code that nobody can read."""


class Changed(Exception):
    """Somebody else changed it meanwhile."""


class IsPublic(Exception):
    """It is public: withdraw it first."""


def bring_in(
    dossier: Dossier, title: str, source: Source, *, by: Account, at: datetime
) -> Redaction:
    """Store a correspondence, sealed, with what likely goes out of it.

    Args:
        dossier: to which it belongs.
        title: under which it will be public.
        source: its words.
        by: who brings it.
        at: now.

    Raises:
        TooLong: more than ``MOST_CHARACTERS``, or ``MOST_PROPOSED`` names in it.
        NotReadable: nobody could look through all of it.

    Source: trust G1: what nobody can read, nobody can check.
    """
    text = mask_bsn(source.text).text.strip()
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    if not text or not is_readable(text) or coded(text):
        raise NotReadable
    proposed = propose(text)  # reads the Dutch words first: a second
    if len(proposed) > MOST_PROPOSED:
        raise TooLong
    with transaction.atomic():
        row = _with_text(dossier, title, source, text, by=by, at=at)
        row.seal_decisions(proposed)
        row.save(force_insert=True)
        log("brought", row, by=by, at=at)
    return row


def _with_text(
    dossier: Dossier,
    title: str,
    source: Source,
    text: str,
    *,
    by: Account,
    at: datetime,
) -> Redaction:
    key = DataKey.fresh()
    key.save()
    row = Redaction(
        id=key.pk,
        dossier=dossier,
        key=key,
        title=_short(title),
        checksum=source.checksum,
        n_left_out=len(source.left_out),
        brought_on=timezone.localdate(at),
        brought_by=by,
    )
    row.seal_text(text)
    return row


def _short(title: str) -> str:
    return mask_bsn(title).text[: Redaction._meta.get_field("title").max_length]


@transaction.atomic
def keep_decisions(
    row: Redaction,
    decisions: Iterable[Decision],
    *,
    title: str = "",
    seen: int,
    by: Account,
    at: datetime,
) -> Redaction:
    """Store what goes out and what stays; who was asked to release it is not any more.

    Args:
        row: it is locked.
        decisions: all of them.
        title: another one; empty where it stays as it is.
        seen: revision that ``by`` looked at.
        by: who decides.
        at: now.

    Raises:
        Changed: there is a newer revision.
        IsPublic: withdraw it first.
        TooLong: more than ``MOST_DECISIONS``; none is left out in silence.
    """
    once = {it.key: it for it in decisions if it.key}
    if len(once) > MOST_DECISIONS:
        raise TooLong
    held = locked(row.pk)
    if held.is_public:
        raise IsPublic
    if held.revision != seen:
        raise Changed
    held.title = _short(title) or held.title
    held.seal_decisions(once.values())
    _changed(held)
    held.save()
    log("decided", held, by=by, at=at, n=len(once))
    return held


def _changed(row: Redaction) -> None:
    row.revision += 1
    row.asked_on = row.asked_by = None


def remaining(row: Redaction) -> list[Trace]:
    """Return what still tells of what goes out, in the words and the title."""
    words = f"{row.title}\n\n{row.public_text()}"
    return traces([Part(Where.TEXT, words)], row.open_decisions())


def look_through(find: Find) -> int:
    """Look for names in what nobody looked through yet; return in how many.

    What is found is added to what goes out, up to ``MOST_DECISIONS``; what somebody
    decided stays. Looking takes long and holds nothing.

    Args:
        find: returns spans of a text.
    """
    rows = list(Redaction.objects.to_look_through().select_related("key"))
    for row in rows:
        text = row.open_text()
        _add_found(row, propose(text, find(text)))
    return len(rows)


@transaction.atomic
def _add_found(row: Redaction, found: list[Decision]) -> None:
    held = Redaction.objects.select_for_update().filter(pk=row.pk).first()
    if held is None or held.is_public:
        return
    held.key = row.key
    known = held.open_decisions()
    keys = {it.key for it in known}
    new = [it for it in found if it.key not in keys]
    if new:
        held.seal_decisions([*known, *new][:MOST_DECISIONS])
        _changed(held)
    held.looked_on = clock.today()
    held.save()


def record_reading(row: Redaction, *, by: Account, at: datetime) -> None:
    """Write in the log who reads the words as they came."""
    log("read", row, by=by, at=at)


@transaction.atomic
def drop(row: Redaction, *, by: Account, at: datetime) -> None:
    """Destroy a correspondence that is not public.

    Raises:
        IsPublic: withdraw it first.
    """
    held = locked(row.pk)
    if held.is_public:
        raise IsPublic
    log("dropped", held, by=by, at=at)
    held.delete()
    destroy_keys([row.key_id], on=timezone.localdate(at))


@receiver("vault.destroyed")
def remove_redaction(payload: dict[str, int], row_id: int) -> None:
    """Remove what was dropped, when a backup brought it back."""
    Redaction.objects.filter(pk=payload["key"]).delete()


def locked(pk: int) -> Redaction:
    """Return a public version, locked until the transaction ends."""
    rows = Redaction.objects.select_for_update(of=("self",))
    return rows.select_related("key", "dossier__organisation").get(pk=pk)


def log(
    act: str, row: Redaction, *, by: Account, at: datetime, **facts: int | str
) -> None:
    """Write an act in the log, without words."""
    record(
        f"redactions.redaction.{act}",
        row,
        by=by.pk,
        responsible=row.dossier.organisation_id,
        at=at,
        **facts,
    )
