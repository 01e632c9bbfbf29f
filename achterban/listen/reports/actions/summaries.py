"""Write what many go through, and let a second person make it public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.database.masking import mask_columns
from achterban.listen.reports.models import Summary


class AlreadyPublic(Exception):
    """People said that they have this; its words stand."""


class SamePerson(Exception):
    """Who wrote it cannot make it public."""


@transaction.atomic
def keep_summary(summary: Summary, *, by: Account, at: datetime) -> Summary:
    """Store a summary that is not public yet; who changed it last wrote it.

    Raises:
        AlreadyPublic: a second person made it public in the meantime.
    """
    if not summary._state.adding:
        _not_public(summary)
    mask_columns(summary, "title", "text")
    summary.written_by = by
    summary.save()
    _log("kept", summary, by=by, at=at)
    return summary


@transaction.atomic
def publish_summary(summary: Summary, *, by: Account, at: datetime) -> Summary:
    """Make a summary public, and with it how many have it, in whole tens (ADR 33).

    Raises:
        AlreadyPublic: it is.
        SamePerson: ``by`` wrote it.
    """
    locked = _not_public(summary)
    if locked.written_by_id == by.pk:
        raise SamePerson
    locked.published_by, locked.published_on = by, timezone.localdate(at)
    locked.save()
    _log("published", locked, by=by, at=at)
    return locked


@transaction.atomic
def close_summary(summary: Summary, *, by: Account, at: datetime) -> None:
    """Take a summary from the public page; who said it keeps their code."""
    summary.closed_on = timezone.localdate(at)
    summary.save(update_fields=["closed_on"])
    _log("closed", summary, by=by, at=at)


def _not_public(summary: Summary) -> Summary:
    locked = Summary.objects.select_for_update().get(pk=summary.pk)
    if locked.published_on is not None:
        raise AlreadyPublic
    return locked


def _log(what: str, summary: Summary, *, by: Account, at: datetime) -> None:
    record(
        f"reports.summary.{what}",
        summary,
        by=by.pk,
        responsible=summary.organisation_id,
        at=at,
    )
