"""The Werkplek: bring a file along, say what its columns are, and take it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.files.spool import SealedUpload, is_too_large, takes_files_of
from achterban.core.web.middleware import is_choice
from achterban.listen.reports import pages_imports as pages
from achterban.listen.reports.actions import importing, retrying, undoing
from achterban.listen.reports.forms_imports import TROUBLES, PlanForm, RowForm
from achterban.listen.reports.models import BadRow, Import, ImportState, RowFault
from achterban.rules.tables import NotATable, Trouble

PAGE_SIZE = 25


def get_import(request: WorkRequest, pk: int) -> Import:
    """Return an import of this organisation, or 404."""
    visible = Import.objects.visible_to(request.user, request.organisation)
    wanted = visible.select_related("key", "organisation", "file__key", "by")
    return get_object_or_404(wanted, pk=pk)


@takes_files_of(importing.MOST_BYTES)
@work_page("reports.import", fresh=True)
@require_http_methods(["GET", "POST"])
def import_list(request: WorkRequest) -> HttpResponse:
    """Choose a file, and see those of before."""
    refusal = ""
    if request.method == "POST" and not is_choice(request):
        try:
            return redirect("reports:import", _take(request).pk)
        except Refused as refused:
            refusal = refused.words
    imports = Import.objects.visible_to(request.user, request.organisation)
    page = Paginator(
        imports.select_related("key", "by", "file__key"), PAGE_SIZE
    ).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "imports": [(one, one.open_plan().name) for one in page],
        "refusal": refusal,
    }
    return TemplateResponse(request, "reports/import_list.html", context)


class Refused(Exception):
    """The file was not taken.

    Attributes:
        words: why, and what to do.
    """

    def __init__(self, words: str) -> None:
        """Keep why."""
        super().__init__(words)
        self.words = words


def _take(request: WorkRequest) -> Import:
    upload = request.FILES.get("file")
    if is_too_large(request):
        raise Refused(str(TROUBLES[Trouble.LARGE]))
    if not isinstance(upload, SealedUpload):
        raise Refused(_("Choose a file first."))
    try:
        return importing.take_import(
            request.organisation,
            upload.name or "",
            upload.reader(),
            by=request.user,
            at=clock.now(),
        )
    except NotATable as refusal:
        raise Refused(pages.trouble_words(refusal.trouble, refusal.line)) from refusal
    except importing.NoRoom as refusal:
        words = _("There is no room for files just now. Try it again tomorrow.")
        raise Refused(words) from refusal


@work_page("reports.import", fresh=True)
@require_http_methods(["GET", "POST"])
def import_page(request: WorkRequest, pk: int) -> HttpResponse:
    """Say what the columns are and begin; later see how far it is."""
    subject = get_import(request, pk)
    if subject.state == ImportState.LOOKED_AT:
        return _plan_page(request, subject)
    if request.headers.get("Accept") == "application/json":  # the script of the page
        return JsonResponse(
            {
                "is_at_work": subject.is_at_work,
                "n_read": subject.n_read,
                "words": pages.progress_words(subject),
            }
        )
    return TemplateResponse(request, "reports/import.html", _course(subject))


def _course(subject: Import) -> dict[str, Any]:
    n_bad = subject.bad_rows.count()
    return {
        "import": subject,
        "name": subject.open_plan().name,
        "n_bad": n_bad,
        "n_worked_on": undoing.worked_on(subject).count(),
        "progress": pages.progress_words(subject),
        "trouble": pages.trouble_words(subject.trouble, subject.trouble_line),
    }


def _plan_page(request: WorkRequest, subject: Import) -> HttpResponse:
    plan = subject.open_plan()
    form = PlanForm(initial=unsent(request), plan=plan, kind=subject.kind)
    act = request.POST.get("act", "") if not is_choice(request) else ""
    if act == "drop":
        importing.drop_import(subject.pk, by=request.user, at=clock.now())
        messages.success(request, _("Nothing was kept of it."))
        return redirect("reports:import-list")
    if act:
        form = PlanForm(request.POST, plan=plan, kind=subject.kind)
        if form.is_valid() and (done := _decide(request, subject, form, act)):
            return done
    shown = form.chosen_plan() if act and form.is_valid() else plan
    importing.record_look(subject, by=request.user, at=clock.now())
    context = {
        "import": subject,
        "plan": plan,
        "form": form,
        "examples": pages.examples(shown, on=clock.today()),
        "oddities": pages.oddities(plan.notes),
        "left_out": [h for h, t in zip(plan.headings, shown.targets) if not t],  # noqa: B905
        "before": importing.was_here_before(subject),
        "main_form": "plan",
    }
    return TemplateResponse(request, "reports/import_plan.html", context)


def _decide(
    request: WorkRequest, subject: Import, form: PlanForm, act: str
) -> HttpResponse | None:
    """Keep what was chosen, and begin where that was asked."""
    at, by, plan = clock.now(), request.user, form.chosen_plan()
    encoding = form.cleaned_data.get("encoding", "")
    try:
        if encoding and encoding != plan.encoding:
            importing.look_again(
                subject, replace(plan, encoding=encoding), by=by, at=at
            )
            return redirect("reports:import", subject.pk)
        importing.keep_plan(subject, plan, by=by, at=at)
        if act != "start":
            return redirect("reports:import", subject.pk)
        importing.start_import(subject.pk, by=by, at=at)
    except NotATable as refusal:
        form.add_error(None, pages.trouble_words(refusal.trouble, refusal.line))
        return None
    except importing.NotNow:
        messages.error(request, _("A colleague began it in the meantime."))
    return redirect("reports:import", subject.pk)


@work_page("reports.import")
@require_http_methods(["GET", "POST"])
def row_list(request: WorkRequest, pk: int) -> HttpResponse:
    """Rows that did not get in, with why; all of one kind can be dealt with at once."""
    subject = get_import(request, pk)
    rows = BadRow.objects.visible_to(request.user, request.organisation)
    rows = rows.filter(imported=subject)
    if request.method == "POST" and not is_choice(request):
        _deal_with_all(request, subject)
        return redirect("reports:import-rows", pk)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    importing.record_look(subject, by=request.user, at=clock.now())
    context = {
        "import": subject,
        "page": page,
        "rows": [(row, pages.first_cells(row)) for row in page],
        "kinds": pages.kinds_of(subject),
    }
    return TemplateResponse(request, "reports/import_rows.html", context)


def _deal_with_all(request: WorkRequest, subject: Import) -> None:
    fault, act = request.POST.get("fault", ""), request.POST.get("act", "")
    if fault not in RowFault.values:
        return
    at, by = clock.now(), request.user
    try:
        if act == "leave":
            n = retrying.leave_all(subject, RowFault(fault), by=by, at=at)
            words = ngettext("%(n)d row is left out.", "%(n)d rows are left out.", n)
        else:
            n = retrying.take_all(subject, RowFault(fault), by=by, at=at)
            words = ngettext("%(n)d row is in now.", "%(n)d rows are in now.", n)
    except importing.NotNow:
        messages.error(request, _("This import is being undone."))
        return
    messages.success(request, words % {"n": n})


@work_page("reports.import")
@require_http_methods(["GET", "POST"])
def row(request: WorkRequest, pk: int) -> HttpResponse:
    """Correct a row and try it again, or leave it out."""
    visible = BadRow.objects.visible_to(request.user, request.organisation)
    bad = get_object_or_404(visible.select_related("imported__organisation"), pk=pk)
    plan, cells = bad.imported.open_plan(), bad.open_cells()
    form = RowForm(initial=unsent(request), plan=plan, cells=cells)
    if request.method == "POST" and not is_choice(request):
        form = RowForm(request.POST, plan=plan, cells=cells)
        if form.is_valid():
            return _try_again(request, bad, form)
    importing.record_look(bad.imported, by=request.user, at=clock.now())
    context = {
        "row": bad,
        "form": form,
        "more": cells[len(plan.headings) :],
        "may_be_as_it_is": bad.fault in retrying.LENIENT,
        "is_same": bad.fault == RowFault.SAME,
        "main_form": "row",
    }
    return TemplateResponse(request, "reports/import_row.html", context)


def _try_again(request: WorkRequest, bad: BadRow, form: RowForm) -> HttpResponse:
    act, at, back = request.POST.get("act"), clock.now(), bad.imported_id
    try:
        if act == "leave":
            retrying.leave_out(bad, by=request.user, at=at)
            messages.success(request, _("Row %(n)d is left out.") % {"n": bad.line})
            return redirect("reports:import-rows", back)
        still = retrying.retry_row(
            bad,
            form.cells(),
            is_lenient=act == "as-it-is",
            is_twin_too=act == "twin-too",
            by=request.user,
            at=at,
        )
    except (BadRow.DoesNotExist, importing.NotNow):
        messages.error(request, _("This row was dealt with in the meantime."))
        return redirect("reports:import-rows", back)
    if still is None:
        messages.success(request, _("Row %(n)d is in now.") % {"n": bad.line})
        return redirect("reports:import-rows", back)
    messages.error(request, still.label)
    return redirect("reports:import-row", bad.pk)


@work_page("reports.import", fresh=True)
@require_http_methods(["GET", "POST"])
def undo(request: WorkRequest, pk: int) -> HttpResponse:
    """Take a whole import back, after asking."""
    subject = get_import(request, pk)
    if request.method == "POST" and not is_choice(request):
        whole = bool(request.POST.get("whole"))
        try:
            undoing.ask_to_undo(pk, whole=whole, by=request.user, at=clock.now())
        except importing.NotNow:
            messages.error(request, _("There is nothing to undo here."))
        return redirect("reports:import", pk)
    worked_on = undoing.worked_on(subject)
    context = {
        **_course(subject),
        "worked_on": worked_on.select_related("handler")[:PAGE_SIZE],
        "may_undo": subject.state in {ImportState.RUNNING, ImportState.DONE},
        "n_erased": subject.reports.all().untouched().count(),
    }
    return TemplateResponse(request, "reports/import_undo.html", context)
