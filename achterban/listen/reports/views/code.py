"""Behind a code: no account, no cookie."""

from __future__ import annotations

from functools import wraps

import segno
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core.organisations.mail import address_of
from achterban.core.organisations.middleware import organisation_of
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.listen.reports import limits
from achterban.listen.reports.forms import CodeForm, WordsForm
from achterban.listen.reports.models import Report
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.views import course
from achterban.listen.reports.views.shared import View, tell_page, without_cookies
from achterban.listen.reports.views.ways import Act, Way
from achterban.rules.receipts import in_groups


def code_first(view: View) -> View:
    """Ask for the code where an address is opened without one, by a phone that woke."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return view(request)
        return TemplateResponse(request, "reports/code.html", {"form": CodeForm()})

    return wrapped


def by_code(act: Act, *, with_drafts: bool = False) -> View:
    """Return the view of an act for who has the code.

    Args:
        act: what is done.
        with_drafts: whether it is done with a draft too; else that goes on first.
    """

    @without_cookies
    @code_first
    @wraps(act)
    def view(request: HttpRequest) -> HttpResponse:
        return _behind_code(request, act, with_drafts=with_drafts)

    return view


@without_cookies
@require_http_methods(["GET", "HEAD", "POST"])
def open_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and show what stands behind it."""
    if request.method != "POST" or (is_choice(request) and "code" not in request.POST):
        return TemplateResponse(request, "reports/code.html", {"form": CodeForm()})
    return _behind_code(request, course.show)


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
    request: HttpRequest, act: Act, *, with_drafts: bool = False
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
    if report.status == Status.DRAFT and not with_drafts:
        told = report.open_telling()
        words = WordsForm(initial={"text": told.text})
        return tell_page(request, words, code, may_help=not told.helper)
    return act(request, report, Way(in_groups(code)))


def _code_form(request: HttpRequest, form: CodeForm) -> HttpResponse:
    context = {"form": form, "typed": request.POST.get("text", "")}
    return TemplateResponse(request, "reports/code.html", context)
