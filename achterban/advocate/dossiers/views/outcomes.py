"""The Werkplek: what a dossier brought, and telling it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from achterban.advocate.dossiers.actions import outcomes as actions
from achterban.advocate.dossiers.forms.outcomes import OutcomeForm
from achterban.advocate.dossiers.models import Outcome
from achterban.advocate.dossiers.queries.outcomes import (
    change_within_a_year,
    hearers,
    n_who_wait,
)
from achterban.advocate.dossiers.views.work import PAGE_SIZE, readable, workable
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.actions import updating
from achterban.rules.delay import Came


@work_page("dossiers.read")
@require_GET
def outcome_list(request: WorkRequest, pk: int) -> HttpResponse:
    """What a dossier brought, and how many have not yet heard."""
    dossier = readable(request, pk)
    outcomes = dossier.outcomes.select_related("written_by")
    page = Paginator(outcomes, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page)
    heard = hearers(rows, request.user, request.organisation)
    workable_by = Outcome.objects.workable_by(request.user, request.organisation)
    mine = set(workable_by.filter(dossier=dossier).values_list("pk", flat=True))
    context = {
        "dossier": dossier,
        "page": page,
        "rows": [
            {"row": row, "heard": heard[row.pk], "may_write": row.pk in mine}
            for row in rows
        ],
        "may_write": "dossiers.write" in request.may,
        "may_tell": "updates.send" in request.may,
    }
    return TemplateResponse(request, "dossiers/outcome_list.html", context)


@work_page("dossiers.read")
@require_GET
def all_outcomes(request: WorkRequest) -> HttpResponse:
    """What all our work brought, of how many issues something comes, who waits."""
    visible = Outcome.objects.visible_to(request.user, request.organisation)
    page = Paginator(visible.select_related("dossier__place"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    every = list(visible.only("dossier_id"))
    heard = hearers(every, request.user, request.organisation)
    came = change_within_a_year(request.user, request.organisation, on=clock.today())
    context = {
        "page": page,
        "rows": [{"row": row, "heard": heard[row.pk]} for row in page],
        "n_not_yet": n_who_wait(heard.values()),
        "came": came,
        "of_hundred": None if came.share is None else _of_hundred(came),
    }
    return TemplateResponse(request, "dossiers/all_outcomes.html", context)


def _of_hundred(came: Came) -> dict[str, int]:
    shares = {"n": came.share or 0, "low": came.low, "high": came.high}
    return {name: round(100 * share) for name, share in shares.items()}


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new_outcome(request: WorkRequest, pk: int) -> HttpResponse:
    """Write down what it brought."""
    return _edit(request, Outcome(dossier=workable(request, pk), on=clock.today()))


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def change_outcome(request: WorkRequest, pk: int) -> HttpResponse:
    """Write it down better."""
    return _edit(request, _outcome(request, pk))


@work_page("updates.send")
@require_POST
def tell(request: WorkRequest, pk: int) -> HttpResponse:
    """Begin the news for all who told of it and did not hear yet."""
    row = _outcome(request, pk)
    heard = hearers([row], request.user, request.organisation)[row.pk]
    draft = row.news.filter(update__sent_on=None).first()
    if draft is not None:
        return redirect("reports:update", draft.update_id)
    try:
        update = actions.begin_telling(row, heard.left, by=request.user, at=clock.now())
    except updating.NobodyChosen:
        messages.error(request, _("Nobody told of it who has not heard yet."))
    except updating.TooMany:
        messages.error(request, _("At most 10,000 at once. Choose a smaller list."))
    else:
        messages.success(request, _("Read it, and change what you like."))
        return redirect("reports:update", update.pk)
    return redirect("dossiers:outcome-list", row.dossier_id)


def _outcome(request: WorkRequest, pk: int) -> Outcome:
    rows = Outcome.objects.workable_by(request.user, request.organisation)
    related = ("dossier__organisation", "dossier__place")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _edit(request: WorkRequest, row: Outcome) -> HttpResponse:
    is_sent = request.method == "POST" and not is_choice(request)
    stood = {"share": row.share, **request.POST.dict(), **(unsent(request) or {})}
    form = OutcomeForm(request.POST if is_sent else None, instance=row, initial=stood)
    if is_sent and form.is_valid():
        actions.keep_outcome(form.filled(), by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("dossiers:outcome-list", row.dossier_id)
    context = {"dossier": row.dossier, "form": form, "main_form": "outcome"}
    return TemplateResponse(request, "dossiers/outcome.html", context)
