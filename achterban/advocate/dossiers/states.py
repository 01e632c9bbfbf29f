"""How far a dossier can be, and which steps are allowed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far we are with a dossier."""

    PREPARING = "preparing", _("we prepare")
    RUNNING = "running", _("we are at it")
    RESTING = "resting", _("at rest")
    ACHIEVED = "achieved", _("achieved")
    PARTLY = "partly", _("partly achieved")
    STOPPED = "stopped", _("stopped")


S = State
STEPS: dict[State, frozenset[State]] = {
    S.PREPARING: frozenset({S.RUNNING, S.RESTING, S.STOPPED}),
    S.RUNNING: frozenset({S.RESTING, S.ACHIEVED, S.PARTLY, S.STOPPED}),
    S.RESTING: frozenset({S.RUNNING, S.STOPPED}),
    S.ACHIEVED: frozenset({S.RUNNING}),
    S.PARTLY: frozenset({S.RUNNING, S.ACHIEVED}),
    S.STOPPED: frozenset({S.RUNNING}),
}
OVER = (S.ACHIEVED, S.PARTLY, S.STOPPED)  # nobody works at it


def next_states(state: str) -> list[State]:
    """Return the steps that the table allows, in the order of the states."""
    return [after for after in State if after in STEPS[State(state)]]
