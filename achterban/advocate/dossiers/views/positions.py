"""The Werkplek: who decides, who cares, and on which side they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.dossiers.actions import positions as actions
from achterban.advocate.dossiers.forms.dossiers import TaskForm
from achterban.advocate.dossiers.forms.positions import NewPositionForm, StandingForm
from achterban.advocate.dossiers.models import Dossier, Position, Task
from achterban.advocate.dossiers.queries.choosing import (
    WHOLE,
    choose_party,
    log_looks,
    named,
    people_at,
)
from achterban.advocate.dossiers.queries.standing import Stand, missed, stands_of
from achterban.advocate.dossiers.views.work import may_work, readable, workable
from achterban.advocate.stakeholders.actions.contacts import opened
from achterban.advocate.stakeholders.models import Contact, Function, Party
from achterban.advocate.stakeholders.queries.network import is_large
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.web.middleware import is_choice
from achterban.rules.network import MOST, Picture, field

WIDTHS = {"narrow": 220, "wide": 640}  # of the picture; a phone draws it 260 wide


@work_page("dossiers.read")
@require_GET
def position_list(request: WorkRequest, pk: int) -> HttpResponse:
    """A picture of power and interest, with a table: first and now."""
    row = readable(request, pk)
    stands = stands_of(row)
    # As many as the picture holds.
    page = Paginator(stands, MOST).get_page(request.GET.get("page"))
    log_looks(request, [each.position.function for each in page])
    context = {
        "dossier": row,
        "page": page,
        "stands": list(page),
        "pictures": _drawn(list(page)),
        "missed": _missed(request, row, stands),
        "is_large": is_large(request.organisation),
        "may_write": may_work(request, row),
    }
    return TemplateResponse(request, "dossiers/position_list.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def new_position(request: WorkRequest, pk: int) -> HttpResponse:
    """Choose a party, who is meant there, and say where they stand."""
    row = workable(request, pk)
    chosen = choose_party(request)
    if chosen.party is None:
        context = {"dossier": row, "chosen": chosen, "main_form": "choose"}
        return TemplateResponse(request, "dossiers/choose_party.html", context)
    functions = people_at(request, chosen.party, on=clock.today())
    form = _new_form(request, chosen.party, functions)
    if form.is_bound and form.is_valid():
        who = form.cleaned_data["who"]
        position = actions.estimate(
            row,
            chosen.party,
            next((each for each in functions if str(each.pk) == who), None),
            form.standing(),
            by=request.user,
            at=clock.now(),
        )
        messages.success(request, _("Kept."))
        return redirect("dossiers:position", position.pk)
    context = {
        "dossier": row,
        "party": chosen.party,
        "form": form,
        "main_form": "position",
    }
    return TemplateResponse(request, "dossiers/new_position.html", context)


def _new_form(
    request: WorkRequest, party: Party, functions: list[Function]
) -> NewPositionForm:
    whole = _("%(party)s as a whole") % {"party": party}
    names = named(request, functions)
    known = [(WHOLE, whole), *((str(pk), name) for pk, name in names.items())]
    is_sent = request.method == "POST" and not is_choice(request)
    kept = unsent(request) or request.POST.dict() or {"who": WHOLE}
    return NewPositionForm(request.POST if is_sent else None, known=known, initial=kept)


@work_page("dossiers.read")
@require_GET
def position(request: WorkRequest, pk: int) -> HttpResponse:
    """Where somebody stood and stands, why, and what we do about it."""
    row = _position(request, pk, may_change=False)
    estimates = list(row.estimates.select_related("by"))
    for each in estimates:
        each.position = row  # its key is open already
    visible = Task.objects.visible_to(request.user, request.organisation)
    tasks = visible.filter(planned__position=row).select_related("who", "done_by")
    context = {
        "position": row,
        "name": named(request, [row.function])[row.function.pk] if row.function else "",
        "history": [(each, each.open_words()) for each in reversed(estimates)],
        "tasks": tasks.to_do(),
        "done": tasks.filter(done_at__isnull=False),
        "today": clock.today(),
        "may_write": may_work(request, row.dossier),
    }
    return TemplateResponse(request, "dossiers/position.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def estimate(request: WorkRequest, pk: int) -> HttpResponse:
    """Say where somebody stands now; what was said before stays."""
    row = _position(request, pk)
    last = row.estimates.last()
    kept: dict[str, Any] = unsent(request) or (
        {"power": last.power, "interest": last.interest, "stance": last.stance}
        if last
        else {}
    )
    form = StandingForm(request.POST or None, initial=kept)
    if request.method == "POST" and is_choice(request):
        form = StandingForm(initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        actions.estimate(
            row.dossier,
            row.party,
            row.function,
            form.standing(),
            by=request.user,
            at=clock.now(),
        )
        messages.success(request, _("Kept. What stood here before is below it."))
        return redirect("dossiers:position", row.pk)
    context = {"position": row, "form": form, "main_form": "estimate"}
    return TemplateResponse(request, "dossiers/estimate.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def plan(request: WorkRequest, pk: int) -> HttpResponse:
    """Write down what may move somebody."""
    row = _position(request, pk)
    task = Task(dossier=row.dossier)
    form = TaskForm(request.POST or None, instance=task, initial=unsent(request) or {})
    if request.method == "POST" and is_choice(request):
        form = TaskForm(instance=task, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        actions.plan(row, form.filled(), by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("dossiers:position", row.pk)
    context = {"position": row, "form": form, "main_form": "plan"}
    return TemplateResponse(request, "dossiers/plan.html", context)


@work_page("dossiers.write")
@require_http_methods(["GET", "POST"])
def drop_position(request: WorkRequest, pk: int) -> HttpResponse:
    """Ask first, then take a position away with its history."""
    row = _position(request, pk)
    if request.method == "POST" and not is_choice(request):
        actions.drop_position(row, by=request.user, at=clock.now())
        messages.success(request, _("Taken away."))
        return redirect("dossiers:position-list", row.dossier_id)
    return TemplateResponse(request, "dossiers/drop_position.html", {"position": row})


def _missed(
    request: WorkRequest, row: Dossier, stands: list[Stand]
) -> list[tuple[str, list[str]]]:
    """Return whom we miss by name, each with who may bring us there."""
    found = missed(row, stands, on=clock.today())
    keys = {key for each in found for key in (each.thing, *each.way)}
    visible = Contact.objects.visible_to(request.user, request.organisation)
    contacts = visible.filter(pk__in=[int(key[1:]) for key in keys if key[0] == "c"])
    words = opened(
        contacts.select_related("key", "account"),
        by=request.user,
        organisation=request.organisation,
        at=clock.now(),
    )
    parties = Party.objects.visible_to(request.user, request.organisation)
    named_parties = parties.filter(pk__in=[int(k[1:]) for k in keys if k[0] == "p"])
    names = {f"c{pk}": each.name for pk, each in words.items()}
    names |= {f"p{each.pk}": each.name for each in named_parties}
    return [
        (names[each.thing], [names[key] for key in each.way[:-1] if key in names])
        for each in found
        if each.thing in names
    ]


@dataclass(frozen=True)
class Box:
    """A name in the picture, in pixels.

    Attributes:
        label: with the sign of the side in front.
        x: left edge.
        y: top edge.
        width: of the box.
        height: of the box.
    """

    label: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Return where the words are centred."""
        return round(self.x + self.width / 2, 1)

    @property
    def base(self) -> float:
        """Return the line that the words stand on."""
        return round(self.y + self.height / 2 + 4, 1)


