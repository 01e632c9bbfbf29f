"""What is kept of a promise."""

from achterban.advocate.commitments.models.commitments import (
    Agreed,
    Commitment,
    Step,
)
from achterban.advocate.commitments.models.occurrences import (
    Occurrence,
    OccurrenceState,
)
from achterban.advocate.commitments.models.showings import Showing, ShowingQuerySet
from achterban.advocate.commitments.states import State

__all__ = [
    "Agreed",
    "Commitment",
    "Occurrence",
    "OccurrenceState",
    "Showing",
    "ShowingQuerySet",
    "State",
    "Step",
]
