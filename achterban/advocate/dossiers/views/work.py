"""The Werkplek: dossiers, how far they are, and what happened in them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.dossiers.actions import working as actions
from achterban.advocate.dossiers.forms.dossiers import (
    DossierForm,
    MirrorForm,
    StepForm,
)
from achterban.advocate.dossiers.models import Dossier, Material, Meeting, Partner
from achterban.advocate.dossiers.queries.offering import offered
from achterban.advocate.dossiers.queries.timeline import Mark, last_happened, timeline
from achterban.advocate.issues.models import Issue
from achterban.advocate.issues.queries import for_whom, for_whom_together
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice
from achterban.core.web.navigation import places_beside

PAGE_SIZE = 25
A_FEW = 7


@work_page("dossiers.read")
@require_GET
def dossier_list(request: WorkRequest) -> HttpResponse:
    """The dossiers that go on, or those that are over; mirrors stand in their own."""
    visible = Dossier.objects.visible_to(request.user, request.organisation)
    shows_over = request.GET.get("welke") == "klaar"
    rows = (
        visible.ongoing()
        if not shows_over
        else visible.exclude(pk__in=visible.ongoing().values("pk"))
    )
    of = visible.filter(pk__in=keys_among([request.GET.get("van", "")])).first()
    if of is not None:
        rows = visible.filter(parent=of).order_by("place__name")
    elif "dossiers.read_all" in request.may:
        rows = rows.filter(parent=None)
    page = Paginator(
        rows.select_related("place", "owner", "parent"), PAGE_SIZE
    ).get_page(request.GET.get("page"))
    shown = list(page)
    last = last_happened(shown)
    context = {
        "page": page,
        "rows": [(row, last.get(row.pk)) for row in shown],
        "of": of,
        "query": _query(of, shows_over=shows_over),
        "shows_over": shows_over,
        "asked": _asked(request),
        "may_write": "dossiers.write" in request.may,
    }
    return TemplateResponse(request, "dossiers/dossier_list.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new_dossier(request: WorkRequest) -> HttpResponse:
    """Begin one; who does not see all of them sees to it."""
    owner = None if "dossiers.read_all" in request.may else request.user
    return _edit(request, Dossier(organisation=request.organisation, owner=owner))


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def change_dossier(request: WorkRequest, pk: int) -> HttpResponse:
    """Say it better, or who sees to it."""
    return _edit(request, workable(request, pk))


@work_page("dossiers.read")
@require_GET
def dossier(request: WorkRequest, pk: int) -> HttpResponse:
    """What we ask, for whom, what has to be done and what happened."""
    row = readable(request, pk)
    may_read = Issue.objects.visible_to(request.user, request.organisation)
    issues = list(may_read.filter(dossiers=row))
    page = Paginator(issues, PAGE_SIZE).get_page(request.GET.get("knelpunten"))
    whom = for_whom(list(page))
    mirrors = _mirrors(request, row)
    happened, more = timeline(row, n=A_FEW)
    talks = Meeting.objects.visible_to(request.user, request.organisation)
    planned = talks.to_come(clock.now())
    to_do = list(row.tasks.to_do().select_related("who")[: A_FEW + 1])
    context = {
        "dossier": row,
        "whom": for_whom_together(issues),
        "page": page,
        "issues": [(issue, whom[issue.pk]) for issue in page],
        "mirrors": mirrors[:PAGE_SIZE],
        "has_more_mirrors": len(mirrors) > PAGE_SIZE,
        "tasks": to_do[:A_FEW],
        "has_more_tasks": len(to_do) > A_FEW,
        "meetings": planned.filter(dossiers=row)[:A_FEW],
        "offers": offered(
            row, Material.objects.visible_to(request.user, request.organisation)
        ),
        "happened": happened,
        "has_more": more is not None,
        "today": clock.today(),
        "beside": places_beside("dossier", request),
        "may_write": may_work(request, row),
        "may_share": "dossiers.read_all" in request.may,
        "may_mirror": "dossiers.read_all" in request.may and row.place_id is None,
    }
    return TemplateResponse(request, "dossiers/dossier.html", context)


@work_page("dossiers.read")
@require_GET
def happenings(request: WorkRequest, pk: int) -> HttpResponse:
    """Everything that happened, newest first."""
    row = readable(request, pk)
    before = Mark.read(request.GET.get("voor", ""))
    happened, more = timeline(row, before=before, n=PAGE_SIZE)
    context = {"dossier": row, "happened": happened, "before": before, "more": more}
    return TemplateResponse(request, "dossiers/timeline.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def step(request: WorkRequest, pk: int) -> HttpResponse:
    """Say how far we are."""
    row = workable(request, pk)
    kept = unsent(request) or {}
    form = StepForm(request.POST or None, now_at=row.state, initial=kept)
    if request.method == "POST" and is_choice(request):
        form = StepForm(now_at=row.state, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        try:
            actions.take_step(row, **form.cleaned_data, by=request.user, at=clock.now())
        except actions.NotAllowed:
            messages.error(request, _("A colleague was first. Look how far it is now."))
        else:
            messages.success(request, _("Kept."))
        return redirect("dossiers:dossier", row.pk)
    context = {"dossier": row, "form": form, "main_form": "step"}
    return TemplateResponse(request, "dossiers/step.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def link(request: WorkRequest, pk: int) -> HttpResponse:
    """Which issues a dossier works at: all can be chosen or let go in one step."""
    row = workable(request, pk)
    visible = Issue.objects.visible_to(request.user, request.organisation)
    page = Paginator(visible, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    linked = set(row.linked.values_list("issue", flat=True))
    if request.method == "POST" and not is_choice(request):
        _link(request, row, {issue.pk for issue in shown}, linked)
        return redirect("dossiers:dossier", row.pk)
    sent = unsent(request) is not None or request.method == "POST"
    chosen = set(keys_among(request.POST.getlist("issue"))) if sent else linked
    whom = for_whom(shown)
    context = {
        "dossier": row,
        "page": page,
        "rows": [(issue, whom[issue.pk], issue.pk in chosen) for issue in shown],
    }
    return TemplateResponse(request, "dossiers/link.html", context)


def _link(
    request: WorkRequest, row: Dossier, shown: set[int], linked: set[int]
) -> None:
    """Bring the ties of the issues that were shown to what was chosen."""
    chosen = set(keys_among(request.POST.getlist("issue"))) & shown
    who, at = request.user, clock.now()
    actions.link_issues(row, chosen - linked, by=who, at=at)
    actions.unlink_issues(row, (shown - chosen) & linked, by=who, at=at)
    messages.success(request, _("Kept."))


@work_page("dossiers.read_all")
@require_http_methods(["GET", "POST"])
def mirror(request: WorkRequest, pk: int) -> HttpResponse:
    """Let a national dossier live in municipalities too, several in one step."""
    national = Dossier.objects.workable_by(request.user, request.organisation)
    row = get_object_or_404(national.filter(place=None), pk=pk)
    form = MirrorForm(request.POST or None, initial=unsent(request) or {})
    if request.method == "POST" and is_choice(request):
        form = MirrorForm(initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        n = actions.mirror(row, **form.cleaned_data, by=request.user, at=clock.now())
        said = ngettext(
            "There is a dossier in %(n)d municipality more.",
            "There is a dossier in %(n)d municipalities more.",
            n,
        )
        messages.success(request, said % {"n": n})
        return redirect("dossiers:dossier", row.pk)
    context = {"dossier": row, "form": form, "main_form": "mirror"}
    return TemplateResponse(request, "dossiers/mirror.html", context)


def _edit(request: WorkRequest, row: Dossier) -> HttpResponse:
    form = DossierForm(
        request.POST or None, instance=row, initial=unsent(request) or {}
    )
    if request.method == "POST" and is_choice(request):
        form = DossierForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        kept = actions.keep_dossier(form.filled(), by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        if not may_work(request, kept):  # given to somebody else
            return redirect("dossiers:dossier-list")
        return redirect("dossiers:dossier", kept.pk)
    context = {"form": form, "dossier": row, "main_form": "dossier"}
    return TemplateResponse(request, "dossiers/change.html", context)


def _query(of: Dossier | None, *, shows_over: bool) -> str:
    """Return what the pages of a list have in their address."""
    asked = {"van": str(of.pk) if of else "", "welke": "klaar" if shows_over else ""}
    return "".join(f"{name}={value}&" for name, value in asked.items() if value)


def _asked(request: WorkRequest) -> list[Partner]:
    """Return the questions of other organisations to work together."""
    if "coalitions.change" not in request.may:
        return []
    visible = Partner.objects.visible_to(request.user, request.organisation)
    return list(visible.asked().select_related("coalition", "asked_by"))


def _mirrors(request: WorkRequest, row: Dossier) -> list[tuple[Dossier, Any]]:
    """Return the first of the mirrors, with when something last happened."""
    visible = Dossier.objects.visible_to(request.user, request.organisation)
    by_name = visible.filter(parent=row).order_by("place__name")
    mirrors = list(by_name.select_related("place")[: PAGE_SIZE + 1])
    last = last_happened(mirrors)
    return [(each, last.get(each.pk)) for each in mirrors]


def may_work(request: WorkRequest, row: Dossier) -> bool:
    """Return whether this account may change a dossier."""
    workable_by = Dossier.objects.workable_by(request.user, request.organisation)
    return workable_by.filter(pk=row.pk).exists()


def readable(request: WorkRequest, pk: int) -> Dossier:
    """Return a dossier that this account may read here, or 404."""
    visible = Dossier.objects.visible_to(request.user, request.organisation)
    rows = visible.select_related("place", "owner", "parent", "organisation")
    return get_object_or_404(rows, pk=pk)


def workable(request: WorkRequest, pk: int) -> Dossier:
    """Return a dossier that this account may change here, or 404."""
    rows = Dossier.objects.workable_by(request.user, request.organisation)
    return get_object_or_404(
        rows.select_related("place", "owner", "parent", "organisation"), pk=pk
    )
