"""The Werkplek: somebody who does not exist, composed from what several told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.issues import actions
from achterban.advocate.issues.forms import PersonaForm
from achterban.advocate.issues.models import LEAST_SOURCES, Persona
from achterban.advocate.issues.queries import personas_of
from achterban.advocate.issues.views.work import get_issue
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.actions.handling import record_reads
from achterban.listen.reports.actions.quoting import quotable
from achterban.listen.reports.models import Report, Review

SHOWN = 40  # reports beside the text, the newest


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def new_persona(request: WorkRequest, pk: int) -> HttpResponse:
    """Compose one, with the reports of the issue beside it."""
    return _edit(request, Persona(issue=get_issue(request, pk)))


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def change_persona(request: WorkRequest, pk: int) -> HttpResponse:
    """Tell it better; a second person looks again."""
    return _edit(request, _persona(request, pk))


@work_page("issues.read")
@require_http_methods(["GET", "POST"])
def persona(request: WorkRequest, pk: int) -> HttpResponse:
    """One persona, from which reports it came, and whether it may be used."""
    row = _persona(request, pk)
    act = request.POST.get("act", "") if "issues.write" in request.may else ""
    if act == "look":
        _look(request, row)
        return redirect("issues:persona", row.pk)
    if act == "drop":
        actions.drop_persona(row, by=request.user, at=clock.now())
        messages.success(request, _("Taken away."))
        return redirect("issues:issue", row.issue_id)
    composed = personas_of([row.issue], on=clock.today())
    visible = Report.objects.visible_to(request.user, request.organisation)
    context = {
        "composed": next(it for it in composed if it.persona.pk == row.pk),
        "least": LEAST_SOURCES,
        "sources": visible.filter(pk__in=row.sources.values("report")),
        "is_mine": row.written_by_id == request.user.pk,
        "may_write": "issues.write" in request.may,
    }
    return TemplateResponse(request, "issues/persona.html", context)


def _look(request: WorkRequest, row: Persona) -> None:
    try:
        actions.look_at_persona(row, by=request.user, at=clock.now())
    except actions.WroteIt:
        messages.error(request, _("Somebody else must do this: you wrote it."))
    except actions.TooFewSources:
        messages.error(request, _too_few())
    except actions.Borrowed as refusal:
        messages.error(request, _borrowed(refusal))
    else:
        messages.success(request, _("It may be used now."))


def _edit(request: WorkRequest, row: Persona) -> HttpResponse:
    kept = unsent(request)
    form = PersonaForm(request.POST or None, instance=row, initial=kept or {})
    ticked = keys_among(request.POST.getlist("report"))
    if request.method == "POST" and is_choice(request):
        form = PersonaForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and _is_kept(request, form, ticked):
        messages.success(request, _("Kept. A second person looks at it."))
        return redirect("issues:persona", form.instance.pk)
    if request.method != "POST" and not row._state.adding:
        ticked = list(row.sources.values_list("report", flat=True))
    context = {
        "persona": row,
        "form": form,
        "rows": _beside(request, row, ticked),
        "ticked": set(ticked),
        "main_form": "persona",
    }
    return TemplateResponse(request, "issues/change_persona.html", context)


def _is_kept(request: WorkRequest, form: PersonaForm, ticked: list[int]) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.keep_persona(form.instance, ticked, by=request.user, at=clock.now())
    except actions.TooFewSources:
        form.add_error(None, _too_few())
    except actions.Borrowed as refusal:
        form.add_error("story" if refusal.passages else "name", _borrowed(refusal))
    return not form.errors


def _beside(
    request: WorkRequest, row: Persona, ticked: list[int]
) -> list[tuple[Report, str]]:
    """Return reports with their checked words, those that are ticked first."""
    visible = Report.objects.visible_to(request.user, request.organisation)
    may = quotable(visible, on=clock.today()).filter(
        pk__in=row.issue.bundled.standing().values("report")
    )
    first = list(may.filter(pk__in=ticked))
    reports = (first + list(may.exclude(pk__in=ticked).order_by("-received_on", "pk")))[
        :SHOWN
    ]
    if reports:
        record_reads(
            reports, by=request.user, organisation=request.organisation, at=clock.now()
        )
    reviews = Review.objects.visible_to(request.user, request.organisation).approved()
    words = {
        review.report_id: review.open().checked
        for review in reviews.filter(report__in=reports).select_related("report__key")
    }
    return [(report, words.get(report.pk, "")) for report in reports]


def _too_few() -> str:
    return _("Choose at least three reports of which something may be quoted.")


def _borrowed(refusal: actions.Borrowed) -> str:
    if not refusal.passages:
        return _("This name stands in a report. Choose another one.")
    return _("These words stand in a report. Say them otherwise: %(words)s") % {
        "words": refusal.shown
    }


def _persona(request: WorkRequest, pk: int) -> Persona:
    visible = Persona.objects.visible_to(request.user, request.organisation)
    return get_object_or_404(visible.select_related("issue"), pk=pk)
