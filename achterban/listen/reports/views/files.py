"""Photos, documents and recordings: bring them, take them away, open them."""

from __future__ import annotations

import logging

from django.core.signing import BadSignature, Signer
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from achterban.core import clock
from achterban.core.accounts.access import (
    WorkRequest,
    is_still_in,
    unsent,
    work_page,
)
from achterban.core.files.actions import TooBusy, take_in
from achterban.core.files.serving import download
from achterban.core.files.spool import is_too_large
from achterban.core.files.words import REFUSALS
from achterban.core.mine import access as mine
from achterban.core.organisations.middleware import organisation_of
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.listen.reports import limits
from achterban.listen.reports.actions import attaching, telling
from achterban.listen.reports.forms import TypedOutForm
from achterban.listen.reports.models import Attachment, Report
from achterban.listen.reports.views.course import KEY_DIGITS, course
from achterban.listen.reports.views.shared import (
    ATTACHMENT,
    not_stored_words,
    without_cookies,
)
from achterban.listen.reports.views.ways import Way
from achterban.rules.filetypes import NotAccepted
from achterban.rules.receipts import NotACode, read_code

log = logging.getLogger(__name__)


def brings_file(request: HttpRequest) -> bool:
    """Return whether a file came along, be it too large."""
    return "file" in request.FILES or is_too_large(request)


class NotKept(Exception):
    """A file was not stored.

    Attributes:
        words: why, and what to do.
        again: whether the script of the page may try it again by itself.
    """

    def __init__(self, words: str, *, again: bool = False) -> None:
        """Keep why."""
        super().__init__(words)
        self.words, self.again = words, again


def keep_file(request: HttpRequest, report: Report) -> str:
    """Store the file that came along; return why not, empty when it is stored."""
    try:
        _store(request, report)
    except NotKept as refusal:
        return refusal.words
    return ""


def _store(request: HttpRequest, report: Report) -> None:
    upload = request.FILES.get("file")
    if is_too_large(request):
        raise NotKept(
            _("This file is larger than 25 MB. Send a smaller one, or a part of it.")
        )
    if upload is None:
        raise NotKept(_("Choose a file first."))
    if wait := limits.intake_wait(request):
        raise NotKept(wait_words(wait))
    try:
        key = Signer(salt=ATTACHMENT).unsign(request.POST.get("attachment", ""))
        taken = take_in(upload)
        attaching.attach(report, taken, attachment_id=int(key), on=clock.today())
    except BadSignature as error:
        words = _("This page was too old. Choose your file once more.")
        raise NotKept(words) from error
    except (NotAccepted, TooBusy, telling.Gone, *FULL) as refusal:
        raise NotKept(
            _words_about(refusal), again=isinstance(refusal, TooBusy)
        ) from refusal
    except (DatabaseError, OSError) as error:
        log.error("file not stored: %s", type(error).__name__)
        raise NotKept(not_stored_words(), again=True) from error


FULL = (attaching.Enough, attaching.NoRoom)


def _words_about(refusal: Exception) -> str:
    match refusal:
        case NotAccepted():
            return str(REFUSALS[refusal.reason])
        case attaching.Enough():
            return _("Ten files is the most. Take one away first.")
        case telling.Gone():
            return _("Meanwhile this was taken back. Nothing was kept.")
        case TooBusy():
            return _("Much comes in just now. Try it again in a minute.")
        case _:
            return _("There is no room for files just now. Try it again tomorrow.")


def drop_file(request: HttpRequest, report: Report) -> bool:
    """Take a file away, where that was asked; return whether it was."""
    asked = request.POST.get("drop", "")
    if not asked.isdecimal() or len(asked) >= KEY_DIGITS:
        return False
    attaching.detach(report, int(asked), on=clock.today())
    return True


@without_cookies
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Store a file while the page stays; called by its script, again when it broke."""
    is_guess = "token" not in request.POST  # a token is one that we gave out
    if is_guess and (wait := limits.guess_wait(request)):
        return slowed(JsonResponse({"kept": False, "why": wait_words(wait)}), wait)
    try:
        code = (
            read_code(request.POST.get("code", ""))
            if is_guess
            else telling.code_of(request.POST["token"])
        )
        report = Report.objects.behind_code(code, organisation_of(request)).get()
    except (telling.NotOurToken, NotACode):
        return JsonResponse({"kept": False}, status=400)
    except Report.DoesNotExist:
        limits.count_wrong_guess(request)
        return JsonResponse({"kept": False}, status=400)
    return keep_for_script(request, report)


def keep_for_script(request: HttpRequest, report: Report) -> JsonResponse:
    """Store the file that came along, and say to the script what became of it."""
    try:
        _store(request, report)
    except NotKept as refusal:
        status = 503 if refusal.again else 200
        return JsonResponse({"kept": False, "why": refusal.words}, status=status)
    return JsonResponse({"kept": True})


def add(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Add a file to what was sent."""
    if is_choice(request):
        return course(request, report, way)
    is_stored = request.POST.get("act") == "show"  # by the script of the page
    refusal = "" if is_stored else keep_file(request, report)
    report.refresh_from_db(fields=["status"])
    return course(request, report, way, refusal=refusal, just_sent=not refusal)


def drop(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Take a file away from what was sent."""
    if not is_choice(request):
        drop_file(request, report)
    return course(request, report, way)


def fetch(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Give somebody their own file back, sent or not."""
    asked = request.POST.get("file", "")
    if not asked.isdecimal() or len(asked) >= KEY_DIGITS:
        raise Http404
    files = report.attachments.select_related("file__key")
    attachment = get_object_or_404(files, pk=int(asked))

    def may() -> bool:
        return bool(way.code) or mine.is_still_in(request)

    return download(request, attachment.file, f"bestand-{attachment.n}", may=may)


@work_page("reports.read")
@require_GET
def work_file(request: WorkRequest, pk: int) -> HttpResponse:
    """Give a handler a file; the log has it before the first byte leaves."""
    visible = Attachment.objects.visible_to(request.user, request.organisation)
    attachment = get_object_or_404(visible, pk=pk)
    attaching.record_opening(attachment, by=request.user, at=clock.now())

    def may() -> bool:
        visible = Attachment.objects.visible_to(request.user, request.organisation)
        return is_still_in(request) and visible.filter(pk=pk).exists()

    return download(request, attachment.file, f"bestand-{attachment.n}", may=may)


@work_page("reports.answer")
@require_http_methods(["GET", "POST"])
def type_out(request: WorkRequest, pk: int) -> HttpResponse:
    """Type out what is said in a recording, or stands in a photo or document."""
    visible = Attachment.objects.visible_to(request.user, request.organisation)
    attachment = get_object_or_404(visible, pk=pk)
    kept = unsent(request) or {"text": attachment.open_words()}
    form = TypedOutForm(
        request.POST if request.method == "POST" else None, initial=kept
    )
    if request.method == "POST" and not is_choice(request) and form.is_valid():
        attaching.type_out(
            attachment, form.cleaned_data["text"], by=request.user, at=clock.now()
        )
        return redirect("reports:report", attachment.report_id)
    attaching.record_opening(attachment, by=request.user, at=clock.now())
    context = {"attachment": attachment, "form": form, "report": attachment.report}
    return TemplateResponse(request, "reports/type_out.html", context)
