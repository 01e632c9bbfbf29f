"""Write down what a dossier brought, and begin to tell everybody who told of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from achterban.advocate.dossiers.models import Outcome, Result, Told
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.listen.reports.actions import updating
from achterban.listen.reports.models import Update, UpdateKind, UpdateWords


class NoEvidence(Exception):
    """What was achieved, also in part, says how we know."""


class NoReason(Exception):
    """What was not achieved says why."""


@transaction.atomic
def keep_outcome(row: Outcome, *, by: Account, at: datetime) -> Outcome:
    """Store an outcome.

    Args:
        row: new or changed.
        by: who writes it.
        at: now.

    Raises:
        NoReason: it was not achieved, and does not say why.
        NoEvidence: it was, and does not say how we know.
    """
    if row.result == Result.NOT and not row.why:
        raise NoReason
    if row.result != Result.NOT and not row.evidence:
        raise NoEvidence
    row.written_by, row.written_at = by, at
    row.save()
    _log("kept", row, by=by, at=at)
    return row


@transaction.atomic
def begin_telling(
    row: Outcome, reports: Iterable[int], *, by: Account, at: datetime
) -> Update:
    """Begin the news for those who told of it: it stands ready to be read and sent.

    Each hears of it in their own way, as they chose (``reports.actions.updating``).

    Args:
        row: what it brought.
        reports: of its issues, those that ``by`` may read; who told later comes in a
            second one, and who has a news of it already in none.
        by: who writes.
        at: now.

    Raises:
        NobodyChosen: nobody told of it, or all were told.
        TooMany: more than one update can go to.
    """
    organisation = row.dossier.organisation
    Outcome.objects.select_for_update().get(pk=row.pk)  # or two tell the same people
    news = row.news.filter(update__undone_on=None).select_related("update")
    left = set(reports).difference(*(each.update.chosen for each in news))
    update = updating.begin_update(organisation, left, by=by, at=at)
    is_not = row.result == Result.NOT
    kind = UpdateKind.NOT_ACHIEVED if is_not else UpdateKind.RESULT
    rest = "\n\n".join(filter(None, (row.for_whom, row.why)))
    words = UpdateWords(row.what, rest)
    updating.keep_update(update.pk, words, kind=kind, wants_public=False, by=by, at=at)
    Told.objects.create(outcome=row, update=update)
    _log("told", row, by=by, at=at)
    return update


def _log(act: str, row: Outcome, *, by: Account, at: datetime) -> None:
    record(
        f"dossiers.outcome.{act}",
        row,
        by=by.pk,
        responsible=row.dossier.organisation_id,
        at=at,
    )
