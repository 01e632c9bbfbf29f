"""Write a recess down, and let promises that hang on it move along."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from achterban.advocate.commitments.actions.keeping import When, agree, log
from achterban.advocate.commitments.models import Commitment, Recess
from achterban.advocate.commitments.models.commitments import CommitmentQuerySet
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.rules.recurrence import around_recess


@dataclass(frozen=True)
class Hanging:
    """A promise whose day hangs on a recess, and is another one by now.

    Attributes:
        row: the promise.
        day: the one that its words give now.
    """

    row: Commitment
    day: date


@transaction.atomic
def keep_recess(row: Recess, *, by: Account, at: datetime) -> Recess:
    """Store a recess, new or changed."""
    row.save()
    _log("kept", row, by=by, at=at)
    return row


@transaction.atomic
def drop_recess(row: Recess, *, by: Account, at: datetime) -> None:
    """Take a recess away; days that were read with it stay."""
    _log("dropped", row, by=by, at=at)
    row.delete()


def hanging(rows: CommitmentQuerySet, organisation: Organisation) -> list[Hanging]:
    """Return of which promises the day should move, as the recesses stand now.

    Args:
        rows: those that may be changed; what we wait for among them counts.
        organisation: whose recesses.
    """
    known = Recess.objects.known_to(organisation)
    asked = rows.waited_for().filter(rhythm="", agreed__words__icontains="reces")
    found = []
    for row in asked.distinct().select_related("party").prefetch_related("agreed"):
        agreed = list(row.agreed.all())
        first, last = agreed[-1], agreed[0]
        said_on = row.said_on if last == first else timezone.localdate(last.at)
        day = around_recess(last.words, known, said_on)
        if day is not None and day != row.due:
            found.append(Hanging(row, day))
    return found


@transaction.atomic
def follow(rows: Collection[Hanging], *, by: Account, at: datetime) -> int:
    """Move the day of promises along with a recess; return of how many.

    The words stay as they were agreed, and so does where it stands: nobody agreed
    anything anew.
    """
    for it in rows:
        held = Commitment.objects.select_for_update().get(pk=it.row.pk)
        last = held.agreed.first()
        words = last.words if last else ""
        agree(held, When(words, it.day), _("The recess moved."), by=by, at=at)
        log("moved_along", held, by=by, at=at)
    return len(rows)


def _log(act: str, row: Recess, *, by: Account, at: datetime) -> None:
    record(
        f"commitments.recess.{act}",
        row,
        by=by.pk,
        responsible=row.organisation_id,
        at=at,
    )
