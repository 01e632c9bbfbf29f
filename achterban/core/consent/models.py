"""A consent is a row: what somebody said yes to, in which words, and until when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.core.database.fields import RandomKey
from achterban.core.vault.models import DataKey


class Purpose(models.TextChoices):
    """What may be done with somebody's words. Each needs its own yes."""

    COUNT = "count", _("Read it and count it")
    QUOTE = "quote", _("Quote it without a name")
    ASK = "ask", _("Ask more")
    UPDATE = "update", _("Tell what came of it")
    STORY = "story", _("Use it as a story")
    ACCOUNT = "account", _("Keep an account")


class Audience(models.TextChoices):
    """Who may see what comes of it."""

    READERS = "readers", _("Those who read reports")
    PUBLIC = "public", _("Everybody")


class ConsentText(models.Model):
    """The words that somebody said yes to, kept as they stood on the page."""

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    language = models.CharField(max_length=5)
    wording = models.TextField()
    digest = models.CharField(max_length=64, unique=True)

    class Privacy:
        """Our own words."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "purpose", "language", "wording", "digest"})

    def __str__(self) -> str:
        return f"{self.purpose} ({self.language})"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Which consents."""

    def in_force(self, *, on: date) -> Self:
        """Return those that were not withdrawn and have not ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), withdrawn_on=None)


class Consent(models.Model):
    """One yes, by whoever holds the words under a data key.

    The key stands for the words: when they are erased the proof goes too. Other rooms
    point here from what they do with the words.
    """

    id = RandomKey()
    key = models.ForeignKey(
        DataKey, models.DO_NOTHING, db_constraint=False, related_name="consents"
    )
    text = models.ForeignKey(ConsentText, models.PROTECT, db_index=False)
    audience = models.CharField(max_length=20, choices=Audience.choices)
    given_on = models.DateField()
    ends_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Privacy:
        """Days and a key."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {"id", "key", "text", "audience", "given_on", "ends_on", "withdrawn_on"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_ends_after_it_was_given",
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("given_on")),
                violation_error_message=_("A consent cannot end before it was given."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.text}, {self.given_on}"
