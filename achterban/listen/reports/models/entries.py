"""The talk about a report, in order."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.vault.models import DataKey
from achterban.listen.reports.hearing import UpdateKind, is_told
from achterban.listen.reports.models.reports import Report
from achterban.listen.reports.models.updates import Update
from achterban.listen.reports.statuses import Status


class EntryKind(models.TextChoices):
    """What an entry in the course of a report is."""

    ADDITION = "addition", _("Addition")
    QUESTION = "question", _("Question")
    REPLY = "reply", _("Reply")
    ANSWER = "answer", _("Answer")
    NOTE = "note", _("Note for colleagues")
    CORRECTION = "correction", _("Corrected")
    FILE = "file", _("Added")
    STEP = "step", _("Step")
    HANDOVER = "handover", _("Handed over")
    UPDATE = "update", _("Update")


OWN_WORDS = (EntryKind.ADDITION, EntryKind.REPLY)
FROM_REPORTER = (
    EntryKind.ADDITION,
    EntryKind.REPLY,
    EntryKind.CORRECTION,
    EntryKind.FILE,
)
FROM_US = (EntryKind.QUESTION, EntryKind.ANSWER, EntryKind.UPDATE)
FOR_REPORTER = (
    EntryKind.CORRECTION,
    EntryKind.ADDITION,
    EntryKind.QUESTION,
    EntryKind.REPLY,
    EntryKind.ANSWER,
    EntryKind.FILE,
    EntryKind.STEP,
    EntryKind.UPDATE,
)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Which entries."""

    def standing(self) -> Self:
        """Return what was not taken back."""
        return self.filter(undone_on=None)

    def for_reporter(self) -> Self:
        """Return what the reporter may read."""
        return self.standing().filter(kind__in=FOR_REPORTER)


class Entry(models.Model):
    """One thing said or done about a report, in order.

    Never changed, only undone; but for one's own words, which one may correct.
    """

    id = RandomKey()
    report = models.ForeignKey(Report, models.CASCADE, related_name="entries")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    sealed = models.BinaryField(default=bytes)
    update = models.ForeignKey(
        Update, models.PROTECT, null=True, db_index=False, related_name="entries"
    )
    by = models.ForeignKey(Account, models.SET_NULL, null=True)
    on = models.DateField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    read_on = models.DateField(null=True)
    undone_on = models.DateField(null=True)

    objects = EntryQuerySet.as_manager()

    class Privacy:
        """The words are sealed with the key of the report."""

        personal = frozenset({"sealed"})
        neutral = frozenset(
            {
                "id",
                "report",
                "n",
                "kind",
                "update",
                "by",
                "on",
                "before",
                "after",
                "read_on",
                "undone_on",
            }
        )

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["report", "n"], name="entry_in_order"),
            models.UniqueConstraint(  # also the index by which it is counted
                fields=["update", "report"],
                condition=Q(update__isnull=False),
                name="entry_one_of_each_update",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.n}"

    @property
    def _context(self) -> str:
        return f"reports.entry:{self.pk}"

    def seal_words(self, key: DataKey, text: str) -> None:
        """Put words away under the key of the report; the caller saves."""
        self.sealed = key.seal(text, context=self._context)

    def open_words(self, key: DataKey | None) -> str:
        """Return the words, empty where there are none."""
        if key is None or not self.sealed:
            return ""
        return str(key.unseal(self.sealed, context=self._context))

    def seal_former(self, key: DataKey, former: dict[str, Any]) -> None:
        """Put away what stood there before it was corrected; the caller saves.

        Args:
            key: of the report.
            former: fields of ``Telling``; ``text`` for words, whoever they are in.
        """
        self.sealed = key.seal(former, context=self._context)

    def open_former(self, key: DataKey | None) -> dict[str, Any]:
        """Return what stood there before."""
        if key is None:
            return {}
        former: dict[str, Any] = key.unseal(self.sealed, context=self._context)
        return former

    @property
    def told_as(self) -> UpdateKind:
        """Return as what kind it is told of."""
        if self.update is not None:
            return UpdateKind(self.update.kind)
        is_question = self.kind == EntryKind.QUESTION
        return UpdateKind.QUESTION if is_question else UpdateKind.STEP

    def is_news_for(self, hearing: str) -> bool:
        """Return whether it is marked as new: what is said to one person always is."""
        if self.kind not in FROM_US or self.read_on is not None:
            return False
        return self.update is None or is_told(hearing, self.told_as)

    @property
    def is_from_reporter(self) -> bool:
        """Return whether the reporter said it."""
        return self.kind in FROM_REPORTER

    @property
    def step_to(self) -> str:
        """Return the label of the status that this step led to."""
        return str(Status(self.after["status"]).label) if "status" in self.after else ""
