"""The Werkplek: issues, what stands in them, and what else belongs there."""

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

from achterban.advocate.issues import actions
from achterban.advocate.issues.forms import BundleForm, IssueForm
from achterban.advocate.issues.models import Issue
from achterban.advocate.issues.queries import (
    for_whom,
    personas_of,
    proofs_of,
    voices_of,
)
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice
from achterban.core.web.navigation import places_beside
from achterban.listen.reports.actions.handling import record_reads
from achterban.listen.reports.actions.nearest import nearest
from achterban.listen.reports.models import Report, Review

PAGE_SIZE = 25
SHOWN = 280  # characters of a report in a list


@work_page("issues.read")
@require_GET
def issue_list(request: WorkRequest) -> HttpResponse:
    """All issues, with for whom each is."""
    rows = Issue.objects.visible_to(request.user, request.organisation)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    whom = for_whom(shown)
    context = {
        "page": page,
        "rows": [(row, whom[row.pk]) for row in shown],
        "may_write": "issues.write" in request.may,
    }
    return TemplateResponse(request, "issues/issue_list.html", context)


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def new_issue(request: WorkRequest) -> HttpResponse:
    """Write one down before there is a report of it."""
    return _edit(request, Issue(organisation=request.organisation))


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def change_issue(request: WorkRequest, pk: int) -> HttpResponse:
    """Say it better, or how far we are."""
    return _edit(request, get_issue(request, pk))


@work_page("issues.read")
@require_http_methods(["GET", "POST"])
def issue(request: WorkRequest, pk: int) -> HttpResponse:
    """What it is, for whom, and the reports in it; some can be taken out."""
    row = get_issue(request, pk)
    if request.method == "POST" and "issues.write" in request.may:
        keys = keys_among(request.POST.getlist("report"))
        n = actions.unbundle(row, keys, by=request.user, at=clock.now())
        said = ngettext("%(n)d report is out.", "%(n)d reports are out.", n)
        messages.success(request, said % {"n": n})
        return redirect("issues:issue", row.pk)
    standing = row.bundled.standing().values("report")
    visible = Report.objects.visible_to(request.user, request.organisation)
    reports = visible.filter(pk__in=standing).order_by("-received_on", "pk")
    page = Paginator(reports, PAGE_SIZE).get_page(request.GET.get("page"))
    claims = Paginator(row.claims.all(), PAGE_SIZE).get_page(
        request.GET.get("stellingen")
    )
    proofs = proofs_of(list(claims), on=clock.today())
    voices = voices_of(row)
    context = {
        "issue": row,
        "claims": claims,
        "n_proofs": [
            (claim, sum(proof.holds for proof in proofs[claim.pk])) for claim in claims
        ],
        "whom": for_whom([row])[row.pk],
        "voices": voices,
        "n_silent": sum(not voice.n_people for voice in voices),
        "personas": personas_of([row], on=clock.today()),
        "waits": row.figures.waiting().exists(),
        "page": page,
        "rows": with_words(request, list(page)),
        "may_write": "issues.write" in request.may,
        "beside": places_beside("issue", request),
    }
    return TemplateResponse(request, "issues/issue.html", context)


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def alike(request: WorkRequest, pk: int) -> HttpResponse:
    """Which reports are about the same as one, and bundle them in one step."""
    visible = Report.objects.visible_to(request.user, request.organisation)
    report = get_object_or_404(visible.select_related("key"), pk=pk)
    issues = Issue.objects.visible_to(request.user, request.organisation)
    is_sent = request.method == "POST" and not is_choice(request)
    kept = unsent(request) or request.POST.dict()
    form = BundleForm(request.POST if is_sent else None, initial=kept)
    form.fields["issue"].queryset = issues  # type: ignore[attr-defined]
    if is_sent and form.is_valid():
        return _bundle(request, report, form.cleaned_data)
    words = with_words(request, [report])[0][1]
    near = nearest(report, by=request.user, at=clock.now()) if words else []
    context = {
        "report": report,
        "words": words,
        "near": near,
        "chosen": set(keys_among(request.POST.getlist("report"))),
        "form": form,
        "stands_in": issues.of_report(report),
    }
    return TemplateResponse(request, "issues/alike.html", context)


def _bundle(
    request: WorkRequest, report: Report, asked: dict[str, Any]
) -> HttpResponse:
    at = clock.now()
    row = asked["issue"]
    if row is None:
        new = Issue(organisation=request.organisation, title=asked["title"])
        row = actions.keep_issue(new, by=request.user, at=at)
    keys = [report.pk, *keys_among(request.POST.getlist("report"))]
    n = actions.bundle(row, keys, by=request.user, at=at)
    said = ngettext("%(n)d report came in.", "%(n)d reports came in.", n)
    messages.success(request, said % {"n": n})
    return redirect("issues:issue", row.pk)


def _edit(request: WorkRequest, row: Issue) -> HttpResponse:
    kept = unsent(request) or {"title": row.title or request.GET.get("title", "")}
    form = IssueForm(request.POST or None, instance=row, initial=kept)
    if request.method == "POST" and is_choice(request):
        form = IssueForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        actions.keep_issue(form.instance, by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("issues:issue", row.pk)
    context = {"form": form, "issue": row, "main_form": "issue"}
    return TemplateResponse(request, "issues/change.html", context)


def get_issue(request: WorkRequest, pk: int) -> Issue:
    """Return an issue that this account may read here, or 404."""
    visible = Issue.objects.visible_to(request.user, request.organisation)
    return get_object_or_404(visible, pk=pk)


def with_words(request: WorkRequest, reports: list[Report]) -> list[tuple[Report, str]]:
    """Return reports with the first of their checked words, and log the read."""
    if not reports:
        return []
    record_reads(
        reports, by=request.user, organisation=request.organisation, at=clock.now()
    )
    visible = Review.objects.visible_to(request.user, request.organisation).approved()
    words = {
        review.report_id: review.open().checked[:SHOWN]
        for review in visible.filter(report__in=reports).select_related("report__key")
    }
    return [(report, words.get(report.pk, "")) for report in reports]
