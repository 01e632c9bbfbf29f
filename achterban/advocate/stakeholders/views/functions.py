"""The Werkplek: what somebody does where."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.stakeholders.actions import contacts as actions
from achterban.advocate.stakeholders.actions.parties import SomethingHangs
from achterban.advocate.stakeholders.forms import FunctionForm
from achterban.advocate.stakeholders.models import Contact, Function
from achterban.advocate.stakeholders.views.contacts import get_contact, look
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def new_function(request: WorkRequest, pk: int) -> HttpResponse:
    """Write down what somebody does."""
    contact = get_contact(request, pk)
    return _edit(request, Function(contact=contact), contact)


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def function(request: WorkRequest, pk: int) -> HttpResponse:
    """Change it, give it a last day, or take it away."""
    visible = Function.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(visible.select_related("party"), pk=pk)
    contact = get_contact(request, row.contact_id) if row.contact_id else None
    if request.method == "POST" and request.POST.get("act") == "remove":
        return _remove(request, row, contact)
    return _edit(request, row, contact)


def _remove(
    request: WorkRequest, row: Function, contact: Contact | None
) -> HttpResponse:
    party = row.party_id
    try:
        actions.remove_function(row, by=request.user, at=clock.now())
    except SomethingHangs:
        messages.error(request, _("A dossier speaks of it. Give it a last day."))
        return redirect("stakeholders:function", row.pk)
    messages.success(request, _("Taken away."))
    return _back(contact, party)


def _edit(request: WorkRequest, row: Function, contact: Contact | None) -> HttpResponse:
    is_new = row._state.adding
    ours: dict[str, Any] = {"by": request.user, "organisation": request.organisation}
    if request.method == "POST" and not is_choice(request):
        form = FunctionForm(request.POST, **ours)
        if form.is_valid():
            kept = actions.keep_function(
                form.fill(row), by=request.user, at=clock.now()
            )
            messages.success(request, _("Kept."))
            return _back(contact, kept.party_id)
    else:
        kept_words = unsent(request) or request.POST.dict() or _initial(row)
        form = FunctionForm(initial=kept_words, **ours)
    context = {
        "form": form,
        "function": row,
        "is_new": is_new,
        "contact": contact,
        "words": look(request, [contact])[contact.pk] if contact else None,
        "main_form": "function",
    }
    return TemplateResponse(request, "stakeholders/function.html", context)


def _initial(row: Function) -> dict[str, Any]:
    if row._state.adding:
        return {}
    kept = ("title", "from_on", "until_on")
    return {name: getattr(row, name) for name in kept} | {"party": row.party.name}


def _back(contact: Contact | None, party_id: int) -> HttpResponse:
    if contact is None:
        return redirect("stakeholders:party", party_id)
    return redirect("stakeholders:contact", contact.pk)
