"""A file that an organisation brings along, and the rows that did not get in."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from typing import Any, Self, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.database.fields import RandomKey
from achterban.core.files.models import StoredFile
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey, key_ring
from achterban.rules.tables import Fault, Kind, Trouble, heading_key


class ImportState(models.TextChoices):
    """Where an import stands."""

    ARRIVING = "arriving", _("Not whole yet")
    LOOKED_AT = "looked_at", _("Nothing is stored yet")
    RUNNING = "running", _("Being read")
    DONE = "done", _("Read")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class RowFault(models.TextChoices):
    """Why a row is no report; the label says what to do."""

    NO_WORDS = "no_words", _("There are no words in it. Write what was told.")
    TOO_LONG = "too_long", _("The text is too long. Make it shorter, or cut it in two.")
    NOT_A_DAY = "not_a_day", _("This is no date. Write it as 31-12-2025.")
    DAY_AHEAD = "day_ahead", _("This day is still to come. Look at the year.")
    NO_PLACE = "no_place", _("We know no municipality of this name. Look at it.")
    SAME = "same", _("This was there already: the same words of the same person.")
    QUOTE = Fault.QUOTE.value, _("A quotation mark is missing. Look where it ends.")
    CELLS = Fault.CELLS.value, _("There is more in it than there are headings.")
    LETTERS = Fault.LETTERS.value, _("Some letters cannot be read. Type them anew.")
    MESSAGE = Fault.MESSAGE.value, _("This mail is broken. Copy what you can read.")
    LARGE = Fault.LARGE.value, _("This mail is very long. Look at what is left.")


@dataclass(frozen=True)
class Plan:
    """What a file is and what becomes of it; sealed in the import.

    Attributes:
        name: of the file.
        headings: of its columns.
        targets: what becomes of each column (``rules.tables.Target``).
        encoding: of text; empty for what the file says of itself.
        samples: the first rows, for the preview.
        notes: what is strange, counted.
        wording: the words with which consent to quote was given; empty for none.
        is_for_all: whether everybody in the file gave that consent.
    """

    name: str
    headings: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    encoding: str = ""
    samples: list[list[str]] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    wording: str = ""
    is_for_all: bool = False


class ImportQuerySet(models.QuerySet["Import"]):
    """Which imports."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return the imports of an organisation, for who may import there."""
        if not account.has_perm("reports.import", organisation):
            return self.none()
        return self.filter(organisation=organisation).exclude(
            state=ImportState.ARRIVING
        )

    def at_work(self) -> Self:
        """Return what the background works at."""
        return self.filter(state__in=[ImportState.RUNNING, ImportState.UNDOING])


