"""What somebody has to do today for a dossier, for *Today*."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest

from achterban.advocate.dossiers.models import Task
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.web.due import Due


def due_tasks(request: HttpRequest, on: date, n: int) -> Iterator[Due]:
    """Yield one's own tasks whose day came, the latest first."""
    account: Account = request.user  # type: ignore[assignment]
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]
    rows = Task.objects.visible_to(account, organisation).to_do()
    mine = rows.filter(who=account, by_when__lte=on).select_related("dossier__place")
    for row in mine[:n]:
        place = f", {row.dossier.place}" if row.dossier.place else ""
        yield Due(
            row.what,
            row.by_when,
            "dossiers:dossier",
            row.dossier_id,
            f"{row.dossier}{place}",
        )
