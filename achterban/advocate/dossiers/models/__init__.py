"""What is kept of the work on one goal."""

from achterban.advocate.dossiers.models.dossiers import (
    Dossier,
    Form,
    Linked,
    Step,
    Strategy,
    Task,
)
from achterban.advocate.dossiers.models.meetings import (
    About,
    Attendee,
    Delegate,
    Feed,
    Meeting,
    MeetingState,
    Point,
    Rank,
)
from achterban.advocate.dossiers.models.positions import (
    Estimate,
    EstimateWords,
    Much,
    Planned,
    Position,
    Stance,
)
from achterban.advocate.dossiers.states import State

__all__ = [
    "About",
    "Attendee",
    "Delegate",
    "Dossier",
    "Estimate",
    "EstimateWords",
    "Feed",
    "Form",
    "Linked",
    "Meeting",
    "MeetingState",
    "Much",
    "Planned",
    "Point",
    "Position",
    "Rank",
    "Stance",
    "State",
    "Step",
    "Strategy",
    "Task",
]