class Import(models.Model):
    """One file, from the moment it was brought until long after it was read.

    Its key seals the name of the file and the rows that did not get in. The file has a
    key of its own, which seals the preview too; it is destroyed as soon as all rows
    are read.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    key = models.ForeignKey(
        DataKey, models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=5, choices=[(k.value, k.value) for k in Kind])
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.ARRIVING
    )
    begun_on = models.DateField()
    file_hash = models.BinaryField(default=bytes)
    n_rows = models.PositiveIntegerField(default=0)
    n_read = models.PositiveIntegerField(default=0)
    n_stored = models.PositiveIntegerField(default=0)
    trouble = models.CharField(
        max_length=20, choices=[(t.value, t.value) for t in Trouble], blank=True
    )
    trouble_line = models.PositiveIntegerField(default=0)
    is_whole_undo = models.BooleanField(default=False)
    sealed = models.BinaryField(default=bytes)

    objects = ImportQuerySet.as_manager()

    class Privacy:
        """The name of the file and what stood in it are sealed."""

        personal = frozenset({"sealed", "file_hash"})
        neutral = frozenset(
            {
                "id",
                "organisation",
                "by",
                "key",
                "file",
                "kind",
                "state",
                "begun_on",
                "n_rows",
                "n_read",
                "n_stored",
                "trouble",
                "trouble_line",
                "is_whole_undo",
            }
        )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-begun_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="import_known_state", condition=Q(state__in=ImportState.values)
            )
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def _context(self) -> str:
        return f"reports.import:{self.pk}"

    def seal_plan(self, plan: Plan) -> None:
        """Put the plan away; the caller saves."""
        assert self.key is not None
        content = asdict(plan) | {"samples": self._sealed_samples(plan.samples)}
        self.sealed = self.key.seal(content, context=self._context)

    def open_plan(self) -> Plan:
        """Return the plan; after an undo nothing is left of it."""
        if self.key is None or not self.sealed:
            return Plan("")
        content: dict[str, Any] = self.key.unseal(self.sealed, context=self._context)
        return Plan(**content | {"samples": self._opened_samples(content["samples"])})

    def _sealed_samples(self, samples: list[list[str]]) -> str:
        """Return rows under the key of the file: they go with it, from backups too."""
        if self.file is None:
            return ""
        return b64encode(self.file.key.seal(samples, context=self._context)).decode()

    def _opened_samples(self, sealed: str | list[list[str]]) -> list[list[str]]:
        if self.file is None or not sealed:
            return []
        if isinstance(sealed, list):  # as version 0.1.0 kept them
            return sealed
        opened = self.file.key.unseal(b64decode(sealed), context=self._context)
        return cast(list[list[str]], opened)

    @property
    def shows_rows(self) -> bool:
        """Return whether the preview of a file that was read is still in here."""
        assert self.key is not None
        content = self.key.unseal(self.sealed, context=self._context)
        return self.file is None and bool(content["samples"])

    @property
    def is_at_work(self) -> bool:
        """Return whether the background works at it."""
        return self.state in {ImportState.RUNNING, ImportState.UNDOING}


class BadRowQuerySet(models.QuerySet["BadRow"]):
    """Which rows."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return the rows of the imports that this account may see."""
        imports = Import.objects.visible_to(account, organisation)
        return self.filter(imported__in=imports).select_related("imported__key")


class BadRow(models.Model):
    """A row that is no report yet, until somebody corrects it or lets it go."""

    id = RandomKey()
    imported = models.ForeignKey(Import, models.CASCADE, related_name="bad_rows")
    line = models.PositiveIntegerField()
    fault = models.CharField(max_length=10, choices=RowFault.choices)
    sealed = models.BinaryField()
    twin = models.BinaryField(null=True)  # of the report that has the same (Likeness)

    objects = BadRowQuerySet.as_manager()

    class Privacy:
        """The cells are sealed with the key of the import; the hash is keyed."""

        personal = frozenset({"sealed", "twin"})
        neutral = frozenset({"id", "imported", "line", "fault"})

    class Meta:
        ordering = ["line", "pk"]
        indexes = [
            models.Index(
                fields=["twin"], condition=Q(twin__isnull=False), name="badrow_twin"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.fault}"

    @property
    def _context(self) -> str:
        return f"reports.badrow:{self.pk}"

    def seal_cells(self, cells: list[str], key: DataKey) -> None:
        """Put the cells away under the key of the import; the caller saves."""
        self.sealed = key.seal(cells, context=self._context)

    def open_cells(self) -> list[str]:
        """Return what stands in it; cells beyond the headings come last."""
        assert self.imported.key is not None
        cells = self.imported.key.unseal(self.sealed, context=self._context)
        return [str(cell) for cell in cells]


class KnownColumns(models.Model):
    """What an organisation did with the columns of a file with these headings.

    Headings may be words of people, where a file has none: a keyed hash stands for
    them, and the targets stand in the order of the sorted headings.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    digest = models.BinaryField()
    targets = models.JSONField(default=list)

    class Privacy:
        """A keyed hash, and names of kinds."""

        personal = frozenset({"digest"})
        neutral = frozenset({"id", "organisation", "targets"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "digest"], name="knowncolumns_once"
            )
        ]

    def __str__(self) -> str:
        return f"columns of {self.organisation_id}"


def headings_hash(headings: list[str], organisation: Organisation) -> bytes:
    """Return what a set of headings is known again by; its key is not in here."""
    value = f"columns:{organisation.pk}:{heading_key(headings)}"
    return key_ring().digest("receipt", value.encode())
