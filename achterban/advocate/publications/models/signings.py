"""A joint text: which organisations were asked to sign it, and what they said."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Partner
from achterban.advocate.publications.models.publications import Publication, Version
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey
from achterban.core.organisations.models import Organisation


class SigningQuerySet(models.QuerySet["Signing"]):
    """Which of them."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return what an organisation itself was asked.

        After it left a coalition that is what was sent with its name, and no more.
        """
        if not account.has_perm("publications.sign", organisation):
            return self.none()
        is_theirs = Q(partner__left_on=None) | Q(version__isnull=False)
        return self.filter(is_theirs, partner__organisation=organisation)

    def standing(self) -> Self:
        """Return those about a text that was neither sent nor changed."""
        return self.filter(lapsed_on=None, version=None)


class Signing(models.Model):
    """That an organisation is asked to put its name under a text, and its answer.

    (Dutch: ondertekening.) It is about one reading, known by its fingerprint: another
    text is another question. Words are kept nowhere here: who signs reads the text of
    the publication, as long as it reads so.
    """

    id = RandomKey()
    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="signings"
    )
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="signings")
    title = LineField(max_length=120)  # as it was asked
    reading = models.CharField(max_length=64)  # SHA-256 of what is signed
    asked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    asked_on = models.DateField()
    until = models.DateField(_("until when they can answer"))
    is_signed = models.BooleanField(null=True)  # None: nobody answered yet
    why = LineField(_("why not"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    answered_on = models.DateField(null=True)
    lapsed_on = models.DateField(null=True)  # changed, or sent without this name
    version = models.ForeignKey(  # that was sent with this name
        Version, models.CASCADE, null=True, related_name="signings"
    )

    objects = SigningQuerySet.as_manager()

    class Privacy:
        """Organisations, and who spoke for them."""

        personal = frozenset({"asked_by", "answered_by"})
        neutral = frozenset(
            {
                "id",
                "publication",
                "partner",
                "title",
                "reading",
                "asked_on",
                "until",
                "is_signed",
                "why",
                "answered_on",
                "lapsed_on",
                "version",
            }
        )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["partner__organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "partner"],
                condition=Q(lapsed_on=None, version=None),
                name="signing_one_question_at_a_time",
            ),
            models.CheckConstraint(
                name="signing_answered_on_a_day",
                condition=Q(is_signed=None, answered_on=None)
                | Q(is_signed__isnull=False, answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="signing_sent_when_signed",
                condition=Q(version=None) | Q(is_signed=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.partner_id}"
