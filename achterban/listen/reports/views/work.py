"""The Werkplek: read, ask, answer, set a status, hand over, undo, take a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from achterban.core import clock
from achterban.core.accounts.access import (
    WorkRequest,
    leave_words,
    unsent,
    work_page,
)
from achterban.core.web.middleware import is_choice
from achterban.core.web.navigation import places_beside
from achterban.core.web.preferences import preferences_of
from achterban.listen.reports import pages
from achterban.listen.reports.actions import drafting, handling, telling
from achterban.listen.reports.forms import (
    CallForm,
    HandoverForm,
    StatusForm,
    WordsForm,
)
from achterban.listen.reports.models import EntryKind, Report, Review, Telling
from achterban.listen.reports.queries import same_words
from achterban.people.persons.actions import (
    look_up_person,
    masked_details,
    register_person,
)
from achterban.people.persons.models import ContactDetails
from achterban.rules.receipts import in_groups

MOST_DRAFTS = 7
WRITABLE = {
    "ask": EntryKind.QUESTION,
    "answer": EntryKind.ANSWER,
    "note": EntryKind.NOTE,
}


def get_report(request: WorkRequest, pk: int) -> Report:
    """Return a report that this account may read here, or 404."""
    visible = Report.objects.visible_to(request.user, request.organisation)
    return get_object_or_404(
        visible.select_related("key", "organisation", "handler"), pk=pk
    )


def only_acts(
    view: Callable[[WorkRequest, int], HttpResponse],
) -> Callable[[WorkRequest, int], HttpResponse]:
    """Act on POST; whoever comes back to the address sees the report, not an error."""

    @wraps(view)
    def wrapped(request: WorkRequest, pk: int) -> HttpResponse:
        if request.method == "POST":
            return view(request, pk)
        return redirect("reports:report", get_report(request, pk).pk)

    return wrapped


@work_page("reports.read")
@require_GET
def report(request: WorkRequest, pk: int) -> HttpResponse:
    """One report: what was told, the course, and what can be done now."""
    return _report_page(request, get_report(request, pk))


@work_page("reports.answer")
@require_http_methods(["GET", "POST"])
def write(request: WorkRequest, pk: int) -> HttpResponse:
    """Send a question or an answer, or keep a note for colleagues."""
    subject = get_report(request, pk)
    if request.method != "POST":  # taken back, or back from logging in
        kept = unsent(request) or {}
        words = WordsForm(initial=kept)
        is_note = kept.get("act") == "note"
        return _report_page(request, subject, words=words, is_note=is_note)
    form = WordsForm(request.POST)
    kind = WRITABLE.get(request.POST.get("act", ""), EntryKind.NOTE)
    if is_choice(request) or not form.is_valid():
        return _report_page(request, subject, words=form, is_note=kind == "note")
    try:
        handling.write_entry(
            pk, kind, form.cleaned_data["text"], by=request.user, at=clock.now()
        )
    except handling.StepNotAllowed:  # withdrawn while this was typed
        messages.error(request, _("Meanwhile this was taken back by whoever told it."))
        return redirect("work")
    is_note = kind == EntryKind.NOTE
    messages.success(
        request,
        _("Kept for colleagues.")
        if is_note
        else _("Sent. It stands behind the code now."),
    )
    return redirect("reports:report", pk)


@work_page("reports.answer")
@only_acts
def set_status(request: WorkRequest, pk: int) -> HttpResponse:
    """Move the report a step."""
    subject = get_report(request, pk)
    form = StatusForm(request.POST, now_at=subject.status)
    if form.is_valid():
        handling.set_status(
            pk, form.cleaned_data["status"], by=request.user, at=clock.now()
        )
        messages.success(request, _("The status is changed."))
    else:
        messages.error(request, _("This step is not possible from here."))
    return redirect("reports:report", pk)


@work_page("reports.answer")
@only_acts
def set_urgent(request: WorkRequest, pk: int) -> HttpResponse:
    """Say that it is urgent, or that it is not."""
    get_report(request, pk)
    is_urgent = request.POST.get("urgent") == "yes"
    handling.set_urgent(pk, is_urgent=is_urgent, by=request.user, at=clock.now())
    messages.success(
        request,
        _("It stands first now.") if is_urgent else _("It waits its turn now."),
    )
    return redirect("reports:report", pk)


@work_page("reports.answer")
@only_acts
def take(request: WorkRequest, pk: int) -> HttpResponse:
    """Take the report oneself."""
    get_report(request, pk)
    handling.hand_over(pk, request.user, by=request.user, at=clock.now())
    messages.success(request, _("You have this one now."))
    return redirect("reports:report", pk)


@work_page("reports.answer")
@require_http_methods(["GET", "POST"])
def hand_over(request: WorkRequest, pk: int) -> HttpResponse:
    """Give the report to a colleague."""
    subject = get_report(request, pk)
    if request.method != "POST":
        kept = _handover(request, initial=unsent(request))
        return _report_page(request, subject, handover=kept)
    form = _handover(request, request.POST)
    if is_choice(request) or not form.is_valid():
        return _report_page(request, subject, handover=form)
    handling.hand_over(
        pk,
        form.cleaned_data["to"],
        note=form.cleaned_data["note"],
        by=request.user,
        at=clock.now(),
    )
    messages.success(
        request, _("%(name)s has it now.") % {"name": form.cleaned_data["to"]}
    )
    return redirect("reports:report", pk)


def _handover(request: WorkRequest, *args: Any, **kwargs: Any) -> HandoverForm:
    return HandoverForm(
        *args, organisation=request.organisation, by=request.user, **kwargs
    )


@work_page("reports.answer")
@only_acts
def undo(request: WorkRequest, pk: int) -> HttpResponse:
    """Take back the last act."""
    subject = get_report(request, pk)
    try:
        entry = handling.undo_last(pk, by=request.user, at=clock.now())
    except handling.NothingToUndo:
        messages.error(request, _("This cannot be taken back: it was read already."))
        return redirect("reports:report", pk)
    is_note = entry.kind in {EntryKind.NOTE, EntryKind.HANDOVER}
    words = {
        "text": entry.open_words(subject.key),
        "act": "note" if is_note else "answer",
    }
    leave_words(request, reverse("reports:write", args=[pk]), words)
    messages.success(request, _("Taken back."))
    return redirect("reports:write", pk)


@work_page("reports.enter")
@require_http_methods(["GET", "POST"])
def call(request: WorkRequest) -> HttpResponse:
    """Write down a report during a call; every pause in typing is kept."""
    if request.method != "POST":
        return _call_page(
            request, CallForm(initial=unsent(request)), telling.fresh_code()
        )
    form = CallForm(request.POST)
    try:
        code = telling.code_of(request.POST.get("token", ""))
    except telling.NotOurToken:
        form.is_valid()
        form.add_error(None, _("This page was too old. Press the button once more."))
        return _call_page(request, form, telling.fresh_code())
    if is_choice(request):
        return _call_page(request, CallForm(initial=request.POST.dict()), code)
    if request.POST.get("act") == "no":
        drafting.drop_draft(code, request.organisation, on=clock.today())
        messages.success(request, _("Nothing was kept."))
        return redirect("reports:call")
    if not form.is_valid():
        return _call_page(request, form, code)
    return _store_call(request, form, code)


def _store_call(request: WorkRequest, form: CallForm, code: str) -> HttpResponse:
    data = form.cleaned_data
    left = ContactDetails(data["name"], data["phone"], data["when"])
    details = masked_details(left)
    person = 0
    if details:
        person = register_person(
            request.organisation, details, by=request.user, at=clock.now()
        ).pk
    kept = telling.send_report(
        code,
        request.organisation,
        Telling(data["text"], municipality=data["place"], person=person),
        consent=telling.Yes(
            str(form.fields["yes"].label), preferences_of(request).language
        ),
        on=clock.today(),
        by=request.user,
    )
    context = {
        "code": in_groups(code),
        "report": kept.report,
        "is_masked": kept.n_masked or details != left,
    }
    return TemplateResponse(request, "reports/call_kept.html", context)


@work_page("reports.enter")
@require_POST
def continue_call(request: WorkRequest, pk: int) -> HttpResponse:
    """Go on with a telephone note that was not sent."""
    drafts = Report.objects.drafts_of(request.user, request.organisation)
    draft = get_object_or_404(drafts.select_related("key"), pk=pk)
    code = drafting.renew_code(draft.pk, by=request.user)
    words = {"text": draft.open_telling().text}
    return _call_page(request, CallForm(initial=words), code)


@work_page("reports.enter")
@require_POST
def keep_call(request: WorkRequest) -> HttpResponse:
    """Keep what was typed so far in a call."""
    try:
        kept = telling.keep_draft(
            telling.code_of(request.POST.get("token", "")),
            request.organisation,
            Telling(request.POST.get("text", "").replace("\0", "")),
            on=clock.today(),
            by=request.user,
        )
    except (telling.NotOurToken, telling.AlreadySent, telling.Gone):
        return JsonResponse({"kept": False}, status=409)
    except telling.TooLong:
        return JsonResponse({"kept": False}, status=413)
    return JsonResponse({"kept": True, "kind_word": "" if not kept.n_masked else "bsn"})


@work_page("reports.answer")
@only_acts
def contact(request: WorkRequest, pk: int) -> HttpResponse:
    """Show who told it, to whoever has the report; the look is logged first."""
    subject = get_report(request, pk)
    person = subject.open_telling().person
    if subject.handler_id != request.user.pk or not person:
        messages.error(request, _("Take the report first: then you see who told it."))
        return redirect("reports:report", pk)
    details = look_up_person(
        request.organisation, person, by=request.user, at=clock.now()
    )
    return _report_page(request, subject, details=details)


def _call_page(request: WorkRequest, form: CallForm, code: str) -> HttpResponse:
    drafts = Report.objects.drafts_of(request.user, request.organisation)
    context = {
        "form": form,
        "token": telling.token_of(code),
        "main_form": "tell",
        "drafts": [] if form.is_bound or form.initial else drafts[:MOST_DRAFTS],
    }
    return TemplateResponse(request, "reports/call.html", context)


def _report_page(
    request: WorkRequest,
    subject: Report,
    *,
    words: WordsForm | None = None,
    handover: HandoverForm | None = None,
    is_note: bool = False,
    details: ContactDetails | None = None,
) -> HttpResponse:
    log_reads(request, [subject])
    told = subject.open_telling()
    entries = pages.for_handlers(subject)
    last = entries[-1].entry if entries else None
    context: dict[str, Any] = {
        "report": subject,
        "told": told,
        "circumstances": pages.circumstances(replace(told, yes=[], hear="")),
        "same": same_words(subject) if "reports.read_all" in request.may else None,
        "branch": pages.branch_of(told, request.organisation),
        "given": pages.given(subject, on=clock.today()),
        "entries": entries,
        "files": pages.files_of(subject),
        "words": words or WordsForm(),
        "is_note": is_note,
        "status_form": StatusForm(now_at=subject.status),
        "handover": handover or _handover(request),
        "is_mine": subject.handler_id == request.user.pk,
        "may_undo": last is not None
        and last.kind in handling.UNDOABLE
        and last.by_id == request.user.pk
        and last.read_on is None,
        "details": details,
        "found": pages.signs_in(told, entries) if subject.is_urgent else [],
        "is_checked": _is_checked(request, subject),
        "about": pages.about(subject) if "reports.triage" in request.may else None,
        "may_triage": "reports.triage" in request.may,
        "beside": places_beside("report", request),
        "may_tell": "updates.send" in request.may,
        "may_on_request": "reports.on_request" in request.may,
    }
    return TemplateResponse(request, "reports/report.html", context)


def _is_checked(request: WorkRequest, subject: Report) -> bool:
    visible = Review.objects.visible_to(request.user, request.organisation)
    return visible.approved().filter(report=subject).exists()


def log_reads(request: WorkRequest, reports: list[Report]) -> None:
    """Write in the log who reads what, before the page leaves."""
    if reports:
        handling.record_reads(
            reports, by=request.user, organisation=request.organisation, at=clock.now()
        )
