"""What the organisation tells one reporter, or many at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey
from achterban.listen.reports.hearing import UpdateKind


@dataclass(frozen=True)
class UpdateWords:
    """The organisation's own words.

    Attributes:
        lead: one sentence that says it all.
        rest: what there is to say besides.
    """

    lead: str = ""
    rest: str = ""


class UpdateQuerySet(models.QuerySet["Update"]):
    """Which updates."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may see and send here."""
        if not account.has_perm("updates.send", organisation):
            return self.none()
        return self.filter(organisation=organisation).select_related("key", "by")

    def published_by(self, organisation: Organisation) -> Self:
        """Return what everybody may read, newest first."""
        return (
            self.filter(organisation=organisation, published_on__isnull=False)
            .select_related("key")
            .order_by("-published_on", "pk")
        )

    def with_counts(self) -> Self:
        """Add behind how many codes it stands, and how many of them read it."""
        stands = Q(entries__undone_on=None)
        # Without 10,000 keys in each of the rows that are grouped.
        return self.defer("chosen").annotate(
            n_stands=Count("entries", filter=stands),
            n_read=Count("entries", filter=stands & Q(entries__read_on__isnull=False)),
        )


class Update(models.Model):
    """News for those who reported (Dutch: terugkoppeling): a draft until it is sent.

    Sealed although the words are the organisation's own: together with whose course
    they stand in, they would tell what a group of reports is about.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    key = models.ForeignKey(DataKey, models.DO_NOTHING, db_constraint=False)
    kind = models.CharField(
        _("kind"), max_length=20, choices=UpdateKind.choices, default=UpdateKind.STEP
    )
    sealed = models.BinaryField()
    chosen = models.JSONField(default=list)
    wants_public = models.BooleanField(default=False)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="updates")
    touched_on = models.DateField()
    sent_on = models.DateField(null=True)
    undone_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    publisher = models.ForeignKey(
        Account, models.SET_NULL, null=True, related_name="published_updates"
    )

    objects = UpdateQuerySet.as_manager()

    class Privacy:
        """The words are sealed; the rest tells days and for which reports it is."""

        personal = frozenset({"sealed"})
        neutral = frozenset(
            {
                "id",
                "organisation",
                "key",
                "kind",
                "chosen",
                "wants_public",
                "by",
                "touched_on",
                "sent_on",
                "undone_on",
                "published_on",
                "publisher",
            }
        )

    class Meta:
        ordering = ["-touched_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="update_is_sent_before_it_is_published",
                condition=Q(published_on=None) | Q(sent_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"update {self.pk}"

    @property
    def _context(self) -> str:
        return f"reports.update:{self.pk}"

    def seal_words(self, words: UpdateWords) -> None:
        """Put the words away; the caller saves."""
        self.sealed = self.key.seal(asdict(words), context=self._context)

    def open_words(self) -> UpdateWords:
        """Return the words."""
        content: dict[str, Any] = self.key.unseal(self.sealed, context=self._context)
        return UpdateWords(**content)

    @property
    def is_draft(self) -> bool:
        """Return whether it can still be changed."""
        return self.sent_on is None
