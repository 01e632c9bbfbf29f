"""Behind a code: read the answer, say more, withdraw. No account, no cookie."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import segno
from django.core.signing import BadSignature, Signer
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.database.fields import random_key
from achterban.core.organisations.mail import address_of
from achterban.core.organisations.middleware import organisation_of
from achterban.core.web.middleware import is_choice
from achterban.listen.reports import limits, pages
from achterban.listen.reports.actions import telling
from achterban.listen.reports.forms import CodeForm, WordsForm
from achterban.listen.reports.models import Report
from achterban.listen.reports.questions import PHOTOS_AND_PAPERS
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.views.shared import (
    View,
    bsn_words,
    file_page,
    not_stored_words,
    slowed,
    tell_page,
    unavailable,
    wait_words,
    without_cookies,
)
from achterban.rules.receipts import in_groups

log = logging.getLogger(__name__)
KEY_DIGITS = 20  # a key of 63 bits has 19 at most


def code_first(view: View) -> View:
    """Ask for the code where an address is opened without one, by a phone that woke."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return view(request)
        return TemplateResponse(request, "reports/code.html", {"form": CodeForm()})

    return wrapped


@without_cookies
@require_http_methods(["GET", "HEAD", "POST"])
def open_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and show what stands behind it."""
    if request.method != "POST" or (is_choice(request) and "code" not in request.POST):
        return TemplateResponse(request, "reports/code.html", {"form": CodeForm()})

    def show(report: Report, code: str) -> HttpResponse:
        return course(request, report, code)

    return behind_code(request, show)


@without_cookies
@code_first
def say_more(request: HttpRequest) -> HttpResponse:
    """Answer a question, or add something."""

    def act(report: Report, code: str) -> HttpResponse:
        return _say_more(request, report, code)

    return behind_code(request, act)


@without_cookies
@code_first
def take_yes_back(request: HttpRequest) -> HttpResponse:
    """Withdraw one consent."""

    def act(report: Report, code: str) -> HttpResponse:
        asked = request.POST.get("consent", "")
        if asked.isdecimal() and len(asked) < KEY_DIGITS and not is_choice(request):
            telling.take_yes_back(
                code, report.organisation, int(asked), on=clock.today()
            )
        return course(request, report, code)

    return behind_code(request, act)


@without_cookies
@code_first
def withdraw(request: HttpRequest) -> HttpResponse:
    """Ask whether all must go, and let it go."""

    def act(report: Report, code: str) -> HttpResponse:
        if request.POST.get("sure") != "yes":
            context = {"code": code, "main_form": "withdraw"}
            return TemplateResponse(request, "reports/withdraw.html", context)
        telling.withdraw_report(code, report.organisation, on=clock.today())
        return TemplateResponse(request, "reports/withdrawn.html", {"just_now": True})

    return behind_code(request, act, draft=act)


@without_cookies
@code_first
def paper(request: HttpRequest) -> HttpResponse:
    """Show a code to print, with a QR that carries it in the fragment."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return TemplateResponse(request, "reports/code.html", {"form": form})
    code = form.cleaned_data["code"]
    address = address_of("reports:code", organisation_of(request))
    image = segno.make(f"{address}#{code}", error="m", micro=False)
    context = {
        "code": in_groups(code),
        "address": address,
        "qr": image.svg_data_uri(scale=4, border=2, dark="#2a211b", light="#ffffff"),
        "main_form": "paper",
    }
    return TemplateResponse(request, "reports/paper.html", context)


@require_http_methods(["GET", "HEAD"])
def stop(request: HttpRequest) -> HttpResponse:
    """Say goodbye, and let the browser forget what it kept of these pages."""
    organisation_of(request)
    response = TemplateResponse(request, "reports/stop.html", {})
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def behind_code(
    request: HttpRequest,
    act: Callable[[Report, str], HttpResponse],
    draft: Callable[[Report, str], HttpResponse] | None = None,
) -> HttpResponse:
    organisation = organisation_of(request)
    form = CodeForm(request.POST)
    if wait := limits.guess_wait(request):
        form.is_valid()
        form.add_error(None, wait_words(wait))
        return slowed(_code_form(request, form), wait)
    if not form.is_valid():
        return _code_form(request, form)
    code = form.cleaned_data["code"]
    report = (
        Report.objects.behind_code(code, organisation)
        .select_related("key", "organisation")
        .first()
    )
    if report is None:
        limits.count_wrong_guess(request)
        form.add_error("code", _("We do not know this code. Please look once more."))
        return _code_form(request, form)
    if report.is_gone:
        return TemplateResponse(request, "reports/withdrawn.html", {"report": report})
    if report.status == Status.DRAFT:
        if draft is not None:
            return draft(report, code)
        words = WordsForm(initial={"text": report.open_telling().text})
        return tell_page(request, words, code)
    return act(report, code)


def _code_form(request: HttpRequest, form: CodeForm) -> HttpResponse:
    context = {"form": form, "typed": request.POST.get("text", "")}
    return TemplateResponse(request, "reports/code.html", context)


def course(
    request: HttpRequest,
    report: Report,
    code: str,
    form: WordsForm | None = None,
    **more: Any,
) -> HttpResponse:
    """Return the page of what stands behind a code; by then it has been read."""
    if form is None:
        typed = request.POST.get("text", "") if is_choice(request) else ""
        form = WordsForm(initial={"text": typed})
    form.fields["text"].label = (
        _("Your reply") if report.status == Status.ASKED else _("Something to add?")
    )
    telling.read_by_reporter(report, on=clock.today())
    told = report.open_telling()
    context = {
        "report": report,
        "told": told,
        "circumstances": pages.circumstances(replace(told, yes=[])),
        "given": pages.given(report, on=clock.today()),
        "entries": pages.for_reporter(report),
        "files": report.attachments.select_related("file__key"),
        "form": form,
        "code": in_groups(code),
        "takes": f"{PHOTOS_AND_PAPERS},audio/*",
        "entry_token": Signer(salt="reports.entry").sign(str(random_key())),
        "main_form": "more",
        **more,
    }
    return file_page(request, "reports/course.html", context)


def _say_more(request: HttpRequest, report: Report, code: str) -> HttpResponse:
    form = WordsForm(request.POST)
    try:
        token = request.POST.get("entry", "")
        entry_id = int(Signer(salt="reports.entry").unsign(token))
    except BadSignature:
        form.is_valid()
        form.add_error(None, _("This page was too old. Press Send once more."))
        return course(request, report, code, form)
    if is_choice(request):
        return course(request, report, code)
    if not form.is_valid():
        return course(request, report, code, form)
    if wait := limits.intake_wait(request):
        form.add_error(None, wait_words(wait))
        return slowed(course(request, report, code, form), wait)
    try:
        kept = telling.say_more(
            code,
            report.organisation,
            form.cleaned_data["text"],
            entry_id=entry_id,
            on=clock.today(),
        )
    except (DatabaseError, OSError) as error:
        log.error("not stored: %s", type(error).__name__)
        form.add_error(None, not_stored_words())
        return unavailable(course(request, report, code, form))
    kind_word = bsn_words() if kept.n_masked else ""
    kept.report.organisation = report.organisation
    return course(request, kept.report, code, just_sent=True, kind_word=kind_word)
