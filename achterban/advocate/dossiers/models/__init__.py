"""What is kept of the work on one goal."""

from achterban.advocate.dossiers.models.coalitions import (
    Coalition,
    Kind,
    Partner,
    Shared,
)
from achterban.advocate.dossiers.models.dossiers import (
    Dossier,
    Form,
    Linked,
    Step,
    Strategy,
    Task,
)
from achterban.advocate.dossiers.models.materials import Material, MaterialKind
from achterban.advocate.dossiers.models.meetings import (
    About,
    Attendee,
    Delegate,
    Feed,
    Meeting,
    MeetingState,
    Point,
    Rank,
    rungs_of,
)
from achterban.advocate.dossiers.models.outcomes import Outcome, Result, Share, Told
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
    "Coalition",
    "Delegate",
    "Dossier",
    "Estimate",
    "EstimateWords",
    "Feed",
    "Form",
    "Kind",
    "Linked",
    "Material",
    "MaterialKind",
    "Meeting",
    "MeetingState",
    "Much",
    "Outcome",
    "Partner",
    "Planned",
    "Point",
    "Position",
    "Rank",
    "Result",
    "Share",
    "Shared",
    "Stance",
    "State",
    "Step",
    "Strategy",
    "Task",
    "Told",
    "rungs_of",
]
