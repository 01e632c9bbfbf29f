"""The Werkplek: what one can take along, and what worked elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.dossiers.actions import materials as actions
from achterban.advocate.dossiers.forms.materials import MaterialForm
from achterban.advocate.dossiers.models import Material
from achterban.advocate.dossiers.views.work import PAGE_SIZE
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice


@work_page("dossiers.read")
@require_GET
def material_list(request: WorkRequest) -> HttpResponse:
    """All of them, by title."""
    rows = Material.objects.visible_to(request.user, request.organisation)
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_write": "materials.write" in request.may,
    }
    return TemplateResponse(request, "dossiers/material_list.html", context)


@work_page("materials.write")
@require_http_methods(["GET", "POST"])
def new_material(request: WorkRequest) -> HttpResponse:
    """Describe one."""
    return _edit(request, Material(organisation=request.organisation))


@work_page("materials.write")
@require_http_methods(["GET", "POST"])
def change_material(request: WorkRequest, pk: int) -> HttpResponse:
    """Describe it better, or take it away."""
    rows = Material.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(rows.select_related("organisation"), pk=pk)
    if request.method == "POST" and "drop" in request.POST:
        actions.drop_material(row, by=request.user, at=clock.now())
        messages.success(request, _("Taken away."))
        return redirect("dossiers:material-list")
    return _edit(request, row)


def _edit(request: WorkRequest, row: Material) -> HttpResponse:
    is_new = row._state.adding
    form = MaterialForm(
        request.POST or None, instance=row, initial=unsent(request) or {}
    )
    if request.method == "POST" and is_choice(request):
        form = MaterialForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        actions.keep_material(form.instance, by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("dossiers:material-list")
    context = {"form": form, "is_new": is_new, "main_form": "material"}
    return TemplateResponse(request, "dossiers/material.html", context)
