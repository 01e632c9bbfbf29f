"""What can become of a promise, and which steps are allowed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What became of a promise.

    Late is never stored: it is an open one whose day is over.
    """

    OPEN = "open", _("open")
    LATE = "late", _("late")
    KEPT = "kept", _("kept")
    PARTLY = "partly", _("partly kept")
    BROKEN = "broken", _("broken")
    DISPUTED = "disputed", _("disputed")
    RENEGOTIATED = "renegotiated", _("agreed anew")
    LAPSED = "lapsed", _("lapsed")


S = State
_ENDS = frozenset({S.KEPT, S.PARTLY, S.BROKEN, S.DISPUTED, S.LAPSED})
STEPS: dict[State, frozenset[State]] = {
    S.OPEN: _ENDS,
    S.RENEGOTIATED: _ENDS,
    S.DISPUTED: frozenset({S.OPEN, S.KEPT, S.PARTLY, S.BROKEN, S.LAPSED}),
    S.PARTLY: frozenset({S.OPEN, S.KEPT, S.BROKEN, S.DISPUTED}),
    S.KEPT: frozenset({S.OPEN, S.BROKEN, S.DISPUTED}),
    S.BROKEN: frozenset({S.OPEN, S.KEPT, S.PARTLY, S.DISPUTED}),
    S.LAPSED: frozenset({S.OPEN}),
}
# Another term makes it agreed anew; that is a step of its own (``move_term``).
MOVABLE = (S.OPEN, S.RENEGOTIATED, S.DISPUTED, S.PARTLY, S.BROKEN)
RUNNING = (S.OPEN, S.RENEGOTIATED)  # we wait for it


def next_states(state: str) -> list[State]:
    """Return the steps that the table allows, in the order of the states."""
    return [after for after in State if after in STEPS[State(state)]]
