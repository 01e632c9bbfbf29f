"""The branches of an organisation, each with its municipalities."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.places.actions import (
    NameTaken,
    PlaceTaken,
    keep_branch,
    remove_branch,
)
from achterban.core.places.forms import BranchForm
from achterban.core.places.models import Branch
from achterban.core.web.middleware import is_choice


@work_page("organisations.change", fresh=True)
@require_safe
def branch_list(request: WorkRequest) -> HttpResponse:
    """Which branches there are, and how many municipalities each has."""
    ours = Branch.objects.of(request.organisation).prefetch_related("municipalities")
    return TemplateResponse(request, "home/branch_list.html", {"branches": ours})


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def new_branch(request: WorkRequest) -> HttpResponse:
    """Make a branch."""
    return _edit(request, Branch(organisation=request.organisation))


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def branch(request: WorkRequest, pk: int) -> HttpResponse:
    """Change the name of a branch, or where it works."""
    return _edit(request, _own(request, pk))


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def take_branch_away(request: WorkRequest, pk: int) -> HttpResponse:
    """Ask whether a branch must go, and take it away."""
    found = _own(request, pk)
    if request.method == "POST" and not is_choice(request):
        remove_branch(found, by=request.user, at=clock.now())
        messages.success(request, _("The branch is gone. Its reports are still here."))
        return redirect("branches")
    context = {"branch": found, "main_form": "branch"}
    return TemplateResponse(request, "home/remove_branch.html", context)


def _own(request: WorkRequest, pk: int) -> Branch:
    return get_object_or_404(Branch.objects.of(request.organisation), pk=pk)


def _edit(request: WorkRequest, row: Branch) -> HttpResponse:
    form = BranchForm(request.POST or None, instance=row, initial=unsent(request) or {})
    if request.method == "POST" and is_choice(request):
        form = BranchForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid() and _is_kept(request, form):
        messages.success(request, _("The branch is kept."))
        return redirect("branches")
    context = {"form": form, "branch": row, "main_form": "branch"}
    return TemplateResponse(request, "home/branch.html", context)


def _is_kept(request: WorkRequest, form: BranchForm) -> bool:
    codes = form.cleaned_data["places"]
    try:
        keep_branch(form.instance, codes, by=request.user, at=clock.now())
    except NameTaken:
        form.add_error("name", _("Another branch has this name."))
    except PlaceTaken as refusal:
        words = _("These belong to another branch already: %(where)s.")
        form.add_error("places", words % {"where": ", ".join(refusal.where)})
    return form.is_valid()
