"""What somebody does with their own report, whichever way they came to it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from django.core.signing import BadSignature
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from achterban.core import clock
from achterban.core.files.serving import NOTHING_RUNS
from achterban.core.mine.access import unsent
from achterban.core.mine.models import OwnAccount
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.listen.reports import along, limits, pages
from achterban.listen.reports.actions import returning
from achterban.listen.reports.forms import WordsForm
from achterban.listen.reports.models import Report
from achterban.listen.reports.questions import PHOTOS_AND_PAPERS
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.views.shared import (
    bsn_words,
    entry_key,
    entry_token,
    file_page,
    not_stored_words,
    unavailable,
)
from achterban.listen.reports.views.ways import Way

log = logging.getLogger(__name__)
KEY_DIGITS = 20  # a key of 63 bits has 19 at most


def course(
    request: HttpRequest,
    report: Report,
    way: Way,
    form: WordsForm | None = None,
    **more: Any,
) -> HttpResponse:
    """Return the page of one report for who told it; by then it has been read."""
    if form is None:
        typed = request.POST.get("text", "") if is_choice(request) else ""
        typed = typed or unsent(request, way.urls["say_more"])
        form = WordsForm(initial={"text": typed})
    form.fields["text"].label = (
        _("Your reply") if report.status == Status.ASKED else _("Something to add?")
    )
    entries = pages.for_reporter(report)
    returning.read_by_reporter(report, on=clock.today())
    told = report.open_telling()
    context = {
        "report": report,
        "told": told,
        "circumstances": pages.circumstances(replace(told, yes=[], hear="")),
        "given": pages.given(report, on=clock.today()),
        "entries": entries,
        "files": report.attachments.select_related("file__key"),
        "form": form,
        "way": way,
        "code": way.code,
        "takes": f"{PHOTOS_AND_PAPERS},audio/*",
        "entry_token": entry_token(),
        "may_give": pages.not_given(report, on=clock.today()),
        "main_form": "more",
        **more,
    }
    return file_page(request, "reports/course.html", context)


def show(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Show it."""
    return course(request, report, way)


def say_more(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Answer a question, or add something."""
    form = WordsForm(request.POST)
    try:
        entry_id = entry_key(request)
    except BadSignature:
        form.is_valid()
        form.add_error(None, _("This page was too old. Press Send once more."))
        return course(request, report, way, form)
    if is_choice(request):
        return course(request, report, way)
    if not form.is_valid():
        return course(request, report, way, form)
    if wait := limits.intake_wait(request):
        form.add_error(None, wait_words(wait))
        return slowed(course(request, report, way, form), wait)
    try:
        kept = returning.say_more(
            report, form.cleaned_data["text"], entry_id=entry_id, on=clock.today()
        )
    except (DatabaseError, OSError) as error:
        log.error("not stored: %s", type(error).__name__)
        form.add_error(None, not_stored_words())
        return unavailable(course(request, report, way, form))
    kind_word = bsn_words() if kept.n_masked else ""
    kept.report.organisation = report.organisation
    return course(request, kept.report, way, just_sent=True, kind_word=kind_word)


def take_yes_back(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Withdraw one consent."""
    asked = request.POST.get("consent", "")
    if not asked.isdecimal() or len(asked) >= KEY_DIGITS or is_choice(request):
        return course(request, report, way)
    returning.take_yes_back(report, int(asked), on=clock.today())
    return course(request, report, way, is_taken_back=True)


def looks(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Say who of the organisation looked, on which day: what they are, no names.

    Source: NEN 7513 ch. 9, AVG art. 15.
    """
    context = {"way": way, "looks": along.who_looked(report), "report": report}
    return TemplateResponse(request, "reports/looks.html", context)


def take_along(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Give all that is known of it, as a file that is kept nowhere."""
    returning.record_taken_along(report, on=clock.today())
    return along_file([report])


def along_file(
    reports: list[Report], account: OwnAccount | None = None
) -> HttpResponse:
    """Return the file with all of these, to keep."""
    content = along.zipped(reports, on=clock.today(), account=account)
    response = StreamingHttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="meenemen.zip"'
    response["Content-Security-Policy"] = NOTHING_RUNS
    return response  # type: ignore[return-value]  # layers look at ``streaming``


def withdraw(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Ask whether all must go, and let it go."""
    if request.POST.get("sure") != "yes":
        context = {"way": way, "main_form": "withdraw"}
        return TemplateResponse(request, "reports/withdraw.html", context)
    returning.withdraw_report(report, on=clock.today())
    return TemplateResponse(request, "reports/withdrawn.html", {"just_now": True})
