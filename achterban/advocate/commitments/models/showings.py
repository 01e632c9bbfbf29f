"""What everybody may read of a promise (Dutch: openbare stand), as two saw it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.commitments.models.commitments import Commitment
from achterban.advocate.commitments.states import RUNNING, State
from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation


class ShowingQuerySet(models.QuerySet["Showing"]):
    """Which of them."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those of the promises that this account may read here."""
        rows = Commitment.objects.visible_to(account, organisation)
        return self.filter(commitment__in=rows)

    def published_by(self, organisation: Organisation) -> Self:
        """Return what everybody may read of an organisation, the newest first."""
        rows = self.out().filter(commitment__dossier__organisation=organisation)
        return rows.order_by("-released_on", "pk")

    def out(self) -> Self:
        """Return those that are public now."""
        return self.filter(released_on__isnull=False, ended_on=None)

    def waiting(self) -> Self:
        """Return those that wait for a second person."""
        return self.filter(released_on=None, ended_on=None)


class Showing(models.Model):
    """A promise as it is shown to everybody, in the words of the day it was asked.

    One person asks, another releases. What changes in the promise shows after two
    looked again; only the clock makes an open one late.
    """

    id = RandomKey()
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="showings")
    words = models.JSONField()  # ``actions.showing.Words``
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    released_on = models.DateField(null=True)
    released_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    ended_on = models.DateField(null=True)  # taken off, or another came

    objects = ShowingQuerySet.as_manager()

    class Privacy:
        """Words between organisations, without functions; who looked works here."""

        personal = frozenset({"asked_by", "released_by"})
        neutral = frozenset(
            {"id", "commitment", "words", "asked_on", "released_on", "ended_on"}
        )

    class Meta:
        verbose_name = _("public state of a promise")
        verbose_name_plural = _("public states of promises")
        constraints = [
            models.CheckConstraint(
                name="showing_by_two_people",
                condition=Q(released_by=None)
                | Q(asked_by=None)
                | ~Q(released_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(released_on=None, ended_on=None),
                name="showing_asked_once",
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(released_on__isnull=False, ended_on=None),
                name="showing_out_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.words["verbatim"])

    def state_on(self, on: date) -> State:
        """Return what two people saw, or late where the clock made it so."""
        state, due = State(self.words["state"]), self.words["due"]
        is_over = due and not self.words["rhythm"] and date.fromisoformat(due) < on
        return State.LATE if is_over and state in RUNNING else state
