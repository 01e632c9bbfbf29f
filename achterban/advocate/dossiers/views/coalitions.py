"""The Werkplek: at one goal with other organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from achterban.advocate.dossiers.actions import coalitions as actions
from achterban.advocate.dossiers.forms.coalitions import AskForm, JoinForm
from achterban.advocate.dossiers.models import (
    Dossier,
    Kind,
    Meeting,
    Partner,
    Task,
)
from achterban.advocate.dossiers.queries.sharing import may_share, others_of, shared_by
from achterban.advocate.dossiers.views.work import workable
from achterban.advocate.issues.models import Issue
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.organisations.models import Organisation
from achterban.core.web.middleware import is_choice

LABELS = {
    Kind.ISSUE: gettext_lazy("Issues"),
    Kind.MEETING: gettext_lazy("Meetings"),
    Kind.TASK: gettext_lazy("Tasks"),
}


Thing = Issue | Meeting | Task


@dataclass(frozen=True)
class Choice:
    """Things of one kind that may be shared, and which are."""

    kind: str
    label: str | Promise
    rows: list[tuple[Thing, bool]]


@work_page("dossiers.read_all")
@require_http_methods(["GET", "POST"])
def together(request: WorkRequest, pk: int) -> HttpResponse:
    """Who is in it, what they share and what we share; or begin one."""
    row = workable(request, pk)
    partner = _own(request, row)
    form = AskForm(initial=unsent(request) or request.POST.dict())
    if request.method == "POST" and not is_choice(request):
        if "coalitions.change" not in request.may:
            raise Http404
        form = AskForm(request.POST if "other" in request.POST else None)
        try:
            is_done = _is_done(request, row, partner, form)
        except actions.Changed:
            is_done = _say_changed(request)
        if is_done:
            return redirect("dossiers:together", row.pk)
    others = others_of(partner) if partner else []
    context = {
        "dossier": row,
        "partner": partner,
        "others": others,
        "shared": shared_by(each for each in others if each.is_standing),
        "choices": _choices(request, partner) if partner else [],
        "form": form,
        "left": _left(request, row),
        "may_change": "coalitions.change" in request.may,
        "main_form": "ask",
    }
    return TemplateResponse(request, "dossiers/together.html", context)


def _is_done(
    request: WorkRequest, row: Dossier, partner: Partner | None, form: AskForm
) -> bool:
    """Do what was asked; return whether the page may be shown anew."""
    who, at = request.user, clock.now()
    if partner is None:
        if "begin" in request.POST:
            actions.begin(row, by=who, at=at)
            messages.success(request, _("It has begun. Ask others to join."))
        return True
    if "share" in request.POST:
        for kind in Kind:
            keys = keys_among(request.POST.getlist(kind.value))
            actions.share(partner, kind, keys, by=who, at=at)
        messages.success(request, _("Kept."))
        return True
    return form.is_bound and form.is_valid() and _is_asked(request, partner, form)


def _is_asked(request: WorkRequest, partner: Partner, form: AskForm) -> bool:
    slug = form.cleaned_data["other"].strip().lower()
    served = Organisation.objects.served(demo=partner.organisation.is_example)
    other = served.filter(slug=slug).exclude(pk=partner.organisation_id).first()
    if other is None:
        form.add_error("other", _("We know no other organisation of this name."))
        return False
    try:
        actions.ask(partner, other, by=request.user, at=clock.now())
    except actions.CannotAsk:
        form.add_error("other", _("It is in it already, or was asked before."))
        return False
    messages.success(
        request, _("Asked. A coordinator of %(other)s can say yes.") % {"other": other}
    )
    return True


@work_page("coalitions.change")
@require_http_methods(["GET", "POST"])
def asked(request: WorkRequest, pk: int) -> HttpResponse:
    """Another organisation asks: join with a dossier, or say no."""
    visible = Partner.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(
        visible.asked().select_related("coalition", "asked_by"), pk=pk
    )
    taken = visible.standing().filter(dossier__isnull=False)
    ours = Dossier.objects.workable_by(request.user, request.organisation)
    free = ours.exclude(pk__in=taken.values("dossier"))
    is_sent = request.method == "POST" and not is_choice(request)
    form = JoinForm(request.POST if is_sent else None, dossiers=free)
    if is_sent and "refuse" in request.POST:
        actions.leave(row, by=request.user, at=clock.now())
        messages.success(request, _("You said no. They see that."))
        return redirect("dossiers:dossier-list")
    if is_sent and form.is_valid():
        chosen = form.cleaned_data["dossier"]
        try:
            kept = actions.join(row, chosen, by=request.user, at=clock.now())
        except actions.Changed:
            _say_changed(request)
            return redirect("dossiers:dossier-list")
        messages.success(request, _("You are in it now. They see what you share."))
        return redirect("dossiers:together", kept.dossier_id)
    context = {"partner": row, "form": form, "main_form": "join"}
    return TemplateResponse(request, "dossiers/asked.html", context)


@work_page("coalitions.change")
@require_http_methods(["GET", "POST"])
def leave(request: WorkRequest, pk: int) -> HttpResponse:
    """Ask first, then leave: one's own dossier stays whole."""
    row = workable(request, pk)
    partner = _own(request, row)
    if partner is None:
        raise Http404
    if request.method == "POST" and not is_choice(request):
        actions.leave(partner, by=request.user, at=clock.now())
        messages.success(request, _("You left. All that is yours is still here."))
        return redirect("dossiers:dossier", row.pk)
    context = {"dossier": row, "partner": partner}
    return TemplateResponse(request, "dossiers/leave.html", context)


def _say_changed(request: WorkRequest) -> bool:
    messages.error(request, _("Somebody was first. Look how it is now."))
    return True


def _own(request: WorkRequest, row: Dossier) -> Partner | None:
    visible = Partner.objects.visible_to(request.user, request.organisation)
    standing = visible.standing().filter(dossier=row)
    return standing.select_related("coalition", "organisation").first()


def _left(request: WorkRequest, row: Dossier) -> Partner | None:
    """Return the coalition that this dossier was in before, the last one."""
    visible = Partner.objects.visible_to(request.user, request.organisation)
    before = visible.filter(dossier=row, left_on__isnull=False)
    return before.select_related("coalition").order_by("-left_on").first()


def _choices(request: WorkRequest, partner: Partner) -> list[Choice]:
    who, ours = request.user, request.organisation
    keys = {kind: may_share(partner, kind) for kind in Kind}
    issues = Issue.objects.visible_to(who, ours)
    meetings = Meeting.objects.visible_to(who, ours)
    tasks = Task.objects.visible_to(who, ours)
    visible: dict[Kind, Iterable[Thing]] = {
        Kind.ISSUE: issues.filter(pk__in=keys[Kind.ISSUE]),
        Kind.MEETING: meetings.filter(pk__in=keys[Kind.MEETING]),
        Kind.TASK: tasks.filter(pk__in=keys[Kind.TASK]),
    }
    shared = set(partner.shared.values_list("kind", "thing"))
    found = []
    for kind, things in visible.items():
        rows = [(each, (kind.value, each.pk) in shared) for each in things]
        if rows:
            found.append(Choice(kind.value, LABELS[kind], rows))
    return found
