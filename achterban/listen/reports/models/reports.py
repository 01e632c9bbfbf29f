"""One telling by one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self, TypedDict

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.mine.models import OwnAccount, owner_hash
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey, key_ring
from achterban.listen.reports.hearing import Hearing
from achterban.listen.reports.models.own_questions import OwnAnswer
from achterban.listen.reports.statuses import Channel, Status

PLACE_BYTES = 16


class SameAs(TypedDict):
    """What somebody has too: a summary, in its words as they stood.

    Attributes:
        summary: its key.
        words: what it said.
    """

    summary: int
    words: str


@dataclass(frozen=True)
class Telling:
    """What is sealed in a report.

    Attributes:
        text: their words.
        municipality: CBS code, empty when not told.
        person: key of who told it (``people.persons``), 0 when nobody knows.
        parties: whom it is about (``PartyKind``).
        condition: which illness, in their words.
        since: how long it lasts (``Since``), empty when not told.
        effects: what it does to daily life (``Effect``).
        role: on whose behalf (``Role``), empty when not told.
        helper: who helped to write it down (``Helper``), empty when not told.
        yes: what may be done with it (``consents.OFFERS``), until it is sent: from
            then on the rows of ``core.consent`` say what holds.
        own: answers to questions of the organisation itself, by the key of each.
        hear: what they want to hear (``Hearing``), until it is sent: from then on
            ``Report.hearing`` says.
        notify: key of the address for a mail that something waits
            (``people.persons``), 0 for none.
        remind: whether they asked for one mail about a question that stays open.
        gathering: key of where it was told (``people.gatherings``), 0 for nowhere.
        same: what they have too, where they said so instead of telling.
    """

    text: str = ""
    municipality: str = ""
    person: int = 0
    parties: list[str] = field(default_factory=list)
    condition: str = ""
    since: str = ""
    effects: list[str] = field(default_factory=list)
    role: str = ""
    helper: str = ""
    yes: list[str] = field(default_factory=list)
    own: dict[str, OwnAnswer] = field(default_factory=dict)
    hear: str = ""
    notify: int = 0
    remind: bool = False
    gathering: int = 0
    same: SameAs | None = None


class ReportQuerySet(models.QuerySet["Report"]):
    """Which reports."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return what this account may read here. Every work page starts here.

        A draft is nobody's to read, and what was withdrawn is no more. An advocate
        reads what they took, or was handed to them.
        """
        if account.has_perm("reports.read_all", organisation):
            return self._sent_to(organisation)
        if account.has_perm("reports.read", organisation):
            return self._sent_to(organisation).filter(handler=account)
        return self.none()

    def offered_to(self, account: Account, organisation: Organisation) -> Self:
        """Return what this account may take here, and read the checked words of.

        That is what was routed to them, and what happens in their municipalities while
        nobody has it.
        """
        if not account.has_perm("reports.read", organisation):
            return self.none()
        beat = account.beats.filter(organisation=organisation).first()
        places = (
            [place_hash(c, organisation) for c in beat.municipalities if c]
            if beat
            else []
        )
        return self._sent_to(organisation).filter(
            Q(routed_to=account) | Q(place_hash__in=places, routed_to=None),
            handler=None,
            review__approved_on__isnull=False,
        )

    def about(self, hashes: Iterable[bytes]) -> Self:
        """Return what is about each of some things (``facet_hash``)."""
        found = self
        for value in hashes:
            found = found.filter(facets__hash=value)
        return found

    def to_triage(self) -> Self:
        """Return what was sent, and where nobody said what it is about.

        Words that the finder has not seen yet wait for it.
        """
        return self.filter(review__isnull=False).filter(
            Q(triage=None) | Q(review__approved_on=None)
        )

    def _sent_to(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation).exclude(
            status__in=[Status.DRAFT, Status.WITHDRAWN]
        )

    def behind_code(self, code: str, organisation: Organisation) -> Self:
        """Return the one report of a receipt code, drafts and withdrawn ones too."""
        return self.filter(receipt_hash=receipt_hash(code, organisation))

    def own_of(self, account: OwnAccount) -> Self:
        """Return what somebody put in Mijn. Every page of Mijn starts here."""
        return self.filter(
            organisation=account.organisation_id, owners__owner=owner_hash(account)
        )

    def locked(self) -> Self:
        """Hold the rows, with their keys, for the length of the transaction."""
        return self.select_related("key").select_for_update(of=("self",))

    def drafts_of(self, account: Account, organisation: Organisation) -> Self:
        """Return the telephone notes that this account has not sent yet."""
        return self.filter(
            organisation=organisation,
            entered_by=account,
            status=Status.DRAFT,
            channel=Channel.TELEPHONE,
        )

    def in_places(self, codes: Iterable[str], organisation: Organisation) -> Self:
        """Return what happens in one of these municipalities (CBS codes)."""
        return self.filter(
            place_hash__in=[place_hash(code, organisation) for code in codes]
        )

    def outside(self, codes: Iterable[str], organisation: Organisation) -> Self:
        """Return what happens in none of these, or nobody told where."""
        return self.exclude(
            place_hash__in=[place_hash(code, organisation) for code in codes]
        )

    def to_look_through(self) -> Self:
        """Return what was sent, and where nobody looked for what identifies yet."""
        unsent = [Status.DRAFT, Status.WITHDRAWN]
        return self.filter(review=None).exclude(status__in=unsent).with_words()

    def to_compare(self) -> Self:
        """Return what was sent, and was not compared with the others yet."""
        unsent = [Status.DRAFT, Status.WITHDRAWN]
        return self.filter(likeness=None).exclude(status__in=unsent)

    def untouched(self) -> Self:
        """Return what nobody took, answered, sorted, or put in Mijn."""
        return self.filter(
            status=Status.RECEIVED,
            handler=None,
            entries=None,
            attachments=None,
            owners=None,
            triage=None,
        )

    def worked_on(self) -> Self:
        """Return what somebody did something with, and that is still there."""
        untouched = self.untouched().values("pk")
        return self.exclude(status=Status.WITHDRAWN).exclude(pk__in=untouched)

    def waiting(self) -> Self:
        """Return what asks for an act of the organisation."""
        return self.with_words().filter(
            Q(status__in=[Status.RECEIVED, Status.IN_PROGRESS]) | Q(has_news=True)
        )

    def with_words(self) -> Self:
        """Return those that say something themselves, or something new."""
        return self.exclude(channel=Channel.SAME, has_news=False)


class Report(models.Model):
    """One telling (Dutch: signaal). The words are sealed under a key of its own.

    Of when it came the day is kept; of who sent it nothing.
    """

    id = RandomKey()
    # The index of the lists begins with it; one more would cost each report a page.
    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    # Its key has the same number, so that it is found without an index of its own.
    key = models.ForeignKey(
        DataKey, models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    receipt_hash = models.BinaryField(unique=True, editable=False)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT
    )
    channel = models.CharField(
        _("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB
    )
    touched_on = models.DateField()
    received_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    handler = models.ForeignKey(
        Account,
        models.SET_NULL,
        null=True,
        db_index=False,
        related_name="handled_reports",
    )
    entered_by = models.ForeignKey(
        Account,
        models.SET_NULL,
        null=True,
        db_index=False,
        related_name="entered_reports",
    )
    # Who was asked to take it, and since when; it is theirs once they took it.
    routed_to = models.ForeignKey(
        Account,
        models.SET_NULL,
        null=True,
        db_index=False,
        related_name="routed_reports",
    )
    routed_on = models.DateField(null=True)
    # Where it happens, as a keyed hash: a list by branch needs no words opened. None:
    # not looked at yet (``actions.placing``); empty: not told.
    place_hash = models.BinaryField(null=True, editable=False)
    has_news = models.BooleanField(default=False)
    is_suspect = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    is_expired = models.BooleanField(default=False)  # gone because its time was over
    imported = models.ForeignKey(
        "reports.Import",
        models.SET_NULL,
        null=True,
        db_index=False,
        related_name="reports",
    )
    hearing = models.CharField(max_length=10, choices=Hearing.choices, blank=True)
    sealed = models.BinaryField(default=bytes)

    objects = ReportQuerySet.as_manager()

    class Privacy:
        """The words are sealed; the rest tells days and whose turn it is."""

        personal = frozenset({"sealed", "receipt_hash", "place_hash"})
        neutral = frozenset(
            {
                "id",
                "organisation",
                "key",
                "status",
                "channel",
                "touched_on",
                "received_on",
                "withdrawn_on",
                "handler",
                "routed_to",
                "routed_on",
                "entered_by",
                "has_news",
                "is_suspect",
                "is_urgent",
                "is_expired",
                "imported",
                "hearing",
            }
        )

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-received_on", "pk"]
        indexes = [
            models.Index(
                fields=["organisation", "status", "-received_on"], name="report_list"
            ),
            models.Index(
                fields=["organisation", "-received_on", "id", "status"],
                name="report_newest",
            ),
            # All that the work list asks: of 100,000 it reads the words of seven.
            models.Index(
                fields=[
                    *("organisation", "is_suspect", "status", "has_news", "channel"),
                    *("handler", "is_urgent", "imported", "received_on"),
                    *("routed_to", "routed_on", "place_hash"),
                ],
                name="report_work",
            ),
            models.Index(
                fields=["handler"],
                condition=Q(handler__isnull=False),
                name="report_handled",
            ),
            models.Index(
                fields=["routed_to"],
                condition=Q(routed_to__isnull=False),
                name="report_routed",
            ),
            models.Index(
                fields=["entered_by"],
                condition=Q(entered_by__isnull=False),
                name="report_entered",
            ),
            models.Index(
                fields=["imported"],
                condition=Q(imported__isnull=False),
                name="report_imported",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_known_status", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="report_sent_has_a_day",
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN])
                | Q(received_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def _context(self) -> str:
        return f"reports.report:{self.pk}"

    def seal_telling(self, telling: Telling) -> None:
        """Put the words away; the caller saves."""
        assert self.key is not None
        self.sealed = self.key.seal(vars(telling), context=self._context)

    def open_telling(self) -> Telling:
        """Return the words; empty when they were withdrawn."""
        if self.key is None:
            return Telling()
        content: dict[str, Any] = self.key.unseal(self.sealed, context=self._context)
        return Telling(**content)

    def held(self) -> Report:
        """Return the row as it is now, held for the length of the transaction.

        Raises:
            Report.DoesNotExist: it is there no more.
        """
        return Report.objects.locked().get(pk=self.pk)

    def next_n(self) -> int:
        """Return the number of the next entry; the caller holds the row."""
        last = self.entries.aggregate(last=models.Max("n"))["last"]
        return int(last or 0) + 1

    @property
    def is_gone(self) -> bool:
        """Return whether the words were withdrawn or erased."""
        return self.status == Status.WITHDRAWN


def receipt_hash(code: str, organisation: Organisation) -> bytes:
    """Return what a receipt code is found by: its key lives outside the database.

    The organisation is in it, so that a code opens nothing elsewhere.
    """
    return key_ring().digest("receipt", f"{organisation.pk}:{code}".encode())


def place_hash(code: str, organisation: Organisation) -> bytes:
    """Return what a municipality is found by: its key lives outside the database.

    Without the key one sees which reports of an organisation come from one place, and
    not from which.
    """
    value = f"place:{organisation.pk}:{code}".encode()
    return key_ring().digest("receipt", value)[:PLACE_BYTES] if code else b""
