"""What somebody wants to hear of what happens with their report."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UpdateKind(models.TextChoices):
    """What the organisation tells."""

    RECEIVED = "received", _("Received")
    STEP = "step", _("A step")
    QUESTION = "question", _("Question")
    RESULT = "result", _("A result")
    NOT_ACHIEVED = "not_achieved", _("Not achieved, and why")


class Hearing(models.TextChoices):
    """How much somebody wants to hear."""

    EVERY_STEP = "every", _("Every step (5 years)")
    ONLY_RESULT = "result", _("Only the result (5 years)")
    NOTHING = "nothing", _("Nothing")


WANTS = (Hearing.EVERY_STEP, Hearing.ONLY_RESULT)
TOLD_OF = {
    Hearing.EVERY_STEP: frozenset(UpdateKind),
    Hearing.ONLY_RESULT: frozenset({UpdateKind.RESULT, UpdateKind.NOT_ACHIEVED}),
}


def is_told(hearing: str, kind: str) -> bool:
    """Return whether somebody wants to be told of it: a mark, and a mail if asked."""
    return hearing in WANTS and kind in TOLD_OF[Hearing(hearing)]


def may_stand(hearing: str, kind: str, *, is_alone: bool) -> bool:
    """Return whether it stands behind the code.

    Args:
        hearing: what they chose, empty where they chose nothing at all.
        kind: of the update.
        is_alone: whether it goes to this one report: a question to somebody stands
            there whatever they chose.
    """
    is_asked_alone = is_alone and kind == UpdateKind.QUESTION
    return hearing != Hearing.NOTHING or is_asked_alone
