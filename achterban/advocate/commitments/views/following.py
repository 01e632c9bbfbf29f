"""The Werkplek: decisions held against a principle, and steps of execution."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.commitments.actions import following
from achterban.advocate.commitments.forms_following import AdherenceForm, ExecutionForm
from achterban.advocate.commitments.models import Adherence, Commitment, Execution
from achterban.advocate.commitments.views.work import get_commitment
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new_decision(request: WorkRequest, pk: int) -> HttpResponse:
    """Hold a decision against an agreed principle."""
    return _edit(request, Adherence(commitment=get_commitment(request, pk)))


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def decision(request: WorkRequest, pk: int) -> HttpResponse:
    """Change a decision, or take it away."""
    workable = Commitment.objects.workable_by(request.user, request.organisation)
    rows = Adherence.objects.of(workable).select_related("commitment__dossier")
    return _edit(request, get_object_or_404(rows, pk=pk))


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new_execution(request: WorkRequest, pk: int) -> HttpResponse:
    """One more thing that has to be done."""
    return _edit(request, Execution(commitment=get_commitment(request, pk)))


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def execution(request: WorkRequest, pk: int) -> HttpResponse:
    """Say how far a step is, or take it away."""
    workable = Commitment.objects.workable_by(request.user, request.organisation)
    rows = Execution.objects.of(workable).select_related("commitment__dossier")
    return _edit(request, get_object_or_404(rows, pk=pk))


def _edit(request: WorkRequest, row: Adherence | Execution) -> HttpResponse:
    asking = AdherenceForm if isinstance(row, Adherence) else ExecutionForm
    is_sent = request.method == "POST" and not is_choice(request)
    kept = unsent(request) or request.POST.dict()
    if is_sent and "drop" in request.POST and not row._state.adding:
        _drop(request, row)
        return redirect("commitments:commitment", row.commitment_id)
    form = asking(
        request.POST if is_sent else None,
        instance=row,
        initial=kept,
        today=clock.today(),
    )
    if is_sent and form.is_valid() and _is_kept(request, form):
        messages.success(request, _("Kept."))
        return redirect("commitments:commitment", row.commitment_id)
    context = {
        "row": row.commitment,
        "each": row,
        "is_new": row._state.adding,
        "is_decision": isinstance(row, Adherence),
        "form": form,
        "main_form": "following",
    }
    return TemplateResponse(request, "commitments/following.html", context)


def _is_kept(request: WorkRequest, form: AdherenceForm | ExecutionForm) -> bool:
    who, at = request.user, clock.now()
    if isinstance(form, AdherenceForm):
        following.keep_adherence(form.instance, by=who, at=at)
        return True
    try:
        following.keep_execution(form.instance, by=who, at=at)
    except following.Full:
        form.add_error(None, _("Fifty steps are enough for one motion."))
    return not form.errors


def _drop(request: WorkRequest, row: Adherence | Execution) -> None:
    who, at = request.user, clock.now()
    if isinstance(row, Adherence):
        following.drop_adherence(row, by=who, at=at)
    else:
        following.drop_execution(row, by=who, at=at)
    messages.success(request, _("Taken away."))
