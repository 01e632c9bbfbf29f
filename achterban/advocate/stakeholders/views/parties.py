"""The Werkplek: parties."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.issues.models import Level
from achterban.advocate.stakeholders.actions import parties as actions
from achterban.advocate.stakeholders.actions.contacts import opened
from achterban.advocate.stakeholders.forms import PartyForm
from achterban.advocate.stakeholders.models import Function, Party, PartyKind
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice

PAGE_SIZE = 25


@work_page("stakeholders.read")
@require_GET
def party_list(request: WorkRequest) -> HttpResponse:
    """All parties, by name, kind and level."""
    asked = {name: request.GET.get(name, "") for name in ("name", "kind", "level")}
    rows = Party.objects.visible_to(request.user, request.organisation)
    found = rows.named(asked["name"])
    if asked["kind"] in PartyKind.values:
        found = found.filter(kind=asked["kind"])
    if asked["level"] in Level.values:
        found = found.filter(level=asked["level"])
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "query": query_of(asked),
        "kinds": PartyKind.choices,
        "levels": Level.choices,
        "today": clock.today(),
        "may_write": "stakeholders.write" in request.may,
    }
    return TemplateResponse(request, "stakeholders/party_list.html", context)


@work_page("stakeholders.read")
@require_GET
def party(request: WorkRequest, pk: int) -> HttpResponse:
    """What it is, and who is and was there."""
    row, on = get_party(request, pk), clock.today()
    functions = (
        Function.objects.visible_to(request.user, request.organisation)
        .filter(party=row)
        .order_by(F("until_on").desc(nulls_first=True), "title", "pk")
        .select_related("contact__key", "contact__account")
    )
    page = Paginator(functions, PAGE_SIZE).get_page(request.GET.get("page"))
    people = opened(
        [each.contact for each in page if each.contact],
        by=request.user,
        organisation=request.organisation,
        at=clock.now(),
    )
    named = [
        (each, people[each.contact_id].name if each.contact_id else "") for each in page
    ]
    context = {
        "party": row,
        "page": page,
        "now": [each for each in named if not each[0].is_over(on)],
        "before": [each for each in named if each[0].is_over(on)],
        "parts": row.parts.all(),
        "is_over": row.is_over(on),
        "may_write": "stakeholders.write" in request.may,
    }
    return TemplateResponse(request, "stakeholders/party.html", context)


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def new_party(request: WorkRequest) -> HttpResponse:
    """Write down who decides or influences."""
    return _edit(request, Party(organisation=request.organisation))


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def change_party(request: WorkRequest, pk: int) -> HttpResponse:
    """Change what we know of it."""
    return _edit(request, get_party(request, pk))


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def remove_party(request: WorkRequest, pk: int) -> HttpResponse:
    """Ask, then take away a party that nothing hangs on."""
    row = get_party(request, pk)
    if request.method == "POST" and not is_choice(request):
        try:
            actions.remove_party(row, by=request.user, at=clock.now())
        except actions.SomethingHangs:
            messages.error(
                request,
                _("People, parts or a dossier still belong to it. Give it a last day."),
            )
            return redirect("stakeholders:party", pk)
        messages.success(request, _("Taken away."))
        return redirect("stakeholders:party-list")
    context = {"party": row}
    return TemplateResponse(request, "stakeholders/remove_party.html", context)


def _edit(request: WorkRequest, row: Party) -> HttpResponse:
    is_new = row._state.adding
    form = _form(request, row)
    if request.method == "POST" and not is_choice(request) and form.is_valid():
        try:
            actions.keep_party(form.instance, by=request.user, at=clock.now())
        except actions.InACircle:
            form.add_error("above", _("It would be a part of itself. Look once more."))
        else:
            messages.success(request, _("Kept."))
            return redirect("stakeholders:party", row.pk)
    context = {"form": form, "party": row, "is_new": is_new, "main_form": "party"}
    return TemplateResponse(request, "stakeholders/change_party.html", context)


def _form(request: WorkRequest, row: Party) -> PartyForm:
    make = partial(
        PartyForm, instance=row, by=request.user, organisation=request.organisation
    )
    if request.method == "POST" and not is_choice(request):
        return make(request.POST)
    return make(initial=unsent(request) or request.POST.dict())


def get_party(request: WorkRequest, pk: int) -> Party:
    """Return a party that this account may read here, or 404."""
    visible = Party.objects.visible_to(request.user, request.organisation)
    return get_object_or_404(visible.select_related("place", "part_of"), pk=pk)


def query_of(asked: dict[str, str]) -> str:
    """Return what was asked as part of an address, ending with &, or nothing."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return f"{query.urlencode()}&" if query else ""
