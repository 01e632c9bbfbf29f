"""A relation: who knows whom, and how we know that (Dutch: relatie)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.advocate.stakeholders.models.contacts import Contact
from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.database.masking import mask_words
from achterban.core.organisations.models import Organisation


class RelationKind(models.TextChoices):
    """What two people are to each other; nothing of their private lives."""

    KNOWS = "knows", _("knows")
    WORKS_WITH = "works_with", _("works together with")
    LED_BY = "led_by", _("works for")


BACKWARD: dict[str, Promise] = {
    RelationKind.LED_BY: _("leads")  # the others read alike from both sides
}


class Warmth(models.IntegerChoices):
    """How warm it is: what one may ask of the other."""

    COOL = 1, _("they know each other by sight")
    MILD = 2, _("they speak now and then")
    WARM = 3, _("they do something for each other")


# Of a way the warmth is the product: two warm steps go before one cool one.
AS_SHARE = {Warmth.COOL: 0.3, Warmth.MILD: 0.6, Warmth.WARM: 0.9}


@dataclass(frozen=True)
class RelationWords:
    """How we know it, sealed.

    Attributes:
        source: who said it or where it stands.
        address: on the web; may be empty.
    """

    source: str
    address: str = ""


class RelationQuerySet(models.QuerySet["Relation"]):
    """Which relations."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        if not account.has_perm("stakeholders.read", organisation):
            return self.none()
        return self.filter(organisation=organisation)

    def held(self, on: date) -> Self:
        """Return those that were there on a day, as far as we know."""
        return self.filter(
            Q(from_on=None) | Q(from_on__lte=on), Q(until_on=None) | Q(until_on__gte=on)
        )

    def of(self, contact: Contact) -> Self:
        """Return those of one contact, from either side."""
        return self.filter(Q(one=contact) | Q(other=contact))


class Relation(models.Model):
    """Two people who know each other. There may be several, each with its source."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    one = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RelationKind.choices)
    warmth = models.PositiveSmallIntegerField(choices=Warmth.choices)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    sealed = models.BinaryField()  # with the key of ``one``
    noted_on = models.DateField()
    noted_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = RelationQuerySet.as_manager()

    class Privacy:
        """Who knows whom."""

        personal = frozenset(
            {
                "one",
                "other",
                "kind",
                "warmth",
                "from_on",
                "until_on",
                "sealed",
                "noted_by",
            }
        )
        neutral = frozenset({"id", "organisation", "noted_on"})

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["-warmth", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(one=F("other")), name="relation_of_two_people"
            ),
            models.CheckConstraint(
                condition=Q(warmth__in=Warmth.values), name="relation_known_warmth"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None)
                | Q(from_on=None)
                | Q(until_on__gte=F("from_on")),
                name="relation_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"

    @property
    def _context(self) -> str:
        return f"stakeholders.relation:{self.pk}"

    def seal_words(self, words: RelationWords) -> None:
        """Put the source away; the caller saves."""
        content = asdict(mask_words(words))
        self.sealed = self.one.key.seal(content, context=self._context)

    def open_words(self) -> RelationWords:
        """Return the source."""
        content: dict[str, Any] = self.one.key.unseal(
            self.sealed, context=self._context
        )
        return RelationWords(**content)

    def is_over(self, on: date) -> bool:
        """Return whether it is there no more on a day."""
        return self.until_on is not None and self.until_on < on

    def label_from(self, contact: Contact) -> str:
        """Return what somebody is to the other, seen from one of the two."""
        if contact.pk == self.other_id and self.kind in BACKWARD:
            return str(BACKWARD[self.kind])
        return str(RelationKind(self.kind).label)
