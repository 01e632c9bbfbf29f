"""What an organisation asks on the optional pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import (
    MOST_OWN_QUESTIONS,
    LeftOutQuestion,
    OwnQuestion,
)
from achterban.listen.reports.questions import MAY_BE_LEFT_OUT


class Enough(Exception):
    """There are five questions of their own already."""


@transaction.atomic
def keep_own_question(
    question: OwnQuestion, *, by: Account, at: datetime
) -> OwnQuestion:
    """Store a question of an organisation, new or changed.

    What was answered before keeps the words of then (``Telling.own``).

    Args:
        question: with its new values.
        by: who asks it; permission is checked by the caller.
        at: now.

    Raises:
        Enough: it is new, and there are five already.
    """
    organisation = Organisation.objects.select_for_update().get(
        pk=question.organisation_id
    )
    others = OwnQuestion.objects.of(organisation).exclude(pk=question.pk)
    if others.count() >= MOST_OWN_QUESTIONS:
        raise Enough
    question.save()
    record(
        "reports.question.changed",
        question,
        by=by.pk,
        responsible=question.organisation_id,
        at=at,
        is_on=question.is_on,
    )
    return question


@transaction.atomic
def leave_out(
    names: Iterable[str], organisation: Organisation, *, by: Account, at: datetime
) -> None:
    """Say which of the program's questions an organisation does not ask.

    Args:
        names: of the questions; others are asked again. What is no question, or may
            not be left out, is passed over.
        organisation: who asks.
        by: who says so; permission is checked by the caller.
        at: now.
    """
    wanted = {q.name for q in MAY_BE_LEFT_OUT} & set(names)
    rows = LeftOutQuestion.objects.of(organisation)
    known = {row.name for row in rows}
    if wanted == known:
        return
    rows.exclude(name__in=wanted).delete()
    LeftOutQuestion.objects.bulk_create(
        LeftOutQuestion(organisation=organisation, name=name)
        for name in sorted(wanted - known)
    )
    record(
        "reports.questions.left_out",
        organisation,
        by=by.pk,
        responsible=organisation.pk,
        at=at,
        names=sorted(wanted),
    )
