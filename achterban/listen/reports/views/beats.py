"""The Werkplek: who takes which reports, and who stands in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.accounts.models import Account
from achterban.core.places.models import Municipality
from achterban.core.vocabulary.models import TermKind, terms_of
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.actions.triaging import keep_beat
from achterban.listen.reports.forms_triage import BeatForm
from achterban.listen.reports.models import Beat
from achterban.listen.reports.queries import readers_of


@work_page("reports.route")
@require_GET
def beat_list(request: WorkRequest) -> HttpResponse:
    """Who takes what."""
    ours = request.organisation
    beats = {beat.account_id: beat for beat in Beat.objects.of(ours)}
    codes = {code for beat in beats.values() for code in beat.municipalities}
    places = dict(
        Municipality.objects.filter(code__in=codes).values_list("code", "name")
    )
    themes = {t.code: str(t) for t in terms_of(ours) if t.kind == TermKind.THEME}
    rows = []
    for account in readers_of(ours):
        beat = beats.get(account.pk)
        rows.append(
            {
                "account": account,
                "beat": beat,
                "places": [places[c] for c in beat.municipalities if c in places]
                if beat
                else [],
                "themes": [themes[c] for c in beat.themes if c in themes]
                if beat
                else [],
                "is_away": beat is not None and beat.is_away(clock.today()),
            }
        )
    return TemplateResponse(request, "reports/beat_list.html", {"rows": rows})


@work_page("reports.route")
@require_http_methods(["GET", "POST"])
def beat(request: WorkRequest, pk: int) -> HttpResponse:
    """What one colleague takes."""
    account = get_object_or_404(readers_of(request.organisation), pk=pk)
    return _edit(request, account, "reports:beat-list")


@work_page("reports.read")
@require_http_methods(["GET", "POST"])
def own_beat(request: WorkRequest) -> HttpResponse:
    """What I take, and who stands in while I am away."""
    return _edit(request, request.user, "work")


def _edit(request: WorkRequest, account: Account, back: str) -> HttpResponse:
    ours = request.organisation
    row = Beat.objects.of(ours).filter(account=account).first()
    row = row or Beat(account=account, organisation=ours)
    form = BeatForm(request.POST or None, instance=row, initial=unsent(request) or {})
    if request.method == "POST" and is_choice(request):
        typed = {**request.POST.dict(), "themes": request.POST.getlist("themes")}
        form = BeatForm(instance=row, initial=typed)
    elif request.method == "POST" and form.is_valid():
        row.municipalities = form.cleaned_data["places"]
        row.themes = form.cleaned_data["themes"]
        keep_beat(row, by=request.user, at=clock.now())
        messages.success(request, _("Kept. New reports follow it from now on."))
        return redirect(back)
    context = {
        "form": form,
        "account": account,
        "is_own": account == request.user,
        "back": back,
        "main_form": "beat",
    }
    return TemplateResponse(request, "reports/beat.html", context)
