"""The Werkplek: a second pair of eyes, the draft as PDF, and sending."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.publications.actions import sending
from achterban.advocate.publications.actions.sending import fingerprint
from achterban.advocate.publications.actions.writing import NotOpen
from achterban.advocate.publications.checking import Problem, unproven
from achterban.advocate.publications.joint import newcomers_to, partners_of
from achterban.advocate.publications.models import Form, Publication
from achterban.advocate.publications.queries import draft_of, signings_of
from achterban.advocate.publications.rendering import CannotShow, render
from achterban.advocate.publications.rendering.plain import plain
from achterban.advocate.publications.views.work import get_publication, shown
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.files.models import MEDIA_TYPES
from achterban.core.files.serving import NOTHING_RUNS
from achterban.core.web.middleware import is_choice


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def ask(request: WorkRequest, pk: int) -> HttpResponse:
    """Ask somebody else to look through it and send it."""
    row = get_publication(request, pk, is_open=True)
    paper = draft_of(row, on=clock.today())
    problems = sending.in_the_way(row, paper)
    if request.method == "POST" and not is_choice(request):
        try:
            sending.ask(row.pk, by=request.user, at=clock.now())
        except sending.NotReady as refusal:
            problems = refusal.problems
        except (sending.Changed, NotOpen):
            messages.error(request, _("It was changed meanwhile. Read it once more."))
            return redirect("publications:publication", row.pk)
        else:
            messages.success(request, _("It waits for somebody else to send it."))
            return redirect("publications:publication", row.pk)
    # What is refused shows words that somebody told.
    context = {"publication": row, "problems": problems, "partners": partners_of(row)}
    context |= shown(request, paper)
    return TemplateResponse(request, "publications/ask.html", context)


@work_page("publications.read")
@require_GET
def draft(request: WorkRequest, pk: int) -> HttpResponse:
    """What is being written, as PDF; it says on each page that it is a draft."""
    row = get_publication(request, pk, is_open=True)
    paper = draft_of(row, on=clock.today())
    shown(request, paper)
    if paper.is_too_long:
        said = _("It is too long to show, quotes and proof included.")
        messages.error(request, said)
        return redirect("publications:publication", row.pk)
    try:
        content = render(Form.PDF, plain(paper, row.organisation))
    except CannotShow as refusal:
        said = _("The sign %(where)s cannot be printed. Take it out.")
        messages.error(request, said % {"where": refusal.signs})
        return redirect("publications:publication", row.pk)
    answer = HttpResponse(content, content_type=MEDIA_TYPES["pdf"])
    answer["Content-Disposition"] = 'attachment; filename="concept.pdf"'
    answer["Content-Security-Policy"] = NOTHING_RUNS
    return answer


@work_page("publications.send")
@require_http_methods(["GET", "POST"])
def send(request: WorkRequest, pk: int) -> HttpResponse:
    """Look through all that goes out, and send it."""
    row = get_publication(request, pk)
    if not row.is_open:
        return redirect("publications:publication", row.pk)
    problems = None
    if request.method == "POST" and not is_choice(request):
        try:
            version = sending.send(
                row.pk,
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=clock.now(),
            )
        except sending.NotReady as refusal:
            problems = refusal.problems
        except REFUSALS as refusal:
            messages.error(request, why_not(refusal))
            return redirect("publications:send", row.pk)
        else:
            messages.success(request, _("It is fixed as version %d.") % version.n)
            return redirect("publications:version", version.pk)
    return _look_through(request, row, problems)


REFUSALS = (NotOpen, sending.NotAsked, sending.SamePerson, sending.Changed)


def why_not(refusal: Exception) -> str:
    """Return on the screen why something did not leave the house."""
    match refusal:
        case sending.SamePerson():
            return _("You wrote this or asked. Let somebody else send it.")
        case sending.NotAsked():
            return _("Nobody asked to send it yet, or it was changed since.")
        case sending.Changed():
            return _("Something changed since you read it. Read it once more.")
        case NotOpen():
            return _("Somebody sent it meanwhile.")
        case _:
            return _("Something stands in the way. See below.")


def _look_through(
    request: WorkRequest, row: Publication, problems: list[Problem] | None
) -> HttpResponse:
    paper = draft_of(row, on=clock.today())
    problems = sending.in_the_way(row, paper) if problems is None else problems
    signings, partners = signings_of(row, paper), partners_of(row)
    asked = {it.row.partner_id for it in signings if it.is_of_this}
    context = {
        "publication": row,
        "problems": problems,
        "is_asked": not problems and sending.is_asked(row, paper),
        "signings": signings,
        "partners": partners,
        "newcomers": newcomers_to(row),
        "may_ask": any(partner.pk not in asked for partner in partners),
        "unproven": unproven(paper),
        "n_passages": sum(
            bool(it.report) for note in paper.notes for it in note.proofs
        ),
        "is_second": not row.is_by(request.user),
        "seen": "" if problems else fingerprint(paper, row.organisation),
        **shown(request, paper),
    }
    return TemplateResponse(request, "publications/send.html", context)
