"""The Werkplek: the register of promises, and what became of each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.commitments.actions import expecting, keeping
from achterban.advocate.commitments.forms import OccurrenceForm, StepForm
from achterban.advocate.commitments.models import (
    Commitment,
    Kind,
    Occurrence,
    State,
    Whereabouts,
)
from achterban.advocate.commitments.models.commitments import CommitmentQuerySet
from achterban.advocate.commitments.queries import decisions_of, steps_of, tallies
from achterban.advocate.commitments.queries.public import counted
from achterban.advocate.dossiers.models import Dossier, Meeting
from achterban.advocate.dossiers.queries.choosing import named
from achterban.advocate.stakeholders.models import Party
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice
from achterban.core.web.navigation import places_beside

PAGE_SIZE = 25
SHELVES = {
    "": gettext_lazy("We wait for it"),
    "te-laat": gettext_lazy("Late"),
    "betwist": gettext_lazy("Disputed"),
    "uitgangspunten": gettext_lazy("Agreed principles"),
    "moties": gettext_lazy("Motions and advice"),
    "alle": gettext_lazy("All"),
}


@work_page("dossiers.read")
@require_GET
def commitment_list(request: WorkRequest) -> HttpResponse:
    """The register: what we wait for, what is late, disputed, or all."""
    visible = Commitment.objects.visible_to(request.user, request.organisation)
    may_write = "dossiers.write" in request.may
    return _listed(request, visible, "commitments/list.html", may_write=may_write)


@work_page("dossiers.read")
@require_GET
def with_dossier(request: WorkRequest, pk: int) -> HttpResponse:
    """The promises of one dossier."""
    readable = Dossier.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(readable.select_related("place"), pk=pk)
    visible = Commitment.objects.visible_to(request.user, request.organisation)
    workable = Dossier.objects.workable_by(request.user, request.organisation)
    return _listed(
        request,
        visible.filter(dossier=row),
        "commitments/with_dossier.html",
        dossier=row,
        may_write=workable.filter(pk=pk).exists(),
    )


@work_page("dossiers.read")
@require_GET
def with_meeting(request: WorkRequest, pk: int) -> HttpResponse:
    """What was promised in a talk, and by whom one can write down more."""
    readable = Meeting.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(readable, pk=pk)
    visible = Commitment.objects.visible_to(request.user, request.organisation)
    workable = Dossier.objects.workable_by(request.user, request.organisation)
    parties = Party.objects.visible_to(request.user, request.organisation)
    return _listed(
        request,
        visible.filter(meeting=row),
        "commitments/with_meeting.html",
        meeting=row,
        dossiers=list(workable.filter(about__meeting=row).select_related("place")),
        parties=list(parties.filter(pk__in=row.attendees.values("party"))),
    )


def _listed(
    request: WorkRequest, rows: CommitmentQuerySet, template: str, **more: Any
) -> HttpResponse:
    asked = request.GET.get("welke", "")
    shelf = asked if asked in SHELVES else ""
    found = _on_shelf(rows, shelf, on=clock.today()).select_related("party", "dossier")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _shown(list(page), on=clock.today()),
        "shelves": SHELVES,
        "shelf": shelf,
        "query": f"welke={shelf}&" if shelf else "",
        **more,
    }
    return TemplateResponse(request, template, context)


def _on_shelf(rows: CommitmentQuerySet, shelf: str, *, on: date) -> CommitmentQuerySet:
    match shelf:
        case "te-laat":
            return rows.late(on)
        case "betwist":
            return rows.filter(state=State.DISPUTED)
        case "uitgangspunten":
            return rows.filter(kind=Kind.PRINCIPLE)
        case "moties":
            return rows.filter(kind__in=(Kind.MOTION, Kind.ADVICE))
        case "alle":
            return rows
        case _:
            return rows.waited_for()


def _shown(rows: list[Commitment], *, on: date) -> list[dict[str, Any]]:
    times = tallies([row for row in rows if row.rhythm], on=on)
    decided, stepped = decisions_of(rows), steps_of(rows)
    return [
        {
            "row": row,
            "state": row.state_on(on),
            "tally": times.get(row.pk),
            "decided": counted(decided.get(row.pk, {})),
            "stepped": counted(stepped.get(row.pk, {})),
        }
        for row in rows
    ]


@work_page("dossiers.read")
@require_GET
def commitment(request: WorkRequest, pk: int) -> HttpResponse:
    """The words, both readings, when it is due, and what became of it."""
    row = get_commitment(request, pk, may_change=False)
    times = row.occurrences.filter(due_on__lte=clock.today())
    page = Paginator(times, PAGE_SIZE).get_page(request.GET.get("page"))
    workable = Commitment.objects.workable_by(request.user, request.organisation)
    decisions = Paginator(row.adherence.all(), PAGE_SIZE)
    places = Whereabouts.objects.visible_to(request.user, request.organisation)
    function = row.function
    is_over = function is not None and function.is_over(clock.today())
    context = {
        **_shown([row], on=clock.today())[0],
        "today": clock.today(),
        "place": places.filter(commitment=row).exists(),
        "left_on": function.until_on if is_over and function else None,
        "decisions": decisions.get_page(request.GET.get("page")),
        "execution": list(row.execution.all()),
        "who": named(request, [row.function])[row.function.pk] if row.function else "",
        "next": row.occurrences.filter(due_on__gt=clock.today()).last(),
        "page": page,
        "agreed": list(row.agreed.select_related("by")),
        "steps": list(row.steps.select_related("by")),
        "may_write": workable.filter(pk=pk).exists(),
        "may_move": row.may_move,
        "beside": places_beside("promise", request),
    }
    return TemplateResponse(request, "commitments/commitment.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def step(request: WorkRequest, pk: int) -> HttpResponse:
    """Say what became of it."""
    row = get_commitment(request, pk)
    kept = unsent(request) or {}
    form = StepForm(request.POST or None, now_at=row.state, initial=kept)
    if request.method == "POST" and is_choice(request):
        form = StepForm(now_at=row.state, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            keeping.take_step(
                row, given["state"], given["why"], by=request.user, at=clock.now()
            )
        except keeping.NoReading:
            form.add_error(
                "state",
                _("Write first how we read it, how they do, and where they say so."),
            )
        except keeping.NotAllowed:
            form.add_error("state", _("Somebody was first. Look at what it says now."))
        else:
            messages.success(request, _("Kept."))
            return redirect("commitments:commitment", row.pk)
    context = {"row": row, "form": form, "main_form": "step"}
    return TemplateResponse(request, "commitments/step.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def occurrence(request: WorkRequest, pk: int) -> HttpResponse:
    """Say whether it took place, one time."""
    workable = Commitment.objects.workable_by(request.user, request.organisation)
    times = Occurrence.objects.of(workable)
    row = get_object_or_404(times.select_related("commitment__dossier"), pk=pk)
    stood = {
        "state": row.state,
        "held_on": row.held_on or row.due_on,
        "level": row.level,
        "note": row.note,
        "meeting": row.meeting_id,
    }
    is_sent = request.method == "POST" and not is_choice(request)
    form = OccurrenceForm(
        request.POST if is_sent else None,
        on=clock.today(),
        talks=_talks_for(request, row),
        initial=unsent(request) or {**stood, **request.POST.dict()},
    )
    if is_sent and form.is_valid():
        try:
            expecting.tell(row, **form.cleaned_data, by=request.user, at=clock.now())
        except expecting.Claimed:
            said = _("Somebody was first. Look at what it says now.")
            form.add_error("meeting", said)
        else:
            messages.success(request, _("Kept."))
            return redirect("commitments:commitment", row.commitment_id)
    context = {"row": row.commitment, "time": row, "form": form, "main_form": "time"}
    return TemplateResponse(request, "commitments/occurrence.html", context)


def _talks_for(request: WorkRequest, row: Occurrence) -> QuerySet[Meeting]:
    """Return the talks of its dossier that no other time claims, the nearest few."""
    visible = Meeting.objects.visible_to(request.user, request.organisation)
    free = visible.filter(about__dossier=row.commitment.dossier_id).filter(
        Q(occurrence=None) | Q(occurrence=row)
    )
    newest = free.order_by("-starts_at").values_list("pk", flat=True)[:PAGE_SIZE]
    return free.filter(pk__in=list(newest))


def get_commitment(
    request: WorkRequest, pk: int, *, may_change: bool = True
) -> Commitment:
    """Return a promise that this account may read, or change, or 404."""
    rows = (
        Commitment.objects.workable_by(request.user, request.organisation)
        if may_change
        else Commitment.objects.visible_to(request.user, request.organisation)
    )
    related = (
        "party",
        "dossier__place",
        "dossier__organisation",
        "function__party",
        "function__contact__key",
        "function__contact__account",
    )
    return get_object_or_404(rows.select_related(*related), pk=pk)
