"""The trace as a picture: what stands where on a line of steps (Dutch: spoor)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

STEP = 44  # from one step to the next
STEM = 16  # where the line stands
BRANCH = 52  # where a step stands that hangs on the line


@dataclass(frozen=True)
class Drawn:
    """One step of the picture.

    Attributes:
        label: what it is.
        count: of what stands there; empty for one thing or none.
        is_filled: whether something stands there that holds.
        x, y: where its dot stands.
    """

    label: str | Promise
    count: str
    is_filled: bool
    x: int
    y: int

    @property
    def text_x(self) -> int:
        """Return where its words begin."""
        return self.x + 22

    @property
    def text_y(self) -> int:
        """Return where its words stand."""
        return self.y + 5


@dataclass(frozen=True)
class Picture:
    """Steps below one another, some of them hanging on the line.

    Attributes:
        steps: from the top.
    """

    steps: tuple[Drawn, ...]

    @property
    def height(self) -> int:
        """Return how high the picture is."""
        return len(self.steps) * STEP

    @property
    def last_y(self) -> int:
        """Return where the line ends."""
        return self.steps[-1].y


def picture(steps: Iterable[tuple[str | Promise, str, bool, bool]]) -> Picture:
    """Return steps, each put in its place.

    Args:
        steps: the label, the count, whether it is filled and whether it hangs on
            the line; at least one.
    """
    return Picture(
        tuple(
            Drawn(label, count, is_filled, BRANCH if hangs else STEM, 24 + n * STEP)
            for n, (label, count, is_filled, hangs) in enumerate(steps)
        )
    )
