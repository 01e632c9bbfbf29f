"""A position: how much somebody decides, cares, and on which side (standpunt)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models.dossiers import Dossier, Task
from achterban.advocate.stakeholders.models import Function, Party
from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.database.masking import mask_words
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey


class Much(models.IntegerChoices):
    """How much power somebody has here, or how much interest."""

    LITTLE = 1, _("little")
    SOME = 2, _("some")
    MUCH = 3, _("much")

    @property
    def share(self) -> float:
        """Return it on a scale from 0 to 1, for a picture."""
        return (self.value - 1) / (len(Much) - 1)


class Stance(models.TextChoices):
    """On which side somebody is."""

    FOR = "for", _("for")
    RATHER_FOR = "rather_for", _("rather for")
    UNCLEAR = "unclear", _("unclear")
    RATHER_AGAINST = "rather_against", _("rather against")
    AGAINST = "against", _("against")


class PositionQuerySet(models.QuerySet["Position"]):
    """Which positions."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those of the dossiers that this account may read here."""
        dossiers = Dossier.objects.visible_to(account, organisation)
        return self.filter(dossier__in=dossiers)

    def workable_by(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may change."""
        dossiers = Dossier.objects.workable_by(account, organisation)
        return self.filter(dossier__in=dossiers)


class Position(models.Model):
    """Where a party, or somebody in a function there, stands in a dossier.

    It belongs to the function and not to the person: who comes after has a position
    of their own, and who is erased leaves one without a name.
    """

    id = RandomKey()
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="positions")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    function = models.ForeignKey(Function, models.CASCADE, null=True, related_name="+")
    key = models.ForeignKey(DataKey, models.DO_NOTHING, db_constraint=False)

    objects = PositionQuerySet.as_manager()

    class Privacy:
        """Who it is about, is with the stakeholders; the words are sealed."""

        personal = frozenset({"function"})
        neutral = frozenset({"id", "dossier", "party", "key"})

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "party"],
                condition=Q(function=None),
                name="position_once_a_party",
            ),
            models.UniqueConstraint(
                fields=["dossier", "function"], name="position_once_a_function"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.party}" if self.function else str(self.party)


@dataclass(frozen=True)
class EstimateWords:
    """Why we think so, sealed; both may be empty.

    Attributes:
        why: in our own words.
        source: who said it, or where it stands.
    """

    why: str = ""
    source: str = ""


class Estimate(models.Model):
    """What we thought of a position on a day (Dutch: inschatting); none is changed."""

    id = RandomKey()
    position = models.ForeignKey(Position, models.CASCADE, related_name="estimates")
    power = models.PositiveSmallIntegerField(
        _("how much they decide"), choices=Much.choices
    )
    interest = models.PositiveSmallIntegerField(
        _("how much they care"), choices=Much.choices
    )
    stance = models.CharField(_("which side"), max_length=15, choices=Stance.choices)
    sealed = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    class Privacy:
        """What we think of somebody is about them."""

        personal = frozenset({"power", "interest", "stance", "sealed", "by"})
        neutral = frozenset({"id", "position", "at"})

    class Meta:
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["position", "at"], name="estimate_in_time")]

    def __str__(self) -> str:
        return f"{self.position_id}: {self.stance}"

    @property
    def _context(self) -> str:
        return f"dossiers.estimate:{self.pk}"

    def seal_words(self, words: EstimateWords) -> None:
        """Put the words away; the caller saves."""
        content = asdict(mask_words(words))
        self.sealed = self.position.key.seal(content, context=self._context)

    def open_words(self) -> EstimateWords:
        """Return the words."""
        content: dict[str, Any] = self.position.key.unseal(
            self.sealed, context=self._context
        )
        return EstimateWords(**content)


class Planned(models.Model):
    """A task that is meant to move somebody."""

    id = RandomKey()
    position = models.ForeignKey(Position, models.CASCADE, related_name="planned")
    task = models.OneToOneField(Task, models.CASCADE, related_name="planned")

    class Privacy:
        """Our own plan."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "position", "task"})

    def __str__(self) -> str:
        return f"{self.position_id}: {self.task_id}"
