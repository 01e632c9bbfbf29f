"""Do the same with several reports, and come back to a list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions import handling, triaging
from achterban.listen.reports.models import Report, SavedView, Triage, Triaged
from achterban.listen.reports.statuses import Status

One = Callable[[int, Any, Account, datetime], None]


def do_together(
    report_ids: Sequence[int], act: str, given: Any, *, by: Account, at: datetime
) -> int:
    """Hand over, add a theme to, or set the status of several reports.

    Each is done apart: one that cannot holds none of the others up.

    Args:
        report_ids: permission came with ``visible_to``.
        act: ``to``, ``theme`` or ``status``.
        given: the colleague, the code of the theme, or the status.
        by: who does it.
        at: now.

    Returns:
        How many were done; the others do not allow it, or are there no more.
    """
    acts: dict[str, One] = {
        "to": _hand_over,
        "theme": _add_theme,
        "status": _set_status,
    }
    one = acts[act]
    n_done = 0
    for report_id in report_ids:
        try:
            one(report_id, given, by, at)
        except (handling.StepNotAllowed, triaging.Gone, Report.DoesNotExist):
            continue
        n_done += 1
    return n_done


def _hand_over(report_id: int, to: Account, by: Account, at: datetime) -> None:
    handling.hand_over(report_id, to, by=by, at=at)


def _set_status(report_id: int, status: str, by: Account, at: datetime) -> None:
    handling.set_status(report_id, Status(status), by=by, at=at)


def _add_theme(report_id: int, code: str, by: Account, at: datetime) -> None:
    report = Report.objects.select_related("key").get(pk=report_id)
    if report.key is None:
        raise triaging.Gone
    known = Triage.objects.filter(report=report).first()
    if known:
        known.report = report
    before = known.open() if known else Triaged()
    themes = list(dict.fromkeys([*before.themes, code]))
    triaging.keep_triage(report_id, replace(before, themes=themes), by=by, at=at)


def keep_view(
    name: str, choices: dict[str, str], *, by: Account, organisation: Organisation
) -> SavedView:
    """Keep a list under a name, for somebody alone; the same name changes it."""
    view, _is_new = SavedView.objects.update_or_create(
        account=by,
        organisation=organisation,
        name=name,
        defaults={"choices": choices},
    )
    return view


def forget_view(view: SavedView) -> None:
    """Forget a list; the reports stay."""
    view.delete()
