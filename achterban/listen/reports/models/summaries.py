"""What many go through, in words of ours, for who has it too."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation


class SummaryQuerySet(models.QuerySet["Summary"]):
    """Which summaries."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here, public or not."""
        if not account.has_perm("updates.send", organisation):
            return self.none()
        return self.filter(organisation=organisation)

    def published_by(self, organisation: Organisation) -> Self:
        """Return what everybody may read and have too, newest first."""
        return self.filter(
            organisation=organisation, published_on__isnull=False, closed_on=None
        ).order_by("-published_on", "pk")


class Summary(models.Model):
    """A public sentence that gathers people without a new text (samenvatting).

    Once it is public its words stand: people said that they have *this* too.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    title = models.CharField(
        _("what people go through, in one sentence"), max_length=90
    )
    text = models.CharField(_("a little more"), max_length=300, blank=True)
    written_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    published_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    published_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = SummaryQuerySet.as_manager()

    class Privacy:
        """Our own words, for everybody; who wrote them works here."""

        personal = frozenset({"written_by", "published_by"})
        neutral = frozenset(
            {"id", "organisation", "title", "text", "published_on", "closed_on"}
        )

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        constraints = [
            models.CheckConstraint(
                name="summary_published_by_another",
                condition=Q(published_by=None)
                | Q(written_by=None)
                | ~Q(published_by=models.F("written_by")),
            )
        ]

    def __str__(self) -> str:
        return self.title
