"""The Werkplek: public versions, how far each is, and what everybody will read."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.redactions.actions import deciding
from achterban.advocate.redactions.models import Redaction
from achterban.advocate.redactions.models import RedactionQuerySet as Rows
from achterban.advocate.redactions.queries import as_pages
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page

PAGE_SIZE = 25


def get_redaction(request: WorkRequest, pk: int) -> Redaction:
    """Return one of which this account may read and change the words, or 404."""
    rows = Redaction.objects.workable_by(request.user, request.organisation)
    related = ("key", "dossier__organisation", "asked_by", "released_by", "brought_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def opened(request: WorkRequest, row: Redaction) -> str:
    """Return the words as they came, after writing in the log who reads them."""
    deciding.record_reading(row, by=request.user, at=clock.now())
    return row.open_text()


@work_page("publications.read")
@require_GET
def redaction_list(request: WorkRequest) -> HttpResponse:
    """All of them, the last brought first."""
    rows = Redaction.objects.visible_to(request.user, request.organisation)
    return _listed(request, rows, "redactions/list.html")


@work_page("publications.read")
@require_GET
def with_dossier(request: WorkRequest, pk: int) -> HttpResponse:
    """Those of one dossier."""
    visible = Dossier.objects.visible_to(request.user, request.organisation)
    dossier = get_object_or_404(visible.select_related("place"), pk=pk)
    workable = Dossier.objects.workable_by(request.user, request.organisation)
    rows = Redaction.objects.visible_to(request.user, request.organisation)
    return _listed(
        request,
        rows.filter(dossier=dossier),
        "redactions/with_dossier.html",
        dossier=dossier,
        may_write="publications.write" in request.may
        and workable.filter(pk=pk).exists(),
    )


def _listed(
    request: WorkRequest, rows: Rows, template: str, **more: Any
) -> HttpResponse:
    workable = Redaction.objects.workable_by(request.user, request.organisation)
    page = Paginator(rows.select_related("dossier"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    keys = [row.pk for row in page]
    opens = set(workable.filter(pk__in=keys).values_list("pk", flat=True))
    return TemplateResponse(request, template, {"page": page, "opens": opens, **more})


@work_page("publications.write")
@require_GET
def redaction(request: WorkRequest, pk: int) -> HttpResponse:
    """How far it is, and what everybody will read."""
    row = get_redaction(request, pk)
    text = row.public_text()
    deciding.record_reading(row, by=request.user, at=clock.now())
    page = Paginator(as_pages(text), 1).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "page": page,
        "pieces": page[0],
        "found": [] if row.is_public else deciding.remaining(row),
        "files": list(row.files.filter(file__isnull=False)),
        "may_withdraw": "publications.send" in request.may,
        "may_release": "publications.send" in request.may
        and row.asked_by_id != request.user.pk,
    }
    return TemplateResponse(request, "redactions/redaction.html", context)
