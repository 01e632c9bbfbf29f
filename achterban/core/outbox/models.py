"""Rows of news, written in the transaction that makes the news."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q

from achterban.core.database.fields import RandomKey


class OutboxRowQuerySet(models.QuerySet["OutboxRow"]):
    """Which news is due."""

    def due(self, *, on: date, at: datetime) -> Self:
        """Return what may leave now and nobody else is delivering."""
        return self.filter(
            Q(retry_at=None) | Q(retry_at__lte=at),
            Q(leased_until=None) | Q(leased_until__lt=at),
            due_on__lte=on,
        )


class OutboxRow(models.Model):
    """One piece of news, until every receiver has dealt with it.

    It knows the day at most: the moment of an anonymous act is written nowhere.
    """

    id = RandomKey()
    kind = models.CharField(max_length=60)
    payload = models.JSONField()
    due_on = models.DateField()
    dedupe = models.CharField(max_length=80, null=True)  # noqa: DJ001
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)

    objects = OutboxRowQuerySet.as_manager()

    class Privacy:
        """Ids, and letters that are sealed."""

        personal = frozenset({"payload"})
        neutral = frozenset(
            {
                "id",
                "kind",
                "due_on",
                "dedupe",
                "attempts",
                "retry_at",
                "leased_until",
            }
        )

    class Meta:
        indexes = [models.Index(fields=["due_on"], name="outbox_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe"],
                condition=Q(dedupe__isnull=False),
                name="outbox_one_of_each_dedupe",
            )
        ]

    def __str__(self) -> str:
        return self.kind
