"""Release a figure: the one gate for numbers about people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from achterban.core.audit.actions import record
from achterban.core.audit.models import day_moment
from achterban.core.organisations.models import Organisation
from achterban.core.release.models import Kind, ReleasedFigure
from achterban.rules.disclosure import n_tens
from achterban.rules.months import next_month


class NotOver(Exception):
    """The month can still change."""


@transaction.atomic
def release_figure(
    organisation: Organisation,
    kind: Kind,
    month: date,
    count: Callable[[], int],
    *,
    on: date,
    subject: int = 0,
) -> ReleasedFigure:
    """Release the figure of a month, once; what was released before stands as it is.

    Args:
        organisation: whose people are counted; its row is locked.
        kind: what is counted.
        month: any day of it.
        count: counts; called for a figure that was not released yet.
        on: today.
        subject: key of what the people have in common; 0: all of them.

    Raises:
        NotOver: the month is not over.

    Source: ADR 26.
    """
    month = month.replace(day=1)
    if on < next_month(month):
        raise NotOver(month)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = ReleasedFigure.objects.filter(
        organisation=organisation, kind=kind, subject=subject, month=month
    ).first()
    if known is not None:
        return known
    figure = ReleasedFigure.objects.create(
        organisation=organisation,
        kind=kind,
        subject=subject,
        month=month,
        n_tens=n_tens(count()),
        released_on=on,
    )
    record(
        "release.figure.released",
        figure,
        by=0,
        responsible=organisation.pk,
        at=day_moment(on),
    )
    return figure
