"""Terms of Dutch law, from the day that begins them to the last day that is in time.

``count`` counts a term and says each step. Which term a letter has is not here yet.
"""

from achterban.rules.deadlines.counting import (
    Counted,
    Length,
    Step,
    TooFar,
    Unit,
    count,
    count_back,
)

__all__ = [
    "Counted",
    "Length",
    "Step",
    "TooFar",
    "Unit",
    "count",
    "count_back",
]
