"""The Werkplek: make a promise public, two people a promise."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.commitments.actions import showing
from achterban.advocate.commitments.models import Commitment, Showing
from achterban.advocate.commitments.queries.public import as_shown
from achterban.advocate.commitments.views.work import get_commitment
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.web.middleware import is_choice


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def publicity(request: WorkRequest, pk: int) -> HttpResponse:
    """What everybody reads of a promise, or would read; ask, release, take off."""
    row = get_commitment(request, pk)
    on = clock.today()
    showings = Showing.objects.visible_to(request.user, request.organisation)
    mine = showings.filter(commitment=row).select_related("asked_by", "commitment")
    waiting, out = mine.waiting().first(), mine.out().first()
    may_show = "publications.send" in request.may
    if request.method == "POST" and not is_choice(request):
        _act(request, row, waiting, may_show=may_show)
        return redirect("commitments:publicity", row.pk)
    now = Showing(commitment=row, words=showing.public_words(row, on=on))
    context = {
        "row": row,
        "waiting": waiting,
        "out": out,
        "is_same": out is not None and showing.is_as(row, out, on=on),
        "is_asked": waiting is not None and showing.is_as(row, waiting, on=on),
        "may_show": may_show and waiting and waiting.asked_by_id != request.user.pk,
        "it": as_shown(now, on=on),
    }
    return TemplateResponse(request, "commitments/publicity.html", context)


def _act(
    request: WorkRequest, row: Commitment, waiting: Showing | None, *, may_show: bool
) -> None:
    by, at = request.user, clock.now()
    match request.POST.get("act"):
        case "ask":
            showing.ask_to_show(row, by=by, at=at)
            messages.success(request, _("A colleague looks now."))
        case "hide":
            showing.hide(row, by=by, at=at)
            messages.success(request, _("Nobody outside reads it any more."))
        case "show" if waiting and may_show:
            if request.POST.get("seen") != str(waiting.pk):  # asked anew meanwhile
                messages.error(request, _("Somebody was first. Look what it says now."))
                return
            try:
                showing.show(waiting, by=by, at=at)
            except showing.Changed:
                messages.error(request, _("It was changed meanwhile. Ask once more."))
            except (showing.Alone, showing.Gone):
                messages.error(request, _("Somebody was first. Look what it says now."))
            else:
                messages.success(request, _("Everybody can read it now."))
