"""Promises that ask for something today, for *Today*."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.http import HttpRequest

from achterban.advocate.commitments.models import Commitment
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.web.due import Due

LONGEST = 100  # signs of a promise in a list


def due_promises(request: HttpRequest, on: date, n: int) -> Iterator[Due]:
    """Yield promises of one's own dossiers whose day is over, the oldest first."""
    account: Account = request.user  # type: ignore[assignment]
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]
    rows = Commitment.objects.workable_by(account, organisation)
    late = rows.filter(dossier__owner=account).late(on + timedelta(days=1))
    for row in late.select_related("party")[:n]:
        words = row.verbatim
        short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
        yield Due(short, row.due, "commitments:commitment", row.pk, str(row.party))
