"""The Werkplek: bring a correspondence in, and decide what goes out of it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.redactions.actions import deciding, releasing
from achterban.advocate.redactions.actions.deciding import Source
from achterban.advocate.redactions.forms import DecisionsForm, NewForm, pieces
from achterban.advocate.redactions.models import Redaction
from achterban.advocate.redactions.views.work import get_redaction, opened
from achterban.advocate.redactions.words import (
    NOT_READABLE,
    OF_FILES,
    STILL_LOOKING,
)
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.files.actions import (
    TooBusy,
    is_mail,
    read_mails_apart,
    take_words,
)
from achterban.core.files.spool import is_too_large
from achterban.core.files.words import TOO_LONG, said_of
from achterban.core.web.middleware import is_choice
from achterban.rules.filetypes import NotAccepted
from achterban.rules.redaction import Unsafe


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def new(request: WorkRequest, pk: int) -> HttpResponse:
    """Bring a correspondence in, as a file or pasted."""
    workable = Dossier.objects.workable_by(request.user, request.organisation)
    dossier = get_object_or_404(workable.select_related("place", "organisation"), pk=pk)
    is_sent = request.method == "POST" and not is_choice(request)
    form = NewForm(
        request.POST if is_sent else None,
        initial=unsent(request) or request.POST.dict(),
    )
    if is_sent and form.is_valid() and (row := _brought(request, dossier, form)):
        messages.success(request, _("Brought in. Look now what goes out of it."))
        return redirect("redactions:review", row.pk)
    context = {"dossier": dossier, "form": form, "main_form": "new"}
    return TemplateResponse(request, "redactions/new.html", context)


def _brought(request: WorkRequest, dossier: Dossier, form: NewForm) -> Redaction | None:
    """Return what was stored; else say in the form why not."""
    source = _source(request, form)
    if source is None:
        return None
    title = form.cleaned_data["title"]
    try:
        return deciding.bring_in(
            dossier, title, source, by=request.user, at=clock.now()
        )
    except deciding.TooLong:
        form.add_error(None, str(TOO_LONG))
    except deciding.NotReadable:
        form.add_error(None, str(NOT_READABLE))
    return None


def _source(request: WorkRequest, form: NewForm) -> Source | None:
    upload, pasted = request.FILES.get("file"), form.cleaned_data["text"].strip()
    if is_too_large(request):
        form.add_error(None, str(TOO_LONG))
    elif upload is not None:
        return _read(upload, form)
    elif pasted:
        return Source(pasted, hashlib.sha256(pasted.encode()).hexdigest())
    else:
        form.add_error(None, _("Choose a file, or paste the text."))
    return None


def _read(upload: UploadedFile[Any], form: NewForm) -> Source | None:
    try:
        if is_mail(upload):
            content = upload.read()
            mails = read_mails_apart(content)
            checksum = hashlib.sha256(content).hexdigest()
            return Source(mails.text, checksum, mails.left_out)
        read = take_words(upload, whole=True)
        between = "\n\n" if read.has_pages else ""  # else they are pieces of a text
        return Source(between.join(read.pages), read.checksum)
    except NotAccepted as refusal:
        form.add_error(None, str(OF_FILES[refusal.reason]))
    except TooBusy:
        form.add_error(
            None, _("Other files are being read now. Try it again in a minute.")
        )
    except Unsafe as refusal:
        form.add_error(None, said_of(refusal))
    return None


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def review(request: WorkRequest, pk: int) -> HttpResponse:
    """What goes out; accept it, change it, add to it, and ask somebody else."""
    row = get_redaction(request, pk)
    if row.is_public:
        return redirect("redactions:redaction", row.pk)
    text, decisions = opened(request, row), row.open_decisions()
    found = deciding.remaining(row)[: deciding.MOST_SHOWN]
    is_sent = request.method == "POST" and not is_choice(request)
    kept = unsent(request) or request.POST.dict()
    if kept.get("seen") != str(row.revision):  # a choice may be of other words by now
        kept = {name: kept[name] for name in ("title", "more") if name in kept}
    form = DecisionsForm(
        request.POST if is_sent else None,
        text=text,
        decisions=decisions,
        found=found,
        initial={"title": row.title, **kept},
    )
    if is_sent and request.POST.get("seen") != str(row.revision):
        messages.error(request, _("It was changed meanwhile. Look once more."))
        return redirect("redactions:review", row.pk)
    if is_sent and form.is_valid():
        return _keep(request, row, form)
    context = {
        "row": row,
        "form": form,
        "also": form.visible_fields()[: form.n_also],
        "known": form.visible_fields()[form.n_also : -3],
        "more": form.visible_fields()[-3:],
        "pieces": pieces(text, decisions),
        "is_finding": settings.FINDER,
    }
    return TemplateResponse(request, "redactions/review.html", context)


def _keep(request: WorkRequest, row: Redaction, form: DecisionsForm) -> HttpResponse:
    by, at = request.user, clock.now()
    try:
        kept = deciding.keep_decisions(
            row,
            form.decisions(),
            title=form.cleaned_data["title"],
            seen=row.revision,
            by=by,
            at=at,
        )
        if request.POST.get("act") != "ask":
            messages.success(request, _("Kept. Nobody outside reads it yet."))
            return redirect("redactions:review", row.pk)
        if settings.FINDER and kept.looked_on is None:
            messages.error(request, str(STILL_LOOKING))
            return redirect("redactions:review", row.pk)
        releasing.ask(kept, seen=kept.revision, by=by, at=at)
    except releasing.NotSafe:
        messages.error(
            request, _("Kept. There is still something in it that tells who it is.")
        )
        return redirect("redactions:review", row.pk)
    except (deciding.Changed, deciding.IsPublic, deciding.TooLong) as refusal:
        is_long = isinstance(refusal, deciding.TooLong)
        changed = _("It was changed meanwhile. Look once more.")
        messages.error(request, str(TOO_LONG) if is_long else changed)
        return redirect("redactions:redaction", row.pk)
    messages.success(request, _("Kept. It waits for somebody else to make it public."))
    return redirect("redactions:redaction", row.pk)


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def drop(request: WorkRequest, pk: int) -> HttpResponse:
    """Throw away what is not public, after asking."""
    row = get_redaction(request, pk)
    if request.method == "POST" and not is_choice(request):
        try:
            deciding.drop(row, by=request.user, at=clock.now())
        except deciding.IsPublic:
            messages.error(request, _("It is public. Withdraw it first."))
            return redirect("redactions:redaction", row.pk)
        messages.success(request, _("The text is gone."))
        return redirect("redactions:with-dossier", row.dossier_id)
    return TemplateResponse(request, "redactions/drop.html", {"row": row})
