"""The Werkplek: ask others to sign a joint text, and sign one for one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.publications.actions import sending, signing
from achterban.advocate.publications.forms import AnswerForm, UntilForm
from achterban.advocate.publications.joint import partners_of
from achterban.advocate.publications.models import Form, Signing
from achterban.advocate.publications.queries import (
    ToSign,
    draft_of,
    is_waiting,
    to_sign,
)
from achterban.advocate.publications.views.sending import REFUSALS, why_not
from achterban.advocate.publications.views.work import (
    PAGE_SIZE,
    get_publication,
    record_looks,
    shown,
)
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice

TWO_WEEKS = timedelta(days=14)


@work_page("publications.send")
@require_http_methods(["GET", "POST"])
def ask_to_sign(request: WorkRequest, pk: int) -> HttpResponse:
    """Let the other organisations in the dossier read the text, and sign it."""
    row = get_publication(request, pk, is_open=True)
    partners = partners_of(row)
    if not partners:
        raise Http404
    is_sent = request.method == "POST" and not is_choice(request)
    typed = unsent(request) or request.POST.dict()
    first = {"until": clock.today() + TWO_WEEKS}
    form = UntilForm(request.POST if is_sent else None, initial=typed or first)
    if is_sent and form.is_valid():
        try:
            _ask(request, row.pk, form)
        except signing.WrongDay:
            form.add_error("until", _("Choose a day from today on, within a year."))
        except signing.OtherCircle:
            return redirect("publications:send", row.pk)  # says who is new
        except (*REFUSALS, sending.NotReady, signing.NotTogether) as refusal:
            messages.error(request, why_not(refusal))
            return redirect("publications:send", row.pk)
        else:
            return redirect("publications:send", row.pk)
    paper = draft_of(row, on=clock.today())
    context = {
        "publication": row,
        "partners": partners,
        "form": form,
        "seen": sending.fingerprint(paper, row.organisation),
        "main_form": "until",
        **shown(request, paper),
    }
    return TemplateResponse(request, "publications/ask_to_sign.html", context)


def _ask(request: WorkRequest, pk: int, form: UntilForm) -> None:
    made = signing.ask_to_sign(
        pk,
        seen=request.POST.get("seen", ""),
        until=form.cleaned_data["until"],
        by=request.user,
        at=clock.now(),
    )
    messages.success(
        request, _("Asked.") if made else _("All of them were asked already.")
    )


@work_page("publications.sign")
@require_GET
def signing_list(request: WorkRequest) -> HttpResponse:
    """All texts that this organisation was asked to sign, the last asked first."""
    rows = Signing.objects.visible_to(request.user, request.organisation)
    rows = rows.select_related(
        "publication__key", "publication__organisation", "version"
    )
    pages = Paginator(rows.order_by("-asked_on", "pk"), PAGE_SIZE)
    page, on = pages.get_page(request.GET.get("page")), clock.today()
    context = {"page": page, "waiting": {r.pk for r in page if is_waiting(r, on=on)}}
    return TemplateResponse(request, "publications/signing_list.html", context)


@work_page("publications.sign")
@require_http_methods(["GET", "POST"])
def sign(request: WorkRequest, pk: int) -> HttpResponse:
    """Read the text, and sign it for this organisation, or say why not."""
    row = _get_signing(request, pk)
    is_sent = request.method == "POST" and not is_choice(request)
    typed = unsent(request) or request.POST.dict()
    form = AnswerForm(request.POST if is_sent else None, initial=typed)
    if is_sent and form.is_valid():
        try:
            _answer(request, row, form)
        except signing.NoReason:
            form.add_error("why", _("Say in a few words why not."))
        except sending.Changed:
            messages.error(
                request, _("The text was changed meanwhile. You can be asked anew.")
            )
            return redirect("publications:sign", row.pk)
        except signing.IsOver:
            messages.error(request, _("This can no longer be answered."))
            return redirect("publications:signing-list")
        else:
            return redirect("publications:sign", row.pk)
    it = to_sign(row, on=clock.today())
    record_looks(request, it.reports)
    return TemplateResponse(request, "publications/sign.html", _page(row, it, form))


def _page(row: Signing, it: ToSign, form: AnswerForm) -> dict[str, Any]:
    sent = row.version
    files = sent.files.filter(form=Form.PDF) if sent else ()
    checksum = next((file.checksum for file in files), "")
    shown = {"signing": row, "it": it, "form": form, "checksum": checksum}
    shown |= {"waiting": {row.pk} if it.is_open else ()}
    # Enter presses the first button of a form: the nameless one of main_form, never
    # the one that signs.
    return shown | ({"main_form": "sign"} if it.is_open else {})


def _get_signing(request: WorkRequest, pk: int) -> Signing:
    visible = Signing.objects.visible_to(request.user, request.organisation)
    rows = visible.select_related(
        "partner",
        "publication__key",
        "publication__organisation",
        "version__publication__key",
        "version__publication__organisation",
        "answered_by",
    )
    return get_object_or_404(rows, pk=pk)


def _answer(request: WorkRequest, row: Signing, form: AnswerForm) -> None:
    who, at = request.user, clock.now()
    if "sign" in request.POST:
        signing.sign(row.pk, seen=request.POST.get("seen", ""), by=who, at=at)
        messages.success(request, _("Signed. Thank you."))
    else:
        signing.decline(row.pk, form.cleaned_data["why"], by=who, at=at)
        messages.success(request, _("Passed on. Your name does not stand below it."))
