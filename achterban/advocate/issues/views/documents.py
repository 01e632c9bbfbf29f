"""The Werkplek: documents to cite from, and the page on which a passage stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.issues import actions
from achterban.advocate.issues.forms import DocumentForm, PassageForm
from achterban.advocate.issues.models import Citation, Claim, Document, DocumentPage
from achterban.advocate.issues.queries import proofs_of
from achterban.advocate.issues.views.claims import get_claim
from achterban.advocate.issues.views.work import PAGE_SIZE
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.files.actions import (
    Read,
    TooBusy,
    is_mail,
    take_mails,
    take_words,
)
from achterban.core.files.spool import is_too_large, takes_files_of
from achterban.core.files.words import REFUSALS, said_of
from achterban.core.vault.passages import NotInWords
from achterban.core.web.middleware import is_choice
from achterban.rules.filetypes import NotAccepted, Reason
from achterban.rules.redaction import Unsafe

MOST_BYTES = 50 << 20
TOO_LARGE = _lazy("This file is too large. Take the part that you need.")
OF_DOCUMENTS: dict[Reason, str | Promise] = {
    **REFUSALS,
    Reason.TOO_MUCH: TOO_LARGE,
    Reason.EMPTY: _lazy(
        "There are no words in this file, only pictures of them. Let a program read "
        "them first (OCR), or name it as a source."
    ),
    Reason.UNKNOWN: _lazy(
        "Choose a PDF, a mail (.eml), a Word or OpenDocument text, or plain text."
    ),
}


@takes_files_of(MOST_BYTES)
@work_page("issues.read")
@require_http_methods(["GET", "POST"])
def document_list(request: WorkRequest) -> HttpResponse:
    """All documents, and a form to bring one in."""
    sent = request.POST if request.method == "POST" else None  # a file may come alone
    form = DocumentForm(sent, initial=unsent(request) or {})
    may_write = "issues.write" in request.may
    if request.method == "POST" and is_choice(request):
        form = DocumentForm(initial=request.POST.dict())
    elif request.method == "POST" and may_write:
        read = _read(request, form)
        if read is not None and form.is_valid():
            new = form.save(commit=False)
            new.organisation = request.organisation
            if row := _added(request, new, read, form):
                messages.success(request, _("Brought in. You can cite from it now."))
                return redirect("issues:document", row.pk)
    rows = Document.objects.visible_to(request.user, request.organisation)
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": form,
        "may_write": may_write,
        "main_form": "document",
    }
    return TemplateResponse(request, "issues/document_list.html", context)


def _added(
    request: WorkRequest, new: Document, read: Read, form: DocumentForm
) -> Document | None:
    try:
        return actions.add_document(new, read, by=request.user, at=clock.now())
    except actions.NoRoom:
        form.add_error(None, _("There is no room for more files. Ask who manages it."))
    return None


def _read(request: WorkRequest, form: DocumentForm) -> Read | None:
    """Return the words of the file that came; else say in the form why not."""
    upload = request.FILES.get("file")
    if is_too_large(request):
        form.add_error(None, str(TOO_LARGE))
    elif upload is None:
        form.add_error(None, _("Choose a file first."))
    else:
        try:
            return take_mails(upload) if is_mail(upload) else take_words(upload)
        except NotAccepted as refusal:
            form.add_error(None, str(OF_DOCUMENTS[refusal.reason]))
        except Unsafe as refusal:
            form.add_error(None, said_of(refusal))
        except TooBusy:
            form.add_error(
                None, _("Other files are being read now. Try it again in a minute.")
            )
    return None


@work_page("issues.read")
@require_http_methods(["GET", "POST"])
def document(request: WorkRequest, pk: int) -> HttpResponse:
    """One document, a page at a time; it can be taken away while nothing cites it."""
    row = _get(request, pk)
    if request.method == "POST" and "issues.write" in request.may:
        try:
            actions.forget_document(row, by=request.user, at=clock.now())
        except actions.InUse:
            messages.error(
                request, _("A claim or a promise rests on it. Take that away first.")
            )
            return redirect("issues:document", row.pk)
        messages.success(request, _("Taken away."))
        return redirect("issues:document-list")
    page, words = _leaf(request, row)
    context = {
        "document": row,
        "page": page,
        "words": words,
        "may_write": "issues.write" in request.may,
    }
    return TemplateResponse(request, "issues/document.html", context)


@work_page("issues.read")
@require_GET
def cited_page(request: WorkRequest, pk: int) -> HttpResponse:
    """The page on which a cited passage stands, with the passage marked."""
    claims = Claim.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(
        Citation.objects.of(claims).select_related("document__key"), pk=pk
    )
    if row.document is None:
        raise Http404
    actions.record_reading(row.document, by=request.user, at=clock.now())
    leaf = row.document.pages.get(n=row.page or 0)
    leaf.document = row.document
    words = leaf.open_until(row.end or 0)
    context = {
        "citation": row,
        "document": row.document,
        "before": words[: row.start],
        "passage": words[row.start : row.end],
        "after": words[row.end :],
        "proof": next(
            it
            for it in proofs_of([row.claim], on=clock.today())[row.claim_id]
            if it.citation.pk == row.pk
        ),
    }
    return TemplateResponse(request, "issues/cited_page.html", context)


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def cite_document(request: WorkRequest, pk: int) -> HttpResponse:
    """Choose a document, then paste the words of it that prove a claim."""
    claim = get_claim(request, pk)
    documents = Document.objects.visible_to(request.user, request.organisation)
    kept = unsent(request) or {}
    asked = request.POST.get("document") or request.GET.get("document")
    chosen = asked or kept.get("document")
    context: dict[str, Any] = {"claim": claim}
    if not chosen:
        context["page"] = Paginator(documents, PAGE_SIZE).get_page(
            request.GET.get("page")
        )
        return TemplateResponse(request, "issues/cite_document_which.html", context)
    row = documents.filter(pk__in=keys_among([chosen])).select_related("key").first()
    if row is None:
        raise Http404
    form = PassageForm(request.POST or None, initial=kept)
    if request.method == "POST" and is_choice(request):
        form = PassageForm(initial=request.POST.dict())
    elif request.method == "POST" and _is_cited(request, claim, row, form):
        messages.success(request, _("It proves the claim now."))
        return redirect("issues:claim", claim.pk)
    page, words = _leaf(request, row)
    context |= {
        "document": row,
        "page": page,
        "words": words,
        "query": f"document={row.pk}&",
        "form": form,
        "main_form": "cite-document",
    }
    return TemplateResponse(request, "issues/cite_document.html", context)


def _is_cited(
    request: WorkRequest, claim: Claim, row: Document, form: PassageForm
) -> bool:
    if not form.is_valid():
        return False
    typed = form.cleaned_data["words"]
    try:
        actions.cite_document(claim, row, typed, by=request.user, at=clock.now())
    except NotInWords:
        form.add_error(
            "words",
            _("These words stand nowhere in it, or twice. Copy them, a little more."),
        )
    return not form.errors


def _leaf(request: WorkRequest, row: Document) -> tuple[Page[DocumentPage], str]:
    """Return one page of a document with its words, and log the read."""
    page = Paginator(row.pages.all(), 1).get_page(request.GET.get("page"))
    leaf: DocumentPage = page[0]
    leaf.document = row
    actions.record_reading(row, by=request.user, at=clock.now())
    return page, leaf.open()


def _get(request: WorkRequest, pk: int) -> Document:
    visible = Document.objects.visible_to(request.user, request.organisation)
    return get_object_or_404(visible.select_related("key"), pk=pk)
