"""Correct one's own words and answers, and give a yes afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.signing import BadSignature
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from achterban.core import clock
from achterban.core.consent.models import Purpose
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.core.web.preferences import preferences_of
from achterban.listen.reports import limits, pages
from achterban.listen.reports.actions import correcting
from achterban.listen.reports.actions.on_request import correction_by
from achterban.listen.reports.actions.telling import Kept, Yes
from achterban.listen.reports.forms import CorrectionForm, YesForm
from achterban.listen.reports.models import OWN_WORDS, Entry, Report
from achterban.listen.reports.questions import (
    YES_TITLE,
    Question,
    correctable,
    number_of,
    words_of_yes,
)
from achterban.listen.reports.views.course import KEY_DIGITS, course
from achterban.listen.reports.views.shared import (
    bsn_words,
    entry_key,
    entry_token,
    not_stored_words,
    shown_answer,
    unavailable,
)
from achterban.listen.reports.views.ways import Way

log = logging.getLogger(__name__)
TOLD = "text"  # what is corrected: the telling, else an entry or a question


def correct(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Ask what is not right, show it in a field, and store what it becomes."""
    what = request.POST.get("what", "")
    questions = correctable(report.organisation, report.open_telling())
    if (n := number_of(what, questions)) is not None:
        return _correct_answer(request, report, way, questions[n])
    if what == TOLD:
        return _correct_words(request, report, way, None)
    if what.isdecimal() and len(what) < KEY_DIGITS:
        own = report.entries.filter(kind__in=OWN_WORDS, pk=int(what))
        if (entry := own.first()) is None:
            raise Http404
        return _correct_words(request, report, way, entry)
    return _choose(request, report, way)


def _choose(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    told = report.open_telling()
    own = report.entries.filter(kind__in=OWN_WORDS)
    context = {
        "way": way,
        "told": told,
        "said": [(entry, entry.open_words(report.key)) for entry in own],
        "questions": [
            (question, pages.answer_to(question, told))
            for question in correctable(report.organisation, told)
        ],
        "main_form": "choose",
    }
    return TemplateResponse(request, "reports/correct.html", context)


def _correct_words(
    request: HttpRequest, report: Report, way: Way, entry: Entry | None
) -> HttpResponse:
    former = entry.open_words(report.key) if entry else report.open_telling().text
    title = _("Correct what you wrote") if entry else _("Correct what you told")

    def shown(form: forms.Form) -> HttpResponse:
        what = str(entry.pk) if entry else TOLD
        return _field_page(request, way, form, what, title)

    if request.POST.get("act") != "save" or is_choice(request):
        return shown(CorrectionForm(initial={"text": request.POST.get("text", former)}))
    form = CorrectionForm(request.POST, may_be_empty=not former)

    def store() -> HttpResponse:
        with correction_by(report, way.clerk, at=clock.now()):
            kept = correcting.correct_words(
                report,
                form.cleaned_data["text"],
                said_in=entry.pk if entry else None,
                entry_id=entry_key(request),
                on=clock.today(),
            )
        return _done(request, report, kept, way)

    return _stored(request, form, shown, store)


def _correct_answer(
    request: HttpRequest, report: Report, way: Way, question: Question
) -> HttpResponse:
    name = question.name

    def shown(form: forms.Form) -> HttpResponse:
        return _field_page(request, way, form, name, question.title)

    if is_choice(request):
        typed = question.form(request.POST)[name].data
        return shown(question.form(initial={name: typed}))
    if request.POST.get("act") != "save":
        former = shown_answer(report.open_telling(), question)
        return shown(question.form(initial={name: former}))
    form = question.form(request.POST)

    def store() -> HttpResponse:
        facts = question.facts({name: form.cleaned_data[name]})
        key, on = entry_key(request), clock.today()
        with correction_by(report, way.clerk, at=clock.now()):
            better = correcting.correct_facts(report, facts, entry_id=key, on=on)
        return _done(request, report, Kept(better, "", 0), way)

    return _stored(request, form, shown, store)


def give_yes(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Ask for a yes that was not given, each apart, and store it with its words."""
    offers = pages.not_given(report, on=clock.today())
    choices = [(offer.purpose.value, offer.words) for offer in offers]

    def shown(form: forms.Form) -> HttpResponse:
        context = {"way": way, "form": form, "title": YES_TITLE, "main_form": "yes"}
        return TemplateResponse(request, "reports/give_yes.html", context)

    if request.POST.get("act") != "save" or is_choice(request):
        ticked = request.POST.getlist("yes")
        return shown(YesForm(initial={"yes": ticked}, choices=choices))
    form = YesForm(request.POST, choices=choices)

    def store() -> HttpResponse:
        purposes = [Purpose(value) for value in form.cleaned_data["yes"]]
        consent = Yes("", preferences_of(request).language, words_of_yes())
        on = clock.today()
        correcting.give_yes(report, purposes, consent=consent, on=on)
        return course(request, report, way, just_sent=bool(purposes))

    return _stored(request, form, shown, store)


def _stored(
    request: HttpRequest,
    form: forms.Form,
    shown: Callable[[forms.Form], HttpResponse],
    store: Callable[[], HttpResponse],
) -> HttpResponse:
    """Store what a form brings, or show it again with what lacks."""
    if not form.is_valid():
        return shown(form)
    if wait := limits.intake_wait(request):
        form.add_error(None, wait_words(wait))
        return slowed(shown(form), wait)
    try:
        return store()
    except BadSignature:
        form.add_error(None, _("This page was too old. Press Keep once more."))
        return shown(form)
    except (DatabaseError, OSError) as error:
        log.error("not stored: %s", type(error).__name__)
        form.add_error(None, not_stored_words())
        return unavailable(shown(form))


def _done(request: HttpRequest, report: Report, kept: Kept, way: Way) -> HttpResponse:
    kept.report.organisation = report.organisation
    kind_word = bsn_words() if kept.n_masked else ""
    if way.clerk:
        messages.success(request, kind_word or _("Corrected."))
        return redirect(way.urls["show"])
    return course(request, kept.report, way, just_sent=True, kind_word=kind_word)


def _field_page(
    request: HttpRequest,
    way: Way,
    form: forms.Form,
    what: str,
    title: str | Promise,
) -> HttpResponse:
    context = {
        "way": way,
        "form": form,
        "what": what,
        "title": title,
        "entry_token": entry_token(),
        "main_form": "correct",
    }
    return TemplateResponse(request, "reports/correct_one.html", context)
