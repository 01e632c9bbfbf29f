"""The Werkplek: tell those who reported what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import View, WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.actions import updating
from achterban.listen.reports.forms_updates import UpdateForm
from achterban.listen.reports.models import Report, Update, UpdateWords
from achterban.listen.reports.queries import Choice

PAGE_SIZE = 25


@dataclass(frozen=True)
class ShownUpdate:
    """An update in the list.

    Attributes:
        update: the row, with its counts.
        lead: its first sentence.
    """

    update: Update
    lead: str


def get_update(request: WorkRequest, pk: int, *, sent: bool | None = None) -> Update:
    """Return an update of this organisation, or 404.

    Args:
        request: who asks.
        pk: which one.
        sent: whether it must be sent, or a draft; None for either.
    """
    visible = Update.objects.visible_to(request.user, request.organisation)
    if sent is not None:
        visible = visible.filter(sent_on__isnull=not sent)
    return get_object_or_404(visible.with_counts(), pk=pk)


def only_acts(
    view: View[WorkRequest, [int]],
) -> View[WorkRequest, [int]]:
    """Act on POST; whoever comes back to the address sees the update, not an error."""

    @wraps(view)
    def wrapped(request: WorkRequest, pk: int) -> HttpResponse:
        if request.method == "POST":
            return view(request, pk)
        return redirect("reports:update", get_update(request, pk).pk)

    return wrapped


@work_page("updates.send")
@require_GET
def update_list(request: WorkRequest) -> HttpResponse:
    """What was sent and to how many, and what is still being written."""
    updates = Update.objects.visible_to(request.user, request.organisation)
    sent = updates.filter(sent_on__isnull=False).with_counts()
    newest_first = sent.order_by("-sent_on", "pk")
    page = Paginator(newest_first, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "sent": _shown(page),
        "drafts": _shown(updates.filter(sent_on=None)),
    }
    return TemplateResponse(request, "reports/update_list.html", context)


@work_page("updates.send")
@require_http_methods(["GET", "POST"])
def begin_update(request: WorkRequest) -> HttpResponse:
    """Begin an update for the reports that were ticked, or for a whole list."""
    if request.method != "POST":
        return redirect("reports:report-list")
    reports = Report.objects.visible_to(request.user, request.organisation)
    if request.POST.get("all"):
        choice = Choice.read(request.POST, request.organisation)
        chosen = choice.of(reports, request.organisation)
    else:
        ticked = keys_among(request.POST.getlist("report"))
        chosen = reports.filter(pk__in=ticked)
    try:
        update = updating.begin_update(
            request.organisation,
            chosen.values_list("pk", flat=True),
            by=request.user,
            at=clock.now(),
        )
    except updating.NobodyChosen:
        messages.error(request, _("Tick at least one report first."))
        return redirect("reports:report-list")
    except updating.TooMany:
        messages.error(request, _("At most 10,000 at once. Choose a smaller list."))
        return redirect("reports:report-list")
    return redirect("reports:update", update.pk)


@work_page("updates.send")
@require_http_methods(["GET", "POST"])
def update(request: WorkRequest, pk: int) -> HttpResponse:
    """Write an update; once it is sent, see what became of it."""
    subject = get_update(request, pk)
    if not subject.is_draft:
        return _sent_page(request, subject)
    if request.method != "POST":
        kept = unsent(request)
        return _write_page(request, subject, UpdateForm(initial=kept or _kept(subject)))
    form = UpdateForm(request.POST)
    if is_choice(request) or not form.is_valid():
        return _write_page(request, subject, form)
    try:
        _keep(request, subject, form)
    except updating.AlreadySent:
        messages.error(request, _("A colleague sent it in the meantime."))
        return redirect("reports:update", pk)
    if request.POST.get("act") != "check":
        messages.success(request, _("Kept. Nothing was sent yet."))
        return redirect("reports:update", pk)
    if not form.cleaned_data["lead"]:
        form.add_error("lead", _("Write one sentence that says it."))
        return _write_page(request, subject, form)
    return redirect("reports:check-update", pk)


@work_page("updates.send")
@require_http_methods(["GET", "POST"])
def check_update(request: WorkRequest, pk: int) -> HttpResponse:
    """See whom it reaches and how it reads, and send it."""
    subject = get_update(request, pk)
    if not subject.is_draft:
        return redirect("reports:update", pk)
    if request.method == "POST" and not is_choice(request):
        try:
            updating.send_update(pk, by=request.user, at=clock.now())
        except updating.NothingToSay:
            messages.error(request, _("Write one sentence that says it."))
        else:
            messages.success(request, _("On its way. Within a minute it is there."))
        return redirect("reports:update", pk)
    context = {
        "update": subject,
        "words": subject.open_words(),
        "reach": updating.reach_of(subject),
    }
    return TemplateResponse(request, "reports/update_check.html", context)


@work_page("updates.send")
@require_http_methods(["GET", "POST"])
def drop_update(request: WorkRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after asking."""
    subject = get_update(request, pk, sent=False)
    if request.method == "POST" and not is_choice(request):
        updating.drop_update(pk, by=request.user, at=clock.now())
        messages.success(request, _("The draft is gone."))
        return redirect("reports:update-list")
    context = {"update": subject, "words": subject.open_words()}
    return TemplateResponse(request, "reports/update_drop.html", context)


