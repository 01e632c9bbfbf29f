"""The Werkplek: what we ask on the optional pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.actions.asking import (
    Enough,
    keep_own_question,
    leave_out,
)
from achterban.listen.reports.forms import OwnQuestionForm
from achterban.listen.reports.models import (
    MOST_OWN_QUESTIONS,
    LeftOutQuestion,
    OwnQuestion,
)
from achterban.listen.reports.questions import MAY_BE_LEFT_OUT


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def question_list(request: WorkRequest) -> HttpResponse:
    """Which questions of the program we ask, and which of our own."""
    organisation = request.organisation
    if request.method == "POST" and not is_choice(request):
        asked = set(request.POST.getlist("asked"))
        names = [q.name for q in MAY_BE_LEFT_OUT if q.name not in asked]
        leave_out(names, organisation, by=request.user, at=clock.now())
        messages.success(request, _("Kept. From now on the pages ask this."))
        return redirect("reports:question-list")
    left_out = {row.name for row in LeftOutQuestion.objects.of(organisation)}
    own = list(OwnQuestion.objects.of(organisation))
    context = {
        "built_in": [(q, q.name not in left_out) for q in MAY_BE_LEFT_OUT],
        "own": own,
        "has_room": len(own) < MOST_OWN_QUESTIONS,
        "main_form": "questions",
    }
    return TemplateResponse(request, "reports/question_list.html", context)


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def new_question(request: WorkRequest) -> HttpResponse:
    """Ask something of our own."""
    place = OwnQuestion.objects.of(request.organisation).count() + 1
    row = OwnQuestion(
        organisation=request.organisation, n=min(place, MOST_OWN_QUESTIONS)
    )
    return _edit(request, row)


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def own_question(request: WorkRequest, pk: int) -> HttpResponse:
    """Change a question of our own, or stop asking it."""
    ours = OwnQuestion.objects.of(request.organisation)
    return _edit(request, get_object_or_404(ours, pk=pk))


def _edit(request: WorkRequest, row: OwnQuestion) -> HttpResponse:
    form = OwnQuestionForm(
        request.POST or None, instance=row, initial=unsent(request) or {}
    )
    if request.method == "POST" and is_choice(request):
        form = OwnQuestionForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        row.choices = form.cleaned_data["lines"]
        row.choices_en = form.cleaned_data["lines_en"]
        try:
            keep_own_question(row, by=request.user, at=clock.now())
        except Enough:
            form.add_error(None, _("You have five questions already. Change one."))
        else:
            messages.success(request, _("Kept. From now on the pages ask this."))
            return redirect("reports:question-list")
    context = {"form": form, "question": row, "main_form": "question"}
    return TemplateResponse(request, "reports/own_question.html", context)
