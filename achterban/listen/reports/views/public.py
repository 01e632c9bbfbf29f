"""Telling, and reading the answer behind a code. No account, no cookie, no session."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from achterban.core import clock
from achterban.core.database.fields import random_key
from achterban.core.organisations.mail import address_of
from achterban.core.organisations.middleware import organisation_of
from achterban.core.organisations.models import Organisation
from achterban.core.web.failures import RETRY_SECONDS
from achterban.core.web.middleware import is_choice
from achterban.core.web.peers import is_onion
from achterban.core.web.preferences import preferences_of
from achterban.listen.reports import limits, pages
from achterban.listen.reports.actions import telling
from achterban.listen.reports.forms import TOO_LONG, CodeForm, WordsForm
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.statuses import Status
from achterban.rules.receipts import in_groups

log = logging.getLogger(__name__)

View = Callable[[HttpRequest], HttpResponse]


def without_cookies(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Mark a public form: no CSRF cookie; origin and signed tokens guard it."""
    guarded: Callable[[HttpRequest], HttpResponse] = csrf_exempt(view)
    return guarded


def code_first(view: View) -> View:
    """Ask for the code where an address is opened without one, by a phone that woke."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return view(request)
        return TemplateResponse(request, "reports/code.html", {"form": CodeForm()})

    return wrapped


# Telling


@without_cookies
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """The first page: one question, and "this is enough, send"."""
    organisation = organisation_of(request)
    if request.method != "POST":
        return _tell_page(request, WordsForm(), telling.fresh_code())
    form = WordsForm(request.POST)
    try:
        code = telling.code_of(request.POST.get("token", ""))
    except telling.NotOurToken:
        form.is_valid()
        form.add_error(None, _("This page was too old. Press Send once more."))
        return _tell_page(request, form, telling.fresh_code())
    if is_choice(request):
        return _tell_page(request, _as_typed(form), code)
    if not form.is_valid():
        return _tell_page(request, form, code)
    if wait := limits.intake_wait(request):
        form.add_error(None, _wait_words(wait))
        return _slowed(_tell_page(request, form, code), wait)
    return _keep_or_send(request, form, code, organisation)


def _keep_or_send(
    request: HttpRequest, form: WordsForm, code: str, organisation: Organisation
) -> HttpResponse:
    words = Telling(form.cleaned_data["text"])
    try:
        if request.POST.get("act") == "keep":
            kept = telling.keep_draft(code, organisation, words, on=clock.today())
            return _code_page(request, "reports/kept.html", code, kept)
        kept = telling.send_report(
            code,
            organisation,
            words,
            consent=_consent(request),
            on=clock.today(),
            is_suspect=limits.is_flood(request),
        )
    except telling.AlreadySent:
        report = Report.objects.behind_code(code, organisation).select_related("key")
        return _sent_before(request, report.get(), code, words.text)
    except telling.Gone:
        return TemplateResponse(request, "reports/withdrawn.html", {})
    except (DatabaseError, OSError) as error:
        log.error("not stored: %s", type(error).__name__)
        form.add_error(None, _not_stored_words())
        return _unavailable(_tell_page(request, form, code))
    if kept.left_over:
        return _sent_before(request, kept.report, code, kept.left_over)
    return _code_page(request, "reports/receipt.html", code, kept)


def _sent_before(
    request: HttpRequest, report: Report, code: str, left_over: str
) -> HttpResponse:
    """Show what was sent from another window, with the new words ready to be added."""
    form = WordsForm(initial={"text": left_over})
    return _course(request, report, code, form, was_sent=True)


@without_cookies
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed so far; called by the page at every pause in typing."""
    organisation = organisation_of(request)
    text = request.POST.get("text", "").replace("\0", "")
    if wait := limits.intake_wait(request):
        return _slowed(JsonResponse({"kept": False}, status=429), wait)
    try:
        kept = telling.keep_draft(
            telling.code_of(request.POST.get("token", "")),
            organisation,
            Telling(text),
            on=clock.today(),
        )
    except telling.NotOurToken:
        return JsonResponse({"kept": False}, status=400)
    except telling.TooLong:
        return JsonResponse({"kept": False, "why": str(TOO_LONG)}, status=413)
    except (telling.AlreadySent, telling.Gone):
        return JsonResponse({"kept": False, "why": _sent_elsewhere()}, status=409)
    except (DatabaseError, OSError) as error:
        log.error("not kept: %s", type(error).__name__)
        return _unavailable(JsonResponse({"kept": False}))
    words = str(_bsn_words()) if kept.n_masked else ""
    return JsonResponse({"kept": True, "kind_word": words})


def _tell_page(request: HttpRequest, form: WordsForm, code: str) -> HttpResponse:
    context = {
        "form": form,
        "token": telling.token_of(code),
        "code": in_groups(code),
        "main_form": "tell",
        "is_anonymous": is_anonymous(request),
    }
    return TemplateResponse(request, "reports/tell.html", context)


def _consent(request: HttpRequest) -> telling.Yes:
    wording = " ".join(
        [
            _("Send: read this and count it"),
            _("We do nothing more without your yes. You can always take it back."),
        ]
    )
    return telling.Yes(wording, preferences_of(request).language)


def _as_typed(form: WordsForm) -> WordsForm:
    """Return the form with what was typed and without a word about what lacks."""
    return WordsForm(initial={"text": form.data.get("text", "")})


