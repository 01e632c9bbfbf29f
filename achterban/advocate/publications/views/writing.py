"""The Werkplek: write the text of a publication, and point at what proves it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from achterban.advocate.issues.models import Citation, Claim
from achterban.advocate.publications.actions import writing
from achterban.advocate.publications.actions.writing import PutIn
from achterban.advocate.publications.checking import unproven
from achterban.advocate.publications.forms import TextForm
from achterban.advocate.publications.models import Publication
from achterban.advocate.publications.queries import claims_for, draft_of, offered_to
from achterban.advocate.publications.views.work import (
    PAGE_SIZE,
    get_publication,
    record_looks,
)
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice

CONFLICT = 409


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def write(request: WorkRequest, pk: int) -> HttpResponse:
    """Write, with the claims beside the text."""
    row = get_publication(request, pk, is_open=True)
    kept = unsent(request)
    if request.method != "POST":
        stands = {"text": row.open_words().text, "seen": str(row.revision)}
        return _page(request, row, TextForm(initial=kept or stands))
    if is_choice(request):
        return _page(request, row, TextForm(initial=request.POST.dict()))
    form = TextForm(request.POST)
    if not form.is_valid() or not _is_kept(request, row, form):
        return _page(request, row, form)
    if request.POST.get("act") == "read":
        return redirect("publications:publication", row.pk)
    address = reverse("publications:write", args=[row.pk])
    if page := request.POST.get("page"):
        return redirect(f"{address}?{urlencode({'page': page})}#claims")
    if request.POST.get("put"):
        return redirect(f"{address}?{request.GET.urlencode()}#id_text")
    messages.success(request, _("Kept."))
    return redirect("publications:write", row.pk)


@work_page("publications.write")
@require_POST
def keep(request: WorkRequest, pk: int) -> HttpResponse:
    """Keep what stands there at a pause in typing."""
    row = get_publication(request, pk, is_open=True)
    form = TextForm(request.POST)
    if form.is_valid() and _is_kept(request, row, form):
        return JsonResponse({"kept": True})
    why = next(iter(form.errors.get("text", [])), "")
    return JsonResponse({"kept": False, "why": why}, status=CONFLICT)


def _is_kept(request: WorkRequest, row: Publication, form: TextForm) -> bool:
    asked = form.cleaned_data
    put = _put_in(request, row, asked["place"])
    try:
        writing.keep_text(
            row.pk,
            asked["text"],
            seen=asked["seen"],
            put=put,
            by=request.user,
            at=clock.now(),
        )
    except writing.Meanwhile:
        # Sent once more it is stored: whoever writes has seen the other text by then.
        row.refresh_from_db()
        form.data = {**request.POST.dict(), "seen": str(row.revision)}
        form.add_error("text", _("A colleague wrote in it meanwhile. See below."))
    except writing.NotOpen:
        form.add_error("text", _("It was sent meanwhile. Copy what you wrote."))
    return not form.errors


def _put_in(request: WorkRequest, row: Publication, place: int | None) -> PutIn | None:
    """Return which claim, or which of its passages, must come into the text."""
    kind, _sign, key = request.POST.get("put", "").partition(":")
    claims = Claim.objects.visible_to(request.user, request.organisation).filter(
        issue__in=row.issues.all()
    )
    if kind == "claim":
        claim = claims.filter(pk__in=keys_among([key])).first()
        return PutIn(claim, place=place) if claim else None
    if kind == "quote":
        passages = Citation.objects.of(claims).exclude(report=None)
        passage = passages.filter(pk__in=keys_among([key])).first()
        return PutIn(passage.claim, passage, place) if passage else None
    return None


def _page(request: WorkRequest, row: Publication, form: TextForm) -> HttpResponse:
    on = clock.today()
    page = Paginator(claims_for(row), PAGE_SIZE).get_page(request.GET.get("page"))
    offered = offered_to(row, list(page), on=on)
    passages = [proof for claim in offered for proof, _n in claim.proofs]
    keys = [it.citation.report_id for it in passages if it.quoted.words]
    record_looks(request, {key for key in keys if key is not None})
    paper = draft_of(row, on=on)
    context = {
        "publication": row,
        "form": form,
        "main_form": "tell",
        "page": page,
        "offered": offered,
        "stray": paper.stray,
        "n_unproven": len(unproven(paper)),
        "theirs": row.open_words().text if form.errors else "",
    }
    return TemplateResponse(request, "publications/write.html", context)
