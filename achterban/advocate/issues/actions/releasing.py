"""Let the number of people in an issue leave the house: one asks, another releases."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from achterban.advocate.issues.actions.log import log
from achterban.advocate.issues.models import Figure, Issue
from achterban.advocate.issues.queries import n_people_before
from achterban.core.accounts.models import Account
from achterban.core.release.actions import release_figure
from achterban.core.release.models import Kind, ReleasedFigure
from achterban.rules.disclosure import LEAST
from achterban.rules.months import next_month, previous_month


class TooFew(Exception):
    """Of fewer than ten people no number leaves the house."""


class SamePerson(Exception):
    """Who asked for it cannot release it."""


class AlreadyReleased(Exception):
    """It is out, and stands as it is."""


@transaction.atomic
def ask_figure(
    issue: Issue, counted: str, missing: str, *, by: Account, at: datetime
) -> Figure:
    """Ask for how many people told of an issue, up to the end of last month.

    What waited for a second person already goes: this is another row, so that nobody
    releases words that they did not read.

    Args:
        issue: in which they are.
        counted: what is counted, in a sentence for everybody.
        missing: who is not among them.
        by: who asks.
        at: now.

    Raises:
        TooFew: they are fewer than ten.
    """
    on = timezone.localdate(at)
    Issue.objects.select_for_update().get(pk=issue.pk)
    figure = Figure(
        issue=issue,
        month=previous_month(on),
        counted=counted,
        missing=missing,
        asked_by=by,
        asked_on=on,
    )
    if _count(figure) < LEAST:
        raise TooFew
    issue.figures.waiting().delete()
    figure.save()
    log("figure.asked", issue, by=by, at=at)
    return figure


@transaction.atomic
def release(figure: Figure, *, by: Account, at: datetime) -> Figure:
    """Release a figure, with its words, through the gate.

    It is never lower than one of the same issue that is out: that so many said it
    stays true. What came out before for the same month is the number now as well.

    Raises:
        AlreadyReleased: it is out.
        SamePerson: ``by`` asked for it.
        TooFew: meanwhile they are fewer than ten.

    Source: ADR 26, 33 and 42.
    """
    Issue.objects.select_for_update().get(pk=figure.issue_id)
    row = Figure.objects.select_for_update().get(pk=figure.pk)
    if row.released_id is not None:
        raise AlreadyReleased
    if row.asked_by_id == by.pk:
        raise SamePerson
    count = _count(row)
    if count < LEAST:
        raise TooFew
    row.released = release_figure(
        row.issue.organisation,
        Kind.ISSUE,
        row.month,
        lambda: count,
        on=timezone.localdate(at),
        subject=row.issue_id,
    )
    row.released_by = by
    row.save(update_fields=["released", "released_by"])
    log("figure.released", row.issue, by=by, at=at)
    return row


@transaction.atomic
def drop_figure(figure: Figure, *, by: Account, at: datetime) -> None:
    """Take back what waits for a second person.

    Raises:
        AlreadyReleased: it is out.
    """
    row = Figure.objects.select_for_update().get(pk=figure.pk)
    if row.released_id is not None:
        raise AlreadyReleased
    row.delete()
    log("figure.dropped", row.issue, by=by, at=at)


def _count(figure: Figure) -> int:
    """Return how many they are, and at least what is out."""
    out = ReleasedFigure.objects.filter(
        organisation=figure.issue.organisation_id,
        kind=Kind.ISSUE,
        subject=figure.issue_id,
    )
    said = out.aggregate(most=Max("n_tens"))["most"] or 0
    now = n_people_before(next_month(figure.month), figure.issue)
    return max(said * LEAST, now)
