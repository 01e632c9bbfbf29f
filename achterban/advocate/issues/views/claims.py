"""The Werkplek: what we say of an issue, and what proves it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.issues import actions
from achterban.advocate.issues.forms import ClaimForm, PassageForm, SourceForm
from achterban.advocate.issues.models import Claim
from achterban.advocate.issues.queries import proofs_by
from achterban.advocate.issues.views.work import PAGE_SIZE, get_issue, with_words
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice
from achterban.core.web.navigation import places_beside
from achterban.listen.reports.actions.handling import record_reads
from achterban.listen.reports.actions.quoting import MayNot, NotInWords, quotable
from achterban.listen.reports.actions.reviewing import checked_words
from achterban.listen.reports.models import Report


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def new_claim(request: WorkRequest, pk: int) -> HttpResponse:
    """Write down what we say of an issue."""
    return _edit(request, Claim(issue=get_issue(request, pk)))


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def change_claim(request: WorkRequest, pk: int) -> HttpResponse:
    """Say it better, or how strong the proof is."""
    return _edit(request, get_claim(request, pk))


@work_page("issues.read")
@require_http_methods(["GET", "POST"])
def claim(request: WorkRequest, pk: int) -> HttpResponse:
    """One claim with what proves it; a proof can be taken away."""
    row = get_claim(request, pk)
    if request.method == "POST" and "issues.write" in request.may:
        keys = keys_among(request.POST.getlist("citation"))
        if actions.drop_citations(row, keys, by=request.user, at=clock.now()):
            messages.success(request, _("Taken away."))
        return redirect("issues:claim", row.pk)
    citations = row.citations.whole()
    page = Paginator(citations, PAGE_SIZE).get_page(request.GET.get("page"))
    proofs = proofs_by(page, on=clock.today())
    quoted = [it.citation.report for it in proofs if it.quoted.words]
    shown = [report for report in quoted if report is not None]
    visible = Report.objects.visible_to(request.user, request.organisation)
    if shown:
        record_reads(
            shown, by=request.user, organisation=request.organisation, at=clock.now()
        )
    documents = [it.citation.document for it in proofs if it.quoted.words]
    for document in {each.pk: each for each in documents if each}.values():
        actions.record_reading(document, by=request.user, at=clock.now())
    context = {
        "claim": row,
        "page": page,
        "proofs": proofs,
        "opens": set(
            visible.filter(pk__in=[it.pk for it in shown]).values_list("pk", flat=True)
        ),
        "may_write": "issues.write" in request.may,
        "beside": places_beside("claim", request),
    }
    return TemplateResponse(request, "issues/claim.html", context)


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def cite(request: WorkRequest, pk: int) -> HttpResponse:
    """Choose a report of the issue that may be quoted, then the words of it."""
    row, on = get_claim(request, pk), clock.today()
    visible = Report.objects.visible_to(request.user, request.organisation)
    may = quotable(visible, on=on).filter(
        pk__in=row.issue.bundled.standing().values("report")
    )
    kept = unsent(request) or {}  # somebody logged in again, on the address alone
    asked = request.POST.get("report") or request.GET.get("report")
    chosen = asked or kept.get("report")
    if not chosen:
        page = Paginator(may.order_by("-received_on", "pk"), PAGE_SIZE).get_page(
            request.GET.get("page")
        )
        rows = with_words(request, list(page))
        context = {"claim": row, "page": page, "rows": rows}
        return TemplateResponse(request, "issues/cite_which.html", context)
    report = may.filter(pk__in=keys_among([chosen])).first()
    if report is None:
        raise Http404
    form = PassageForm(request.POST or None, initial=kept)
    if request.method == "POST" and is_choice(request):
        form = PassageForm(initial=request.POST.dict())
    elif request.method == "POST" and _is_cited(request, row, report, form):
        messages.success(request, _("It proves the claim now."))
        return redirect("issues:claim", row.pk)
    record_reads(
        [report], by=request.user, organisation=request.organisation, at=clock.now()
    )
    context = {
        "claim": row,
        "report": report,
        "words": checked_words(report),
        "form": form,
        "main_form": "cite",
    }
    return TemplateResponse(request, "issues/cite.html", context)


def _is_cited(
    request: WorkRequest, row: Claim, report: Report, form: PassageForm
) -> bool:
    if not form.is_valid():
        return False
    typed = form.cleaned_data["words"]
    try:
        actions.cite_report(row, report, typed, by=request.user, at=clock.now())
    except MayNot:
        form.add_error("words", _("Meanwhile the yes for quoting was taken back."))
    except NotInWords:
        form.add_error(
            "words",
            _("These words stand nowhere above, or twice. Copy them, a little more."),
        )
    except actions.Borrowed as refusal:
        said = _("The claim has the same words: %(words)s. Change the claim first.")
        form.add_error("words", said % {"words": refusal.shown})
    return not form.errors


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def cite_source(request: WorkRequest, pk: int) -> HttpResponse:
    """Name a source outside of what people told."""
    row = get_claim(request, pk)
    form = SourceForm(request.POST or None, initial=unsent(request) or {})
    if request.method == "POST" and is_choice(request):
        form = SourceForm(initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        actions.cite_source(row, **form.cleaned_data, by=request.user, at=clock.now())
        messages.success(request, _("It proves the claim now."))
        return redirect("issues:claim", row.pk)
    context = {"claim": row, "form": form, "main_form": "source"}
    return TemplateResponse(request, "issues/source.html", context)


def _edit(request: WorkRequest, row: Claim) -> HttpResponse:
    form = ClaimForm(request.POST or None, instance=row, initial=unsent(request) or {})
    if request.method == "POST" and is_choice(request):
        form = ClaimForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        try:
            actions.keep_claim(form.instance, by=request.user, at=clock.now())
        except actions.Borrowed as refusal:
            said = _("These words stand in a report. Say them otherwise: %(words)s")
            form.add_error("sentence", said % {"words": refusal.shown})
        else:
            messages.success(request, _("Kept."))
            return redirect("issues:claim", row.pk)
    context = {"form": form, "claim": row, "main_form": "claim"}
    return TemplateResponse(request, "issues/change_claim.html", context)


def get_claim(request: WorkRequest, pk: int) -> Claim:
    """Return a claim that this account may read here, or 404."""
    visible = Claim.objects.visible_to(request.user, request.organisation)
    return get_object_or_404(visible.select_related("issue"), pk=pk)