def is_anonymous(request: HttpRequest) -> bool:
    """Return whether nobody on the line can see that this person is here: Tor.

    Everywhere else a provider can see that somebody visits this site, and the page
    says *vertrouwelijk*.
    """
    by_proxy = request.META.get("REMOTE_ADDR", "") in settings.TRUSTED_PROXIES
    return is_onion(request.get_host()) or (
        by_proxy and request.headers.get("X-Tor", "") == "1"
    )


# Behind the code


@without_cookies
@require_http_methods(["GET", "HEAD", "POST"])
def open_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and show what stands behind it."""
    if request.method != "POST" or (is_choice(request) and "code" not in request.POST):
        return TemplateResponse(request, "reports/code.html", {"form": CodeForm()})

    def show(report: Report, code: str) -> HttpResponse:
        return _course(request, report, code)

    return _behind_code(request, show)


@without_cookies
@code_first
def say_more(request: HttpRequest) -> HttpResponse:
    """Answer a question, or add something."""

    def act(report: Report, code: str) -> HttpResponse:
        return _say_more(request, report, code)

    return _behind_code(request, act)


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

    return _behind_code(request, act, draft=act)


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


def _behind_code(
    request: HttpRequest,
    act: Callable[[Report, str], HttpResponse],
    draft: Callable[[Report, str], HttpResponse] | None = None,
) -> HttpResponse:
    organisation = organisation_of(request)
    form = CodeForm(request.POST)
    if wait := limits.guess_wait(request):
        form.is_valid()
        form.add_error(None, _wait_words(wait))
        return _slowed(_code_form(request, form), wait)
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
        return _tell_page(request, words, code)
    return act(report, code)


def _code_form(request: HttpRequest, form: CodeForm) -> HttpResponse:
    context = {"form": form, "typed": request.POST.get("text", "")}
    return TemplateResponse(request, "reports/code.html", context)


def _course(
    request: HttpRequest,
    report: Report,
    code: str,
    form: WordsForm | None = None,
    **more: Any,
) -> HttpResponse:
    if form is None:
        typed = request.POST.get("text", "") if is_choice(request) else ""
        form = WordsForm(initial={"text": typed})
    form.fields["text"].label = (
        _("Your reply") if report.status == Status.ASKED else _("Something to add?")
    )
    telling.read_by_reporter(report, on=clock.today())
    context = {
        "report": report,
        "told": report.open_telling().text,
        "entries": pages.for_reporter(report),
        "form": form,
        "code": in_groups(code),
        "entry_token": Signer(salt="reports.entry").sign(str(random_key())),
        "main_form": "more",
        **more,
    }
    return TemplateResponse(request, "reports/course.html", context)


def _say_more(request: HttpRequest, report: Report, code: str) -> HttpResponse:
    form = WordsForm(request.POST)
    try:
        token = request.POST.get("entry", "")
        entry_id = int(Signer(salt="reports.entry").unsign(token))
    except BadSignature:
        form.is_valid()
        form.add_error(None, _("This page was too old. Press Send once more."))
        return _course(request, report, code, form)
    if is_choice(request):
        return _course(request, report, code)
    if not form.is_valid():
        return _course(request, report, code, form)
    if wait := limits.intake_wait(request):
        form.add_error(None, _wait_words(wait))
        return _slowed(_course(request, report, code, form), wait)
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
        form.add_error(None, _not_stored_words())
        return _unavailable(_course(request, report, code, form))
    kind_word = _bsn_words() if kept.n_masked else ""
    kept.report.organisation = report.organisation
    return _course(request, kept.report, code, just_sent=True, kind_word=kind_word)


# The page with a code is the same for everyone but for the code: made once for each
# organisation and way of looking. Making it costs more than storing a report does.
_code_pages: dict[tuple[object, ...], str] = {}
MOST_PAGES = 500
BLANK = "%A%% %B%% %C%% %D%%"


def _code_page(
    request: HttpRequest, template: str, code: str, kept: telling.Kept | None
) -> HttpResponse:
    kind_word = _bsn_words() if kept and kept.n_masked else ""
    shown = organisation_of(request)
    key = (
        template,
        kind_word,
        preferences_of(request),
        (shown.pk, shown.name, shown.phone, shown.phone_hours),
    )
    page = _code_pages.get(key)
    if page is None:
        if len(_code_pages) >= MOST_PAGES:
            _code_pages.clear()
        context = {"code": BLANK, "kind_word": kind_word, "main_form": "code"}
        page = _code_pages[key] = render_to_string(template, context, request)
    for blank, group in zip(BLANK.split(), in_groups(code).split(), strict=True):
        page = page.replace(blank, group)
    return HttpResponse(page)


# When it does not go as it should


def _wait_words(seconds: float) -> str:
    return _(
        "Very much is coming from your connection. Wait %(seconds)d seconds and press "
        "the button again. What you typed is still here."
    ) % {"seconds": round(seconds) + 1}


def _not_stored_words() -> str:
    return _(
        "We could not keep this just now. Your text is still here. Wait a little and "
        "press the button again, or copy your text to be sure."
    )


def _sent_elsewhere() -> str:
    return _("This was sent already, in another window.")


def _bsn_words() -> str:
    return _(
        "There was a citizen service number (BSN) in your text. We took it out: we may "
        "not keep it, and you are safer without it here."
    )


def _slowed(response: HttpResponse, wait: float) -> HttpResponse:
    response.status_code = 429
    response["Retry-After"] = str(round(wait) + 1)
    return response


def _unavailable(response: HttpResponse) -> HttpResponse:
    response.status_code = 503
    response["Retry-After"] = RETRY_SECONDS
    return response
