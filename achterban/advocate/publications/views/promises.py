"""The Werkplek: letters about promises, and what they begin with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.commitments.models import Commitment
from achterban.advocate.publications import first_words
from achterban.advocate.publications.actions import promising
from achterban.advocate.publications.first_words import Begin
from achterban.advocate.publications.forms import FirstWordsForm, PromiseLetterForm
from achterban.advocate.publications.models import Aim, FirstWords, PromiseLetter
from achterban.advocate.publications.promises import (
    is_past,
    owing,
    promises_for,
    rungs_left,
)
from achterban.advocate.publications.queries import last_versions
from achterban.advocate.publications.views.work import PAGE_SIZE
from achterban.advocate.stakeholders.models import Party
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice


@work_page("publications.read")
@require_http_methods(["GET", "POST"])
def with_promise(request: WorkRequest, pk: int) -> HttpResponse:
    """The letters about a promise, and a new one."""
    visible = Commitment.objects.visible_to(request.user, request.organisation)
    related = ("party", "dossier__organisation", "dossier__place")
    row = get_object_or_404(visible.select_related(*related), pk=pk)
    workable = Commitment.objects.workable_by(request.user, request.organisation)
    may_write = "publications.write" in request.may and workable.filter(pk=pk).exists()
    rungs = rungs_left(row)
    is_sent = request.method == "POST" and not is_choice(request)
    form = PromiseLetterForm(
        request.POST if is_sent and may_write else None,
        rungs=rungs,
        initial={
            **_proposed(row, rungs),
            **request.POST.dict(),
            **(unsent(request) or {}),
        },
    )
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        rows = promises_for(row, Aim(asked["aim"]), workable)
        letter = promising.begin_letter(
            request.organisation, **asked, rows=rows, by=request.user, at=clock.now()
        )
        messages.success(request, _("Read it, and change what you like."))
        return redirect("publications:publication", letter.publication_id)
    letters = PromiseLetter.objects.visible_to(request.user, request.organisation)
    context = {
        "row": row,
        "letters": _listed(list(letters.filter(commitments=row))),
        "form": form if may_write else None,
        "main_form": "letter",
    }
    return TemplateResponse(request, "publications/with_promise.html", context)


def _proposed(row: Commitment, rungs: Collection[str]) -> dict[str, str]:
    """Return what one most likely writes: what comes next."""
    aims = set(row.letters.sent().values_list("aim", flat=True))
    is_late = is_past(row, on=clock.today())
    aim = Aim.REMIND if is_late else Aim.CONFIRM
    if is_late and aims & {Aim.REMIND, Aim.ESCALATE}:
        aim = Aim.ESCALATE
    return {"aim": aim, "rung": next(iter(rungs), "")}


def _listed(letters: list[PromiseLetter]) -> list[dict[str, object]]:
    newest = last_versions([letter.publication for letter in letters])
    return [
        {"letter": letter, "version": newest.get(letter.publication_id)}
        for letter in letters
    ]


@work_page("publications.write")
@require_GET
def owing_list(request: WorkRequest) -> HttpResponse:
    """From whom we wait for something, and when they last got the list of it."""
    on = clock.today()
    rows = owing(request.user, request.organisation, on=on)
    context = {"rows": [(row, row.is_due(on)) for row in rows]}
    return TemplateResponse(request, "publications/owing.html", context)


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def with_party(request: WorkRequest, pk: int) -> HttpResponse:
    """All that we wait for from one party; a press makes the letter."""
    visible = Party.objects.visible_to(request.user, request.organisation)
    party = get_object_or_404(visible, pk=pk)
    workable = Commitment.objects.workable_by(request.user, request.organisation)
    rows = list(
        workable.filter(party=party)
        .waited_for()
        .select_related("party", "dossier__organisation")
    )
    if rows and request.method == "POST" and not is_choice(request):
        letter = promising.begin_letter(
            request.organisation, Aim.ALL_OPEN, rows, by=request.user, at=clock.now()
        )
        messages.success(request, _("Read it, and change what you like."))
        return redirect("publications:publication", letter.publication_id)
    letters = PromiseLetter.objects.visible_to(request.user, request.organisation)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "party": party,
        "page": page,
        "rows": [{"row": row, "state": row.state_on(clock.today())} for row in page],
        "letters": _listed(list(letters.filter(party=party, aim=Aim.ALL_OPEN))),
    }
    return TemplateResponse(request, "publications/with_party.html", context)


@work_page("publications.write")
@require_GET
def first_words_list(request: WorkRequest) -> HttpResponse:
    """What letters about promises begin with."""
    own = FirstWords.objects.of(request.organisation)
    changed = set(own.values_list("aim", flat=True))
    context = {"aims": [(aim, aim in changed) for aim in Aim]}
    return TemplateResponse(request, "publications/first_words_list.html", context)


@work_page("publications.write")
@require_http_methods(["GET", "POST"])
def change_first_words(request: WorkRequest, aim: str) -> HttpResponse:
    """Change what one kind of letter begins with, or go back to ours."""
    if aim not in Aim.values:
        raise Http404
    stands = promising.words_for(request.organisation, Aim(aim))
    is_sent = request.method == "POST" and not is_choice(request)
    is_back = is_sent and request.POST.get("act") == "back"
    form = FirstWordsForm(
        request.POST if is_sent and not is_back else None,
        initial={**asdict(stands), **request.POST.dict(), **(unsent(request) or {})},
    )
    if is_back or (form.is_bound and form.is_valid()):
        begin = None if is_back else Begin(**form.cleaned_data)
        promising.keep_first_words(
            request.organisation, Aim(aim), begin, by=request.user, at=clock.now()
        )
        messages.success(request, _("Kept."))
        return redirect("publications:first-words-list")
    context = {
        "aim": Aim(aim),
        "form": form,
        "gaps": [(f"{{{name}}}", what) for name, what in first_words.GAPS.items()],
        "main_form": "first",
    }
    return TemplateResponse(request, "publications/first_words.html", context)
