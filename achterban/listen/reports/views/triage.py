"""The Werkplek: say what a report is about, one report or five after each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.vocabulary.models import terms_of
from achterban.core.web.middleware import is_choice
from achterban.listen.reports import pages
from achterban.listen.reports.actions import handling, triaging
from achterban.listen.reports.forms_triage import FIELDS, GROUPS, TriageForm
from achterban.listen.reports.models import Report, Triage, Triaged
from achterban.listen.reports.queries import n_to_do, readers_of, to_do_next
from achterban.listen.reports.views.work import get_report, log_reads
from achterban.rules.routing import Taker
from achterban.rules.sorting import Suggestion

ROUND = "reports.round"  # in the session: what was done and passed by
A_ROUND = 5


@work_page("reports.triage")
@require_http_methods(["GET", "POST"])
def triage(request: WorkRequest, pk: int) -> HttpResponse:
    """What is it about: suggested from the words, set by a person."""
    subject = get_report(request, pk)
    log_reads(request, [subject])
    visible = Triage.objects.visible_to(request.user, request.organisation)
    known = visible.filter(report=subject).first()
    if known:
        known.report = subject
    suggested = triaging.suggestions(subject)
    triaged = known.open() if known else pages.likely(subject, suggested)
    terms = terms_of(request.organisation)
    if request.method == "POST" and not is_choice(request):
        form = TriageForm(request.POST, terms=terms, triaged=triaged)
        if form.is_valid():
            return _keep(request, subject, form.triaged())
    else:
        typed = request.POST if request.method == "POST" else unsent(request)
        form = TriageForm(initial=_initial(typed), terms=terms, triaged=triaged)
    context = {
        "report": subject,
        "words": pages.words_of(subject),
        "form": form,
        "groups": [
            *(
                _group(form, name, suggested.get(kind, ()))
                for kind, (name, _label) in FIELDS.items()
            ),
            _group(form, GROUPS, triaging.groups_suggested(subject)),
        ],
        "decided": known,
        "round": round_of(request),
        "main_form": "triage",
    }
    return TemplateResponse(request, "reports/triage.html", context)


def _initial(typed: Any) -> dict[str, Any]:
    """Return what was typed, with every choice of those that may be several."""
    if not typed:
        return {}
    initial = dict(typed.items())
    for name in (*(name for name, _label in FIELDS.values()), GROUPS):
        if hasattr(typed, "getlist"):
            initial[name] = typed.getlist(name)
    return initial


def _group(
    form: TriageForm, name: str, suggested: Sequence[Suggestion]
) -> dict[str, Any]:
    """Return the choices of one kind: those that stand out, and the others."""
    because = {one.code: one.because for one in suggested}
    field = form[name]
    chosen = {str(value) for value in field.value() or []}
    boxes = [
        {
            "value": value,
            "label": label,
            "is_chosen": value in chosen,
            "because": because.get(value, ()),
        }
        for value, label in form.fields[name].choices  # type: ignore[attr-defined]
    ]
    first = [box for box in boxes if box["is_chosen"] or box["because"]]
    others = [box for box in boxes if box not in first]
    return {"field": field, "first": first, "others": others}


def _keep(request: WorkRequest, subject: Report, triaged: Triaged) -> HttpResponse:
    try:
        asked = triaging.keep_triage(
            subject.pk, triaged, by=request.user, at=clock.now()
        )
    except triaging.Gone:
        messages.error(request, _("Meanwhile this was taken back by whoever told it."))
        return after(request, subject.pk, "work")
    messages.success(request, _kept_words(request, asked))
    return after(request, subject.pk, "reports:report", subject.pk)


def _kept_words(request: WorkRequest, asked: Taker | None) -> str:
    if asked is None:
        return _("Kept.")
    if asked.who == request.user.pk:
        return _("Kept. It is on your own list.")
    names = {row.pk: row for row in readers_of(request.organisation)}
    words = {"name": names[asked.who], "other": names[asked.instead_of or asked.who]}
    if asked.instead_of:
        return (
            _("Kept. %(name)s is asked to take it, in the place of %(other)s.") % words
        )
    return _("Kept. %(name)s is asked to take it.") % words


@work_page("reports.triage")
@require_http_methods(["GET", "POST"])
def ten_minutes(request: WorkRequest) -> HttpResponse:
    """Five reports after each other, from raw words to who takes them."""
    act = request.POST.get("act", "")
    if request.method == "POST" and not is_choice(request):
        if act == "begin":
            request.session[ROUND] = {"n": 0, "passed": []}
        elif act == "pass":
            now = request.session.get(ROUND) or {"n": 0, "passed": []}
            passed = [*now["passed"], *keys_among(request.POST.getlist("report"))]
            request.session[ROUND] = {**now, "passed": passed}
        elif act == "stop":
            request.session.pop(ROUND, None)
            return redirect("work")
        return _next(request)
    done = request.session.pop(ROUND, None)
    context = {
        "n_done": done["n"] if done else 0,
        "n_to_do": n_to_do(request.user, request.organisation),
        "a_round": A_ROUND,
    }
    return TemplateResponse(request, "reports/ten_minutes.html", context)


def round_of(request: WorkRequest) -> dict[str, int] | None:
    """Return how far somebody is in their round; None when they are in none."""
    now = request.session.get(ROUND)
    return {"n": now["n"] + 1, "most": A_ROUND} if now else None


def after(request: WorkRequest, report_id: int, *elsewhere: Any) -> HttpResponse:
    """Go to the next report of a round; without a round, elsewhere."""
    now = request.session.get(ROUND)
    if not now:
        return redirect(*elsewhere)
    passed = [*now["passed"], report_id]
    request.session[ROUND] = {"n": now["n"] + 1, "passed": passed}
    return _next(request)


def _next(request: WorkRequest) -> HttpResponse:
    now = request.session.get(ROUND)
    if not now or now["n"] >= A_ROUND:
        return redirect("reports:ten-minutes")
    report = to_do_next(request.user, request.organisation, but=now["passed"])
    if report is None:
        return redirect("reports:ten-minutes")
    return redirect("reports:review", report.pk)


@work_page("reports.answer")
@require_http_methods(["GET", "POST"])
def offered(request: WorkRequest, pk: int) -> HttpResponse:
    """The checked words of a report that somebody may take."""
    offers = Report.objects.offered_to(request.user, request.organisation)
    subject = (
        offers.select_related("key", "review", "organisation").filter(pk=pk).first()
    )
    if subject is None:
        get_report(request, pk)  # theirs already, or not there
        return redirect("reports:report", pk)
    if request.method == "POST":
        handling.hand_over(pk, request.user, by=request.user, at=clock.now())
        messages.success(request, _("You have this one now."))
        return redirect("reports:report", pk)
    log_reads(request, [subject])
    context = {
        "report": subject,
        "words": pages.words_of(subject),
        "about": pages.about(subject),
    }
    return TemplateResponse(request, "reports/offered.html", context)
