"""Who takes a report: by where it happens and what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Beat:
    """What somebody takes on.

    Attributes:
        who: key of the account.
        places: codes of municipalities; empty: anywhere.
        themes: codes of themes; empty: any.
        stand_in: key of who takes over, None for nobody.
        away_until: last day on which the stand-in takes over, None while present.
        n_open: reports that wait with them now.
    """

    who: int
    places: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    stand_in: int | None = None
    away_until: date | None = None
    n_open: int = 0

    def is_away(self, on: date) -> bool:
        """Return whether somebody else takes over on a day."""
        return self.away_until is not None and on <= self.away_until


@dataclass(frozen=True)
class Taker:
    """Who gets it.

    Attributes:
        who: key of the account.
        instead_of: key of whose stand-in this is, None for nobody's.
    """

    who: int
    instead_of: int | None = None


def taker(
    place: str, themes: Iterable[str], beats: Iterable[Beat], *, on: date
) -> Taker | None:
    """Return who takes a report; None where nobody does.

    A beat that names the place goes before one for anywhere, and one that names a theme
    before one for any; of equals, who has the fewest waiting, then the lowest key. Who
    is away passes it to the stand-in; when that one is away too, or there is none, it
    goes to the next beat that fits. A beat for anywhere and any theme takes nothing:
    that is what the list of everybody is for.

    Args:
        place: code of the municipality, empty when not known.
        themes: codes of what it is about.
        beats: of the organisation.
        on: today.
    """
    about, known = frozenset(themes), list(beats)
    away = {beat.who for beat in known if beat.is_away(on)}
    fitting = sorted(
        (beat for beat in known if _fits(beat, place, about)),
        key=lambda beat: (not beat.places, not beat.themes, beat.n_open, beat.who),
    )
    for beat in fitting:
        if beat.who not in away:
            return Taker(beat.who)
        if beat.stand_in is not None and beat.stand_in not in away:
            return Taker(beat.stand_in, instead_of=beat.who)
    return None


def _fits(beat: Beat, place: str, themes: frozenset[str]) -> bool:
    if not beat.places and not beat.themes:
        return False
    in_place = not beat.places or place in beat.places
    on_theme = not beat.themes or bool(themes & beat.themes)
    return in_place and on_theme
