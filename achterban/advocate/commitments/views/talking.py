"""The Werkplek: a standing consultation, the calendar, and the recesses."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from achterban.advocate.commitments.actions import recessing, talking
from achterban.advocate.commitments.forms_following import RecessForm
from achterban.advocate.commitments.models import Commitment, Occurrence, Recess
from achterban.advocate.commitments.queries import tallies
from achterban.advocate.commitments.queries.calendar import due_in, month_of
from achterban.advocate.commitments.queries.talks import talks_of
from achterban.advocate.commitments.views.work import PAGE_SIZE, get_commitment
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice

A_MONTH = 100  # entries of a month that are shown together


@work_page("dossiers.read")
@require_GET
def consultation(request: WorkRequest, pk: int) -> HttpResponse:
    """A promise that comes back, with its talks, what was decided and promised."""
    row = get_commitment(request, pk, may_change=False)
    on = clock.today()
    times = row.occurrences.filter(due_on__lte=on)
    page = Paginator(times, PAGE_SIZE).get_page(request.GET.get("page"))
    after = row.occurrences.filter(due_on__gt=on).last()
    workable = Commitment.objects.workable_by(request.user, request.organisation)
    visible = Commitment.objects.visible_to(request.user, request.organisation)
    talks = talks_of(row, request.user, request.organisation)
    context = {
        "row": row,
        "tally": tallies([row], on=on).get(row.pk),
        "page": page,
        "times": [(time, talks.get(time.meeting_id or 0)) for time in page],
        "next": after,
        "next_talk": talks.get(after.meeting_id or 0) if after else None,
        "decided": [talk for talk in talks.values() if talk.decided],
        "promised": visible.filter(meeting__in=talks).select_related("party"),
        "may_write": workable.filter(pk=pk).exists(),
    }
    return TemplateResponse(request, "commitments/consultation.html", context)


@work_page("dossiers.write")
@require_POST
def plan(request: WorkRequest, pk: int) -> HttpResponse:
    """Plan the talk of one time; its hour and place come next."""
    workable = Commitment.objects.workable_by(request.user, request.organisation)
    rows = Occurrence.objects.of(workable).select_related(
        "commitment__dossier__organisation",
        "commitment__party",
        "commitment__function",
    )
    row = get_object_or_404(rows, pk=pk)
    try:
        meeting = talking.plan_talk(row, by=request.user, at=clock.now())
    except talking.Planned:
        messages.error(request, _("Somebody was first. Look what it says now."))
        return redirect("commitments:consultation", row.commitment_id)
    messages.success(request, _("It is planned. Say at what time, and where."))
    return redirect("dossiers:change-meeting", meeting.pk)


@work_page("dossiers.read")
@require_GET
def calendar(request: WorkRequest) -> HttpResponse:
    """What is due in a month, day by day."""
    month = month_of(request.GET.get("maand", ""), on=clock.today())
    visible = Commitment.objects.visible_to(request.user, request.organisation)
    entries = Paginator(due_in(visible, month), A_MONTH)
    context = {
        "month": month,
        "page": entries.get_page(request.GET.get("page")),
        "today": clock.today(),
        "query": f"maand={month.first:%Y-%m}&",
    }
    return TemplateResponse(request, "commitments/calendar.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def recesses(request: WorkRequest) -> HttpResponse:
    """The recesses, and promises whose day should move along."""
    workable = Commitment.objects.workable_by(request.user, request.organisation)
    hanging = recessing.hanging(workable, request.organisation)
    is_sent = request.method == "POST" and not is_choice(request)
    if is_sent and "follow" in request.POST:
        keys = keys_among(request.POST.getlist("promise"))
        chosen = [it for it in hanging if it.row.pk in keys]
        n = recessing.follow(chosen, by=request.user, at=clock.now())
        said = ngettext("%(n)d promise moved along.", "%(n)d promises moved along.", n)
        messages.success(request, said % {"n": n})
        return redirect("commitments:recesses")
    form = RecessForm(
        request.POST if is_sent else None,
        instance=Recess(organisation=request.organisation),
        initial=unsent(request) or request.POST.dict(),
    )
    if is_sent and form.is_valid():
        recessing.keep_recess(form.instance, by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("commitments:recesses")
    visible = Recess.objects.visible_to(request.user, request.organisation)
    context = {
        "page": Paginator(visible, PAGE_SIZE).get_page(request.GET.get("page")),
        "hanging": hanging,
        "form": form,
        "main_form": "recess",
    }
    return TemplateResponse(request, "commitments/recesses.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def recess(request: WorkRequest, pk: int) -> HttpResponse:
    """Other days for a recess, or none."""
    visible = Recess.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(visible, pk=pk)
    is_sent = request.method == "POST" and not is_choice(request)
    if is_sent and "drop" in request.POST:
        recessing.drop_recess(row, by=request.user, at=clock.now())
        messages.success(request, _("Taken away."))
        return redirect("commitments:recesses")
    form = RecessForm(
        request.POST if is_sent else None,
        instance=row,
        initial=unsent(request) or request.POST.dict(),
    )
    if is_sent and form.is_valid():
        recessing.keep_recess(form.instance, by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("commitments:recesses")
    context = {"recess": row, "form": form, "main_form": "recess"}
    return TemplateResponse(request, "commitments/recess.html", context)
