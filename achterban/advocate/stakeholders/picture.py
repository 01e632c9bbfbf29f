"""A network as a drawing in numbers: the template writes the SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from achterban.advocate.stakeholders.queries.network import Ties
from achterban.rules.network import Picture, layered

# Units in which names are laid out; the style sheet draws them larger.
NARROW, WIDE = 208, 640
BOX_PX = 22
MOST, MOST_NARROW = 40, 20
MOST_LETTERS = 12  # of a name on a telephone: two stand beside each other
WARM = 0.9


@dataclass(frozen=True)
class Box:
    """Somebody: a box with a name."""

    left: int
    top: int
    width: int
    middle: int
    base: int
    label: str
    role: str


@dataclass(frozen=True)
class Stroke:
    """A relation: a line, thick where it is warm."""

    x1: int
    y1: int
    x2: int
    y2: int
    role: str


@dataclass(frozen=True)
class Drawing:
    """A picture of one width, in whole units."""

    name: str
    width: int
    height: int
    boxes: list[Box]
    strokes: list[Stroke]


def who_is_in(ties: Ties, known: list[str], *, most: int = MOST) -> Picture:
    """Return a picture before names are opened: who is in it, and where."""
    wanted = {key: 1.0 for key in ties.matters if key[0] == "c"}
    return layered(ties.between_people, known, wanted, {}, most=most)


def drawings(ties: Ties, known: list[str], names: Mapping[str, str]) -> list[Drawing]:
    """Return the picture for a telephone and for a page."""
    short = {key: _short(name) for key, name in names.items()}
    return [
        _drawn(ties, known, short, "narrow", width=NARROW, most=MOST_NARROW),
        _drawn(ties, known, names, "wide", width=WIDE, most=MOST),
    ]


def _short(name: str) -> str:
    """Return a name with an initial, so that two fit beside each other."""
    first, _space, rest = name.partition(" ")
    short = f"{first[0]}. {rest}" if rest else name
    fits = len(short) <= MOST_LETTERS
    return short if fits else f"{short[: MOST_LETTERS - 1].rstrip()}…"


def _drawn(
    ties: Ties,
    known: list[str],
    names: Mapping[str, str],
    name: str,
    *,
    width: int,
    most: int,
) -> Drawing:
    wanted = {key: 1.0 for key in ties.matters if key[0] == "c"}
    picture = layered(
        ties.between_people, known, wanted, names, most=most, width_px=width
    )
    height = picture.height_px
    middles = {
        place.person: (round(place.x * width), round(place.y * height))
        for place in picture.places
    }
    boxes = [
        Box(
            left=round((place.x - place.width / 2) * width) + 2,
            top=middles[place.person][1] - BOX_PX // 2,
            width=round(place.width * width) - 4,
            middle=middles[place.person][0],
            base=middles[place.person][1] + 4,
            label=place.label,
            role=_role(ties, place.person),
        )
        for place in picture.places
    ]
    strokes = [
        Stroke(*middles[one], *middles[other], role=_warmth(ties, one, other))
        for one, other in picture.lines
    ]
    return Drawing(name, width, height, boxes, strokes)


def _role(ties: Ties, person: str) -> str:
    if person in ties.ours:
        return "ours"
    return "wanted" if person in ties.matters - ties.known else ""


def _warmth(ties: Ties, one: str, other: str) -> str:
    network = ties.between_people
    low, high = sorted(network.numbers((one, other)))
    warmest = max(line.warmth for line in network.pairs[low, high])
    return "warm" if warmest >= WARM else ""
