"""What a talk should be about, and what stands in somebody's diary."""

from __future__ import annotations

from achterban.advocate.dossiers.models import Meeting
from achterban.advocate.issues.models import Issue
from achterban.advocate.issues.queries import Whom, for_whom
from achterban.core.accounts.models import Account

PROPOSED = 12


def largest_issues(meeting: Meeting, *, by: Account) -> list[tuple[Issue, Whom]]:
    """Return the issues of what a talk is about, those of most people first.

    Args:
        meeting: what stands on its agenda already is left out.
        by: who asks; of issues that they may read.
    """
    readable = Issue.objects.visible_to(by, meeting.organisation)
    linked = readable.filter(linked__dossier__about__meeting=meeting).exclude(
        pk__in=meeting.points.exclude(issue=None).values("issue")
    )
    issues = list(linked.distinct())
    whom = for_whom(issues)
    ranked = sorted(issues, key=lambda issue: (-whom[issue.pk].n_people, issue.title))
    return [(issue, whom[issue.pk]) for issue in ranked[:PROPOSED]]
