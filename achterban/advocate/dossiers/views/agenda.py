"""The Werkplek: the points of a talk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from achterban.advocate.dossiers.actions import meetings as actions
from achterban.advocate.dossiers.forms.meetings import PointForm
from achterban.advocate.dossiers.models import Meeting, Point
from achterban.advocate.dossiers.queries.agenda import largest_issues
from achterban.advocate.dossiers.views.meetings import get_meeting
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def agenda(request: WorkRequest, pk: int) -> HttpResponse:
    """What the talk will be about: the largest issues proposed, in an order."""
    row = get_meeting(request, pk)
    if request.method == "POST" and not is_choice(request):
        _act(request, row)
        return redirect("dossiers:agenda", row.pk)
    context = {
        "meeting": row,
        "points": row.points.select_related("issue"),
        "proposed": largest_issues(row, by=request.user),
    }
    return TemplateResponse(request, "dossiers/agenda.html", context)


def _act(request: WorkRequest, row: Meeting) -> None:
    who, at = request.user, clock.now()
    points = row.points.filter(pk__in=keys_among([request.POST.get("point", "")]))
    point = points.first()
    if point and request.POST.get("act") == "up":
        actions.move_up(point, by=who, at=at)
        return
    if point and request.POST.get("act") == "drop":
        actions.drop_point(point, by=who, at=at)
        messages.success(request, _("Taken away."))
        return
    keys = keys_among(request.POST.getlist("issue"))
    chosen = [issue for issue, _whom in largest_issues(row, by=who) if issue.pk in keys]
    try:
        n = actions.put_on_agenda(row, chosen, by=who, at=at)
    except actions.Full:
        messages.error(request, _("Thirty points are enough for one talk."))
    else:
        said = ngettext("%(n)d point came on it.", "%(n)d points came on it.", n)
        messages.success(request, said % {"n": n})


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new_point(request: WorkRequest, pk: int) -> HttpResponse:
    """A point that is no issue."""
    return _edit(request, Point(meeting=get_meeting(request, pk)))


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def point(request: WorkRequest, pk: int) -> HttpResponse:
    """What we ask, what was answered, what was decided."""
    meetings = Meeting.objects.workable_by(request.user, request.organisation)
    rows = Point.objects.of(meetings).select_related("meeting")
    return _edit(request, get_object_or_404(rows, pk=pk))


def _edit(request: WorkRequest, row: Point) -> HttpResponse:
    form = PointForm(request.POST or None, instance=row, initial=unsent(request) or {})
    if request.method == "POST" and is_choice(request):
        form = PointForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        try:
            actions.keep_point(form.instance, by=request.user, at=clock.now())
        except actions.Full:
            form.add_error(None, _("Thirty points are enough for one talk."))
        else:
            messages.success(request, _("Kept."))
            return redirect("dossiers:meeting", row.meeting_id)
    context = {"point": row, "form": form, "main_form": "point"}
    return TemplateResponse(request, "dossiers/point.html", context)
