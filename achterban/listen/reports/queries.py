"""What other rooms and pages may ask about reports."""

from __future__ import annotations

from dataclasses import dataclass

from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import Report
from achterban.listen.reports.statuses import Status

A_FEW = 7


@dataclass(frozen=True)
class WorkList:
    """A few reports that ask for something today, and how many more there are.

    Attributes:
        mine: what this account has and what waits for it, news first.
        new: what nobody has yet, oldest first.
        n_more: how many more wait that are not in these two.
    """

    mine: list[Report]
    new: list[Report]
    n_more: int


def work_list(account: Account, organisation: Organisation) -> WorkList:
    """Return the work of an account: at most seven things, oldest first."""
    waiting = (
        Report.objects.visible_to(account, organisation)
        .filter(is_suspect=False)
        .waiting()
        .select_related("key")
    )
    mine = list(
        waiting.filter(handler=account).order_by("-has_news", "received_on", "pk")[
            :A_FEW
        ]
    )
    new = list(
        waiting.filter(handler=None).order_by("received_on", "pk")[: A_FEW - len(mine)]
    )
    return WorkList(
        mine=mine,
        new=new,
        n_more=max(0, waiting.count() - len(mine) - len(new)),
    )


def n_suspect(account: Account, organisation: Organisation) -> int:
    """Return how many reports came in a flood and wait for somebody to look."""
    return (
        Report.objects.visible_to(account, organisation)
        .filter(is_suspect=True)
        .exclude(status=Status.CLOSED)
        .count()
    )
