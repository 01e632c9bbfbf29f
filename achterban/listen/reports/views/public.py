"""Telling. No account, no cookie, no session."""

from __future__ import annotations

import logging
from functools import cache

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from achterban.core import clock
from achterban.core.organisations.middleware import organisation_of
from achterban.core.organisations.models import Organisation
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.core.web.preferences import preferences_of
from achterban.listen.reports import limits
from achterban.listen.reports.actions import telling
from achterban.listen.reports.forms import TOO_LONG, WordsForm
from achterban.listen.reports.models import Attachment, Report, Telling
from achterban.listen.reports.questions import (
    SPEAK,
    number_of,
    open_from,
    questions_of,
    words_of_yes,
)
from achterban.listen.reports.views.course import course
from achterban.listen.reports.views.shared import (
    bsn_words,
    helper_said,
    not_stored_words,
    question_page,
    tell_page,
    unavailable,
    without_cookies,
)
from achterban.listen.reports.views.ways import Way
from achterban.rules.receipts import in_groups

log = logging.getLogger(__name__)


@without_cookies
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """The first page: one question, and "this is enough, send"."""
    organisation = organisation_of(request)
    if request.method != "POST":
        return tell_page(request, WordsForm(), telling.fresh_code())
    text = request.POST.get("text", "")
    try:
        code = telling.code_of(request.POST.get("token", ""))
    except telling.NotOurToken:
        form = WordsForm(request.POST)
        form.is_valid()
        form.add_error(None, _("This page was too old. Press Send once more."))
        return tell_page(request, form, telling.fresh_code())
    if is_choice(request):
        return tell_page(request, WordsForm(initial={"text": text}), code)
    form = WordsForm(request.POST, may_be_empty=may_be_empty(request, text, code))
    if not form.is_valid():
        return tell_page(request, form, code)
    if wait := limits.intake_wait(request):
        form.add_error(None, wait_words(wait))
        return slowed(tell_page(request, form, code), wait)
    return keep_or_send(request, form, code, organisation)


def may_be_empty(request: HttpRequest, text: str, code: str) -> bool:
    """Return whether no words will do: somebody speaks or shows something instead."""
    if text.strip():
        return False
    files = Attachment.objects.behind_code(code, organisation_of(request))
    return request.POST.get("act") == SPEAK or files.exists()


def keep_or_send(
    request: HttpRequest, form: WordsForm, code: str, organisation: Organisation
) -> HttpResponse:
    """Store the words of a form that is valid, as the button that was pressed says."""
    words = Telling(form.cleaned_data["text"], helper=helper_said(request))
    act = request.POST.get("act")
    try:
        if act in {"keep", "next", SPEAK}:
            kept = telling.keep_draft(code, organisation, words, on=clock.today())
            if act != "keep":
                asked = questions_of(organisation)
                told = kept.report.open_telling()
                files = Attachment.objects.behind_code(code, organisation)
                n = (
                    number_of(SPEAK, asked)
                    if act == SPEAK
                    else open_from(told, files, asked)
                )
                return question_page(request, code, told, n or 0, kept)
            return code_page(request, "reports/kept.html", code, kept)
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
        form.add_error(None, not_stored_words())
        return unavailable(tell_page(request, form, code))
    if kept.left_over:
        return _sent_before(request, kept.report, code, kept.left_over)
    return code_page(request, "reports/receipt.html", code, kept)


def _sent_before(
    request: HttpRequest, report: Report, code: str, left_over: str
) -> HttpResponse:
    """Show what was sent from another window, with the new words ready to be added."""
    form = WordsForm(initial={"text": left_over})
    return course(request, report, Way(in_groups(code)), form, was_sent=True)


@without_cookies
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed so far; called by the page at every pause in typing."""
    organisation = organisation_of(request)
    text = request.POST.get("text", "").replace("\0", "")
    if wait := limits.intake_wait(request):
        return slowed(JsonResponse({"kept": False}, status=429), wait)
    try:
        kept = telling.keep_draft(
            telling.code_of(request.POST.get("token", "")),
            organisation,
            Telling(text, helper=helper_said(request)),
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
        return unavailable(JsonResponse({"kept": False}))
    words = str(bsn_words()) if kept.n_masked else ""
    return JsonResponse({"kept": True, "kind_word": words})


def _consent(request: HttpRequest) -> telling.Yes:
    return _yes_of(preferences_of(request).language, "question" in request.POST)


@cache  # the words are the same for everybody, and to translate them takes time
def _yes_of(language: str, is_after_questions: bool) -> telling.Yes:
    label = _("Send: read this and count it")
    if is_after_questions:
        label = " ".join([_("This is enough, send"), _("We read it and count it.")])
    wording = " ".join(
        [
            label,
            _("We do nothing more without your yes. You can always take it back."),
        ]
    )
    return telling.Yes(wording, language, words_of_yes())


def _sent_elsewhere() -> str:
    return _("This was sent already, in another window.")


# The page with a code is the same for everyone but for the code: made once for each
# organisation and way of looking. Making it costs more than storing a report does.
_code_pages: dict[tuple[object, ...], str] = {}
MOST_PAGES = 500
ON_A_CODE_PAGE = (
    "pk",
    "name",
    "phone",
    "phone_hours",
    "colour",
    "logo",
    "thanks",
    "thanks_en",
)
BLANK = "%A%% %B%% %C%% %D%%"


def code_page(
    request: HttpRequest, template: str, code: str, kept: telling.Kept | None
) -> HttpResponse:
    """Return a page that shows a code, the same for everybody but for that."""
    kind_word = bsn_words() if kept and kept.n_masked else ""
    shown = organisation_of(request)
    shown_of_it = tuple(getattr(shown, name) for name in ON_A_CODE_PAGE)
    key = (template, kind_word, preferences_of(request), shown_of_it)
    page = _code_pages.get(key)
    if page is None:
        if len(_code_pages) >= MOST_PAGES:
            _code_pages.clear()
        context = {"code": BLANK, "kind_word": kind_word, "main_form": "code"}
        page = _code_pages[key] = render_to_string(template, context, request)
    for blank, group in zip(BLANK.split(), in_groups(code).split(), strict=True):
        page = page.replace(blank, group)
    return HttpResponse(page)
