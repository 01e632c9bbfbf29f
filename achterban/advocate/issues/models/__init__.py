"""Issues: what many reports have in common, what we say of it, what proves it."""

from achterban.advocate.issues.models.claims import Citation, Claim, Strength
from achterban.advocate.issues.models.documents import Document, DocumentPage
from achterban.advocate.issues.models.figures import Figure
from achterban.advocate.issues.models.issues import Bundled, Issue, Level, State
from achterban.advocate.issues.models.personas import (
    LEAST_SOURCES,
    AgeBand,
    Persona,
    PersonaSource,
)

__all__ = [
    "LEAST_SOURCES",
    "AgeBand",
    "Bundled",
    "Citation",
    "Claim",
    "Document",
    "DocumentPage",
    "Figure",
    "Issue",
    "Level",
    "Persona",
    "PersonaSource",
    "State",
    "Strength",
]
