"""The Werkplek: what was sent, its files, and whether a file is one of them."""

from __future__ import annotations

import hashlib
import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.publications.actions import sending
from achterban.advocate.publications.composing import Note, note_of
from achterban.advocate.publications.forms import CheckForm
from achterban.advocate.publications.models import Form, SentFile, Version
from achterban.advocate.publications.picture import Picture, picture
from achterban.advocate.publications.queries import reading_of
from achterban.advocate.publications.views.work import (
    PAGE_SIZE,
    get_publication,
    opened,
    shown,
)
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, is_still_in, work_page
from achterban.core.files.serving import download
from achterban.core.files.spool import is_too_large
from achterban.core.web.middleware import is_choice

MOST = 25  # proofs in a picture
CHECKSUM = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def get_version(request: WorkRequest, pk: int) -> Version:
    """Return a version of this organisation, or 404."""
    visible = Version.objects.visible_to(request.user, request.organisation)
    rows = visible.select_related(
        "publication__key", "publication__organisation", "sent_by", "written_by"
    )
    return get_object_or_404(rows, pk=pk)


@work_page("publications.read")
@require_GET
def version(request: WorkRequest, pk: int) -> HttpResponse:
    """What was sent; what was taken back since is out of it, and named."""
    row = get_version(request, pk)
    paper = reading_of(row, on=clock.today())
    context = {
        "version": row,
        "publication": row.publication,
        "versions": list(row.publication.versions.all()),
        "files": sorted(row.files.all(), key=lambda it: Form.values.index(it.form)),
        "lost": paper.lost,
        "may_write": "publications.write" in request.may,
        **shown(request, paper),
    }
    return TemplateResponse(request, "publications/version.html", context)


@work_page("publications.read")
@require_GET
def file(request: WorkRequest, pk: int, form: str) -> HttpResponse:
    """A version as it was sent, as long as all words in it may be quoted."""
    row = get_version(request, pk)
    sent = get_object_or_404(row.files.select_related("file"), form=form)
    if sent.file is None or not _may_have(request, row):
        raise Http404
    shown(request, reading_of(row, on=clock.today()))
    name = f"{row.publication.shown_number}-v{row.n}"
    return download(
        request,
        sent.file,
        name,
        may=lambda: is_still_in(request) and _may_have(request, row),
    )


def _may_have(request: WorkRequest, row: Version) -> bool:
    visible = Version.objects.visible_to(request.user, request.organisation)
    is_visible = visible.filter(pk=row.pk, destroyed_on=None).exists()
    return is_visible and not reading_of(row, on=clock.today()).lost


@work_page("publications.read")
@require_http_methods(["GET", "POST"])
def check(request: WorkRequest) -> HttpResponse:
    """Whether a file, or a checksum, is of something that we sent."""
    is_sent = request.method == "POST" and not is_choice(request)
    form = CheckForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial=request.POST.dict(),
    )
    checksum = _checksum(request, form) if is_sent else ""
    visible = Version.objects.visible_to(request.user, request.organisation)
    context = {
        "form": form,
        "main_form": "check",
        "checksum": checksum,
        "found": SentFile.objects.of(visible).filter(checksum=checksum).first(),
    }
    return TemplateResponse(request, "publications/check.html", context)


def _checksum(request: WorkRequest, form: CheckForm) -> str:
    if is_too_large(request):  # it was dropped, so the form asks for one
        form.errors.clear()
        form.add_error("file", _("That is larger than 25 MB. We send no such files."))
        return ""
    if not form.is_valid():
        return ""
    upload = form.cleaned_data["file"]
    if upload is not None:
        return hashlib.sha256(upload.read()).hexdigest()
    if found := CHECKSUM.search(form.cleaned_data["line"].lower()):
        return found[0]
    form.add_error("line", _("A checksum has 64 letters and digits. Copy all of it."))
    return ""


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def correct(request: WorkRequest, pk: int) -> HttpResponse:
    """Write a new version of what was sent."""
    row = get_publication(request, pk, is_open=False)
    if request.method == "POST" and not is_choice(request):
        sending.begin_correction(row.pk, by=request.user, at=clock.now())
        messages.success(request, _("Say first what is other than before."))
        return redirect("publications:facts", row.pk)
    return TemplateResponse(request, "publications/correct.html", {"publication": row})


@work_page("publications.read")
@require_GET
def trace(request: WorkRequest, pk: int, n: int) -> HttpResponse:
    """What one sentence rests on: from its note to the reports, and where else."""
    row = get_version(request, pk)
    note = note_of(row.open_content(), n, on=clock.today()) if n else None
    if note is None:
        raise Http404
    visible = Version.objects.visible_to(request.user, request.organisation)
    elsewhere = visible.citing([note.claim]).exclude(pk=row.pk)
    page = Paginator(elsewhere, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "version": row,
        "note": note,
        "picture": _picture(note, page.paginator.count),
        "elsewhere": page,
        "opens": opened(request, [note]),
    }
    return TemplateResponse(request, "publications/trace.html", context)


def _picture(note: Note, n_elsewhere: int) -> Picture:
    most = MOST if len(note.proofs) <= MOST else MOST - 1
    first = [
        (f"{it.label} {n}", "", it.holds, True)
        for n, it in enumerate(note.proofs[:most], start=1)
    ]
    left = len(note.proofs) - len(first)
    return picture(
        [
            (_("This sentence"), "", True, False),
            *first,
            *([(_("And in the table"), str(left), True, True)] if left else []),
            (_("Sent elsewhere"), str(n_elsewhere or ""), bool(n_elsewhere), False),
        ]
    )
