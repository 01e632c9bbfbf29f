"""Who told of what a dossier works at, who did not hear yet, what comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q

from achterban.advocate.dossiers.models import Outcome, Result, Told
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
    found = {}
    for row in rows:
        reports = frozenset(told_of[row.dossier_id])
        told = reports & chosen[row.pk]
        found[row.pk] = Hearers(told, reports - told, told - sent[row.pk])
    return found


def change_within_a_year(
    account: Account, organisation: Organisation, *, on: date
) -> Came:
    """Return of what share of the issues something came within a year.

    An issue is followed from the day it was opened until the first outcome of one of
    its dossiers that was achieved, also in part; or until today.
    """
    achieved = Q(linked__dossier__outcomes__result__in=(Result.ACHIEVED, Result.PARTLY))
    visible = Issue.objects.visible_to(account, organisation).order_by()
    rows = visible.annotate(
        since=Min("linked__dossier__outcomes__on", filter=achieved)
    ).values_list("opened_on", "since")
    return came_within(
        A_YEAR,
        [
            (max(0, ((since or on) - opened).days), since is not None)
            for opened, since in rows
        ],
    )
