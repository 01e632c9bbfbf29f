"""The Werkplek: what there is to do, and lists of reports."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.database.fields import keys_among
from achterban.core.places.models import Branch
from achterban.core.vocabulary.models import TermKind, terms_of
from achterban.core.web.due import due_for
from achterban.core.web.middleware import is_choice
from achterban.listen.reports import pages
from achterban.listen.reports.actions.together import (
    do_together,
    forget_view,
    keep_view,
)
from achterban.listen.reports.forms_triage import SavedViewForm, TogetherForm
from achterban.listen.reports.models import Report, SavedView
from achterban.listen.reports.queries import (
    Choice,
    n_suspect,
    n_to_do,
    place_of,
    work_list,
)
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.views.work import log_reads

PAGE_SIZE = 25


@work_page("reports.read")
@require_GET
def report_work_list(request: WorkRequest) -> HttpResponse:
    """A few things, oldest first, and no more."""
    account, organisation = request.user, request.organisation
    work = work_list(account, organisation, on=clock.today())
    log_reads(request, [*work.mine, *work.offered, *work.new])
    context: dict[str, Any] = {
        name: [(report, pages.checked_snippet(report)) for report in reports]
        for name, reports in (
            ("mine", work.mine),
            ("offered", work.offered),
            ("new", work.new),
        )
    }
    context |= {
        "n_more": work.n_more,
        "n_suspect": n_suspect(account, organisation),
        "n_to_do": n_to_do(account, organisation)
        if "reports.triage" in request.may
        else 0,
        "sees_all": "reports.read_all" in request.may,
        "due": due_for(request, clock.today()),
        "today": clock.today(),
    }
    return TemplateResponse(request, "reports/work_list.html", context)


@work_page("reports.read")
@require_GET
def report_list(request: WorkRequest) -> HttpResponse:
    """All reports that somebody may read, newest first, or those that they choose."""
    ours = request.organisation
    choice = Choice.read(request.GET, ours)
    reports = Report.objects.visible_to(request.user, ours)
    listed = choice.of(reports, ours).select_related("key", "handler", "review")
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    log_reads(request, shown)
    saved = list(SavedView.objects.of(request.user, ours))
    terms = terms_of(ours)
    context = {
        "page": page,
        "rows": [(report, pages.checked_snippet(report)) for report in shown],
        "statuses": [s for s in Status if s not in {Status.DRAFT, Status.WITHDRAWN}],
        "choice": choice,
        "place": place_of(choice),
        "query": urlencode(choice.filled),
        "branches": list(Branch.objects.of(ours)),
        "kinds": [
            (kind, getattr(choice, kind.value), [t for t in terms if t.kind == kind])
            for kind in TermKind
        ],
        "saved": [(view, urlencode(view.choices)) for view in saved],
        "now_open": next((v for v in saved if v.choices == choice.filled), None),
        "may_tell": "updates.send" in request.may,
        "sees_all": "reports.read_all" in request.may,
    }
    return TemplateResponse(request, "reports/report_list.html", context)


@work_page("reports.read")
@require_http_methods(["GET", "POST"])
def save_view(request: WorkRequest) -> HttpResponse:
    """Keep a list under a name, to come back to; the same name changes it."""
    choice = Choice.read(request.POST or request.GET, request.organisation)
    form = SavedViewForm(request.POST or None)
    if request.method != "POST" or is_choice(request) or not form.is_valid():
        if request.method == "POST" and is_choice(request):
            form = SavedViewForm(initial=request.POST.dict())
        context = {"form": form, "choice": choice, "main_form": "view"}
        return TemplateResponse(request, "reports/save_view.html", context)
    name = form.cleaned_data["name"]
    keep_view(name, choice.filled, by=request.user, organisation=request.organisation)
    messages.success(request, _("Kept. It stands above your lists."))
    return _to_list(choice)


@work_page("reports.read")
@require_http_methods(["GET", "POST"])
def drop_view(request: WorkRequest, pk: int) -> HttpResponse:
    """Forget a list; the reports stay."""
    ours = SavedView.objects.of(request.user, request.organisation)
    view = get_object_or_404(ours, pk=pk)
    choice = Choice.read(view.choices, request.organisation)
    if request.method == "POST":
        forget_view(view)
        messages.success(request, _("The list is gone. The reports are still there."))
    return _to_list(choice)


@work_page("reports.answer")
@require_http_methods(["GET", "POST"])
def together(request: WorkRequest) -> HttpResponse:
    """Do one thing with all reports that were ticked."""
    choice = Choice.read(request.POST, request.organisation)
    ticked = keys_among(request.POST.getlist("report"))
    reports = Report.objects.visible_to(request.user, request.organisation)
    chosen = list(reports.filter(pk__in=ticked).values_list("pk", flat=True))
    if request.method != "POST" or not chosen:
        if request.method == "POST":
            messages.error(request, _("Tick at least one report first."))
        return _to_list(choice)
    act = request.POST.get("act", "")
    form = TogetherForm(
        None if act == "choose" or is_choice(request) else request.POST,
        organisation=request.organisation,
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data.get(act)
        if given:
            n = do_together(chosen, act, given, by=request.user, at=clock.now())
            _say(request, n, len(chosen))
            return _to_list(choice)
        form.add_error(act if act in form.fields else None, _("Choose one first."))
    context = {
        "form": form,
        "chosen": chosen,
        "choice": choice,
        "may_triage": "reports.triage" in request.may,
        "main_form": "together",
    }
    return TemplateResponse(request, "reports/together.html", context)


def _say(request: WorkRequest, n_done: int, n_chosen: int) -> None:
    if n_done:
        done = ngettext("Done for %(n)d report.", "Done for %(n)d reports.", n_done)
        messages.success(request, done % {"n": n_done})
    if n_done < n_chosen:
        left = ngettext(
            "%(n)d stays as it was: this step is not possible from there.",
            "%(n)d stay as they were: this step is not possible from there.",
            n_chosen - n_done,
        )
        messages.warning(request, left % {"n": n_chosen - n_done})


def _to_list(choice: Choice) -> HttpResponse:
    query = urlencode(choice.filled)
    return redirect(f"{reverse('reports:report-list')}{'?' if query else ''}{query}")
