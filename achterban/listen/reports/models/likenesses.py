"""Which reports say the same, by keyed hashes of their words."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Count, Q

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import key_ring
from achterban.listen.reports.models.reports import Report
from achterban.rules.likeness import N_BANDS

LEAST_OF_A_CAMPAIGN = 3
BANDS = tuple(f"band{n}" for n in range(N_BANDS))


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Which campaigns."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return the campaigns in what this account may read here, largest first."""
        if not account.has_perm("reports.read_all", organisation):
            return self.none()
        counted = self.filter(organisation=organisation).annotate(
            n_reports=Count("likenesses"),
            n_people=Count("likenesses__who", distinct=True),
        )
        return counted.order_by("-n_reports", "pk")

    def shown(self) -> Self:
        """Return those with three reports or more; two may be chance."""
        return self.filter(n_reports__gte=LEAST_OF_A_CAMPAIGN)


class Campaign(models.Model):
    """Reports with the same words, or nearly: what many people sent."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)

    objects = CampaignQuerySet.as_manager()

    n_reports: int
    n_people: int

    class Privacy:
        """Says only that there is one."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "organisation"})

    def __str__(self) -> str:
        return f"campaign {self.pk}"


class Likeness(models.Model):
    """What a report is compared by. All hashes are keyed; no word stands here.

    Attributes of one report: ``words``, all its words; ``twin``, these words of this
    person (or this whole row of a file, where nobody is named); ``band0`` to
    ``band3``, nearly these words; ``who``, who told it, within one campaign: it links
    nothing outside of it.
    """

    id = RandomKey()
    report = models.OneToOneField(Report, models.CASCADE, related_name="likeness")
    campaign = models.ForeignKey(
        Campaign,
        models.SET_NULL,
        null=True,
        db_index=False,
        related_name="likenesses",
    )
    words = models.BinaryField(null=True)
    twin = models.BinaryField(null=True)
    band0 = models.BinaryField(null=True)
    band1 = models.BinaryField(null=True)
    band2 = models.BinaryField(null=True)
    band3 = models.BinaryField(null=True)
    who = models.BinaryField(null=True)

    class Privacy:
        """Keyed hashes of words."""

        personal = frozenset({"words", "twin", *BANDS, "who"})
        neutral = frozenset({"id", "report", "campaign"})

    class Meta:
        indexes = [
            *(
                models.Index(
                    fields=[name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"likeness_{name}",
                )
                for name in ("words", "twin", *BANDS)
            ),
            models.Index(
                fields=["campaign"],
                condition=Q(campaign__isnull=False),
                name="likeness_campaign",
            ),
        ]

    def __str__(self) -> str:
        return f"likeness of {self.report_id}"


def likeness_key(organisation: Organisation) -> bytes:
    """Return the key of the hashes of one organisation, 32 bytes."""
    return key_ring().digest("receipt", f"likeness:{organisation.pk}".encode())
