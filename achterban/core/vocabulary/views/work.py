"""The Werkplek: what we sort by."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.vocabulary.actions import (
    FIXED,
    EnoughTerms,
    NameTaken,
    keep_term,
)
from achterban.core.vocabulary.forms import TermForm
from achterban.core.vocabulary.models import OwnTerm, TermKind, terms_of
from achterban.core.web.middleware import is_choice

CHANGED = [kind for kind in TermKind if kind not in FIXED]


@work_page("organisations.change")
@require_GET
def term_list(request: WorkRequest) -> HttpResponse:
    """What we sort by, kind by kind."""
    terms = terms_of(request.organisation)
    kinds = [(kind, [term for term in terms if term.kind == kind]) for kind in CHANGED]
    return TemplateResponse(request, "vocabulary/term_list.html", {"kinds": kinds})


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def new_term(request: WorkRequest, kind: str) -> HttpResponse:
    """Make a term of our own."""
    if kind not in CHANGED:
        raise Http404
    return _edit(request, OwnTerm(organisation=request.organisation, kind=kind))


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def change_term(request: WorkRequest, kind: str, code: str) -> HttpResponse:
    """Change a term; a common one becomes our own version of it."""
    ours = request.organisation
    known = {(term.kind, term.code): term for term in terms_of(ours)}
    term = known.get((TermKind(kind), code)) if kind in CHANGED else None
    if term is None:
        raise Http404
    row = OwnTerm.objects.of(ours).filter(kind=kind, code=code).first()
    return _edit(
        request,
        row
        or OwnTerm(
            organisation=ours,
            kind=kind,
            code=code,
            name=term.name,
            name_en=term.name_en,
            words=list(term.words),
        ),
    )


def _edit(request: WorkRequest, row: OwnTerm) -> HttpResponse:
    form = TermForm(request.POST or None, instance=row, initial=unsent(request) or {})
    if request.method == "POST" and is_choice(request):
        form = TermForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        row.words = form.cleaned_data["lines"]
        try:
            keep_term(row, by=request.user, at=clock.now())
        except NameTaken:
            form.add_error("name", _("There is one with this name. Change that one."))
        except EnoughTerms:
            form.add_error(None, _("You have a hundred of your own. Change one."))
        else:
            messages.success(request, _("Kept. From now on we sort by it."))
            return redirect("term-list")
    context = {"form": form, "term": row, "main_form": "term"}
    return TemplateResponse(request, "vocabulary/term.html", context)
