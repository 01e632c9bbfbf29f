"""Mijn: all reports that somebody put with their account, and the same acts on each."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from achterban.core import clock
from achterban.core.mine import access
from achterban.core.mine.access import MineRequest, mine_page
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.listen.reports import limits, pages
from achterban.listen.reports.actions import owning, returning
from achterban.listen.reports.actions.telling import Gone
from achterban.listen.reports.forms import CodeForm
from achterban.listen.reports.models import Report
from achterban.listen.reports.views.course import along_file
from achterban.listen.reports.views.files import keep_for_script
from achterban.listen.reports.views.ways import Act, Way


def own(act: Act, *, method: str = "POST") -> Callable[..., HttpResponse]:
    """Return the view of an act for whose report it is.

    Args:
        act: what is done.
        method: with which it is done; asked for with another, the report is shown.
    """

    @mine_page
    @wraps(act)
    def view(request: MineRequest, pk: int) -> HttpResponse:
        reports = Report.objects.own_of(request.own)
        report = get_object_or_404(reports.select_related("key", "organisation"), pk=pk)
        if request.method not in {method, "HEAD" if method == "GET" else method}:
            return redirect("reports:own-code", pk)
        return act(request, report, Way(pk=pk))

    return view


@mine_page
@require_safe
def own_list(request: MineRequest) -> HttpResponse:
    """Show all own reports, the newest first."""
    reports = Report.objects.own_of(request.own).select_related("key")
    rows = [
        (report, pages.snippet(report), pages.is_unread(report))
        for report in reports.order_by("-received_on", "pk")
    ]
    return TemplateResponse(request, "reports/own_list.html", {"rows": rows})


@mine_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_code(request: MineRequest) -> HttpResponse:
    """Say what changes when a report comes to stand in Mijn, and then put it there."""
    if request.method != "POST" or is_choice(request):
        return _code_page(request, CodeForm(initial=request.POST.dict()))
    form = CodeForm(request.POST)
    if wait := limits.guess_wait(request):
        form.is_valid()
        form.add_error(None, wait_words(wait))
        return slowed(_code_page(request, form), wait)
    if not form.is_valid():
        return _code_page(request, form)
    code, organisation = form.cleaned_data["code"], request.own.organisation
    report = Report.objects.behind_code(code, organisation).first()
    if report is None:
        limits.count_wrong_guess(request)
        form.add_error("code", _("We do not know this code. Please look once more."))
        return _code_page(request, form)
    try:
        owning.own_report(report, request.own, on=clock.today())
    except Gone:
        form.add_error("code", _("This report was taken back."))
    except owning.NotSent:
        form.add_error(
            "code", _("This was not sent yet. Go on with the code, and send it first.")
        )
    else:
        return redirect("reports:own-code", report.pk)
    return _code_page(request, form)


def let_go(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Ask whether a report must go out of Mijn, and let it go."""
    if request.POST.get("sure") != "yes":
        context = {"way": way, "report": report, "main_form": "let-go"}
        return TemplateResponse(request, "reports/let_go.html", context)
    assert hasattr(request, "own")  # ``own`` let it in
    owning.let_go(report, request.own, on=clock.today())
    return redirect("reports:own-list")


def keep_file(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Store a file while the page stays; called by its script."""
    return keep_for_script(request, report)


@mine_page
@require_POST
def take_all_along(request: MineRequest) -> HttpResponse:
    """Give all that is known of somebody, as a file that is kept nowhere."""
    own_ones = Report.objects.own_of(request.own).select_related("key", "organisation")
    reports = list(own_ones.order_by("-received_on", "pk"))
    for report in reports:
        returning.record_taken_along(report, on=clock.today())
    return along_file(reports, request.own)


@mine_page
@require_http_methods(["GET", "HEAD", "POST"])
def erase_account(request: MineRequest) -> HttpResponse:
    """Ask what must go, the account alone or all that was told too, and erase it."""
    act = request.POST.get("act", "")
    if is_choice(request) or act not in {"account", "all"}:
        n_reports = Report.objects.own_of(request.own).count()
        context = {"n_reports": n_reports, "main_form": "erase"}
        return TemplateResponse(request, "reports/own_erase.html", context)
    owning.erase_account(request.own, with_reports=act == "all", on=clock.today())
    del request.own
    erased = {"with_reports": act == "all"}
    response = TemplateResponse(request, "reports/own_erased.html", erased)
    access.log_out(request, response)
    return response


def _code_page(request: HttpRequest, form: CodeForm) -> HttpResponse:
    context = {"form": form, "main_form": "own"}
    return TemplateResponse(request, "reports/own_add.html", context)