@dataclass(frozen=True)
class Drawn:
    """Who decides and who cares, ready to draw at one width."""

    name: str
    boxes: list[Box]
    width: int
    height: int

    @property
    def foot(self) -> int:
        """Return the height of the line below."""
        return self.height - 1


def _drawn(stands: list[Stand]) -> list[Drawn]:
    if not stands:
        return []
    scores = {
        str(stand.position.pk): (stand.interest.share, stand.power.share)
        for stand in stands
    }
    names = {str(stand.position.pk): stand.label for stand in stands}
    return [
        _as_drawn(name, field(scores, names, width_px=width), width)
        for name, width in WIDTHS.items()
    ]


def _as_drawn(name: str, picture: Picture, width: int) -> Drawn:
    high = picture.height_px / picture.n_rows
    boxes = [
        Box(
            place.label,
            x=round((place.x - place.width / 2) * width + 2, 1),
            y=round(place.y * picture.height_px - high / 2 + 3, 1),
            width=round(place.width * width - 4, 1),
            height=round(high - 6, 1),
        )
        for place in picture.places
    ]
    return Drawn(name, boxes, width, picture.height_px)


def _position(request: WorkRequest, pk: int, *, may_change: bool = True) -> Position:
    rows = (
        Position.objects.workable_by(request.user, request.organisation)
        if may_change
        else Position.objects.visible_to(request.user, request.organisation)
    )
    related = rows.select_related(
        "key",
        "party",
        "function__contact__key",
        "function__contact__account",
        "dossier__place",
        "dossier__organisation",
    )
    return get_object_or_404(related, pk=pk)
