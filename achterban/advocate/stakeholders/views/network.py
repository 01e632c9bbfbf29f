"""The Werkplek: who knows whom, on whom it rests, and whom we miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from achterban.advocate.stakeholders import picture
from achterban.advocate.stakeholders.models import Contact, Function, Party
from achterban.advocate.stakeholders.queries import functions_now
from achterban.advocate.stakeholders.queries.network import (
    Figures,
    Ties,
    around,
    figures_of,
    is_large,
    key_of,
    ties_of,
)
from achterban.advocate.stakeholders.views.contacts import get_contact, look
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.database.fields import keys_among
from achterban.rules.network import Picture


@dataclass
class Person:
    """Somebody in the table beside the picture."""

    key: int
    name: str
    does: list[Function]
    is_ours: bool
    n_steps: int | None
    near: list[str] = field(default_factory=list)


@work_page("stakeholders.read")
@require_GET
def network(request: WorkRequest) -> HttpResponse:
    """A picture with a table beside it: all of us, or those around one contact."""
    on = clock.today()
    keys = keys_among([request.GET.get("contact", "")])
    focus = get_contact(request, keys[0]) if keys else None
    too_large = focus is None and is_large(request.organisation)
    context: dict[str, object] = {"focus": focus, "too_large": too_large}
    if not too_large:
        if focus:
            ties, known = around(focus, on=on, most=picture.MOST), [key_of(focus)]
        else:
            ties = ties_of(request.organisation, on=on)
            known = sorted(ties.ours)
        context |= _drawn(request, ties, known)
    if focus is None:
        context |= _figures(request, figures_of(request.organisation, on=on))
    return TemplateResponse(request, "stakeholders/network.html", context)


@work_page("stakeholders.read")
@require_GET
def missing(request: WorkRequest) -> HttpResponse:
    """Who matters and is not known yet, and through whom they can be reached."""
    figures = figures_of(request.organisation, on=clock.today())
    gaps = figures.missing if figures else []
    names = _names(request, [key for gap in gaps for key in (gap.thing, *gap.way)])
    does = functions_now(
        keys_among(gap.thing[1:] for gap in gaps if gap.thing[0] == "c"),
        on=clock.today(),
    )
    context = {
        "figures": figures,
        "is_large": is_large(request.organisation),
        "gaps": [
            {
                "is_party": gap.thing[0] == "p",
                "key": int(gap.thing[1:]),
                "name": names[gap.thing],
                "does": does.get(int(gap.thing[1:]), []),
                "way": [names[key] for key in gap.way[:-1] if key in names],
            }
            for gap in gaps
            if gap.thing in names
        ],
        "may_write": "stakeholders.write" in request.may,
    }
    return TemplateResponse(request, "stakeholders/missing.html", context)


def _drawn(request: WorkRequest, ties: Ties, known: list[str]) -> dict[str, object]:
    inside = picture.who_is_in(ties, known)
    # Of twenty some may be others than of forty: their way fitted still.
    small = picture.who_is_in(ties, known, most=picture.MOST_NARROW)
    drawn = [place.person for each in (inside, small) for place in each.places]
    names = _names(request, drawn)
    return {
        "drawings": picture.drawings(ties, known, names),
        "people": _people(ties, inside, names),
        "n_left_out": inside.n_left_out,
    }


def _people(ties: Ties, inside: Picture, names: dict[str, str]) -> list[Person]:
    near: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in inside.lines:
        near[one].append(names.get(other, ""))
        near[other].append(names.get(one, ""))
    shown = [place for place in inside.places if place.person in names]
    does = functions_now([int(each.person[1:]) for each in shown], on=clock.today())
    return [
        Person(
            int(place.person[1:]),
            names[place.person],
            does.get(int(place.person[1:]), []),
            place.person in ties.ours,
            place.n_steps,
            sorted(filter(None, near[place.person])),
        )
        for place in shown
    ]


def _figures(request: WorkRequest, figures: Figures | None) -> dict[str, object]:
    if figures is None:
        return {"figures": None}
    wanted = [each.person for each in figures.between]
    for pillar in figures.pillars:
        wanted += [pillar.person, *pillar.lost]
    names = _names(request, wanted)
    return {
        "figures": figures,
        "between": [
            (each, names[each.person], round(100 * each.share, 1))
            for each in figures.between
            if each.person in names
        ],
        "pillars": [
            (
                pillar,
                names[pillar.person],
                sorted(names[key] for key in pillar.lost if key in names),
                pillar.n_lost - len(pillar.lost),
            )
            for pillar in figures.pillars
            if pillar.person in names
        ],
    }


def _names(request: WorkRequest, keys: Iterable[str]) -> dict[str, str]:
    """Return names by key, and log each look at a person; who is gone has none."""
    wanted = set(keys)
    people = keys_among(key[1:] for key in wanted if key[0] == "c")
    places = keys_among(key[1:] for key in wanted if key[0] == "p")
    contacts = Contact.objects.visible_to(request.user, request.organisation)
    parties = Party.objects.visible_to(request.user, request.organisation)
    words = look(
        request, list(contacts.filter(pk__in=people).select_related("key", "account"))
    )
    found = {f"c{pk}": each.name for pk, each in words.items()}
    found |= {key_of(each): each.name for each in parties.filter(pk__in=places)}
    return found
