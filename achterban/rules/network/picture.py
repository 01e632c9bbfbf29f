"""Where everybody stands in a picture of a network, so that names can be read.

A place is a box with a name in it; no box lies over another. Places and sizes are parts
of the width and height of the picture, so that it can be drawn at any size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf
from statistics import fmean

from achterban.rules.network.graph import Network
from achterban.rules.network.ways import Ways

MOST = 40
WIDTH_PX = 320  # of a small telephone
LETTER_PX = 7.5  # of Atkinson Hyperlegible at 12 pixels, on average, with some to spare
BESIDE_PX = 12  # of a name, in its box and around it
ROW_PX = 28
FEWEST_ROWS = 10  # of a field: high and low must be seen
ROOM = 1.5  # times what the boxes of a field take, at least
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands.

    Attributes:
        person: who.
        label: the name, cut short with … where it is wider than the picture.
        x: middle of the box, from the left (0) to the right (1).
        y: middle of the box, from the top (0) to the bottom (1).
        width: of the box.
        n_steps: of the warmest way, 0 for whom we know; None where there is none, and
            in a field.
    """

    person: str
    label: str
    x: float
    y: float
    width: float
    n_steps: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to draw.

    Attributes:
        places: who is in it.
        lines: each two of them who have a relation; none in a field.
        n_rows: of boxes, each at most 1 / ``n_rows`` high; one between two layers is
            empty.
        height_px: at the width that was asked.
        n_left_out: how many people are not in it.
    """

    places: tuple[Place, ...]
    lines: tuple[tuple[str, str], ...]
    n_rows: int
    height_px: int
    n_left_out: int


@dataclass(frozen=True, slots=True)
class _Box:
    person: str
    label: str
    width: float


@dataclass(frozen=True, slots=True)
class _Spot:
    row: int
    x: float
    box: _Box


def layered(
    network: Network,
    known: Iterable[str],
    importance: Mapping[str, float],
    names: Mapping[str, str],
    *,
    most: int = MOST,
    width_px: int = WIDTH_PX,
) -> Picture:
    """Return a network in layers: whom we know on top, others below by steps.

    The most important are drawn first, each with the whole warmest way to them, as long
    as there is room; then others, who is near first. Who cannot be reached stands at
    the bottom. In a layer everybody stands near those above with whom they have a
    relation, as far as may be. Lines may cross, and pass behind a box.

    Args:
        network: who knows whom.
        known: ids of those we know.
        importance: how much some matter, on any scale; others count for 0.
        names: what stands in the boxes; the id where there is none.
        most: how many to draw.
        width_px: of the picture. A name of wide letters may be wider than its box:
            ``textLength`` of SVG holds it.

    Raises:
        UnknownPerson: somebody we know, or who matters, is not in the network.

    Source: Sugiyama, Tagawa and Toda 1981 (layers, and the mean of neighbours).
    """
    familiar = list(known)
    ways = Ways(network, familiar)
    steps = ways.n_steps
    weights = dict(zip(network.numbers(importance), importance.values(), strict=True))
    drawn: dict[int, float] = {}  # with the steps to each
    everybody = range(len(network.people))
    for n in sorted(everybody, key=lambda n: (-weights.get(n, 0), steps.get(n, inf))):
        if steps.get(n, 0) >= most:
            continue
        needed = ways.numbers(n)
        if len(drawn.keys() | needed) <= most:
            drawn |= {each: steps.get(each, inf) for each in needed}
    spots = _in_layers(network, drawn, names, width_px)
    inside = drawn.keys()
    lines = [(one, other) for one, other in network.pairs if {one, other} <= inside]
    return _picture(
        spots,
        n_rows=max((spot.row for spot in spots), default=0) + 1,
        n_left_out=len(everybody) - len(drawn),
        lines=[(network.people[one], network.people[other]) for one, other in lines],
        n_steps={network.people[n]: int(s) for n, s in drawn.items() if s < inf},
    )


def field(
    scores: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
    *,
    most: int = MOST,
    width_px: int = WIDTH_PX,
) -> Picture:
    """Return people by interest, from left to right, and power, from below to above.

    Who has most of both together gets the place that belongs to it; a box that would
    lie over another moves to the nearest room.

    Args:
        scores: of each the interest and the power, from 0 to 1.
        names: what stands in the boxes; the id where there is none.
        most: how many to draw, of those with most of both together.
        width_px: of the picture.

    Raises:
        ValueError: a score is below 0 or above 1.

    Source: Mendelow 1981 (power and interest); the moving is ours.
    """
    for person, pair in scores.items():
        if not all(0 <= score <= 1 for score in pair):
            raise ValueError(f"the scores of {person} are {pair}")
    ranked = sorted(scores, key=lambda person: -sum(scores[person]))
    boxes = [_box(person, names, width_px) for person in ranked[:most]]
    n_rows = max(FEWEST_ROWS, ceil(ROOM * sum(box.width for box in boxes)))
    spots = _moved(boxes, scores, n_rows)
    while len(spots) < len(boxes):  # one box a row is the end of it
        n_rows += 1
        spots = _moved(boxes, scores, n_rows)
    return _picture(spots, n_rows=n_rows, n_left_out=len(scores) - len(boxes))


def _box(person: str, names: Mapping[str, str], width_px: int) -> _Box:
    name = names.get(person, person)
    n_fit = max(1, int((width_px - BESIDE_PX) / LETTER_PX))
    label = name if len(name) <= n_fit else f"{name[: n_fit - 1].rstrip()}…"
    width = (len(label) * LETTER_PX + BESIDE_PX) / width_px
    return _Box(person, label, min(1.0, width))


def _in_layers(
    network: Network,
    drawn: Mapping[int, float],
    names: Mapping[str, str],
    width_px: int,
) -> list[_Spot]:
    """Return everybody in as few rows a layer as will hold them, one row between."""
    spots: list[_Spot] = []
    xs: dict[str, float] = {}

    def beside(n: int) -> float:
        above = (network.people[other] for other in network.neighbours[n])
        return fmean([xs[person] for person in above if person in xs] or [0.5])

    n_rows = 0
    for layer in sorted(set(drawn.values())):
        members = sorted((n for n in drawn if drawn[n] == layer), key=beside)
        boxes = [_box(network.people[n], names, width_px) for n in members]
        dealt = _dealt(boxes)
        made = [spot for n, row in enumerate(dealt, n_rows) for spot in _spread(n, row)]
        xs |= {spot.box.person: spot.x for spot in made}
        spots += made
        n_rows += len(dealt) + 1
    return spots


def _dealt(boxes: Sequence[_Box]) -> list[Sequence[_Box]]:
    """Return boxes in rows that each go from left to right, as few as will do."""
    rows = [boxes]
    while any(sum(box.width for box in row) > 1 for row in rows):
        rows = [boxes[n :: len(rows) + 1] for n in range(len(rows) + 1)]
    return rows


def _spread(row: int, boxes: Sequence[_Box]) -> list[_Spot]:
    """Return boxes in a row with the same room around each."""
    room = (1 - sum(box.width for box in boxes)) / len(boxes)
    spots, begin = [], 0.0
    for box in boxes:
        spots.append(_Spot(row, begin + (room + box.width) / 2, box))
        begin += room + box.width
    return spots


def _moved(
    boxes: Sequence[_Box], scores: Mapping[str, tuple[float, float]], n_rows: int
) -> list[_Spot]:
    """Return each box where it belongs or as near as may be; fewer if one has no room.

    What was placed earlier stays.
    """
    rows: list[list[_Spot]] = [[] for _ in range(n_rows)]
    spots = []
    for box in boxes:
        interest, power = scores[box.person]
        above = (1 - power) * (n_rows - 1)
        room = [
            (abs(x - interest) + abs(n - above) / n_rows, _Spot(n, x, box))
            for n, row in enumerate(rows)
            for x in _free(row, box.width / 2, interest)
        ]
        if not room:
            break
        spot = min(room, key=lambda each: each[0])[1]
        rows[spot.row].append(spot)
        spots.append(spot)
    return spots


def _free(row: Sequence[_Spot], half: float, wanted: float) -> list[float]:
    """Return where the middle of a box may be: as wanted, or beside another."""
    apart = [(spot.x, spot.box.width / 2 + half) for spot in row]
    maybe = [min(max(wanted, half), 1 - half)]
    maybe += [x + side * gap for x, gap in apart for side in (-1, 1)]
    return [
        middle
        for middle in maybe
        if half - _ROUNDING <= middle <= 1 - half + _ROUNDING
        and all(abs(middle - x) >= gap - _ROUNDING for x, gap in apart)
    ]


def _picture(
    spots: Sequence[_Spot],
    *,
    n_rows: int,
    n_left_out: int,
    lines: Sequence[tuple[str, str]] = (),
    n_steps: Mapping[str, int] | None = None,
) -> Picture:
    steps = n_steps or {}
    places = tuple(
        Place(
            spot.box.person,
            spot.box.label,
            spot.x,
            (spot.row + 0.5) / n_rows,
            spot.box.width,
            steps.get(spot.box.person),
        )
        for spot in spots
    )
    return Picture(places, tuple(lines), n_rows, n_rows * ROW_PX, n_left_out)
