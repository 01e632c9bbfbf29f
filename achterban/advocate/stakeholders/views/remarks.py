"""The Werkplek: what we say of somebody, checked by a second person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.stakeholders.actions import remarks as actions
from achterban.advocate.stakeholders.forms_relations import RemarkForm
from achterban.advocate.stakeholders.models import Remark
from achterban.advocate.stakeholders.views.contacts import get_contact, look
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def new_remark(request: WorkRequest, pk: int) -> HttpResponse:
    """Write down what somebody did or said in their function."""
    return _edit(request, Remark(contact=get_contact(request, pk)))


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def remark(request: WorkRequest, pk: int) -> HttpResponse:
    """Change it, take it away, or agree with it as a second person."""
    visible = Remark.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(
        visible.select_related("contact__key", "contact__account"), pk=pk
    )
    match request.POST.get("act"):
        case "remove":
            actions.remove_remark(row, by=request.user, at=clock.now())
            messages.success(request, _("Taken away."))
            return redirect("stakeholders:contact", row.contact_id)
        case "check":
            return _check(request, row)
    return _edit(request, row)


def _check(request: WorkRequest, row: Remark) -> HttpResponse:
    stamp = request.POST.get("stamp", "")
    try:
        actions.check_remark(row, stamp, by=request.user, at=clock.now())
    except actions.OwnWords:
        messages.error(request, _("You wrote this. Let somebody else check it."))
    except actions.Changed:
        messages.error(request, _("It was changed meanwhile. Read it once more."))
    else:
        messages.success(request, _("Checked. It may leave the house now."))
    return redirect("stakeholders:contact", row.contact_id)


def _edit(request: WorkRequest, row: Remark) -> HttpResponse:
    is_new = row._state.adding
    if request.method == "POST" and not is_choice(request):
        form = RemarkForm(request.POST)
        if form.is_valid():
            actions.write_remark(row, form.words, by=request.user, at=clock.now())
            messages.success(request, _("Kept. A second person has to check it."))
            return redirect("stakeholders:contact", row.contact_id)
    else:
        known = {} if is_new else vars(row.open_words())
        form = RemarkForm(initial=unsent(request) or request.POST.dict() or known)
    context = {
        "form": form,
        "remark": row,
        "is_new": is_new,
        "words": look(request, [row.contact])[row.contact_id],
        "main_form": "remark",
    }
    return TemplateResponse(request, "stakeholders/remark.html", context)
