"""Which materials and examples fit a dossier, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Dossier, Material

MOST = 5
# What fits best comes first: a theme says more than who does it, and that more than
# where.
WEIGHTS = {"theme": 4, "form": 2, "level": 1}
REASONS: dict[str, str | Promise] = {
    "theme": _("the same theme"),
    "form": _("for who does it here"),
    "level": _("for where it can be solved"),
}


@dataclass(frozen=True)
class Offer:
    """Something that fits.

    Attributes:
        material: what.
        because: in what it fits, the weightiest first.
    """

    material: Material
    because: list[str | Promise]


def offered(dossier: Dossier, materials: Iterable[Material]) -> list[Offer]:
    """Return what fits a dossier, what fits best first.

    What is made for another theme, form or level is left out; what is made for none in
    particular fits nowhere by itself, and stands in the list of all.
    """
    found = [
        (sum(WEIGHTS[name] for name in fits), material, fits)
        for material in materials
        if (fits := _fits(dossier, material))
    ]
    found.sort(key=lambda each: (-each[0], each[1].title))
    return [
        Offer(material, [REASONS[name] for name in fits])
        for _weight, material, fits in found[:MOST]
    ]


def _fits(dossier: Dossier, material: Material) -> list[str]:
    asked = {name: getattr(material, name) for name in WEIGHTS}
    asked = {name: value for name, value in asked.items() if value}
    if any(getattr(dossier, name) not in ("", value) for name, value in asked.items()):
        return []
    return [name for name, value in asked.items() if getattr(dossier, name) == value]
