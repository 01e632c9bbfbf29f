"""A correspondence that is to be public, and what became public (openbare versie)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Dossier
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey
from achterban.core.files.models import StoredFile
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey
from achterban.rules.redaction import Decision, Ground, redacted, removals


class RedactionQuerySet(models.QuerySet["Redaction"]):
    """Which public versions."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those of the dossiers that this account may read here."""
        if not account.has_perm("publications.read", organisation):
            return self.none()
        dossiers = Dossier.objects.visible_to(account, organisation)
        return self.filter(dossier__in=dossiers)

    def workable_by(self, account: Account, organisation: Organisation) -> Self:
        """Return those of which this account may read and change the words."""
        if not account.has_perm("publications.write", organisation):
            return self.none()
        dossiers = Dossier.objects.workable_by(account, organisation)
        return self.filter(dossier__in=dossiers)

    def published_by(self, organisation: Organisation) -> Self:
        """Return what is public of an organisation, newest first."""
        ours = self.filter(
            dossier__organisation=organisation, released_on__isnull=False
        )
        return ours.order_by("-released_on", "pk")

    def to_look_through(self) -> Self:
        """Return those in which nobody looked for names yet."""
        return self.filter(looked_on=None, released_on=None)


class Redaction(models.Model):
    """A correspondence and what goes out of it, for a dossier.

    The file itself is not kept: its checksum says which one it was. Its words are
    sealed, and so is what goes out of them. It is public from ``released_on`` on, until
    it is withdrawn.
    """

    id = RandomKey()
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="redactions")
    # Its key has the same number, so that it is found without an index of its own.
    key = models.ForeignKey(
        DataKey, models.DO_NOTHING, db_constraint=False, db_index=False
    )
    title = LineField(_("title"), max_length=120)
    checksum = models.CharField(max_length=64)  # SHA-256 of what was brought in
    n_left_out = models.PositiveSmallIntegerField(default=0)  # attachments
    sealed_text = models.BinaryField()
    sealed_decisions = models.BinaryField()
    revision = models.PositiveIntegerField(default=0)
    brought_on = models.DateField()
    brought_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    looked_on = models.DateField(null=True)  # for names, by a process apart
    asked_on = models.DateField(null=True)
    asked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    released_on = models.DateField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    withdrawn_on = models.DateField(null=True)  # the last time

    objects = RedactionQuerySet.as_manager()

    class Privacy:
        """Letters of people, sealed; the rest is about our own work."""

        personal = frozenset(
            {"sealed_text", "sealed_decisions", "brought_by", "asked_by", "released_by"}
        )
        neutral = frozenset(
            {
                "id",
                "dossier",
                "key",
                "title",
                "checksum",
                "n_left_out",
                "revision",
                "brought_on",
                "looked_on",
                "asked_on",
                "released_on",
                "released_at",
                "withdrawn_on",
            }
        )

    class Meta:
        verbose_name = _("public version")
        verbose_name_plural = _("public versions")
        ordering = ["-brought_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="redaction_by_two_people",
                condition=Q(released_by=None)
                | Q(asked_by=None)
                | ~Q(released_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="redaction_asked_before_released",
                condition=Q(released_on=None, released_at=None)
                | Q(
                    released_on__isnull=False,
                    released_at__isnull=False,
                    asked_on__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Return whether everybody may read it."""
        return self.released_on is not None

    def seal_text(self, text: str) -> None:
        """Put the words away; the caller saves."""
        self.sealed_text = self.key.seal(text, context=self._context("text"))

    def open_text(self) -> str:
        """Return the words as they came."""
        return str(self.key.unseal(self.sealed_text, context=self._context("text")))

    def seal_decisions(self, decisions: Iterable[Decision]) -> None:
        """Put away what goes out and what stays; the caller saves."""
        rows = [[it.words, it.ground] for it in decisions]
        context = self._context("decisions")
        self.sealed_decisions = self.key.seal(rows, context=context)

    def open_decisions(self) -> list[Decision]:
        """Return what goes out and what stays."""
        context = self._context("decisions")
        rows = self.key.unseal(self.sealed_decisions, context=context)
        return [Decision(words, Ground(it) if it else None) for words, it in rows]

    def public_text(self) -> str:
        """Return the words without what goes out."""
        text = self.open_text()
        return redacted(text, removals(text, self.open_decisions()))

    def _context(self, what: str) -> str:
        return f"redactions.redaction.{what}:{self.pk}"


class Form(models.TextChoices):
    """As what it can be had."""

    PDF = "pdf", _("PDF")
    TEXT = "txt", _("plain text")


class ReleasedFileQuerySet(models.QuerySet["ReleasedFile"]):
    """Which files."""

    def of(self, redactions: RedactionQuerySet) -> Self:
        """Return the files of these public versions, as long as they are there."""
        return self.filter(redaction__in=redactions, file__isnull=False)


class ReleasedFile(models.Model):
    """What everybody may have; of what was withdrawn the checksum stays."""

    id = RandomKey()
    redaction = models.ForeignKey(Redaction, models.CASCADE, related_name="files")
    form = models.CharField(max_length=4, choices=Form.choices)
    checksum = models.CharField(max_length=64)
    n_bytes = models.PositiveIntegerField()
    released_on = models.DateField()
    file = models.OneToOneField(StoredFile, models.SET_NULL, null=True)

    objects = ReleasedFileQuerySet.as_manager()

    class Privacy:
        """A checksum says nothing of anyone who has no such file."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {"id", "redaction", "form", "checksum", "n_bytes", "released_on", "file"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["redaction", "form"],
                condition=Q(file__isnull=False),
                name="released_in_a_form",
            )
        ]

    def __str__(self) -> str:
        return f"{self.redaction_id}, {self.form}"
