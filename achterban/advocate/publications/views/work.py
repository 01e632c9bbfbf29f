"""The Werkplek: publications, what each says, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.publications.actions import sending, writing
from achterban.advocate.publications.checking import unproven
from achterban.advocate.publications.composing import Note, Paper
from achterban.advocate.publications.forms import FactsForm, NewForm
from achterban.advocate.publications.models import Kind, Publication
from achterban.advocate.publications.queries import (
    draft_of,
    last_versions,
    reports_in,
    signings_of,
)
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.actions.handling import record_reads
from achterban.listen.reports.models import Report

PAGE_SIZE = 25


def get_publication(
    request: WorkRequest, pk: int, *, is_open: bool | None = None
) -> Publication:
    """Return a publication of this organisation, or 404.

    Args:
        request: who asks.
        pk: which one.
        is_open: whether there must be a text to work on; None for either.
    """
    visible = Publication.objects.visible_to(request.user, request.organisation)
    if is_open is not None:
        visible = visible.filter(is_open=is_open)
    rows = visible.select_related("key", "organisation", "written_by", "asked_by")
    return get_object_or_404(rows, pk=pk)


def shown(request: WorkRequest, paper: Paper) -> dict[str, Any]:
    """Return what a page needs to show a paper, after writing in the log who reads."""
    return {"paper": paper, "opens": opened(request, paper.notes)}


def opened(request: WorkRequest, notes: Iterable[Note]) -> set[int]:
    """Write in the log who reads notes; return which reports whoever asks may open."""
    keys = reports_in(notes)
    record_looks(request, keys)
    visible = Report.objects.visible_to(request.user, request.organisation)
    return set(visible.filter(pk__in=keys).values_list("pk", flat=True))


def record_looks(request: WorkRequest, keys: Iterable[int]) -> None:
    """Write in the log whose words whoever asks is about to read."""
    reports = [Report(pk=key) for key in keys]
    if reports:
        record_reads(
            reports, by=request.user, organisation=request.organisation, at=clock.now()
        )


def listed(request: WorkRequest, publications: QuerySet[Publication]) -> dict[str, Any]:
    """Return what a page needs to list publications, each with how far it is."""
    page = Paginator(publications, PAGE_SIZE).get_page(request.GET.get("page"))
    newest = last_versions(page)
    return {"page": page, "rows": [(row, newest.get(row.pk)) for row in page]}


@work_page("publications.read")
@require_GET
def publication_list(request: WorkRequest) -> HttpResponse:
    """All publications, the last written first."""
    rows = Publication.objects.visible_to(request.user, request.organisation)
    context = {
        **listed(request, rows),
        "may_write": "publications.write" in request.may,
    }
    return TemplateResponse(request, "publications/list.html", context)


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def new_publication(request: WorkRequest) -> HttpResponse:
    """Say what it becomes and what it is about."""
    is_sent = _is_sent(request)
    form = NewForm(
        request.POST if is_sent else None,
        initial=_typed(request) or {"kind": "letter"} | _begun_at(request),
    ).for_whom(request.user, request.organisation)
    if is_sent and form.is_valid():
        asked = form.cleaned_data
        made = writing.begin_publication(
            request.organisation,
            Kind(asked["kind"]),
            asked["title"],
            asked["issues"],
            dossier=asked["dossier"],
            by=request.user,
            at=clock.now(),
        )
        return redirect("publications:write", made.pk)
    context = {"form": form, "main_form": "new"}
    return TemplateResponse(request, "publications/new.html", context)


@work_page("publications.read")
@require_GET
def publication(request: WorkRequest, pk: int) -> HttpResponse:
    """What it says, and what proves each sentence."""
    row = get_publication(request, pk)
    newest = row.versions.first()
    if newest is not None and not row.is_open:
        return redirect("publications:version", newest.pk)
    paper = draft_of(row, on=clock.today())
    problems = sending.in_the_way(row, paper)
    context = {
        "publication": row,
        "signings": signings_of(row, paper),
        "is_asked": not problems and sending.is_asked(row, paper),
        "versions": list(row.versions.all()),
        "may_write": "publications.write" in request.may,
        "may_send": "publications.send" in request.may and not row.is_by(request.user),
        "problems": problems,
        "unproven": unproven(paper),
        **shown(request, paper),
    }
    return TemplateResponse(request, "publications/publication.html", context)


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def change_facts(request: WorkRequest, pk: int) -> HttpResponse:
    """Title, whom it is for, how it begins and ends, and its issues."""
    row = get_publication(request, pk, is_open=True)
    is_sent = _is_sent(request)
    form = FactsForm(
        request.POST if is_sent else None, initial=_typed(request) or _facts(row)
    ).of_kind(row.kind, is_correction=row.number is not None)
    form.for_whom(request.user, request.organisation)
    if is_sent and form.is_valid() and _is_kept(request, row, form):
        messages.success(request, _("Kept."))
        return redirect("publications:publication", row.pk)
    context = {"form": form, "publication": row, "main_form": "facts"}
    return TemplateResponse(request, "publications/facts.html", context)


def _is_kept(request: WorkRequest, row: Publication, form: FactsForm) -> bool:
    asked = dict(form.cleaned_data)
    title, about = asked.pop("title"), asked.pop("issues")
    dossier = asked.pop("dossier")
    asked.pop("find", None)
    try:
        writing.keep_facts(
            row.pk,
            title,
            asked,
            about,
            dossier=dossier,
            by=request.user,
            at=clock.now(),
        )
    except writing.NotOpen:
        form.add_error(None, _("It was sent meanwhile. Copy what you wrote."))
    return not form.errors


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def drop(request: WorkRequest, pk: int) -> HttpResponse:
    """Throw away what was never sent, after asking."""
    row = get_publication(request, pk, is_open=True)
    if request.method == "POST" and not is_choice(request):
        try:
            return _drop(request, row)
        except (writing.NotOpen, writing.WasSent):
            messages.error(request, _("Somebody sent it meanwhile."))
            return redirect("publications:publication", row.pk)
    return TemplateResponse(request, "publications/drop.html", {"publication": row})


def _drop(request: WorkRequest, row: Publication) -> HttpResponse:
    if row.number is not None:
        sending.drop_correction(row.pk, by=request.user, at=clock.now())
        messages.success(request, _("The correction is gone."))
        return redirect("publications:publication", row.pk)
    writing.drop_publication(row.pk, by=request.user, at=clock.now())
    messages.success(request, _("The text is gone."))
    return redirect("publications:list")


def _is_sent(request: WorkRequest) -> bool:
    """Return whether it was sent to be kept, and not to choose a display or find."""
    is_asked = request.POST.get("act") == "find"
    return request.method == "POST" and not is_choice(request) and not is_asked


def _facts(row: Publication) -> dict[str, Any]:
    words = asdict(row.open_words())
    about = {"issues": list(row.issues.all()), "dossier": row.dossier_id}
    return words | {"title": row.title} | about


def _begun_at(request: WorkRequest) -> dict[str, Any]:
    """Return the dossier that it was begun at, with its issues."""
    visible = Dossier.objects.workable_by(request.user, request.organisation)
    keys = keys_among([request.GET.get("dossier", "")])
    row = visible.filter(pk__in=keys).first()
    return {"dossier": row.pk, "issues": list(row.issues.all())} if row else {}


def _typed(request: WorkRequest) -> dict[str, Any]:
    """Return what was typed before a log-in, or before a choice of display."""
    kept = unsent(request)
    if kept is None:
        kept = request.POST.dict() if request.method == "POST" else {}
    if not kept:
        return {}
    chosen = keys_among(request.POST.getlist("issues"))
    return {**kept, "issues": chosen or keys_among([kept.get("issues", "")])}
