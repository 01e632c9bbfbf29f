"""What happens in this room, for the timeline."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Linked, Step, Task
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


def _name(row: Step | Linked) -> str:
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
