"""The files of a report."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.files.models import StoredFile
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models.reports import Report, receipt_hash
from achterban.rules.filetypes import Kind


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Which files."""

    def behind_code(self, code: str, organisation: Organisation) -> Self:
        """Return what belongs to the report of a receipt code, in order."""
        return self.filter(
            report__receipt_hash=receipt_hash(code, organisation)
        ).select_related("file__key")

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return the files of the reports that this account may read here."""
        reports = Report.objects.visible_to(account, organisation)
        return self.filter(report__in=reports).select_related("file__key", "report")


class Attachment(models.Model):
    """A photo, document or recording that belongs to a report.

    The words under it (what is said or stands there) are sealed with its own key.
    """

    id = RandomKey()
    report = models.ForeignKey(Report, models.CASCADE, related_name="attachments")
    file = models.OneToOneField(StoredFile, models.CASCADE)
    n = models.PositiveIntegerField()
    sealed = models.BinaryField(default=bytes)

    objects = AttachmentQuerySet.as_manager()

    class Privacy:
        """The words are sealed."""

        personal = frozenset({"sealed"})
        neutral = frozenset({"id", "report", "file", "n"})

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["report", "n"], name="attachment_in_order")
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk}"

    @property
    def label(self) -> str:
        """Return what it is, and which one."""
        names = {
            Kind.PHOTO: _("Photo"),
            Kind.DOCUMENT: _("Document"),
            Kind.RECORDING: _("Recording"),
        }
        return f"{names[Kind(self.file.kind)]} {self.n}"

    @property
    def is_recording(self) -> bool:
        """Return whether it can be listened to."""
        return self.file.kind == Kind.RECORDING

    @property
    def _context(self) -> str:
        return f"reports.attachment:{self.pk}"

    def seal_words(self, text: str) -> None:
        """Put away what is said or stands there; the caller saves."""
        self.sealed = self.file.key.seal(text, context=self._context)

    def open_words(self) -> str:
        """Return what is said or stands there, empty where nobody typed it out."""
        if not self.sealed:
            return ""
        return str(self.file.key.unseal(self.sealed, context=self._context))
