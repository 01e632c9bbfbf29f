"""A contact: a person with whom we speak, and their functions (Dutch: functie)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.stakeholders.models.parties import Party
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey
from achterban.core.database.masking import mask_words
from achterban.core.organisations.models import Organisation
from achterban.core.search.tokens import hasher, joined
from achterban.core.vault.models import DataKey
from achterban.rules.names import telling_words
from achterban.rules.retention import CONTACT_NOTICE_DAYS


@dataclass(frozen=True)
class ContactWords:
    """Who somebody is, sealed; every part but the name may be empty.

    Attributes:
        name: of the person.
        mail: address at work.
        phone: number at work.
        note: of ours, for who works here only.
    """

    name: str
    mail: str = ""
    phone: str = ""
    note: str = ""


def name_tokens(organisation: Organisation) -> Callable[[str], str]:
    """Return what makes keyed hashes of words of names, for one organisation."""
    return hasher(organisation.pk, "stakeholders.contact")


def day_it_goes(named_on: date) -> date:
    """Return the day on which somebody is erased who was named on a day."""
    return named_on + timedelta(days=CONTACT_NOTICE_DAYS + 1)


class ContactQuerySet(models.QuerySet["Contact"]):
    """Which contacts."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        if not account.has_perm("stakeholders.read", organisation):
            return self.none()
        return self.filter(organisation=organisation)

    def named(self, typed: str, organisation: Organisation) -> Self:
        """Return those of an organisation who bear all of these words in their name.

        Whole words only: what is stored is a keyed hash of each. Nothing typed finds
        all; something without a letter or digit finds none.
        """
        words = telling_words(typed)
        if typed.strip() and not words:
            return self.none()
        token, found = name_tokens(organisation), self.filter(organisation=organisation)
        for word in words:
            found = found.filter(tokens__contains=token(word))
        return found

    def unused(self, on: date) -> Self:
        """Return those whom nobody used or confirmed for as long as we keep them.

        One of the team stays as long as the account is there.
        """
        last = on - timedelta(days=settings.CONTACT_DAYS)
        return self.filter(account=None, used_on__lt=last)

    def named_long_ago(self, on: date) -> Self:
        """Return the unused that coordinators could have kept, and did not."""
        last = on - timedelta(days=CONTACT_NOTICE_DAYS)
        return self.unused(on).filter(named_on__lt=last)

    def ours(self) -> Self:
        """Return those who belong to us: who left the team is one of us no more."""
        in_team = Q(account__memberships__organisation=F("organisation"))
        return self.filter(is_ours=True).filter(Q(account=None) | in_team).distinct()


class Contact(models.Model):
    """A person with whom we speak, or one of us whom they know.

    The words are sealed with a key of their own, so that erasing is final. Other rooms
    point here, and seal nothing of theirs with this key: merging takes it away.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    key = models.ForeignKey(DataKey, models.DO_NOTHING, db_constraint=False)
    sealed = models.BinaryField()
    tokens = models.TextField()  # keyed hashes of the words of the name
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    is_ours = models.BooleanField(default=False)
    matters = models.BooleanField(default=False)
    added_on = models.DateField()
    used_on = models.DateField()  # when anybody last wrote of them, or confirmed them
    named_on = models.DateField(null=True)  # to the coordinators, before it goes
    added_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )

    objects = ContactQuerySet.as_manager()

    class Privacy:
        """Who it is, is sealed."""

        personal = frozenset({"sealed", "tokens", "account", "added_by"})
        neutral = frozenset(
            {
                "id",
                "organisation",
                "key",
                "is_ours",
                "matters",
                "added_on",
                "used_on",
                "named_on",
            }
        )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-added_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "account"],
                condition=Q(account__isnull=False),
                name="contact_once_an_account",
            )
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def goes_on(self) -> date | None:
        """Return the day on which it is erased, None where it was not named."""
        return day_it_goes(self.named_on) if self.named_on else None

    @property
    def _context(self) -> str:
        return f"stakeholders.contact:{self.pk}"

    def seal_words(self, words: ContactWords) -> None:
        """Put the words away, and make the name findable; the caller saves."""
        content = asdict(mask_words(words))
        self.sealed = self.key.seal(content, context=self._context)
        tokens = map(name_tokens(self.organisation), telling_words(words.name))
        self.tokens = joined(tokens)

    def open_words(self) -> ContactWords:
        """Return the words; the caller records the look in the audit log."""
        content: dict[str, Any] = self.key.unseal(self.sealed, context=self._context)
        return ContactWords(**content)


class FunctionQuerySet(models.QuerySet["Function"]):
    """Which functions."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        parties = Party.objects.visible_to(account, organisation)
        return self.filter(party__in=parties)

    def held(self, on: date) -> Self:
        """Return those that somebody had on a day, as far as we know."""
        return self.filter(
            Q(from_on=None) | Q(from_on__lte=on), Q(until_on=None) | Q(until_on__gte=on)
        )


class Function(models.Model):
    """What somebody does at a party, and when. It ends; it is not overwritten.

    Who was erased leaves a function without a name, so that it can still be read what
    a talk of then was about.
    """

    id = RandomKey()
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="functions"
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="functions")
    title = LineField(_("what somebody does there"), max_length=120)
    from_on = models.DateField(_("since"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = FunctionQuerySet.as_manager()

    class Privacy:
        """Who does what where."""

        personal = frozenset({"contact", "title", "from_on", "until_on"})
        neutral = frozenset({"id", "party"})

    class Meta:
        verbose_name = _("function")
        verbose_name_plural = _("functions")
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None)
                | Q(from_on=None)
                | Q(until_on__gte=F("from_on")),
                name="function_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_over(self, on: date) -> bool:
        """Return whether somebody does it no more on a day."""
        return self.until_on is not None and self.until_on < on
