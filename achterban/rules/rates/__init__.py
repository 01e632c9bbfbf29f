"""Where something stands out, and what may be chance: counts of people against a base.

``among`` holds each unit (a municipality, an office) against all others, by what its
exposure (inhabitants, members) would give; ``in_time`` holds each against its own past.
Both say what is expected, between which bounds chance alone would keep it, and which
units stand out: of those at most one in twenty is chance, and a look at nothing but
chance finds something in at most one of twenty looks.

Units are never put in the order of their rates. In such a list the smallest stand on
top and at the bottom, for no other reason than that they are small (Goldstein and
Spiegelhalter 1996). Findings come by the lower bound of what is likely, the rest by
name; who is too small to stand out is named as such.

Not covered: why. One evening in a café, a campaign, or where an organisation has its
members makes a place stand out as well; and people are counted as far as they are known
apart.
"""

from achterban.rules.rates.discovery import adjusted
from achterban.rules.rates.intervals import garwood, shrunk
from achterban.rules.rates.standing_out import (
    LEAST_PEOPLE,
    LEAST_PERIODS,
    MOST_FALSE,
    Direction,
    Judged,
    Unit,
    among,
    in_time,
)

__all__ = [
    "LEAST_PEOPLE",
    "LEAST_PERIODS",
    "MOST_FALSE",
    "Direction",
    "Judged",
    "Unit",
    "adjusted",
    "among",
    "garwood",
    "in_time",
    "shrunk",
]
