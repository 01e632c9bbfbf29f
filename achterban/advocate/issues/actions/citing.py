"""Say what an issue comes down to, and let something prove it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.issues.actions.composing import Borrowed
from achterban.advocate.issues.actions.log import log
from achterban.advocate.issues.models import Citation, Claim, Figure
from achterban.advocate.issues.queries import proofs_of
from achterban.core.accounts.models import Account
from achterban.listen.reports.actions.quoting import find_passage
from achterban.listen.reports.models import Report
from achterban.rules.borrowed import borrowed


class NotReleased(Exception):
    """Nobody released this figure, or it says nothing of this issue."""


@transaction.atomic
def keep_claim(claim: Claim, *, by: Account, at: datetime) -> Claim:
    """Store a claim as it was written.

    Raises:
        Borrowed: five words in a row stand in a passage that proves it.

    Source: ADR 39: they would stand there after they were taken back.
    """
    on = timezone.localdate(at)
    if claim._state.adding:
        claim.written_by, claim.written_on = by, on
    else:
        Claim.objects.select_for_update().get(pk=claim.pk)  # somebody may cite now
        proofs = proofs_of([claim], on=on)[claim.pk]
        _must_be_ours(
            claim.sentence, [it.quoted.words for it in proofs if it.citation.report_id]
        )
    claim.save()
    log("claim.kept", claim.issue, by=by, at=at)
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
        Borrowed: the claim says five of them in a row.
    """
    on = timezone.localdate(at)
    _must_be_ours(Claim.objects.select_for_update().get(pk=claim.pk).sentence, [typed])
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
    log("claim.cited", claim.issue, by=by, at=at, report=report.pk)
    return citation


def _must_be_ours(sentence: str, passages: list[str]) -> None:
    if words := borrowed(sentence, passages):
        raise Borrowed(words)


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
    log("claim.cited", claim.issue, by=by, at=at)
    return citation


@transaction.atomic
def cite_figure(claim: Claim, figure: Figure, *, by: Account, at: datetime) -> Citation:
    """Let a figure prove a claim.

    Raises:
        NotReleased: no second person released it, or it is of another issue.
    """
    if figure.released_id is None or figure.issue_id != claim.issue_id:
        raise NotReleased
    citation = Citation.objects.create(
        claim=claim, figure=figure, cited_by=by, cited_on=timezone.localdate(at)
    )
    log("claim.cited", claim.issue, by=by, at=at, figure=figure.pk)
    return citation


@transaction.atomic
def drop_citations(
    claim: Claim, keys: Collection[int], *, by: Account, at: datetime
) -> int:
    """Take away what proved a claim; return how many went."""
    n_gone, _rows = claim.citations.filter(pk__in=keys).delete()
    if n_gone:
        log("claim.uncited", claim.issue, by=by, at=at, n=n_gone)
    return n_gone
