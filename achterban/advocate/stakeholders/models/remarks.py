"""What we say of somebody outside (Dutch: opmerking)."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.stakeholders.models.contacts import Contact
from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.database.masking import mask_words
from achterban.core.organisations.models import Organisation


@dataclass(frozen=True)
class RemarkWords:
    """A remark with where it comes from, sealed.

    Attributes:
        text: what somebody did or said in their function.
        source: how we know.
        address: on the web; may be empty.
    """

    text: str
    source: str
    address: str = ""


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Which remarks."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        contacts = Contact.objects.visible_to(account, organisation)
        return self.filter(contact__in=contacts)

    def checked(self) -> Self:
        """Return those that a second person agreed with."""
        return self.filter(checked_on__isnull=False)


class Remark(models.Model):
    """Words about a named official: of the house until a second person checked them.

    Other rooms ask ``queries.remarks.remarks_that_may_leave`` and nothing else.
    """

    id = RandomKey()
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    sealed = models.BinaryField()  # with the key of the contact
    written_on = models.DateField()
    written_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    checked_on = models.DateField(null=True)
    checked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = RemarkQuerySet.as_manager()

    class Privacy:
        """Words about somebody."""

        personal = frozenset({"contact", "sealed", "written_by", "checked_by"})
        neutral = frozenset({"id", "written_on", "checked_on"})

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["-written_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(checked_by=F("written_by")),
                name="remark_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | Q(checked_on__isnull=False),
                name="remark_checked_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"remark {self.pk}"

    @property
    def _context(self) -> str:
        return f"stakeholders.remark:{self.pk}"

    @property
    def stamp(self) -> str:
        """Return what tells these words from those after a change."""
        return hashlib.sha256(bytes(self.sealed)).hexdigest()[:16]

    def seal_words(self, words: RemarkWords) -> None:
        """Put the words away; the caller saves."""
        content = asdict(mask_words(words))
        self.sealed = self.contact.key.seal(content, context=self._context)

    def open_words(self) -> RemarkWords:
        """Return the words; that of the contact is the look in the log."""
        content: dict[str, Any] = self.contact.key.unseal(
            self.sealed, context=self._context
        )
        return RemarkWords(**content)
