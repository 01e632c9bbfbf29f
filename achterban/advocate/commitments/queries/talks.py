"""The talks of a standing consultation, and what was decided in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from achterban.advocate.commitments.models import Commitment
from achterban.advocate.dossiers.models import Meeting, Point
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation


@dataclass
class Talk:
    """A talk of a consultation.

    Attributes:
        meeting: the talk.
        n_points: how many points stand on its agenda.
        decided: those of which something was decided.
    """

    meeting: Meeting
    n_points: int = 0
    decided: list[Point] = field(default_factory=list)


def talks_of(
    row: Commitment, account: Account, organisation: Organisation
) -> dict[int, Talk]:
    """Return the talks for the times of a promise, by key, the newest first."""
    visible = Meeting.objects.visible_to(account, organisation)
    rows = visible.filter(occurrence__commitment=row).order_by("-starts_at", "pk")
    found = {meeting.pk: Talk(meeting) for meeting in rows}
    for point in Point.objects.filter(meeting__in=found):
        talk = found[point.meeting_id]
        talk.n_points += 1
        if point.decided:
            talk.decided.append(point)
    return found
