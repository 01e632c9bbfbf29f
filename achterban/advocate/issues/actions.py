"""Write an issue down, and bundle reports in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.issues.models import Bundled, Citation, Claim, Issue
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.listen.reports.actions.quoting import find_passage
from achterban.listen.reports.models import Report


@transaction.atomic
def keep_issue(issue: Issue, *, by: Account, at: datetime) -> Issue:
    """Store an issue as it was written."""
    if issue._state.adding:
        issue.opened_by, issue.opened_on = by, timezone.localdate(at)
    issue.save()
    _log("kept", issue, by=by, at=at)
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
        _log("bundled", issue, by=by, at=at, n=len(fresh))
    return len(fresh)


@transaction.atomic
def unbundle(issue: Issue, keys: Collection[int], *, by: Account, at: datetime) -> int:
    """Take reports out of an issue; return how many went out."""
    n_gone, _rows = issue.bundled.filter(report__in=keys).delete()
    if n_gone:
        _log("unbundled", issue, by=by, at=at, n=n_gone)
    return n_gone


@transaction.atomic
def keep_claim(claim: Claim, *, by: Account, at: datetime) -> Claim:
    """Store a claim as it was written."""
    if claim._state.adding:
        claim.written_by, claim.written_on = by, timezone.localdate(at)
    claim.save()
    _log("claim.kept", claim.issue, by=by, at=at)
    return claim


@transaction.atomic
def cite_report(
    claim: Claim, report: Report, typed: str, *, by: Account, at: datetime
) -> Citation:
    """Let a passage of a report prove a claim.

    Args:
        claim: of an issue.
        report: one that ``by`` may read.
        typed: the words, as they stand in the report.
        by: who cites.
        at: now.

    Raises:
        MayNot: there is no yes for quoting, or nobody checked the words.
        NotInWords: they do not stand there, or it is not clear where.
    """
    on = timezone.localdate(at)
    passage = find_passage(report, typed, on=on)
    citation = Citation.objects.create(
        claim=claim,
        report=report,
        start=passage.start,
        end=passage.end,
        digest=passage.digest,
        cited_by=by,
        cited_on=on,
    )
    _log("claim.cited", claim.issue, by=by, at=at, report=report.pk)
    return citation


@transaction.atomic
def cite_source(
    claim: Claim, source: str, address: str, *, by: Account, at: datetime
) -> Citation:
    """Let a source prove a claim: a guideline, research, a letter."""
    citation = Citation.objects.create(
        claim=claim,
        source=source,
        address=address,
        cited_by=by,
        cited_on=timezone.localdate(at),
    )
    _log("claim.cited", claim.issue, by=by, at=at)
    return citation


@transaction.atomic
def drop_citations(
    claim: Claim, keys: Collection[int], *, by: Account, at: datetime
) -> int:
    """Take away what proved a claim; return how many went."""
    n_gone, _rows = claim.citations.filter(pk__in=keys).delete()
    if n_gone:
        _log("claim.uncited", claim.issue, by=by, at=at, n=n_gone)
    return n_gone


def forget_withdrawn(_on: date) -> int:
    """Take reports out of issues that were withdrawn; return how many.

    Nothing shows or counts them from the moment of the withdrawal on
    (``Bundled.objects.standing``): this clears what is left.
    """
    gone = Bundled.objects.exclude(report__withdrawn_on=None)
    return gone.delete()[0]


def _log(what: str, issue: Issue, *, by: Account, at: datetime, **facts: int) -> None:
    record(
        f"issues.{what}",
        issue,
        by=by.pk,
        responsible=issue.organisation_id,
        at=at,
        **facts,
    )
