"""Joining an umbrella, and what an umbrella sees: months in whole tens."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.organisations.actions import (
    CannotJoin,
    SamePerson,
    accept_joining,
    ask_to_join,
    end_joining,
)
from achterban.core.organisations.forms import JoinForm
from achterban.core.organisations.models import Joining, Organisation
from achterban.core.release.models import ReleasedFigure
from achterban.core.web.middleware import is_choice

PAGE_SIZE = 50


@work_page("organisations.join", fresh=True)
@require_http_methods(["GET", "POST"])
def umbrella(request: WorkRequest) -> HttpResponse:
    """Show who belongs to whom and the figures of members; ask another to join."""
    form = JoinForm(request.POST or None, initial=unsent(request))
    if request.method == "POST" and is_choice(request):
        form = JoinForm(initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid() and _ask(request, form):
        messages.success(request, _("Asked. It holds when the other agrees."))
        return redirect("umbrella")
    figures = ReleasedFigure.objects.visible_to(request.user, request.organisation)
    context = {
        "form": form,
        "joinings": _described(request),
        "page": Paginator(figures, PAGE_SIZE).get_page(request.GET.get("page")),
        "main_form": "join",
    }
    return TemplateResponse(request, "home/umbrella.html", context)


@work_page("organisations.join", fresh=True)
@require_http_methods(["GET", "POST"])
def joining(request: WorkRequest, pk: int) -> HttpResponse:
    """Agree, refuse, take back or leave."""
    ours = request.organisation
    found = get_object_or_404(Joining.objects.of(ours), pk=pk)
    if request.method == "POST" and not is_choice(request):
        by, at = request.user.pk, clock.now()
        try:
            if request.POST.get("act") == "accept":
                accept_joining(found, accepted_by=ours, by=by, at=at)
                messages.success(request, _("Agreed. It counts from next month."))
            elif request.POST.get("act") == "end":
                end_joining(found, ended_by=ours, by=by, at=at)
                messages.success(request, _("Ended. The umbrella sees nothing more."))
        except SamePerson:
            words = _("You asked for this yourself. Somebody else must accept it.")
            messages.error(request, words)
        except CannotJoin:
            messages.error(request, _("That cannot be. Is there an umbrella already?"))
        return redirect("umbrella")
    context = {
        "joining": found,
        "is_ours_to_accept": found.accepted_on is None and not found.is_asked_by(ours),
        "main_form": "joining",
    }
    return TemplateResponse(request, "home/joining.html", context)


def _ask(request: WorkRequest, form: JoinForm) -> bool:
    ours, slug = request.organisation, form.cleaned_data["other"].strip().lower()
    found = Organisation.objects.served(demo=settings.DEMO).filter(slug=slug).first()
    if found is None:
        form.add_error("other", _("We know no organisation with this short name."))
        return False
    is_member = form.cleaned_data["we_are"] == "member"
    member, over = (ours, found) if is_member else (found, ours)
    try:
        ask_to_join(member, over, asked_by=ours, by=request.user.pk, at=clock.now())
    except CannotJoin:
        form.add_error("other", _("This was asked already, or it is yourself."))
        return False
    return True


def _described(request: WorkRequest) -> list[tuple[Joining, str]]:
    """Return the ties of this organisation, each in a sentence."""
    ours = request.organisation
    described = []
    for row in Joining.objects.of(ours):
        if row.accepted_on is None:
            words = _("%(umbrella)s as umbrella of %(member)s: not agreed yet")
        else:
            words = _("%(umbrella)s is the umbrella of %(member)s")
        names = {"umbrella": row.umbrella.name, "member": row.member.name}
        described.append((row, words % names))
    return described
