"""The Werkplek: what belongs to a dossier, or says something of an issue or a claim."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.issues.models import Claim, Issue
from achterban.advocate.issues.models.claims import ClaimQuerySet
from achterban.advocate.publications.actions import writing
from achterban.advocate.publications.course import course_of
from achterban.advocate.publications.models import Publication, Version
from achterban.advocate.publications.picture import picture
from achterban.advocate.publications.views.work import PAGE_SIZE, listed
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.models import Report


def _issue(request: WorkRequest, pk: int) -> Issue:
    visible = Issue.objects.visible_to(request.user, request.organisation)
    return get_object_or_404(visible.select_related("organisation"), pk=pk)


@work_page("publications.read")
@require_GET
def with_dossier(request: WorkRequest, pk: int) -> HttpResponse:
    """Which publications belong to a dossier."""
    visible = Dossier.objects.visible_to(request.user, request.organisation)
    dossier = get_object_or_404(visible.select_related("place"), pk=pk)
    ours = Publication.objects.visible_to(request.user, request.organisation)
    writable = Dossier.objects.workable_by(request.user, request.organisation)
    context = {
        "dossier": dossier,
        **listed(request, ours.filter(dossier=dossier)),
        "may_write": "publications.write" in request.may
        and writable.filter(pk=pk).exists(),
    }
    return TemplateResponse(request, "publications/with_dossier.html", context)


@work_page("publications.read")
@require_GET
def with_issue(request: WorkRequest, pk: int) -> HttpResponse:
    """Which publications say something of an issue."""
    issue = _issue(request, pk)
    claims = Claim.objects.visible_to(request.user, request.organisation)
    return _used(request, claims.filter(issue=issue), issue=issue)


@work_page("publications.read")
@require_GET
def with_claim(request: WorkRequest, pk: int) -> HttpResponse:
    """Which publications make a claim."""
    visible = Claim.objects.visible_to(request.user, request.organisation)
    claim = get_object_or_404(visible, pk=pk)
    return _used(request, visible.filter(pk=pk), claim=claim)


@work_page("publications.read")
@require_GET
def with_report(request: WorkRequest, pk: int) -> HttpResponse:
    """What became of one report, as a picture and as a table."""
    visible = Report.objects.visible_to(request.user, request.organisation)
    report = get_object_or_404(visible, pk=pk)
    stages = course_of(report, request.user, request.organisation)
    steps = [(it.label, it.count, bool(it.places), False) for it in stages]
    context = {
        "report": report,
        "stages": stages,
        "picture": picture(steps),
    }
    return TemplateResponse(request, "publications/course.html", context)


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def sheet(request: WorkRequest, pk: int) -> HttpResponse:
    """Put all that is said of an issue on one sheet, with what proves it."""
    issue = _issue(request, pk)
    if request.method == "POST" and not is_choice(request):
        made = writing.begin_sheet(issue, by=request.user, at=clock.now())
        return redirect("publications:publication", made.pk)
    return TemplateResponse(request, "publications/sheet.html", {"issue": issue})


def _used(
    request: WorkRequest, claims: ClaimQuerySet, **about: Issue | Claim
) -> HttpResponse:
    visible = Publication.objects.visible_to(request.user, request.organisation)
    versions = Version.objects.visible_to(request.user, request.organisation)
    sent = versions.citing(claims.values_list("pk", flat=True))
    context = {
        **listed(request, visible.saying(claims)),
        "sent": Paginator(sent, PAGE_SIZE).get_page(request.GET.get("versies")),
        **about,
    }
    return TemplateResponse(request, "publications/used.html", context)
