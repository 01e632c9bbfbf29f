"""What is kept of the work on one goal."""

from achterban.advocate.dossiers.models.dossiers import (
    Dossier,
    Form,
    Linked,
    Step,
    Strategy,
    Task,
)
from achterban.advocate.dossiers.states import State

__all__ = ["Dossier", "Form", "Linked", "State", "Step", "Strategy", "Task"]
