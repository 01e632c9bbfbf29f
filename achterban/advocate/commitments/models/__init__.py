"""What is kept of a promise."""

from achterban.advocate.commitments.models.commitments import (
    Agreed,
    Commitment,
    Kind,
    Step,
)
from achterban.advocate.commitments.models.following import (
    Adherence,
    Execution,
    Followed,
    Progress,
    Whereabouts,
)
from achterban.advocate.commitments.models.occurrences import (
    Occurrence,
    OccurrenceState,
)
from achterban.advocate.commitments.models.recesses import Recess
from achterban.advocate.commitments.models.showings import Showing, ShowingQuerySet
from achterban.advocate.commitments.states import State

__all__ = [
    "Adherence",
    "Agreed",
    "Commitment",
    "Execution",
    "Followed",
    "Kind",
    "Occurrence",
    "OccurrenceState",
    "Progress",
    "Recess",
    "Showing",
    "ShowingQuerySet",
    "State",
    "Step",
    "Whereabouts",
]
