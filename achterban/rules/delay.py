"""Of how many things something comes of within a time, when some only just began."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

Z95 = 1.959964  # of the normal distribution, for 95 of 100


@dataclass(frozen=True)
class Came:
    """The share of which something came within a time, with its bounds.

    Attributes:
        share: from 0 to 1; None where nothing was followed that long.
        low: the least, 95 of 100.
        high: the most.
        n: how many were followed, however short.
        n_came: of how many something came within that time.
    """

    share: float | None
    low: float
    high: float
    n: int
    n_came: int


def came_within(days: int, followed: Iterable[tuple[int, bool]]) -> Came:
    """Return of what share something comes within some days, corrected for delay.

    What began last month had no time yet: it counts for as long as it was followed.
    One minus the product-limit estimate, with bounds on the log-log scale that stay
    between 0 and 1.

    Source: Kaplan and Meier 1958; variance Greenwood 1926; bounds Kalbfleisch and
    Prentice 1980.

    Not covered: what is laid aside because nothing comes of it any more; give it the
    days that it was worked at, and the share is too high where that is often so.

    Args:
        days: within how many.
        followed: of each how many days it was followed until something came of it, or
            until now, and whether something came.

    Raises:
        ValueError: a number of days below 0.
    """
    rows = sorted(followed)
    if any(since < 0 for since, _came in rows):
        raise ValueError("days below 0")
    left, stays, spread, n_came = len(rows), 1.0, 0.0, 0
    for since, group in groupby(rows, key=lambda row: row[0]):
        if since > days:
            break
        here = [came for _since, came in group]
        n_here = sum(here)
        if n_here:
            n_came += n_here
            stays *= 1 - n_here / left
            spread += n_here / (left * (left - n_here)) if left > n_here else math.inf
        left -= len(here)
    is_followed = left > 0 or (bool(rows) and rows[-1][0] >= days) or stays == 0
    if not is_followed:
        return Came(None, 0, 1, len(rows), n_came)
    low, high = _bounds(stays, spread, len(rows))
    return Came(1 - stays, low, high, len(rows), n_came)


def _bounds(stays: float, spread: float, n: int) -> tuple[float, float]:
    """Return the bounds of what came; where all or none did, by the rule of three."""
    if stays == 1:
        return 0.0, min(1.0, 3 / n)
    if stays == 0 or math.isinf(spread):
        return max(0.0, 1 - 3 / n), 1.0
    width = Z95 * math.sqrt(spread) / abs(math.log(stays))
    return 1 - stays ** math.exp(-width), 1 - stays ** math.exp(width)
