"""What partners in a coalition see of each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from achterban.advocate.dossiers.models import (
    Kind,
    Meeting,
    Partner,
    Task,
)
from achterban.advocate.issues.models import Figure, Issue


@dataclass(frozen=True)
class SharedIssue:
    """An issue of a partner, with the last figure that was released of it.

    How many people it counts stays inside; only what went through the gate is shown.
    """

    issue: Issue
    figure: Figure | None


@dataclass(frozen=True)
class SharedThings:
    """What one partner lets the others see.

    Attributes:
        partner: whose.
        issues: with what was released of them.
        meetings: with points and parties; no people, no notes.
        tasks: without who does them.
    """

    partner: Partner
    issues: list[SharedIssue]
    meetings: list[Meeting]
    tasks: list[Task]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is shared."""
        return not (self.issues or self.meetings or self.tasks)


def others_of(partner: Partner) -> list[Partner]:
    """Return the other partners, those who left or said no among them."""
    rows = partner.coalition.partners.exclude(pk=partner.pk)
    return list(rows.select_related("organisation"))


def may_share(partner: Partner, kind: str) -> set[int]:
    """Return the keys of what stands in the dossier of a partner."""
    if partner.dossier_id is None:
        return set()
    rows = {
        Kind.ISSUE: Issue.objects.filter(
            dossiers=partner.dossier_id, organisation=partner.organisation_id
        ),
        Kind.MEETING: Meeting.objects.filter(
            dossiers=partner.dossier_id, organisation=partner.organisation_id
        ),
        Kind.TASK: Task.objects.filter(dossier=partner.dossier_id),
    }
    return set(rows[Kind(kind)].values_list("pk", flat=True))


def shared_by(partners: Iterable[Partner]) -> list[SharedThings]:
    """Return what partners share; what left their dossier meanwhile is not in it."""
    return [_shared_by(partner) for partner in partners]


def _shared_by(partner: Partner) -> SharedThings:
    keys = {
        kind: may_share(partner, kind)
        & set(partner.shared.filter(kind=kind).values_list("thing", flat=True))
        for kind in Kind
    }
    issues = list(Issue.objects.filter(pk__in=keys[Kind.ISSUE]))
    out = Figure.objects.out().filter(issue__in=issues).select_related("released")
    newest = {row.issue_id: row for row in reversed(out)}
    meetings = Meeting.objects.filter(pk__in=keys[Kind.MEETING])
    return SharedThings(
        partner,
        [SharedIssue(issue, newest.get(issue.pk)) for issue in issues],
        list(meetings.prefetch_related("points", "attendees__party")),
        list(Task.objects.filter(pk__in=keys[Kind.TASK]).order_by("by_when", "pk")),
    )
