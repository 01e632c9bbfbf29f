"""What other rooms and pages may ask about reports."""

from __future__ import annotations

from dataclasses import dataclass

from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import Report, receipt_hash
from achterban.listen.reports.models.reports import ReportQuerySet
from achterban.listen.reports.statuses import Status
from achterban.rules.receipts import NotACode, read_code

A_FEW = 7
NO_SUCH_REPORT = "Dit signaal is er niet. Kijk de code of het nummer na."
SUSPECT = "suspect"


def reports_listed(reports: ReportQuerySet, chosen: str) -> ReportQuerySet:
    """Return what a list shows.

    Args:
        reports: those that somebody may read.
        chosen: a status, ``suspect`` for what came in a flood; else all.
    """
    if chosen == SUSPECT:
        return reports.filter(is_suspect=True)
    return reports.filter(status=chosen) if chosen in Status.values else reports


def is_to_look_through() -> bool:
    """Return whether something was sent where nobody looked for what identifies."""
    return Report.objects.to_look_through().exists()


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
        .select_related("key", "review")
    )
    mine = list(
        waiting.filter(handler=account).order_by(
            "-is_urgent", "-has_news", "received_on", "pk"
        )[:A_FEW]
    )
    new = list(
        waiting.filter(handler=None).order_by("-is_urgent", "received_on", "pk")[
            : A_FEW - len(mine)
        ]
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


def report_named(what: str) -> Report | None:
    """Return the report of a number or of a receipt code, of any organisation.

    For the command line only: who may type there may see all.
    """
    reports = Report.objects.select_related("key")
    if what.isdecimal():
        return reports.filter(pk=int(what)).first()
    try:
        code = read_code(what)
    except NotACode:
        return None
    hashes = [receipt_hash(code, one) for one in Organisation.objects.all()]
    return reports.filter(receipt_hash__in=hashes).first()
