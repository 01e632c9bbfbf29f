"""Who told of what a dossier works at, who did not hear yet, what comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, QuerySet

from achterban.advocate.dossiers.models import Linked, Outcome, Result, Told
from achterban.advocate.issues.models import Bundled, Issue
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import Report
from achterban.rules.delay import Came, came_within

A_YEAR = 365


@dataclass(frozen=True)
class Hearers:
    """Of the reports in the issues of a dossier, who was told of an outcome.

    Attributes:
        told: keys of those for whom its news was chosen.
        left: keys of those who told later, or for whom nothing was begun.
        waiting: keys of those whose news did not go out yet.
    """

    told: frozenset[int]
    left: frozenset[int]
    waiting: frozenset[int]

    @property
    def n_not_yet(self) -> int:
        """Return how many have not yet heard."""
        return len(self.left) + len(self.waiting)


def hearers(
    rows: Collection[Outcome], account: Account, organisation: Organisation
) -> dict[int, Hearers]:
    """Return who was told of outcomes, by key; only reports that ``account`` may read.

    Args:
        rows: the outcomes.
        account: who asks.
        organisation: where.
    """
    visible = Report.objects.visible_to(account, organisation)
    bundled = Bundled.objects.filter(
        issue__linked__dossier__in={row.dossier_id for row in rows}, report__in=visible
    )
    told_of: dict[int, set[int]] = defaultdict(set)
    for dossier, report in bundled.values_list("issue__linked__dossier", "report"):
        told_of[dossier].add(report)
    chosen: dict[int, set[int]] = defaultdict(set)
    sent: dict[int, set[int]] = defaultdict(set)
    standing = Told.objects.filter(outcome__in=rows, update__undone_on=None)
    for news in standing.select_related("update"):
        chosen[news.outcome_id].update(news.update.chosen)
        if news.update.sent_on:
            sent[news.outcome_id].update(news.update.chosen)
    reports_of = {dossier: frozenset(reports) for dossier, reports in told_of.items()}
    found = {}
    for row in rows:
        reports = reports_of.get(row.dossier_id, frozenset())
        told = reports & chosen[row.pk]
        left = reports - told if told else reports  # a copy each would fill the memory
        found[row.pk] = Hearers(told, left, told - sent[row.pk])
    return found


def n_who_wait(heard: Iterable[Hearers]) -> int:
    """Return how many reports have not yet heard of one or more of some outcomes."""
    each = list(heard)
    # Outcomes of one dossier share their set: those of 10,000 are one to go through.
    shared = {it.left for it in each} | {it.waiting for it in each}
    return len(frozenset().union(*shared))


def change_within_a_year(
    account: Account, organisation: Organisation, *, on: date
) -> Came:
    """Return of what share of the issues something came within a year.

    An issue is followed from the day it was opened until the first outcome of one of
    its dossiers that was achieved, also in part; or until today.
    """
    visible = Issue.objects.visible_to(account, organisation).order_by()
    since = _first_achieved(visible)
    return came_within(
        A_YEAR,
        [
            (max(0, (since.get(issue, on) - opened).days), issue in since)
            for issue, opened in visible.values_list("pk", "opened_on")
        ],
    )


def _first_achieved(issues: QuerySet[Issue]) -> dict[int, date]:
    """Return since when something came of issues, by key; only of which it did.

    In two questions: one would meet each outcome of a dossier again for each issue.
    """
    linked = Linked.objects.filter(issue__in=issues)
    achieved = Outcome.objects.filter(
        dossier__in=linked.values("dossier"),
        result__in=(Result.ACHIEVED, Result.PARTLY),
    )
    by_dossier = achieved.order_by().values("dossier").annotate(first=Min("on"))
    first_of = dict(by_dossier.values_list("dossier", "first"))
    since: dict[int, date] = {}
    for issue, dossier in linked.values_list("issue", "dossier"):
        if first := first_of.get(dossier):
            since[issue] = min(first, since.get(issue, first))
    return since
