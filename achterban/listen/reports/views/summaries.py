"""The Werkplek: what many go through, written by one and made public by another."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.organisations.forms import LineField
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.actions import summaries as acts
from achterban.listen.reports.actions.counting import how_many
from achterban.listen.reports.models import Summary


class SummaryForm(forms.ModelForm):  # type: ignore[type-arg]
    """What it says; short, for who is tired."""

    use_required_attribute = False

    title = LineField(
        label=_lazy("What people go through, in one sentence"), max_length=90
    )
    text = LineField(
        label=_lazy("A little more (may stay empty)"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Summary
        fields = ["title", "text"]


@work_page("updates.send")
@require_GET
def summary_list(request: WorkRequest) -> HttpResponse:
    """What is public, what waits for a second person, what was taken away."""
    rows = Summary.objects.visible_to(request.user, request.organisation)
    shown = list(rows.order_by("closed_on", "published_on", "title"))
    counts = how_many(shown)
    context = {
        "rows": [(summary, counts.get(summary.pk)) for summary in shown],
        "may_write": "summaries.write" in request.may,
    }
    return TemplateResponse(request, "reports/summary_list.html", context)


@work_page("summaries.write")
@require_http_methods(["GET", "POST"])
def new_summary(request: WorkRequest) -> HttpResponse:
    """Write one."""
    return _edit(request, Summary(organisation=request.organisation))


@work_page("updates.send")
@require_http_methods(["GET", "POST"])
def summary(request: WorkRequest, pk: int) -> HttpResponse:
    """Change one, make it public, or take it away."""
    visible = Summary.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(visible, pk=pk)
    act = request.POST.get("act", "")
    if act == "publish":
        return _publish(request, row)
    if act == "close" and "summaries.write" in request.may:
        acts.close_summary(row, by=request.user, at=clock.now())
        messages.success(request, _("It stands on the public page no more."))
        return redirect("reports:summary-list")
    return _edit(request, row)


def _publish(request: WorkRequest, row: Summary) -> HttpResponse:
    try:
        acts.publish_summary(row, by=request.user, at=clock.now())
    except acts.SamePerson:
        messages.error(request, _("Somebody else must do this: you wrote it."))
    except acts.AlreadyPublic:
        messages.error(request, _("It is public already."))
    else:
        messages.success(request, _("Everybody can read it now."))
        return redirect("reports:summary-list")
    return redirect("reports:summary", row.pk)


def _edit(request: WorkRequest, row: Summary) -> HttpResponse:
    may_write = "summaries.write" in request.may and row.published_on is None
    form = SummaryForm(
        request.POST or None, instance=row, initial=unsent(request) or {}
    )
    if request.method == "POST" and is_choice(request):
        form = SummaryForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and may_write and form.is_valid():
        try:
            acts.keep_summary(row, by=request.user, at=clock.now())
        except acts.AlreadyPublic:
            messages.error(request, _("It is public already."))
        else:
            messages.success(request, _("Kept. A second person makes it public."))
            return redirect("reports:summary-list")
    context = {
        "form": form,
        "summary": row,
        "may_write": may_write,
        "may_close": "summaries.write" in request.may,
        "is_mine": row.written_by_id == request.user.pk,
        "main_form": "summary",
    }
    return TemplateResponse(request, "reports/summary.html", context)
