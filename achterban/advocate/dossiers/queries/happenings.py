"""What happens in this room, for the timeline."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import (
    About,
    Estimate,
    Linked,
    MeetingState,
    Outcome,
    Step,
    Task,
)
from achterban.advocate.dossiers.queries.timeline import (
    Happening,
    Source,
    add_happenings,
)


def register() -> None:
    """Let the timeline show what happens in this room."""
    add_happenings("dossiers.step", STEPS)
    add_happenings("dossiers.mirror", MIRRORS)
    add_happenings("dossiers.linked", LINKED)
    add_happenings("dossiers.task", TASKS)
    add_happenings("dossiers.estimate", ESTIMATES)
    add_happenings("dossiers.meeting", MEETINGS)
    add_happenings("dossiers.outcome", OUTCOMES)


def _step(row: Step) -> Happening:
    said = gettext("How far we are: %(state)s") % {"state": row.get_state_display()}
    return Happening(said, row.why, by=_name(row))


def _mirror(row: Step) -> Happening:
    # Without a way there: who works for one municipality does not read the others.
    place = str(row.dossier.place)
    return Happening(_("Also in a municipality"), place, by=_name(row))


def _linked(row: Linked) -> Happening:
    return Happening(
        _("Issue linked"),
        str(row.issue),
        "issues:issue",
        row.issue_id,
        by=_name(row),
    )


def _done(row: Task) -> Happening:
    by = str(row.done_by) if row.done_by else ""
    return Happening(_("Task done"), row.what, by=by)


def _estimated(row: Estimate) -> Happening:
    said = f"{row.position}: {row.get_stance_display()}"
    return Happening(
        _("Where they stand"),
        said,
        "dossiers:position",
        row.position_id,
        by=_name(row),
    )


def _met(row: About) -> Happening:
    meeting = row.meeting
    words = f"{meeting.title} ({meeting.get_held_display()})"
    said = words if meeting.held else meeting.title
    return Happening(
        gettext("Meeting: %(state)s") % {"state": meeting.get_state_display()},
        said,
        "dossiers:meeting",
        row.meeting_id,
    )


def _name(row: Step | Linked | Estimate) -> str:
    return str(row.by) if row.by else ""


STEPS = Source(
    lambda: Step.objects.select_related("by"),
    dossier="dossier",
    at="at",
    say=_step,
)
# The first step of a mirror is when it was made.
MIRRORS = Source(
    lambda: Step.objects.filter(
        ~Exists(Step.objects.filter(dossier=OuterRef("dossier"), at__lt=OuterRef("at")))
    ).select_related("by", "dossier__place"),
    dossier="dossier__parent",
    at="at",
    say=_mirror,
)
LINKED = Source(
    lambda: Linked.objects.select_related("by", "issue"),
    dossier="dossier",
    at="at",
    say=_linked,
)
TASKS = Source(
    lambda: Task.objects.select_related("done_by"),
    dossier="dossier",
    at="done_at",
    say=_done,
)
ESTIMATES = Source(
    lambda: Estimate.objects.select_related(
        "by", "position__party", "position__function"
    ),
    dossier="position__dossier",
    at="at",
    say=_estimated,
)
# One that is planned has not happened yet.
MEETINGS = Source(
    lambda: About.objects.exclude(meeting__state=MeetingState.PLANNED).select_related(
        "meeting"
    ),
    dossier="dossier",
    at="meeting__starts_at",
    say=_met,
)


def _brought(row: Outcome) -> Happening:
    said = gettext("What it brought: %(result)s") % {"result": row.get_result_display()}
    by = str(row.written_by) if row.written_by else ""
    return Happening(said, row.what, "dossiers:outcome-list", row.dossier_id, by)


OUTCOMES = Source(
    lambda: Outcome.objects.select_related("written_by"),
    dossier="dossier",
    at="written_at",
    say=_brought,
)
