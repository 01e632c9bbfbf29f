"""The Werkplek: talks with those who decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.dossiers.actions import meetings as actions
from achterban.advocate.dossiers.forms.meetings import (
    AttendeeForm,
    HowForm,
    MeetingForm,
)
from achterban.advocate.dossiers.models import Attendee, Dossier, Meeting
from achterban.advocate.dossiers.queries.choosing import (
    choose_party,
    named,
    people_at,
)
from achterban.advocate.dossiers.views.work import PAGE_SIZE, workable
from achterban.advocate.stakeholders.models import Party
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice
from achterban.core.web.navigation import places_beside


@work_page("dossiers.read")
@require_GET
def meeting_list(request: WorkRequest) -> HttpResponse:
    """What is planned, the next one first, then what was, the newest first."""
    visible = Meeting.objects.visible_to(request.user, request.organisation)
    to_come = visible.to_come(clock.now())
    before = visible.exclude(pk__in=to_come.values("pk"))
    page = Paginator(before, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"to_come": to_come[:PAGE_SIZE], "page": page}
    return TemplateResponse(request, "dossiers/meeting_list.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new_meeting(request: WorkRequest, pk: int) -> HttpResponse:
    """Plan a talk about a dossier."""
    dossier = workable(request, pk)
    row = Meeting(organisation=request.organisation)
    return _edit(request, row, [dossier])


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def change_meeting(request: WorkRequest, pk: int) -> HttpResponse:
    """Another time, place or colleague."""
    row = get_meeting(request, pk)
    visible = Dossier.objects.visible_to(request.user, request.organisation)
    about = visible.filter(meetings=row).select_related("place")
    return _edit(request, row, list(about))


@work_page("dossiers.read")
@require_GET
def meeting(request: WorkRequest, pk: int) -> HttpResponse:
    """When, with whom, about what, and what came of it."""
    row = get_meeting(request, pk, may_change=False)
    workable_by = Meeting.objects.workable_by(request.user, request.organisation)
    erasable_by = Meeting.objects.erasable_by(request.user, request.organisation)
    context = {
        "meeting": row,
        **_shown(request, row),
        "notes": row.open_notes(),
        "is_over": row.ends_at < clock.now(),
        "may_write": workable_by.filter(pk=row.pk).exists(),
        "may_erase": erasable_by.filter(pk=row.pk).exists(),
        "beside": places_beside("meeting", request),
    }
    return TemplateResponse(request, "dossiers/meeting.html", context)


@work_page("dossiers.read")
@require_GET
def report(request: WorkRequest, pk: int) -> HttpResponse:
    """The report of a talk, to print: no notes of ours."""
    row = get_meeting(request, pk, may_change=False)
    context = {"meeting": row, **_shown(request, row)}
    return TemplateResponse(request, "dossiers/meeting_report.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def how(request: WorkRequest, pk: int) -> HttpResponse:
    """Say whether it was held, at which level, and what colleagues have to know."""
    row = get_meeting(request, pk)
    stood = {"state": row.state, "held": row.held, "notes": row.open_notes()}
    form = HowForm(request.POST or None, initial=unsent(request) or stood)
    if request.method == "POST" and is_choice(request):
        form = HowForm(initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        actions.tell_how_it_went(
            row, **form.cleaned_data, by=request.user, at=clock.now()
        )
        messages.success(request, _("Kept."))
        return redirect("dossiers:meeting", row.pk)
    context = {"meeting": row, "form": form, "main_form": "how"}
    return TemplateResponse(request, "dossiers/how.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def attendees(request: WorkRequest, pk: int) -> HttpResponse:
    """Who of them comes: choose a party, then the people there, or take some away."""
    row = get_meeting(request, pk)
    if request.method == "POST" and "weg" in request.POST:
        keys = keys_among(request.POST.getlist("weg"))
        if actions.drop_attendees(row, keys, by=request.user, at=clock.now()):
            messages.success(request, _("Taken away."))
        return redirect("dossiers:attendees", row.pk)
    chosen = choose_party(request)
    if chosen.party is not None:
        return _invite(request, row, chosen.party)
    context = {
        "meeting": row,
        **_shown(request, row),
        "chosen": chosen,
        "main_form": "choose",
    }
    return TemplateResponse(request, "dossiers/attendees.html", context)


def _invite(request: WorkRequest, row: Meeting, party: Party) -> HttpResponse:
    functions = people_at(request, party, on=clock.today())
    names = named(request, functions)
    known = [(str(pk), name) for pk, name in names.items()]
    is_sent = request.method == "POST" and not is_choice(request)
    form = AttendeeForm(
        request.POST if is_sent else None,
        known=known,
        initial={"who": request.POST.getlist("who")},
    )
    if is_sent and form.is_valid():
        came = [each for each in functions if str(each.pk) in form.cleaned_data["who"]]
        actions.invite(row, party, came, by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("dossiers:attendees", row.pk)
    context = {"meeting": row, "party": party, "form": form, "main_form": "invite"}
    return TemplateResponse(request, "dossiers/invite.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def drop_meeting(request: WorkRequest, pk: int) -> HttpResponse:
    """Ask first, then erase a talk that was written down by mistake."""
    row = get_object_or_404(
        Meeting.objects.erasable_by(request.user, request.organisation), pk=pk
    )
    if request.method == "POST" and not is_choice(request):
        actions.drop_meeting(row, by=request.user, at=clock.now())
        messages.success(request, _("Taken away."))
        return redirect("dossiers:meeting-list")
    return TemplateResponse(request, "dossiers/drop_meeting.html", {"meeting": row})


def _edit(request: WorkRequest, row: Meeting, about: list[Dossier]) -> HttpResponse:
    workable_by = Dossier.objects.workable_by(request.user, request.organisation)
    national = workable_by.ongoing().filter(
        Q(parent=None) | Q(pk__in=[each.pk for each in about])
    )
    given: dict[str, Any] = {
        "instance": row,
        "may_be_about": list(national.select_related("place")[:PAGE_SIZE]),
        "about": about,
    }
    if row._state.adding:
        given["initial"] = {"ours": [request.user.pk], "title": about[0].title}
    kept = unsent(request)
    if request.method == "POST" and is_choice(request):
        kept = _typed(request)
    if kept is not None:
        form = MeetingForm(**{**given, "initial": kept})
    else:
        form = MeetingForm(request.POST or None, **given)
    if form.is_bound and form.is_valid():
        unseen = row.dossiers.exclude(pk__in=[each.pk for each in about])
        dossiers = [*form.dossiers, *([] if row._state.adding else unseen)]
        try:
            actions.keep_meeting(
                form.filled(), dossiers, form.ours, by=request.user, at=clock.now()
            )
        except Meeting.DoesNotExist as gone:
            raise Http404 from gone
        messages.success(request, _("Kept."))
        return redirect("dossiers:meeting", row.pk)
    context = {"meeting": row, "about": about, "form": form, "main_form": "meeting"}
    return TemplateResponse(request, "dossiers/change_meeting.html", context)


def _typed(request: WorkRequest) -> dict[str, Any]:
    lists = {name: request.POST.getlist(name) for name in ("ours", "about")}
    return {**request.POST.dict(), **lists}


def _shown(request: WorkRequest, row: Meeting) -> dict[str, Any]:
    """Return who comes by name, and the points with their issues."""
    came = list(
        row.attendees.select_related(
            "party",
            "function__party",
            "function__contact__key",
            "function__contact__account",
        )
    )
    names = named(request, [each.function for each in came if each.function])
    theirs = [(_called(each, names), each) for each in came]
    visible = Dossier.objects.visible_to(request.user, request.organisation)
    return {
        "ours": sorted(map(str, row.delegates.select_related("account"))),
        "theirs": sorted(theirs, key=lambda pair: pair[0]),
        "about": visible.filter(meetings=row).select_related("place"),
        "points": list(row.points.select_related("issue")),
    }


def _called(attendee: Attendee, names: dict[int, str]) -> str:
    if attendee.function is None:
        return str(attendee.party)
    return f"{names[attendee.function.pk]}, {attendee.party}"


def get_meeting(request: WorkRequest, pk: int, *, may_change: bool = True) -> Meeting:
    """Return a talk that this account may read, or change, or 404."""
    rows = (
        Meeting.objects.workable_by(request.user, request.organisation)
        if may_change
        else Meeting.objects.visible_to(request.user, request.organisation)
    )
    return get_object_or_404(rows.select_related("key", "organisation"), pk=pk)
