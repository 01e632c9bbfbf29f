"""The Werkplek: how many people are in an issue, as it may leave the house."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.issues import actions
from achterban.advocate.issues.forms import CiteFigureForm, FigureForm
from achterban.advocate.issues.models import Figure, Issue
from achterban.advocate.issues.queries import for_whom, voices_of
from achterban.advocate.issues.views.claims import get_claim
from achterban.advocate.issues.views.work import get_issue
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice
from achterban.rules.months import previous_month


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def figure(request: WorkRequest, pk: int) -> HttpResponse:
    """Ask for the number of people of an issue, or release what somebody asked for."""
    issue = get_issue(request, pk)
    waiting = issue.figures.waiting().select_related("asked_by").first()
    if act := request.POST.get("act"):
        return _decide(request, issue, act)
    form = FigureForm(
        request.POST or None,
        initial=unsent(request) or _first_words(issue),
    )
    if request.method == "POST" and is_choice(request):
        form = FigureForm(initial=request.POST.dict())
    elif request.method == "POST" and _is_asked(request, issue, form):
        messages.success(request, _("Kept. A second person releases it."))
        return redirect("issues:figure", issue.pk)
    context = {
        "issue": issue,
        "whom": for_whom([issue])[issue.pk],
        "month": previous_month(clock.today()),
        "waiting": waiting,
        "is_mine": waiting is not None and waiting.asked_by_id == request.user.pk,
        "may_release": "issues.release" in request.may,
        "figures": issue.figures.out().select_related("released"),
        "form": form,
        "main_form": "figure",
    }
    return TemplateResponse(request, "issues/figure.html", context)


def _first_words(issue: Issue) -> dict[str, str]:
    """Return what one may say; of a group with a few, the same as of one with none."""
    seldom = [str(one.group.label) for one in voices_of(issue) if one.is_seldom]
    missing = _("Seldom or not heard: %(groups)s.") % {"groups": ", ".join(seldom)}
    return {"counted": issue.title, "missing": missing if seldom else ""}


def _is_asked(request: WorkRequest, issue: Issue, form: FigureForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.ask_figure(issue, **form.cleaned_data, by=request.user, at=clock.now())
    except actions.TooFew:
        form.add_error(None, _too_few())
    return not form.errors


def _decide(request: WorkRequest, issue: Issue, act: str) -> HttpResponse:
    if act == "release" and "issues.release" not in request.may:
        raise Http404
    seen = keys_among([request.POST.get("figure", "")])
    waiting = issue.figures.waiting().filter(pk__in=seen).first()
    if waiting is None:
        messages.error(request, _("It was changed meanwhile. Read it once more."))
        return redirect("issues:figure", issue.pk)
    match act:
        case "release":
            return _release(request, waiting)
        case "drop":
            return _drop(request, waiting)
        case _:
            raise Http404


def _release(request: WorkRequest, waiting: Figure) -> HttpResponse:
    try:
        actions.release(waiting, by=request.user, at=clock.now())
    except actions.SamePerson:
        messages.error(request, _("Somebody else must do this: you asked for it."))
    except actions.TooFew:
        messages.error(request, _too_few())
    except actions.AlreadyReleased:
        messages.error(request, _("It was released already."))
    else:
        messages.success(request, _("Released. It can prove a claim now."))
    return redirect("issues:figure", waiting.issue_id)


def _drop(request: WorkRequest, waiting: Figure) -> HttpResponse:
    try:
        actions.drop_figure(waiting, by=request.user, at=clock.now())
    except actions.AlreadyReleased:
        messages.error(request, _("It was released already."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("issues:figure", waiting.issue_id)


def _too_few() -> str:
    return _(
        "Fewer than ten people told of this until then. "
        "Such a number does not leave the house."
    )


@work_page("issues.write")
@require_http_methods(["GET", "POST"])
def cite_figure(request: WorkRequest, pk: int) -> HttpResponse:
    """Choose a released figure of the issue that proves the claim."""
    claim = get_claim(request, pk)
    figures = claim.issue.figures.out().select_related("released")
    form = CiteFigureForm(request.POST or None, initial=unsent(request) or {})
    form.fields["figure"].queryset = figures  # type: ignore[attr-defined]
    if request.method == "POST" and not is_choice(request) and form.is_valid():
        chosen = form.cleaned_data["figure"]
        actions.cite_figure(claim, chosen, by=request.user, at=clock.now())
        messages.success(request, _("It proves the claim now."))
        return redirect("issues:claim", claim.pk)
    context = {
        "claim": claim,
        "form": form,
        "there_are_any": figures.exists(),
        "main_form": "cite-figure",
    }
    return TemplateResponse(request, "issues/cite_figure.html", context)
