"""The Werkplek: write a promise down, better, or with another term."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.commitments.actions import following, keeping
from achterban.advocate.commitments.forms import (
    KEPT_FIELDS,
    CommitmentForm,
    MoveForm,
    ReadForm,
)
from achterban.advocate.commitments.models import (
    Commitment,
    Kind,
    Recess,
    Whereabouts,
)
from achterban.advocate.commitments.queries.whereabouts import (
    leaf_of,
    suggested_by,
    suggested_in,
)
from achterban.advocate.commitments.views.work import get_commitment
from achterban.advocate.dossiers.models import Dossier, Meeting
from achterban.advocate.dossiers.queries.choosing import (
    WHOLE,
    choose_party,
    named,
    people_at,
)
from achterban.advocate.issues.actions import record_reading
from achterban.advocate.issues.models import Document
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.vault.passages import NotInWords
from achterban.core.web.middleware import is_choice
from achterban.rules.recurrence import Days


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new(request: WorkRequest, pk: int) -> HttpResponse:
    """Choose who promised, then write down what."""
    workable = Dossier.objects.workable_by(request.user, request.organisation)
    dossier = get_object_or_404(workable.select_related("place", "organisation"), pk=pk)
    chosen = choose_party(request)
    asked = request.GET.get("soort", "")
    kind = Kind(asked) if asked in Kind.values else Kind.PROMISE
    if chosen.party is None:
        context = {"dossier": dossier, "chosen": chosen, "main_form": "choose"}
        if kind is not Kind.PROMISE:
            context["kept"] = kind
        return TemplateResponse(request, "commitments/choose.html", context)
    row = Commitment(kind=kind, dossier=dossier, party=chosen.party)
    return _edit(request, _said_in(row, _meeting(request)))


def _meeting(request: WorkRequest) -> Meeting | None:
    """Return the talk that an address names, if it is one that may be read."""
    visible = Meeting.objects.visible_to(request.user, request.organisation)
    keys = keys_among([request.GET.get("gesprek", "")])
    return visible.filter(pk__in=keys).first()


def _said_in(row: Commitment, meeting: Meeting | None) -> Commitment:
    """Fill in what a talk says of a promise that was made there."""
    if meeting is not None:
        row.meeting = meeting
        row.said_on = timezone.localdate(meeting.starts_at)
        row.source = _("Talk: %(title)s") % {"title": meeting.title}
    return row


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def read(request: WorkRequest, pk: int) -> HttpResponse:
    """Look for promises in a document, or in a text that is pasted and not kept."""
    workable = Dossier.objects.workable_by(request.user, request.organisation)
    dossier = get_object_or_404(workable.select_related("place"), pk=pk)
    chosen = choose_party(request)
    if chosen.party is None:
        context = {"dossier": dossier, "chosen": chosen, "main_form": "choose"}
        return TemplateResponse(request, "commitments/choose.html", context)
    is_sent = request.method == "POST" and not is_choice(request)
    form = ReadForm(
        request.POST if is_sent else None,
        documents=Document.objects.visible_to(request.user, request.organisation),
        initial=unsent(request) or request.POST.dict(),
    )
    context = {
        "dossier": dossier,
        "party": chosen.party,
        "form": form,
        "main_form": "read",
    }
    if is_sent and form.is_valid():
        context |= _found(request, form)
    return TemplateResponse(request, "commitments/read.html", context)


def _found(request: WorkRequest, form: ReadForm) -> dict[str, Any]:
    """Return what may be promised, with the words for the term."""
    given = form.cleaned_data
    document: Document | None = given["document"]
    if document is None:
        found = list(suggested_in(given["text"], given["said_on"]))
        return {"found": found, "source": given["source"]}
    record_reading(document, by=request.user, at=clock.now())
    found, n_unread = suggested_by(document, given["said_on"])
    source = given["source"] or str(document)
    return {
        "found": found,
        "source": source,
        "n_unread": n_unread,
        "document": document,
    }


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def change(request: WorkRequest, pk: int) -> HttpResponse:
    """Write it down better, or add a reading."""
    return _edit(request, get_commitment(request, pk))


def _edit(request: WorkRequest, row: Commitment) -> HttpResponse:
    functions = people_at(request, row.party, on=clock.today())
    if row.function and row.function not in functions:
        functions.append(row.function)
    names = named(request, functions)
    whole = _("%(party)s as a whole") % {"party": row.party}
    is_new = row._state.adding
    stood = {name: getattr(row, name) for name in KEPT_FIELDS}
    stood |= {"who": str(row.function_id or WHOLE)}
    is_taken = "take" in request.POST  # from a text: to be looked at first
    is_sent = request.method == "POST" and not is_choice(request) and not is_taken
    kept = unsent(request) or request.POST.dict()
    form = CommitmentForm(
        request.POST if is_sent else None,
        known=[(WHOLE, whole), *((str(pk), name) for pk, name in names.items())],
        is_new=is_new,
        today=clock.today(),
        initial={**stood, **kept},
    )
    form.recesses = known_recesses(request)
    if is_sent and form.is_valid():
        said = form.cleaned_data["who"]
        row.function = next((it for it in functions if str(it.pk) == said), None)
        when = form.when if is_new else None
        try:
            keeping.keep_commitment(
                form.fill(row), when, by=request.user, at=clock.now()
            )
        except keeping.NoReading:
            form.add_error("theirs", _("It is disputed: both readings stay."))
        else:
            messages.success(request, _("Kept."))
            _point(request, row)
            return redirect("commitments:commitment", row.pk)
    context = {
        "row": row,
        "is_new": is_new,
        "form": form,
        "main_form": "promise",
        "pointing": {name: kept.get(name, "") for name in ("document", "passage")},
    }
    return TemplateResponse(request, "commitments/write.html", context)


def _point(request: WorkRequest, row: Commitment) -> None:
    """Keep where a promise stands in the document that it was found in."""
    visible = Document.objects.visible_to(request.user, request.organisation)
    keys = keys_among([request.POST.get("document", "")])
    document = visible.filter(pk__in=keys).select_related("key").first()
    if document is None:
        return
    try:
        following.point_at(row, document, request.POST.get("passage", ""))
    except NotInWords:
        messages.warning(
            request, _("These words stand twice in the document: we keep no place.")
        )


@work_page("dossiers.read")
@require_GET
def place(request: WorkRequest, pk: int) -> HttpResponse:
    """The page of a document on which a promise stands, with the promise marked."""
    row = get_commitment(request, pk, may_change=False)
    places = Whereabouts.objects.visible_to(request.user, request.organisation)
    found = get_object_or_404(places.select_related("document__key"), commitment=row)
    record_reading(found.document, by=request.user, at=clock.now())
    context = {
        "row": row,
        "found": found,
        "document": found.document,
        "leaf": leaf_of(found),
    }
    return TemplateResponse(request, "commitments/place.html", context)


def known_recesses(request: WorkRequest) -> list[Days]:
    """Return the days of the recesses that were written down."""
    visible = Recess.objects.visible_to(request.user, request.organisation)
    return [row.days for row in visible]


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def move(request: WorkRequest, pk: int) -> HttpResponse:
    """Agree on another term; the one before stays to be read."""
    row = get_commitment(request, pk)
    kept = unsent(request) or request.POST.dict()
    is_sent = request.method == "POST" and not is_choice(request)
    form = MoveForm(
        request.POST if is_sent else None, read_on=clock.today(), initial=kept
    )
    form.recesses = known_recesses(request)
    if is_sent and form.is_valid():
        why = form.cleaned_data["why"]
        try:
            keeping.move_term(row, form.when, why, by=request.user, at=clock.now())
        except keeping.NotAllowed:
            messages.error(request, _("It is kept or lapsed. Open it first."))
        else:
            messages.success(request, _("Kept."))
        return redirect("commitments:commitment", row.pk)
    context = {"row": row, "form": form, "main_form": "move"}
    return TemplateResponse(request, "commitments/move.html", context)
