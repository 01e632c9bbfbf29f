"""The Werkplek: look through somebody's words before others read them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import (
    WorkRequest,
    leave_words,
    unsent,
    work_page,
)
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.actions import handling, reviewing
from achterban.listen.reports.forms_reviews import ReviewForm, pieces
from achterban.listen.reports.models import Report, Review, Triage
from achterban.listen.reports.views.triage import after, round_of
from achterban.listen.reports.views.work import get_report


@work_page("reports.triage")
@require_http_methods(["GET", "POST"])
def review(request: WorkRequest, pk: int) -> HttpResponse:
    """What was found beside the words; accept it, change it, add to it."""
    subject = get_report(request, pk)
    handling.record_reads(
        [subject], by=request.user, organisation=request.organisation, at=clock.now()
    )
    visible = Review.objects.visible_to(request.user, request.organisation)
    known = visible.filter(report=subject).select_related("approved_by").first()
    if known is None:
        context = {"report": subject}
        return TemplateResponse(request, "reports/review_waits.html", context)
    known.report = subject
    looked = known.open()
    if request.method != "POST":
        return _page(request, known, ReviewForm(initial=unsent(request), looked=looked))
    form = ReviewForm(request.POST, looked=looked)
    if request.POST.get("review") != str(known.pk):
        return _changed(request, pk)
    if is_choice(request):
        return _page(request, known, ReviewForm(initial=request.POST, looked=looked))
    if not form.is_valid():
        return _page(request, known, form)
    return _keep(request, known, form)


def _keep(request: WorkRequest, known: Review, form: ReviewForm) -> HttpResponse:
    is_done = request.POST.get("act") == "approve"
    try:
        reviewing.keep_review(
            known, form.spans(), by=request.user, at=clock.now(), approve=is_done
        )
    except (reviewing.WordsChanged, Report.DoesNotExist):
        return _changed(request, known.report_id)
    if not is_done:
        messages.success(request, _("Kept. Nobody else reads it yet."))
        return redirect("reports:review", known.report_id)
    messages.success(request, _("Checked. Colleagues may work with these words."))
    visible = Triage.objects.visible_to(request.user, request.organisation)
    if visible.filter(report=known.report_id).exists():
        return after(request, known.report_id, "reports:report", known.report_id)
    return redirect("reports:triage", known.report_id)


def _changed(request: WorkRequest, pk: int) -> HttpResponse:
    """Go to the words as they are now, with what was typed."""
    typed = {name: request.POST.get(name, "") for name in ("more", "more_kind")}
    leave_words(request, reverse("reports:review", args=[pk]), typed)
    messages.error(request, _("The words changed meanwhile. Look once more."))
    return redirect("reports:review", pk)


def _page(request: WorkRequest, known: Review, form: ReviewForm) -> HttpResponse:
    context = {
        "report": known.report,
        "review": known,
        "form": form,
        "pieces": pieces(form.looked),
        "checked": form.looked.checked if known.approved_on else "",
        "round": round_of(request),
    }
    return TemplateResponse(request, "reports/review.html", context)
