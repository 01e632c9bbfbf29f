"""Where one can go in the Werkplek: each room adds its own pages when it starts."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

DAILY = 50  # the order from which a page is not one of every day


@dataclass(frozen=True, order=True)
class Place:
    """A page in the navigation.

    Attributes:
        order: smaller comes first.
        name: of the address.
        label: on the screen.
        permission: the verb it takes, None for everyone of the organisation.
    """

    order: int
    name: str
    label: str | Promise
    permission: str | None = None

    @property
    def is_daily(self) -> bool:
        """Return whether it stands in sight; the others are behind one word."""
        return self.order < DAILY


_places: dict[str, Place] = {}


def add(place: Place) -> None:
    """Add a page; adding it twice changes nothing."""
    _places[place.name] = place


def places_for(request: HttpRequest) -> list[Place]:
    """Return where whoever asks may go (``request.may``, set at the door)."""
    may = getattr(request, "may", None)
    if may is None:
        return []
    return sorted(
        place
        for place in _places.values()
        if place.permission is None or place.permission in may
    )
