"""Public versions, for everybody: what a second person released."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from achterban.advocate.redactions.models import Form, Redaction, ReleasedFile
from achterban.advocate.redactions.queries import as_pages, reading_of
from achterban.core.files.serving import download
from achterban.core.organisations.middleware import organisation_of

A_PAGE = 20


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """What is public, newest first."""
    rows = Redaction.objects.published_by(organisation_of(request))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "redactions/public_list.html", {"page": page})


@require_safe
def public(request: HttpRequest, pk: int) -> HttpResponse:
    """One public version, a few pages of text at a time."""
    row, files = _released(request, pk)
    words = next((it for it in files if it.form == Form.TEXT), None)
    if words is None:
        raise Http404
    said, text = reading_of(words)
    page = Paginator(as_pages(text), 1).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "said": said,
        "page": page,
        "pieces": page[0],
        "files": files,
    }
    return TemplateResponse(request, "redactions/public.html", context)


@require_safe
def public_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """A public version to keep, as PDF or as text."""
    row, files = _released(request, pk)
    found = next((it for it in files if it.form == form), None)
    if found is None or found.file is None:
        raise Http404
    ours = Redaction.objects.published_by(organisation_of(request))
    return download(
        request,
        found.file,
        f"openbaar-{row.pk}",
        may=lambda: ours.filter(pk=row.pk).exists(),
    )


def _released(request: HttpRequest, pk: int) -> tuple[Redaction, list[ReleasedFile]]:
    ours = Redaction.objects.published_by(organisation_of(request))
    row = get_object_or_404(ours, pk=pk)
    files = ReleasedFile.objects.of(ours).filter(redaction=row)
    return row, list(files.select_related("file").order_by("form"))
