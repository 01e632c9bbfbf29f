"""A document to cite from: its words, page by page, sealed under a key of its own."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import AddressField, LineField, RandomKey
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey
from achterban.rules.deidentify import mask_bsn

BREAK = "\n"  # between two pages, in a passage that runs on


class DocumentQuerySet(models.QuerySet["Document"]):
    """Which documents."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here, newest first."""
        if not account.has_perm("issues.read", organisation):
            return self.none()
        return self.filter(organisation=organisation)


class Document(models.Model):
    """What somebody else wrote, to cite from (Dutch: document).

    The file itself is not kept: its checksum says which one it was. Its words may tell
    of people, and are sealed.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    # Its key has the same number, so that it is found without an index of its own.
    key = models.ForeignKey(
        DataKey, models.DO_NOTHING, db_constraint=False, db_index=False
    )
    title = LineField(_("title"), max_length=120)
    author = LineField(_("author"), max_length=80, blank=True)
    dated = LineField(_("date"), max_length=30, blank=True)
    address = AddressField(_("address on the web"), max_length=300, blank=True)
    checksum = models.CharField(max_length=64)
    has_pages = models.BooleanField()
    n_pages = models.PositiveIntegerField()
    n_bytes = models.PositiveIntegerField(default=0)  # of its words, as they are kept
    added_on = models.DateField()
    added_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Privacy:
        """Who wrote it may be a person; its words are sealed, page by page."""

        personal = frozenset({"author", "added_by"})
        neutral = frozenset(
            {
                "id",
                "organisation",
                "key",
                "title",
                "dated",
                "address",
                "checksum",
                "has_pages",
                "n_pages",
                "n_bytes",
                "added_on",
            }
        )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-added_on", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "checksum"], name="document_once"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.author, self.title, self.dated]))


class DocumentPage(models.Model):
    """The words of one page, or of one part of a text without pages."""

    id = RandomKey()
    document = models.ForeignKey(
        Document, models.CASCADE, related_name="pages", db_index=False
    )
    n = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Privacy:
        """Sealed."""

        personal = frozenset({"sealed"})
        neutral = frozenset({"id", "document", "n"})

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["document", "n"], name="page_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}, {self.n}"

    @property
    def _context(self) -> str:
        return f"issues.page:{self.document_id}:{self.n}"

    def seal(self, words: str) -> None:
        """Put the words away; the caller saves."""
        masked = mask_bsn(words).text
        self.sealed = self.document.key.seal(masked, context=self._context)

    def open(self) -> str:
        """Return the words."""
        return str(self.document.key.unseal(self.sealed, context=self._context))

    def open_until(self, end: int) -> str:
        """Return the words; with those of the next page where a passage runs on there.

        Args:
            end: of the passage, counted from the first sign of this page.
        """
        words = self.open()
        if end <= len(words):
            return words
        after = self.document.pages.filter(n=self.n + 1).first()
        if after is None:
            return words
        after.document = self.document
        return f"{words}{BREAK}{after.open()}"
