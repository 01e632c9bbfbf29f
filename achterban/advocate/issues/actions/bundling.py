"""Write an issue down, and bundle reports in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.issues.actions.log import log
from achterban.advocate.issues.models import Bundled, Issue, PersonaSource
from achterban.core.accounts.models import Account
from achterban.listen.reports.models import Report


@transaction.atomic
def keep_issue(issue: Issue, *, by: Account, at: datetime) -> Issue:
    """Store an issue as it was written."""
    if issue._state.adding:
        issue.opened_by, issue.opened_on = by, timezone.localdate(at)
    issue.save()
    log("kept", issue, by=by, at=at)
    return issue


@transaction.atomic
def bundle(issue: Issue, keys: Collection[int], *, by: Account, at: datetime) -> int:
    """Put reports in an issue; those that stand in it already stay as they are.

    Only reports whose checked words ``by`` may read come in: what nobody checked, or
    was withdrawn meanwhile, is passed by.

    Args:
        issue: of the organisation of the reports.
        keys: of the reports.
        by: who bundles.
        at: now.

    Returns:
        How many came in.
    """
    readable = Report.objects.visible_to(by, issue.organisation).filter(
        pk__in=keys, review__approved_on__isnull=False
    )
    known = set(issue.bundled.values_list("report", flat=True))
    fresh = [report for report in readable.locked() if report.pk not in known]
    Bundled.objects.bulk_create(
        [
            Bundled(
                issue=issue, report=report, added_by=by, added_on=timezone.localdate(at)
            )
            for report in fresh
        ],
        ignore_conflicts=True,
    )
    if fresh:
        log("bundled", issue, by=by, at=at, n=len(fresh))
    return len(fresh)


@transaction.atomic
def unbundle(issue: Issue, keys: Collection[int], *, by: Account, at: datetime) -> int:
    """Take reports out of an issue; return how many went out."""
    n_gone, _rows = issue.bundled.filter(report__in=keys).delete()
    if n_gone:
        log("unbundled", issue, by=by, at=at, n=n_gone)
    return n_gone


def forget_withdrawn(_on: date) -> int:
    """Take reports out of issues that were withdrawn; return how many.

    Nothing shows or counts them from the moment of the withdrawal on
    (``Bundled.objects.standing``): this clears what is left. A persona that was
    composed from one knows it by the number of its sources.
    """
    PersonaSource.objects.exclude(report__withdrawn_on=None).delete()
    gone = Bundled.objects.exclude(report__withdrawn_on=None)
    return gone.delete()[0]
