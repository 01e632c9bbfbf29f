"""The audit log: append-only, each event sealed to the one before it."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Self

from django.db import models

from achterban.core.vault.models import key_ring

FACT = re.compile(r"[\w:.,+-]{0,80}")  # ids, codes and dates; never words


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Which events."""

    def about(self, label: str) -> Self:
        """Return what happened to one thing, oldest first."""
        return self.filter(label=label).order_by("seq")


class AuditEvent(models.Model):
    """One act on one thing (NEN 7513: event, time, subject, user, responsible user).

    No foreign keys, ids only: the log outlives what it speaks of. ``actor`` 0 is
    somebody without an account; of such an act the log knows the day.
    """

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    label = models.CharField(max_length=80, db_index=True)
    actor = models.BigIntegerField()
    responsible = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    digest = models.BinaryField()

    objects = AuditEventQuerySet.as_manager()

    class Privacy:
        """Who did what is personal; it is kept because the law asks for it."""

        personal = frozenset({"actor", "label"})
        neutral = frozenset({"seq", "kind", "at", "responsible", "facts", "digest"})

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.label}"

    def compute_digest(self, before: bytes) -> bytes:
        """Return the HMAC over this event and the digest of the one before."""
        content = [
            self.seq,
            self.kind,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.label,
            self.actor,
            self.responsible,
            self.facts,
        ]
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return key_ring().digest("audit", before + text.encode())


class AuditHead(models.Model):
    """The last event: the row that writers lock. There is one."""

    seq = models.BigIntegerField(default=0)
    digest = models.BinaryField(default=bytes)
    # The last event that was let go after its years; the chain begins behind it.
    cut_seq = models.BigIntegerField(default=0)
    cut_digest = models.BinaryField(default=bytes)
    cut_seal = models.BinaryField(default=bytes)

    class Privacy:
        """Nothing about people."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {"id", "seq", "digest", "cut_seq", "cut_digest", "cut_seal"}
        )

    def __str__(self) -> str:
        return str(self.seq)

    def compute_seal(self) -> bytes:
        """Return the HMAC over where the chain begins: only the program can move it."""
        content = f"cut:{self.cut_seq}:{bytes(self.cut_digest).hex()}"
        return key_ring().digest("audit", content.encode())

    @property
    def begin(self) -> tuple[int, bytes]:
        """Return number and digest of the event before the first that is kept."""
        return self.cut_seq, bytes(self.cut_digest)


def day_moment(on: date) -> datetime:
    """Return midnight UTC of a day: all that the log may know of an anonymous act."""
    return datetime(on.year, on.month, on.day, tzinfo=UTC)


def label_of(thing: models.Model) -> str:
    """Return ``app.model:id``."""
    return f"{thing._meta.label_lower}:{thing.pk}"
