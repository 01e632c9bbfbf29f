"""The Werkplek: write a promise down, better, or with another term."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.commitments.actions import keeping
from achterban.advocate.commitments.forms import (
    KEPT_FIELDS,
    CommitmentForm,
    MoveForm,
    ReadForm,
)
from achterban.advocate.commitments.models import Commitment
from achterban.advocate.commitments.views.work import get_commitment
from achterban.advocate.dossiers.models import Dossier, Meeting
from achterban.advocate.dossiers.queries.choosing import (
    WHOLE,
    choose_party,
    named,
    people_at,
)
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice
from achterban.rules.commitments import suggestions

MOST_WORDS = 1000  # of a promise


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new(request: WorkRequest, pk: int) -> HttpResponse:
    """Choose who promised, then write down what."""
    workable = Dossier.objects.workable_by(request.user, request.organisation)
    dossier = get_object_or_404(workable.select_related("place", "organisation"), pk=pk)
    chosen = choose_party(request)
    if chosen.party is None:
        context = {"dossier": dossier, "chosen": chosen, "main_form": "choose"}
        return TemplateResponse(request, "commitments/choose.html", context)
    row = Commitment(dossier=dossier, party=chosen.party)
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
    """Look for promises in a text that is pasted; nothing of it is kept."""
    workable = Dossier.objects.workable_by(request.user, request.organisation)
    dossier = get_object_or_404(workable.select_related("place"), pk=pk)
    chosen = choose_party(request)
    if chosen.party is None:
        context = {"dossier": dossier, "chosen": chosen, "main_form": "choose"}
        return TemplateResponse(request, "commitments/choose.html", context)
    is_sent = request.method == "POST" and not is_choice(request)
    form = ReadForm(
        request.POST if is_sent else None,
        initial=unsent(request) or request.POST.dict(),
    )
    context = {
        "dossier": dossier,
        "party": chosen.party,
        "form": form,
        "main_form": "read",
        "found": _found(form) if is_sent and form.is_valid() else None,
    }
    return TemplateResponse(request, "commitments/read.html", context)


def _found(form: ReadForm) -> list[dict[str, str]]:
    """Return what may be promised, with the words for the term."""
    given = form.cleaned_data
    return [
        {"verbatim": it.what[:MOST_WORDS], "words": it.when}
        for it in suggestions(given["text"], given["said_on"])
    ]


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
    form = CommitmentForm(
        request.POST if is_sent else None,
        known=[(WHOLE, whole), *((str(pk), name) for pk, name in names.items())],
        is_new=is_new,
        initial=unsent(request) or {**stood, **request.POST.dict()},
    )
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
            return redirect("commitments:commitment", row.pk)
    context = {"row": row, "is_new": is_new, "form": form, "main_form": "promise"}
    return TemplateResponse(request, "commitments/write.html", context)


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
