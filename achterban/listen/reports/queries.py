"""What other rooms and pages may ask about reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from achterban.core.accounts.models import Account
from achterban.core.accounts.permissions import roles_that_may
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Branch, Municipality
from achterban.core.vocabulary.models import TermKind, terms_of
from achterban.listen.reports.models import (
    Import,
    Likeness,
    Report,
    facet_hash,
    receipt_hash,
)
from achterban.listen.reports.models.reports import ReportQuerySet
from achterban.listen.reports.models.triage import SUMMARY
from achterban.listen.reports.statuses import Status
from achterban.rules.receipts import NotACode, read_code

A_FEW = 7
# Danger goes first, wherever it was told. What else came from a file waited long
# already: who tells now goes before it.
LIVE_FIRST = (
    F("is_urgent").desc(),
    F("imported").desc(nulls_first=True),
    F("received_on").asc(),
    F("pk").asc(),
)
MANY = 100
NO_SUCH_REPORT = "Dit signaal is er niet. Kijk de code of het nummer na."
SUSPECT = "suspect"


NO_BRANCH = "none"
UNTRIAGED = "untriaged"
ASKED_AGAIN_DAYS = 7  # what was routed and not taken is everybody's again


@dataclass(frozen=True)
class Choice:
    """What a list of reports shows.

    Attributes:
        status: a status, ``suspect`` for what came in a flood, ``untriaged`` for what
            nobody said the subject of; else all.
        branch: key of a branch, ``none`` for no branch; empty for all.
        theme: code of a term; empty for all, and so are
        party: whom it is about, and
        condition: which illness.
        summary: key of a summary, for who has it too; empty for all.
        place: CBS code of a municipality; empty for all.
    """

    status: str = ""
    branch: str = ""
    theme: str = ""
    party: str = ""
    condition: str = ""
    summary: str = ""
    place: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, Any], organisation: Organisation) -> Choice:
        """Return what was asked for, without what is not there (any more)."""
        given = {name: str(asked.get(name, "")) for name in cls.__dataclass_fields__}
        terms = {(term.kind.value, term.code) for term in terms_of(organisation)}
        for kind in TermKind:
            if (kind.value, given[kind.value]) not in terms:
                given[kind.value] = ""
        branches = {str(branch.pk) for branch in Branch.objects.of(organisation)}
        if given["branch"] not in branches | ({NO_BRANCH} if branches else set()):
            given["branch"] = ""
        if not given["summary"].isdecimal():
            given["summary"] = ""
        if given["place"] and not _codes(code=given["place"]):
            given["place"] = ""
        if given["status"] not in {*Status.values, SUSPECT, UNTRIAGED}:
            given["status"] = ""
        return cls(**given)

    @property
    def filled(self) -> dict[str, str]:
        """Return what was chosen, by name."""
        return {name: value for name, value in vars(self).items() if value}

    def of(self, reports: ReportQuerySet, organisation: Organisation) -> ReportQuerySet:
        """Return what the list shows of the reports that somebody may read."""
        if self.status == SUSPECT:
            reports = reports.filter(is_suspect=True)
        elif self.status == UNTRIAGED:
            reports = reports.filter(triage=None)
        elif self.status:
            reports = reports.filter(status=self.status)
        reports = reports.about(
            facet_hash(kind, code, organisation)
            for kind in TermKind
            if (code := getattr(self, kind.value))
        )
        if self.summary:
            reports = reports.about([facet_hash(SUMMARY, self.summary, organisation)])
        if self.place:
            reports = reports.in_places([self.place], organisation)
        if not self.branch:
            return reports
        ours = Branch.objects.of(organisation)
        if self.branch == NO_BRANCH:
            return reports.outside(_codes(branches__in=ours), organisation)
        return reports.in_places(_codes(branches__in=[int(self.branch)]), organisation)


def place_of(choice: Choice) -> Municipality | None:
    """Return the municipality that a list was asked of."""
    return Municipality.objects.filter(code=choice.place).first()


def _codes(**which: Any) -> list[str]:
    places = Municipality.objects.filter(**which)
    return list(places.values_list("code", flat=True))


def readers_of(
    organisation: Organisation, verb: str = "reports.read"
) -> models.QuerySet[Account]:
    """Return who may do something with reports here, by name."""
    return (
        Account.objects.filter(
            memberships__organisation=organisation,
            memberships__role__in=roles_that_may(verb),
            is_active=True,
        )
        .distinct()
        .order_by("name", "email")
    )


def is_to_look_through() -> bool:
    """Return whether something was sent where nobody looked for what identifies."""
    return Report.objects.to_look_through().exists()


@dataclass(frozen=True)
class WorkList:
    """A few reports that ask for something today, and how many more there are.

    Attributes:
        mine: what this account has and what waits for it, news first.
        offered: what fits what they take on and nobody has yet, oldest first.
        new: what nobody has yet, oldest first.
        n_more: how many more wait that are not in these.
    """

    mine: list[Report]
    offered: list[Report]
    new: list[Report]
    n_more: int


def work_list(account: Account, organisation: Organisation, *, on: date) -> WorkList:
    """Return the work of an account: at most seven things, urgent ones first."""
    waiting = Report.objects.visible_to(account, organisation)
    waiting = waiting.filter(is_suspect=False).waiting()
    offered = Report.objects.offered_to(account, organisation)
    offered = offered.filter(is_suspect=False).waiting()
    long_ago = on - timedelta(days=ASKED_AGAIN_DAYS)
    mine = waiting.filter(handler=account)
    free = waiting.filter(handler=None).filter(
        Q(routed_to=None) | Q(routed_on__lte=long_ago)
    )
    free = free.exclude(pk__in=offered.values("pk"))
    lists: list[list[Report]] = []
    for reports, order in (
        (mine, ["-is_urgent", "-has_news", "received_on", "pk"]),
        (offered, LIVE_FIRST),
        (free, LIVE_FIRST),
    ):
        room = A_FEW - sum(map(len, lists))
        rows = _first(reports, order, room).select_related("key", "review")
        lists.append(list(rows))
    n_waiting = waiting.count() + offered.exclude(pk__in=waiting.values("pk")).count()
    n_more = max(0, n_waiting - sum(map(len, lists)))
    return WorkList(lists[0], lists[1], lists[2], n_more)


def to_do_next(
    account: Account, organisation: Organisation, *, but: Collection[int] = ()
) -> Report | None:
    """Return the report whose words or subject wait for a look, urgent ones first.

    Args:
        account: who looks.
        organisation: for whom.
        but: keys to pass by.
    """
    waiting = _to_do(account, organisation).exclude(pk__in=but)
    return _first(waiting, LIVE_FIRST, 1).first()


def n_to_do(account: Account, organisation: Organisation) -> int:
    """Return how many reports wait for a look, up to a hundred."""
    return _to_do(account, organisation).order_by()[:MANY].count()


def _first(
    reports: ReportQuerySet, order: Sequence[str | OrderBy], n: int
) -> ReportQuerySet:
    """Return the first of an order, without reading the words of all the others."""
    keys = reports.order_by(*order).values("pk")[:n]
    return Report.objects.filter(pk__in=keys).order_by(*order)


def _to_do(account: Account, organisation: Organisation) -> ReportQuerySet:
    reports = Report.objects.visible_to(account, organisation).to_triage()
    return reports.filter(is_suspect=False).filter(Q(handler=None) | Q(handler=account))


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


@dataclass(frozen=True)
class SameWords:
    """Others that say what a report says.

    Attributes:
        campaign_id: where they stand together.
        n_others: how many.
    """

    campaign_id: int
    n_others: int


def same_words(report: Report) -> SameWords | None:
    """Return how many others say the same as a report; None for none."""
    likeness = Likeness.objects.filter(report=report).first()
    if likeness is None or likeness.campaign_id is None:
        return None
    alike = Likeness.objects.filter(campaign=likeness.campaign_id)
    n_others = alike.exclude(pk=likeness.pk).count()
    return SameWords(likeness.campaign_id, n_others) if n_others else None


def is_import_at_work() -> bool:
    """Return whether a file is to be read or to be undone."""
    return Import.objects.at_work().exists()
