"""The optional questions after the first one; the code travels in the form."""

from __future__ import annotations

import logging

from django import forms
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from achterban.core import clock
from achterban.core.organisations.middleware import organisation_of
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.listen.reports import limits
from achterban.listen.reports.actions import hearing, telling
from achterban.listen.reports.forms import CodeForm, WordsForm
from achterban.listen.reports.forms_hearing import HearForm
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.questions import HEAR, Question, number_of, questions_of
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.views.code import code_first
from achterban.listen.reports.views.course import course
from achterban.listen.reports.views.files import brings_file, drop_file, keep_file
from achterban.listen.reports.views.hearing import address_wait, choice_of
from achterban.listen.reports.views.public import keep_or_send, may_be_empty
from achterban.listen.reports.views.shared import (
    form_of,
    not_stored_words,
    question_page,
    tell_page,
    unavailable,
    without_cookies,
)
from achterban.listen.reports.views.ways import Way
from achterban.rules.receipts import in_groups

log = logging.getLogger(__name__)
STAY = {"add", "show"}  # acts after which the page with files is shown again


@without_cookies
@code_first
def ask(request: HttpRequest) -> HttpResponse:
    """Take an answer and show the next question, the one before, or the receipt."""
    try:
        code = telling.code_of(request.POST.get("token", ""))
    except telling.NotOurToken:
        return TemplateResponse(request, "reports/code.html", {"form": CodeForm()})
    organisation = organisation_of(request)
    report = (
        Report.objects.behind_code(code, organisation)
        .select_related("key", "organisation")
        .first()
    )
    if report is None:
        return tell_page(request, WordsForm(), code)
    if report.is_gone:
        return TemplateResponse(request, "reports/withdrawn.html", {"report": report})
    if report.status != Status.DRAFT:
        return _sent_before(request, report, code)
    return _answer(request, report, code)


def _sent_before(request: HttpRequest, report: Report, code: str) -> HttpResponse:
    """Show what was sent from another window; what was typed here can be added."""
    asked = request.POST.get("question", "")
    has_words = asked in {"condition", "municipality"} or asked.startswith("own-")
    typed = request.POST.get(asked, "") if has_words else ""
    form = WordsForm(initial={"text": typed}) if typed else None
    return course(request, report, Way(in_groups(code)), form, was_sent=bool(typed))


def _answer(request: HttpRequest, report: Report, code: str) -> HttpResponse:
    told, name = report.open_telling(), request.POST.get("question", "")
    questions = questions_of(report.organisation, asked=name)
    n = number_of(name, questions)
    if n is None:  # the page after the last question
        n = len(questions)
    is_asked = n < len(questions)
    reads_otherwise = is_asked and questions[n].name != name
    if is_choice(request) or reads_otherwise:
        again = _as_typed(request, questions[n], name, told) if is_asked else None
        return question_page(request, code, told, n, form=again)
    if is_asked and request.POST.get("act") != "skip":
        return _keep_answer(request, report, code, n, questions[n])
    return _go_on(request, report, code, told, n)


def _as_typed(
    request: HttpRequest, question: Question, name: str, told: Telling
) -> forms.Form:
    """Return the form with what was typed and without a word about what lacks.

    Args:
        request: with what was typed.
        question: as it reads now.
        name: what it was called when it was asked.
        told: what the draft holds.
    """
    if question.name == HEAR:
        again = form_of(question, told)
        again.initial = {each: request.POST.get(each, "") for each in again.fields}
        return again
    field = question.form().fields.get(question.name)
    is_list = isinstance(field, forms.MultipleChoiceField)
    typed = request.POST.getlist(name) if is_list else request.POST.get(name)
    return question.form(initial={question.name: typed})


def _keep_file(request: HttpRequest, report: Report, code: str, n: int) -> HttpResponse:
    """Store the file that came along, take one away, or go on."""
    told, act = report.open_telling(), request.POST.get("act")
    is_dropped = drop_file(request, report)
    if not is_dropped and not brings_file(request) and act not in STAY:
        return _go_on(request, report, code, told, n)
    is_stored = is_dropped or act == "show"  # by the script of the page
    refusal = "" if is_stored else keep_file(request, report)
    if refusal or is_dropped or act in STAY:
        return question_page(request, code, told, n, refusal=refusal)
    return _go_on(request, report, code, told, n)


def _keep_answer(
    request: HttpRequest, report: Report, code: str, n: int, question: Question
) -> HttpResponse:
    if question.takes:
        return _keep_file(request, report, code, n)
    told = report.open_telling()
    form = form_of(question, told, request.POST)
    if not form.is_valid():
        if request.POST.get("act") == "back":
            return _go_on(request, report, code, told, n)
        return question_page(request, code, told, n, form=form)
    if wait := limits.intake_wait(request) or address_wait(request, form):
        form.add_error(None, wait_words(wait))
        return slowed(question_page(request, code, told, n, form=form), wait)
    try:
        told = _keep_facts(request, report, code, told, question, form)
    except (telling.AlreadySent, telling.Gone, Report.DoesNotExist):
        return ask(request)  # another window was first: look again
    except (DatabaseError, OSError) as error:
        log.error("not kept: %s", type(error).__name__)
        form.add_error(None, not_stored_words())
        return unavailable(question_page(request, code, told, n, form=form))
    return _go_on(request, report, code, told, n)


def _keep_facts(
    request: HttpRequest,
    report: Report,
    code: str,
    told: Telling,
    question: Question,
    form: forms.Form,
) -> Telling:
    organisation, on = report.organisation, clock.today()
    if isinstance(form, HearForm):
        choice = choice_of(request, form)
        return hearing.keep_choice(code, organisation, choice, on=on)
    facts = question.facts(form.cleaned_data)
    return telling.keep_facts(code, organisation, facts, on=on)


def _go_on(
    request: HttpRequest, report: Report, code: str, told: Telling, n: int
) -> HttpResponse:
    act = request.POST.get("act", "next")
    if act == "back":
        if n == 0:
            return tell_page(request, WordsForm(initial={"text": told.text}), code)
        return question_page(request, code, told, n - 1)
    if act in {"send", "keep"}:
        is_empty_fine = may_be_empty(request, told.text, code)
        form = WordsForm({"text": told.text}, may_be_empty=is_empty_fine)
        if not form.is_valid():  # everything was wiped in another window
            return tell_page(request, form, code)
        return keep_or_send(request, form, code, report.organisation)
    return question_page(request, code, told, n + 1)
