"""What the organisation of a world works at."""

from __future__ import annotations

from achterban.advocate.dossiers.actions.coalitions import begin
from achterban.advocate.dossiers.actions.meetings import (
    invite,
    keep_meeting,
    keep_point,
)
from achterban.advocate.dossiers.actions.positions import Standing, estimate
from achterban.advocate.dossiers.models import (
    Coalition,
    Dossier,
    EstimateWords,
    Feed,
    Material,
    Meeting,
    Outcome,
    Partner,
    Point,
    Position,
    Task,
)
from achterban.advocate.dossiers.models.meetings import feed_digest
from achterban.advocate.stakeholders.models import Function
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation

ABOUT = {
    "dossier": (
        "dossier",
        "change-dossier",
        "step",
        "link",
        "outcome-list",
        "new-outcome",
        "mirror",
        "timeline",
        "task-list",
        "new-task",
        "position-list",
        "new-position",
        "new-meeting",
        "together",
        "leave",
    ),
    "outcome": ("change-outcome", "tell-outcome"),
    "task": ("change-task", "finish-task"),
    "position": ("position", "estimate", "plan", "drop-position"),
    "meeting": (
        "meeting",
        "change-meeting",
        "attendees",
        "how",
        "meeting-report",
        "drop-meeting",
        "agenda",
        "new-point",
    ),
    "point": ("point",),
    "asked": ("asked",),
    "material": ("change-material",),
}


def make_dossiers(
    organisation: Organisation, *, umbrella: Organisation, by: Account
) -> None:
    """Let an organisation work at something, after it knows somebody."""
    at = clock.now()
    row = Dossier.objects.create(
        organisation=organisation, title="Hulp op tijd", demand="Bel eerder terug."
    )
    Task.objects.create(dossier=row, what="Bel terug")
    Outcome.objects.create(
        dossier=row,
        result="achieved",
        on=at.date(),
        what="Bel",
        evidence="Brief",
        written_at=at,
    )
    function = Function.objects.select_related("party").get(
        party__organisation=organisation
    )
    standing = Standing(3, 1, "unclear", EstimateWords("Said nothing.", "A talk"))
    estimate(row, function.party, function, standing, by=by, at=at)
    meeting = keep_meeting(
        Meeting(organisation=organisation, title="Kennismaken", starts_at=at),
        [row],
        [by],
        by=by,
        at=at,
    )
    invite(meeting, function.party, [function], by=by, at=at)
    keep_point(Point(meeting=meeting, title="Care"), by=by, at=at)
    Material.objects.create(organisation=organisation, title="Folder", sentence="Care")
    begin(row, by=by, at=at)
    Partner.objects.create(
        coalition=Coalition.objects.create(title="A", demand="B", begun_on=at.date()),
        organisation=organisation,
        asked_by=umbrella,
        asked_on=at.date(),
    )
    Feed.objects.create(
        account=by,
        organisation=organisation,
        digest=feed_digest(diary_token(organisation)),
        made_on=clock.today(),
    )


def diary_token(organisation: Organisation) -> str:
    """Return what opens the diary of its coordinator."""
    return f"diary-{organisation.pk}"


def own_dossiers(organisation: Organisation) -> dict[str, int]:
    """Return what each address of the dossiers is about."""
    row = Dossier.objects.get(organisation=organisation)
    keys = {
        "dossier": row.pk,
        "task": row.tasks.get().pk,
        "outcome": row.outcomes.get().pk,
        "position": Position.objects.get(dossier=row).pk,
        "meeting": Meeting.objects.get(dossiers=row).pk,
        "asked": Partner.objects.asked().get(organisation=organisation).pk,
        "material": Material.objects.get(organisation=organisation).pk,
        "point": Point.objects.get(meeting__dossiers=row).pk,
    }
    return {
        f"dossiers:{name}": keys[it] for it, names in ABOUT.items() for name in names
    }
