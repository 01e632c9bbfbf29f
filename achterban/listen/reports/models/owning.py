"""Whose report it is, for who wanted that: an account and nothing more."""

from __future__ import annotations

from django.db import models

from achterban.core.database.fields import RandomKey
from achterban.listen.reports.models.reports import Report


class OwnReport(models.Model):
    """A report that somebody put in Mijn.

    The owner stands here as a hash: the database alone does not tell which account.
    """

    id = RandomKey()
    report = models.ForeignKey(Report, models.CASCADE, related_name="owners")
    owner = models.BinaryField(db_index=True, editable=False)

    class Privacy:
        """That somebody told this."""

        personal = frozenset({"owner"})
        neutral = frozenset({"id", "report"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "owner"], name="own_report_once_each"
            )
        ]

    def __str__(self) -> str:
        return f"own report {self.pk}"
