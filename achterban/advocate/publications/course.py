"""What became of one report, step by step (Dutch: spoor), for who may see each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.advocate.commitments.models import Commitment
from achterban.advocate.dossiers.models import Dossier, Outcome
from achterban.advocate.issues.models import Claim, Issue
from achterban.advocate.publications.models import Version
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import EntryKind, Report, Update

MOST = 25  # of one step


@dataclass(frozen=True)
class Place:
    """One thing on the way.

    Attributes:
        words: what it is.
        day: when; None where it has none.
        address: name of its page.
        key: of the thing on that page.
    """

    words: str
    day: date | None
    address: str
    key: int


@dataclass(frozen=True)
class Stage:
    """One step of the way, also where nothing stands yet.

    Attributes:
        label: what it is.
        places: what stands there, the newest first.
        has_more: whether there are more than are shown.
    """

    label: str | Promise
    places: tuple[Place, ...]
    has_more: bool = False

    @property
    def count(self) -> str:
        """Return how many stand there, in a picture."""
        return f"{len(self.places)}{'+' * self.has_more}" if self.places else ""


def course_of(
    report: Report, account: Account, organisation: Organisation
) -> list[Stage]:
    """Return the way of a report, from its issues to what was told back.

    Args:
        report: one that ``account`` may read.
        account: who asks; what they may not read is not there.
        organisation: where.
    """
    asks = account, organisation
    issues = Issue.objects.visible_to(*asks).of_report(report)
    keys = list(issues.values_list("pk", flat=True))
    dossiers = Dossier.objects.visible_to(*asks).filter(issues__in=keys).distinct()
    claims = Claim.objects.visible_to(*asks).filter(citations__report=report)
    sent = Version.objects.visible_to(*asks).filter(cited__report=report.pk)
    promises = Commitment.objects.visible_to(*asks).filter(dossier__in=dossiers)
    outcomes = Outcome.objects.visible_to(*asks).filter(dossier__in=dossiers)
    standing = report.entries.standing().filter(kind=EntryKind.UPDATE)
    told = Update.objects.visible_to(*asks).filter(pk__in=standing.values("update"))
    return [
        _stage(_("Issues"), issues.order_by("-opened_on"), "issues:issue", "opened_on"),
        _stage(
            _("Claims it proves"),
            claims.distinct().order_by("-written_on"),
            "issues:claim",
            "written_on",
        ),
        _stage(
            _("Letters that cite it"),
            sent.distinct().order_by("-sent_on"),
            "publications:version",
            "sent_on",
            words="title",
        ),
        _stage(_("Dossiers"), dossiers.order_by("title"), "dossiers:dossier"),
        _stage(
            _("Promises"),
            promises.order_by("-said_on"),
            "commitments:commitment",
            "said_on",
        ),
        _stage(
            _("What it brought"),
            outcomes.order_by("-on"),
            "dossiers:outcome-list",
            "on",
            key="dossier_id",
        ),
        _stage(
            _("What was told back"),
            told.order_by("-sent_on"),
            "reports:update",
            "sent_on",
            words="get_kind_display",
        ),
    ]


def _stage(
    label: str | Promise,
    rows: QuerySet[Any],
    address: str,
    day: str = "",
    *,
    words: str = "",
    key: str = "pk",
) -> Stage:
    found = list(rows[: MOST + 1])
    return Stage(
        label, tuple(_places(found[:MOST], address, day, words, key)), len(found) > MOST
    )


def _places(
    rows: list[Any], address: str, day: str, words: str, key: str
) -> Iterator[Place]:
    for row in rows:
        named = getattr(row, words) if words else row
        said = str(named() if callable(named) else named)
        on = getattr(row, day) if day else None
        yield Place(said, on, address, getattr(row, key))
