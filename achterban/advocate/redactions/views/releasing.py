"""The Werkplek: a second person makes it public, and it is taken back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.redactions.actions import deciding, releasing
from achterban.advocate.redactions.models import Redaction
from achterban.advocate.redactions.queries import as_pages
from achterban.advocate.redactions.views.work import get_redaction, opened
from achterban.advocate.redactions.words import CORNERS, TOO_MUCH_IN_IT
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.web.middleware import is_choice


@work_page("publications.send")
@require_http_methods(["GET", "POST"])
def release(request: WorkRequest, pk: int) -> HttpResponse:
    """Look through what everybody will read, and make it public."""
    row = get_redaction(request, pk)
    if row.is_public:
        return redirect("redactions:redaction", row.pk)
    refusal = None
    if request.method == "POST" and not is_choice(request):
        try:
            return _release(request, row)
        except releasing.NotSafe as found:
            refusal = found
        except REFUSALS as why:
            messages.error(request, why_not(why))
            return redirect("redactions:release", row.pk)
    opened(request, row)
    page = Paginator(as_pages(row.public_text()), 1).get_page(request.GET.get("page"))
    decisions = row.open_decisions()
    context = {
        "row": row,
        "page": page,
        "pieces": page[0],
        "is_last": not page.has_next(),
        "goes": [it for it in decisions if it.ground],
        "stays": [it for it in decisions if not it.ground],
        "is_second": row.asked_by_id != request.user.pk,
        "found": _found(refusal),
        "too_much": [TOO_MUCH_IN_IT[it] for it in refusal.surplus] if refusal else [],
        "cannot_show": refusal is not None and refusal.cannot_show,
    }
    return TemplateResponse(request, "redactions/release.html", context)


def _release(request: WorkRequest, row: Redaction) -> HttpResponse:
    seen = request.POST.get("seen", "")
    releasing.release(
        row,
        seen=int(seen) if seen.isascii() and seen.isdecimal() else -1,
        by=request.user,
        at=clock.now(),
    )
    messages.success(
        request, _("It is public. We searched the files and found nothing.")
    )
    return redirect("redactions:redaction", row.pk)


def _found(refusal: releasing.NotSafe | None) -> list[tuple[str, str, str]]:
    """Return what was found, where, and among what."""
    found = refusal.traces if refusal else []
    return [(it.words, str(CORNERS[it.where]), it.around) for it in found]


REFUSALS = (
    deciding.Changed,
    deciding.IsPublic,
    releasing.NotAsked,
    releasing.SamePerson,
)


def why_not(refusal: Exception) -> str:
    """Return on the screen why it is not public."""
    match refusal:
        case releasing.SamePerson():
            return _("You asked. Let somebody else make it public.")
        case releasing.NotAsked():
            return _("Nobody asked to make it public yet, or it was changed since.")
        case deciding.IsPublic():
            return _("Somebody made it public meanwhile.")
        case _:
            return _("It was changed meanwhile. Look once more.")


@work_page("publications.send")
@require_http_methods(["GET", "POST"])
def withdraw(request: WorkRequest, pk: int) -> HttpResponse:
    """Take back what is public, after asking."""
    row = get_redaction(request, pk)
    if request.method == "POST" and not is_choice(request):
        releasing.withdraw(row, by=request.user, at=clock.now())
        messages.success(request, _("It is not public any more."))
        return redirect("redactions:redaction", row.pk)
    return TemplateResponse(request, "redactions/withdraw.html", {"row": row})
