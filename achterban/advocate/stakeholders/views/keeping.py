"""The Werkplek: who goes because nobody uses them, and a copy for who asks."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.stakeholders.actions import keeping
from achterban.advocate.stakeholders.queries.held import held_of
from achterban.advocate.stakeholders.queries.leaving import leaving
from achterban.advocate.stakeholders.views.contacts import (
    get_contact,
    look,
    with_names,
)
from achterban.advocate.stakeholders.views.parties import PAGE_SIZE
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice


@work_page("stakeholders.erase")
@require_http_methods(["GET", "POST"])
def leaving_list(request: WorkRequest) -> HttpResponse:
    """Who goes soon, and a button to keep them."""
    rows = leaving(request.user, request.organisation, on=clock.today())
    if request.method == "POST" and not is_choice(request):
        keys = keys_among([request.POST.get("keep", "")])
        row = get_object_or_404(rows, pk__in=keys)
        keeping.confirm_contact(row, by=request.user, at=clock.now())
        messages.success(request, _("Kept. The term begins anew."))
        return redirect("stakeholders:leaving")
    page = Paginator(rows.select_related("key", "account"), PAGE_SIZE)
    shown = page.get_page(request.GET.get("page"))
    context = {"page": shown, "rows": with_names(request, list(shown))}
    return TemplateResponse(request, "stakeholders/leaving.html", context)


@work_page("stakeholders.erase", fresh=True)
@require_http_methods(["GET", "POST"])
def copy(request: WorkRequest, pk: int) -> HttpResponse:
    """Put together all that we keep of somebody who asks."""
    row = get_contact(request, pk)
    is_made = request.method == "POST" and not is_choice(request)
    if is_made:
        keeping.record_copy(row, by=request.user, at=clock.now())
    words = look(request, [row])[row.pk]
    context = {
        "contact": row,
        "words": words,
        "held": held_of(row, words) if is_made else None,
        "today": clock.today(),
    }
    return TemplateResponse(request, "stakeholders/copy.html", context)
