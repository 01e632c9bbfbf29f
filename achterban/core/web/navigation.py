"""Where one can go in the Werkplek: each room adds its own pages when it starts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DAILY = 50  # the order from which a page is not one of every day
# Under which word a page stands behind “more”, by its order.
GROUPS = (
    (80, _("The office")),
    (65, _("Advocacy")),
    (DAILY, _("Reports")),
    (0, _("Every day")),
)


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
        """Return whether it stands in sight, where there is room for it."""
        return self.order < DAILY

    @property
    def group(self) -> str | Promise:
        """Return the word under which it stands behind “more”."""
        return next(label for least, label in GROUPS if self.order >= least)


_places: dict[str, Place] = {}


_beside: defaultdict[str, dict[str, Place]] = defaultdict(dict)


def add(place: Place) -> None:
    """Add a page; adding it twice changes nothing."""
    _places[place.name] = place


def add_beside(thing: str, place: Place) -> None:
    """Add a page about one thing of a lower room, which shows the way to it.

    Args:
        thing: what it is about, such as ``report``.
        place: its address takes the key of the thing.
    """
    _beside[thing][place.name] = place


def places_beside(thing: str, request: HttpRequest) -> list[Place]:
    """Return where whoever asks may go from one thing."""
    return _allowed(_beside[thing], request)


def places_for(request: HttpRequest) -> list[Place]:
    """Return where whoever asks may go (``request.may``, set at the door)."""
    return _allowed(_places, request)


def _allowed(places: dict[str, Place], request: HttpRequest) -> list[Place]:
    may = getattr(request, "may", None)
    if may is None:
        return []
    return sorted(
        place
        for place in places.values()
        if place.permission is None or place.permission in may
    )
