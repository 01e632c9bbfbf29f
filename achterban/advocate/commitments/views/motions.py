"""The Werkplek: write motions down, with what has to be done to carry them out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from achterban.advocate.commitments.actions import moving
from achterban.advocate.commitments.forms_following import MotionsForm
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.dossiers.queries.choosing import choose_party
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.files.spool import is_too_large, takes_files_of
from achterban.core.web.middleware import is_choice
from achterban.rules.motions import Motion, NotMotions, motions_in, read_motion

MOST_BYTES = 20 << 20  # of a list, packed
MOST_SHOWN = 25


@takes_files_of(MOST_BYTES)
@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def motions(request: WorkRequest, pk: int) -> HttpResponse:
    """Look in a text or a list for motions, and take those that are ticked."""
    workable = Dossier.objects.workable_by(request.user, request.organisation)
    dossier = get_object_or_404(workable.select_related("place", "organisation"), pk=pk)
    chosen = choose_party(request)
    if chosen.party is None:
        context = {"dossier": dossier, "chosen": chosen, "main_form": "choose"}
        return TemplateResponse(request, "commitments/choose.html", context)
    is_sent = request.method == "POST" and not is_choice(request)
    if is_sent and "take" in request.POST:
        n = moving.take_motions(
            dossier,
            chosen.party,
            [it for it in map(moving.from_line, request.POST.getlist("take")) if it],
            by=request.user,
            at=clock.now(),
        )
        said = ngettext("%(n)d motion was written down.", "%(n)d motions were.", n)
        messages.success(request, said % {"n": n})
        return redirect("commitments:with-dossier", dossier.pk)
    form = MotionsForm(
        request.POST if is_sent else None,
        initial=unsent(request) or request.POST.dict(),
    )
    found = _found(request, form) if is_sent and form.is_valid() else None
    context = {
        "dossier": dossier,
        "party": chosen.party,
        "form": form,
        "main_form": "motions",
        "found": found and [(it, moving.as_line(it)) for it in found[:MOST_SHOWN]],
        "has_more": found is not None and len(found) > MOST_SHOWN,
        "is_empty": found == [],
    }
    return TemplateResponse(request, "commitments/motions.html", context)


def _found(request: WorkRequest, form: MotionsForm) -> list[Motion] | None:
    """Return what was found; None where the form says what is missing."""
    given, upload = form.cleaned_data, request.FILES.get("file")
    if is_too_large(request):
        form.add_error(None, _("This file is too large. Take a part of it."))
    elif given["text"]:
        one = read_motion(given["text"])
        return [one] if one else []
    elif upload is None:
        form.add_error("text", _("Paste a motion, or choose a file with motions."))
    elif not given["words"]:
        form.add_error("words", _("Say which words: there may be thousands in it."))
    else:
        return _first(form, motions_in(upload.read(), given["words"]))
    return None


def _first(form: MotionsForm, rows: Iterable[Motion]) -> list[Motion] | None:
    try:
        return list(islice(rows, MOST_SHOWN + 1))
    except NotMotions:
        form.add_error(
            None, _("This is no list of motions. Paste the text of one instead.")
        )
    return None
