"""The Werkplek: what has to be done."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from achterban.advocate.dossiers.actions import working as actions
from achterban.advocate.dossiers.forms.dossiers import TaskForm
from achterban.advocate.dossiers.models import Task
from achterban.advocate.dossiers.views.work import PAGE_SIZE, readable, workable
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice


@work_page("dossiers.read")
@require_GET
def own_tasks(request: WorkRequest) -> HttpResponse:
    """What I have to do, over all dossiers."""
    mine = Task.objects.visible_to(request.user, request.organisation).to_do()
    rows = mine.filter(who=request.user).select_related("dossier__place")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "today": clock.today()}
    return TemplateResponse(request, "dossiers/own_tasks.html", context)


@work_page("dossiers.read")
@require_GET
def task_list(request: WorkRequest, pk: int) -> HttpResponse:
    """All that has to be done for a dossier, and what is done."""
    row = readable(request, pk)
    tasks = row.tasks.in_order().select_related("who", "done_by")
    page = Paginator(tasks, PAGE_SIZE).get_page(request.GET.get("page"))
    workable_by = Task.objects.workable_by(request.user, request.organisation)
    context = {
        "dossier": row,
        "page": page,
        "to_do": [task for task in page if task.done_at is None],
        "done": [task for task in page if task.done_at is not None],
        "today": clock.today(),
        "may_write": workable_by.filter(dossier=row).exists(),
    }
    return TemplateResponse(request, "dossiers/task_list.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new_task(request: WorkRequest, pk: int) -> HttpResponse:
    """Write down what has to be done."""
    return _edit(request, Task(dossier=workable(request, pk)))


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def change_task(request: WorkRequest, pk: int) -> HttpResponse:
    """Say it better, or who does it."""
    return _edit(request, _task(request, pk))


@work_page("dossiers.write")
@require_POST
def finish_task(request: WorkRequest, pk: int) -> HttpResponse:
    """It is done; or, on second thought, it is not."""
    row = _task(request, pk)
    if "again" in request.POST:
        actions.reopen_task(row, by=request.user, at=clock.now())
        messages.success(request, _("It stands with what has to be done again."))
    elif actions.finish_task(row, by=request.user, at=clock.now()):
        messages.success(request, _("Done. Thank you."))
    if "mine" in request.POST:
        return redirect("dossiers:own-tasks")
    return redirect("dossiers:dossier", row.dossier_id)


def _edit(request: WorkRequest, row: Task) -> HttpResponse:
    form = TaskForm(request.POST or None, instance=row, initial=unsent(request) or {})
    if request.method == "POST" and is_choice(request):
        form = TaskForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        actions.keep_task(form.filled(), by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("dossiers:dossier", row.dossier_id)
    context = {"form": form, "task": row, "main_form": "task"}
    return TemplateResponse(request, "dossiers/task.html", context)


def _task(request: WorkRequest, pk: int) -> Task:
    rows = Task.objects.workable_by(request.user, request.organisation)
    return get_object_or_404(rows.select_related("dossier__organisation"), pk=pk)
