"""The course of a report: where it can stand, and which steps are allowed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a report stands; the label is what the reporter reads."""

    DRAFT = "draft", _("Not sent yet")
    RECEIVED = "received", _("Received")
    IN_PROGRESS = "in_progress", _("We are working on it")
    ASKED = "asked", _("We have a question")
    ANSWERED = "answered", _("There is an answer")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Channel(models.TextChoices):
    """How a report came in."""

    WEB = "web", _("Website")
    TELEPHONE = "telephone", _("Telephone")
    GATHERING = "gathering", _("Gathering")
    SAME = "same", _("Has this too")
    FILE = "file", _("From a file")


S = Status
STEPS: dict[Status, frozenset[Status]] = {
    S.DRAFT: frozenset({S.RECEIVED, S.WITHDRAWN}),
    S.RECEIVED: frozenset({S.IN_PROGRESS, S.ASKED, S.ANSWERED, S.CLOSED, S.WITHDRAWN}),
    S.IN_PROGRESS: frozenset({S.ASKED, S.ANSWERED, S.CLOSED, S.WITHDRAWN}),
    S.ASKED: frozenset({S.IN_PROGRESS, S.ANSWERED, S.CLOSED, S.WITHDRAWN}),
    S.ANSWERED: frozenset({S.IN_PROGRESS, S.ASKED, S.CLOSED, S.WITHDRAWN}),
    S.CLOSED: frozenset({S.IN_PROGRESS, S.ASKED, S.ANSWERED, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}
SET_BY_HAND = (S.IN_PROGRESS, S.CLOSED)  # the others follow from what somebody does


def may_step(before: str, after: str) -> bool:
    """Return whether the table allows a step; standing still is allowed."""
    return before == after or Status(after) in STEPS[Status(before)]
