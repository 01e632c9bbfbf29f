"""Hold a standing consultation: plan a talk for one time of a rhythm, and follow it."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from achterban.advocate.commitments.actions.expecting import tell
from achterban.advocate.commitments.models import Occurrence, OccurrenceState
from achterban.advocate.dossiers.actions.meetings import invite, keep_meeting
from achterban.advocate.dossiers.events import MEETING_TOLD
from achterban.advocate.dossiers.models import Meeting, MeetingState
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.outbox.receivers import receiver

BEGINS = time(10)  # until somebody says otherwise


class Planned(Exception):
    """There is a talk for this time already."""


@transaction.atomic
def plan_talk(row: Occurrence, *, by: Account, at: datetime) -> Meeting:
    """Plan the talk of one time of a rhythm, at the level that was promised.

    Args:
        row: it is locked; with its promise.
        by: who plans it, and comes.
        at: now.

    Raises:
        Planned: somebody was first.
    """
    held = Occurrence.objects.select_for_update().get(pk=row.pk)
    if held.meeting_id is not None:
        raise Planned
    promise = row.commitment
    title = _("Consultation with %(party)s") % {"party": promise.party}
    meeting = Meeting(
        organisation=promise.dossier.organisation,
        title=title[: Meeting._meta.get_field("title").max_length],
        starts_at=timezone.make_aware(datetime.combine(row.due_on, BEGINS)),
        promised=promise.level,
    )
    keep_meeting(meeting, [promise.dossier], [by], by=by, at=at)
    functions = [promise.function] if promise.function else []
    invite(meeting, promise.party, functions, by=by, at=at)
    held.meeting = meeting
    held.save(update_fields=["meeting"])
    return meeting


@receiver(MEETING_TOLD)
def follow_talk(payload: dict[str, int], row_id: int) -> None:
    """Say of one time of a rhythm what its talk says."""
    rows = Occurrence.objects.filter(meeting=payload["meeting"])
    row = rows.select_related("meeting", "commitment__dossier").first()
    if row is None or row.meeting is None:
        return
    meeting, at = row.meeting, clock.now()
    state, level, note = "", "", ""
    held_on = None
    if meeting.state == MeetingState.HELD:
        state, level = OccurrenceState.HELD, meeting.held
        held_on = timezone.localdate(min(meeting.starts_at, at))
    elif meeting.state != MeetingState.PLANNED:
        state, note = OccurrenceState.MISSED, meeting.get_state_display()
    tell(row, state, held_on, level, note, by=None, at=at, meeting=meeting)
