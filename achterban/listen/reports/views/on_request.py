"""The Werkplek: what the law gives who told something, where they ask a coordinator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.listen.reports import pages
from achterban.listen.reports.actions import handling
from achterban.listen.reports.actions import on_request as acts
from achterban.listen.reports.actions.telling import Gone
from achterban.listen.reports.models import Report
from achterban.listen.reports.views import correct as k
from achterban.listen.reports.views.course import KEY_DIGITS, along_file
from achterban.listen.reports.views.ways import Way
from achterban.listen.reports.views.work import get_report, log_reads


@work_page("reports.on_request", fresh=True)
@require_http_methods(["GET", "POST"])
def on_request(request: WorkRequest, pk: int) -> HttpResponse:
    """A copy, a correction, a yes taken back, or all of it erased."""
    subject = get_report(request, pk)
    log_reads(request, [subject])
    match request.POST.get("act"):
        case "copy":
            acts.record_copy(subject, by=request.user, at=clock.now())
            return along_file([subject])
        case "erase":
            return _erase(request, subject)
    if (asked := request.POST.get("yes", "")).isdecimal() and len(asked) < KEY_DIGITS:
        return _take_yes_back(request, subject, int(asked))
    context = {
        "report": subject,
        "told": subject.open_telling(),
        "given": pages.given(subject, on=clock.today()),
    }
    return TemplateResponse(request, "reports/on_request.html", context)


@work_page("reports.on_request", fresh=True)
@require_http_methods(["GET", "POST"])
def correct(request: WorkRequest, pk: int) -> HttpResponse:
    """Correct words or an answer, as who told it asks."""
    subject = get_report(request, pk)
    log_reads(request, [subject])
    return k.correct(request, subject, Way(pk=pk, clerk=request.user))


def _take_yes_back(
    request: WorkRequest, subject: Report, consent_id: int
) -> HttpResponse:
    try:
        is_back = acts.take_yes_back_for(
            subject, consent_id, by=request.user, at=clock.now()
        )
    except Gone:
        messages.error(request, _("Meanwhile this was taken back by whoever told it."))
        return redirect("work")
    if is_back:
        messages.success(request, _("That yes is taken back."))
    else:
        messages.error(request, _("Meanwhile this was taken back by whoever told it."))
    return redirect("reports:on-request", subject.pk)


def _erase(request: WorkRequest, subject: Report) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        context = {"report": subject, "told": subject.open_telling()}
        return TemplateResponse(request, "reports/erase.html", context)
    handling.erase_report(subject.pk, by=request.user.pk, at=clock.now())
    messages.success(request, _("It is erased, for good."))
    return redirect("reports:report-list")
