"""The Werkplek: read public bodies in, after a look, and undo it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from achterban.advocate.stakeholders.actions import importing
from achterban.advocate.stakeholders.models import PartyImport, PartyImportState
from achterban.advocate.stakeholders.views.parties import PAGE_SIZE
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.files.spool import SealedUpload, is_too_large
from achterban.core.web.middleware import is_choice
from achterban.rules.public_bodies import BodyFault, NotAList

FAULTS: dict[BodyFault, Promise] = {
    BodyFault.OTHER: gettext_lazy("This is no public body, but something else."),
    BodyFault.NO_NAME: gettext_lazy("There is no name."),
    BodyFault.LONG_NAME: gettext_lazy("The name is longer than 160 letters."),
    BodyFault.NO_IDENTIFIER: gettext_lazy("There is no number of the register (TOOI)."),
    BodyFault.TWICE: gettext_lazy("This number stood there before."),
}
SHOWN = 8  # names in the preview
MOST_FAULTS = 100  # on the page


def fault_words(fault: BodyFault) -> str:
    """Return why a row does not come along."""
    return str(FAULTS[fault])


def refusal_words(refusal: NotAList) -> str:
    """Return why a file cannot be read, and what to do."""
    if refusal.line:
        said = _("This file breaks off at line %(line)d. Fetch it anew.")
        return said % {"line": refusal.line}
    return _("This is no list of public bodies. Choose the JSON file of GPP.")


@work_page("stakeholders.import", fresh=True)
@require_http_methods(["GET", "POST"])
def import_list(request: WorkRequest) -> HttpResponse:
    """Choose a file, and see those of before."""
    refusal = ""
    if request.method == "POST" and not is_choice(request):
        imported, refusal = _take(request)
        if imported:
            return redirect("stakeholders:import", imported.pk)
    rows = PartyImport.objects.visible_to(request.user, request.organisation)
    page = Paginator(rows.select_related("by").defer("bodies"), PAGE_SIZE)
    context = {"page": page.get_page(request.GET.get("page")), "refusal": refusal}
    return TemplateResponse(request, "stakeholders/import_list.html", context)


def _take(request: WorkRequest) -> tuple[PartyImport | None, str]:
    upload = request.FILES.get("file")
    if is_too_large(request):
        return None, _("This file is too large for a list of public bodies.")
    if not isinstance(upload, SealedUpload):
        return None, _("Choose a file first.")
    try:
        taken = importing.take_bodies(
            request.organisation,
            upload.read(),
            by=request.user,
            at=clock.now(),
        )
    except NotAList as error:
        return None, refusal_words(error)
    return taken, ""


@work_page("stakeholders.import", fresh=True)
@require_http_methods(["GET", "POST"])
def import_page(request: WorkRequest, pk: int) -> HttpResponse:
    """See what a file would do, read it in, and undo that."""
    visible = PartyImport.objects.visible_to(request.user, request.organisation)
    subject = get_object_or_404(visible.select_related("by", "organisation"), pk=pk)
    if request.method == "POST" and not is_choice(request):
        return _act(request, subject)
    context: dict[str, Any] = {
        "import": subject,
        "faults": [
            (line, fault_words(BodyFault(fault)))
            for line, fault in subject.faults[:MOST_FAULTS]
        ],
        "n_more_faults": max(0, len(subject.faults) - MOST_FAULTS),
    }
    if subject.state == PartyImportState.LOOKED_AT:
        plan = importing.plan_of(subject)
        context |= {
            "plan": plan,
            "first": plan.new[:SHOWN],
            "renamed": plan.renamed[:SHOWN],
        }
    elif subject.state == PartyImportState.DONE:
        n_free = importing.untouched(subject).count()
        context |= {
            "n_free": n_free,
            "n_stay": subject.parties.count() - n_free,
            "may_read": "stakeholders.read" in request.may,
        }
    return TemplateResponse(request, "stakeholders/import.html", context)


def _act(request: WorkRequest, subject: PartyImport) -> HttpResponse:
    by, at = request.user, clock.now()
    try:
        match request.POST.get("act"):
            case "read":
                n = importing.read_in(subject, by=by, at=at).n_new
                said = ngettext("%(n)d party came in.", "%(n)d parties came in.", n)
                messages.success(request, said % {"n": n})
            case "undo":
                n = importing.undo(subject, by=by, at=at)
                said = ngettext(
                    "Undone. %(n)d party stays: something hangs on it.",
                    "Undone. %(n)d parties stay: something hangs on them.",
                    n,
                )
                messages.success(request, said % {"n": n} if n else _("Undone."))
            case "drop":
                importing.drop(subject, by=by, at=at)
                messages.success(request, _("Let go. Nothing was stored."))
                return redirect("stakeholders:import-list")
    except importing.NotNow:
        messages.error(request, _("Somebody was first. Look how it stands now."))
    return redirect("stakeholders:import", subject.pk)