@work_page("updates.send")
@require_http_methods(["GET", "POST"])
def undo_update(request: WorkRequest, pk: int) -> HttpResponse:
    """Take an update back from who has not read it, after asking."""
    subject = get_update(request, pk, sent=True)
    if request.method == "POST" and not is_choice(request):
        n_had_read = updating.undo_update(pk, by=request.user, at=clock.now())
        messages.success(request, _undone_words(n_had_read))
        return redirect("reports:update", pk)
    context = {"update": subject, "words": subject.open_words()}
    return TemplateResponse(request, "reports/update_undo.html", context)


@work_page("updates.publish")
@only_acts
def publish_update(request: WorkRequest, pk: int) -> HttpResponse:
    """Put it on the public page, or take it off."""
    get_update(request, pk, sent=True)
    if request.POST.get("act") == "off":
        updating.unpublish_update(pk, by=request.user, at=clock.now())
        messages.success(request, _("It is off the public page."))
        return redirect("reports:update", pk)
    try:
        updating.publish_update(pk, by=request.user, at=clock.now())
    except updating.SamePerson:
        messages.error(request, _("You wrote it yourself. Ask a second person."))
    except updating.TooFewToPublish:
        messages.error(request, _("Fewer than ten have it: it stays behind the code."))
    else:
        messages.success(request, _("Everybody can read it now."))
    return redirect("reports:update", pk)


def _undone_words(n_had_read: int) -> str:
    if not n_had_read:
        return _("Taken back. Nobody had read it.")
    return _("Taken back. %(n)d had read it; for them it stays.") % {"n": n_had_read}


def _shown(updates: Iterable[Update]) -> list[ShownUpdate]:
    return [ShownUpdate(one, one.open_words().lead) for one in updates]


def _kept(subject: Update) -> dict[str, Any]:
    words = subject.open_words()
    return {
        "kind": subject.kind,
        "lead": words.lead,
        "rest": words.rest,
        "wants_public": subject.wants_public,
    }


def _keep(request: WorkRequest, subject: Update, form: UpdateForm) -> None:
    data = form.cleaned_data
    updating.keep_update(
        subject.pk,
        UpdateWords(data["lead"], data["rest"]),
        kind=data["kind"],
        wants_public=data["wants_public"],
        by=request.user,
        at=clock.now(),
    )


def _write_page(
    request: WorkRequest, subject: Update, form: UpdateForm
) -> HttpResponse:
    context = {
        "update": subject,
        "form": form,
        "n_chosen": len(subject.chosen),
        "main_form": "update",
    }
    return TemplateResponse(request, "reports/update.html", context)


def _sent_page(request: WorkRequest, subject: Update) -> HttpResponse:
    n_stands = updating.n_standing(subject)
    context = {
        "update": subject,
        "words": subject.open_words(),
        "is_mine": subject.by_id == request.user.pk,
        "may_publish": "updates.publish" in request.may
        and subject.wants_public
        and not subject.undone_on
        and n_stands >= updating.LEAST_PUBLIC,
        "least": updating.LEAST_PUBLIC,
    }
    return TemplateResponse(request, "reports/update_sent.html", context)
