"""Write a remark about somebody down, and let a second person check it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.stakeholders.actions.contacts import use
from achterban.advocate.stakeholders.actions.parties import log
from achterban.advocate.stakeholders.actions.relations import NoSource
from achterban.advocate.stakeholders.models import Remark, RemarkWords
from achterban.core.accounts.models import Account


class OwnWords(Exception):
    """Whoever wrote it cannot be the second person."""


class Changed(Exception):
    """Other words stand there than those that were read."""


@transaction.atomic
def write_remark(
    remark: Remark, words: RemarkWords, *, by: Account, at: datetime
) -> Remark:
    """Store a remark; new words have to be checked anew. Sent twice it is one.

    Args:
        remark: new or changed.
        words: with their source.
        by: who wrote it.
        at: now.

    Raises:
        NoSource: it does not say how we know.
    """
    if not words.source.strip():
        raise NoSource
    if remark._state.adding:
        rows = Remark.objects.filter(contact=remark.contact, written_by=by)
        for row in rows.select_related("contact__key"):
            if row.open_words() == words:
                return row
    remark.seal_words(words)
    remark.written_by, remark.written_on = by, timezone.localdate(at)
    remark.checked_by = remark.checked_on = None
    remark.save()
    use([remark.contact_id], on=timezone.localdate(at))
    _log("written", remark, by=by, at=at)
    return remark


@transaction.atomic
def check_remark(remark: Remark, stamp: str, *, by: Account, at: datetime) -> Remark:
    """Agree, as a second person, that a remark is right and may leave the house.

    Args:
        remark: which.
        stamp: of the words that were read (``Remark.stamp``).
        by: who checked it.
        at: now.

    Raises:
        OwnWords: ``by`` wrote them.
        Changed: they were changed meanwhile.
    """
    rows = Remark.objects.select_for_update(of=("self",)).select_related("contact")
    remark = rows.get(pk=remark.pk)
    if remark.written_by_id == by.pk:
        raise OwnWords
    if remark.stamp != stamp:
        raise Changed
    remark.checked_by, remark.checked_on = by, timezone.localdate(at)
    remark.save(update_fields=["checked_by", "checked_on"])
    _log("checked", remark, by=by, at=at)
    return remark


@transaction.atomic
def remove_remark(remark: Remark, *, by: Account, at: datetime) -> None:
    """Take a remark away."""
    _log("removed", remark, by=by, at=at)
    remark.delete()


def _log(what: str, remark: Remark, *, by: Account, at: datetime) -> None:
    log(f"remark.{what}", remark.contact, by=by, at=at, remark=remark.pk)
