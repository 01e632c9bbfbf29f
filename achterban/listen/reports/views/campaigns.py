"""The Werkplek: what many people told in the same words."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.listen.reports import pages
from achterban.listen.reports.actions.handling import record_reads
from achterban.listen.reports.models import Campaign, Report
from achterban.listen.reports.models.reports import ReportQuerySet

PAGE_SIZE = 25


@work_page("reports.read_all")
@require_GET
def campaign_list(request: WorkRequest) -> HttpResponse:
    """All campaigns, the largest first, each with its words once."""
    visible = Campaign.objects.visible_to(request.user, request.organisation)
    page = Paginator(visible.shown(), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [(campaign, _first_of(request, campaign)) for campaign in page]
    _log_reads(request, [report for _campaign, report in shown])
    context = {
        "page": page,
        "campaigns": [(one, pages.checked_snippet(report)) for one, report in shown],
    }
    return TemplateResponse(request, "reports/campaign_list.html", context)


@work_page("reports.read_all")
@require_GET
def campaign(request: WorkRequest, pk: int) -> HttpResponse:
    """One campaign: the words once, and the reports that say them."""
    visible = Campaign.objects.visible_to(request.user, request.organisation)
    subject = get_object_or_404(visible, pk=pk)
    reports = _reports_of(request, subject)
    page = Paginator(reports, PAGE_SIZE).get_page(request.GET.get("page"))
    first = _first_of(request, subject)
    _log_reads(request, [first])
    context = {
        "campaign": subject,
        "page": page,
        "text": first.open_telling().text,
        "reports": list(page),
    }
    return TemplateResponse(request, "reports/campaign.html", context)


def _reports_of(request: WorkRequest, subject: Campaign) -> ReportQuerySet:
    visible = Report.objects.visible_to(request.user, request.organisation)
    return visible.filter(likeness__campaign=subject)


def _first_of(request: WorkRequest, subject: Campaign) -> Report:
    oldest_first = _reports_of(request, subject).order_by("received_on", "pk")
    return oldest_first.select_related("key", "review")[0]


def _log_reads(request: WorkRequest, reports: list[Report]) -> None:
    record_reads(
        reports, by=request.user, organisation=request.organisation, at=clock.now()
    )
