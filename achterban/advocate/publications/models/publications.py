"""What we say outside (Dutch: publicatie), and what was sent of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.issues.models import Citation, Claim, Issue
from achterban.core.accounts.models import Account
from achterban.core.database.fields import LineField, RandomKey
from achterban.core.database.masking import mask_words
from achterban.core.files.models import StoredFile
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey


class Kind(models.TextChoices):
    """What it is to who gets it."""

    LETTER = "letter", _("letter")
    POSITION = "position", _("position paper")
    EVIDENCE = "evidence", _("evidence sheet")


@dataclass(frozen=True)
class Words:
    """What is written, as it was typed.

    Attributes:
        addressee: whom it is for, with address lines.
        salutation: of a letter.
        text: with its markup and marks (``rules.papers``).
        closing: of a letter, with who signs.
        changes: of a correction, what is other than in the version before.
    """

    addressee: str = ""
    salutation: str = ""
    text: str = ""
    closing: str = ""
    changes: str = ""


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Which publications."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        if not account.has_perm("publications.read", organisation):
            return self.none()
        return self.filter(organisation=organisation)

    def saying(self, claims: models.QuerySet[Claim]) -> Self:
        """Return those whose text points at one of these claims, or was sent so."""
        marked = Mark.objects.filter(publication=OuterRef("pk"), claim__in=claims)
        sent = Cited.objects.filter(
            version__publication=OuterRef("pk"), claim__in=claims
        )
        return self.filter(Exists(marked) | Exists(sent))


class Publication(models.Model):
    """A letter, position paper or evidence sheet, with the text being written.

    The text is sealed: it may name somebody, and quotes what people told. What was sent
    stands in ``Version`` and stays as it was.
    """

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    key = models.ForeignKey(DataKey, models.DO_NOTHING, db_constraint=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = LineField(_("title"), max_length=120)
    dossier = models.ForeignKey(
        Dossier, models.SET_NULL, null=True, related_name="publications"
    )
    issues = models.ManyToManyField(Issue, through="About", related_name="+")
    sealed = models.BinaryField()
    revision = models.PositiveIntegerField(default=0)
    last_mark = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField(default=True)  # whether there is a text to work on
    written_on = models.DateField()
    written_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    asked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    asked_on = models.DateField(null=True)
    asked_reading = models.CharField(max_length=64, blank=True)  # its fingerprint
    asked_circle = models.JSONField(default=list)  # keys of the partners of that day
    writers = models.ManyToManyField(Account, through="Wrote", related_name="+")
    # Given at the first sending: 2026 and 3 for "2026-03".
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)

    objects = PublicationQuerySet.as_manager()

    class Privacy:
        """Our own words, sealed; who wrote them works here."""

        personal = frozenset({"sealed", "written_by", "asked_by"})
        neutral = frozenset(
            {
                "id",
                "organisation",
                "key",
                "kind",
                "title",
                "dossier",
                "revision",
                "last_mark",
                "is_open",
                "written_on",
                "asked_on",
                "asked_reading",
                "asked_circle",
                "year",
                "number",
            }
        )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-written_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="publication_numbered"
            ),
            models.CheckConstraint(
                name="publication_number_of_a_year",
                condition=Q(year=None, number=None)
                | Q(year__isnull=False, number__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_number(self) -> str:
        """Return its number as it is shown, empty before it was sent."""
        return f"{self.year}-{self.number:02d}" if self.number else ""

    def is_by(self, account: Account) -> bool:
        """Return whether they asked, or wrote in it since it was sent last."""
        if account.pk in {self.written_by_id, self.asked_by_id}:
            return True
        return self.writers.filter(pk=account.pk).exists()

    @property
    def _context(self) -> str:
        return f"publications.publication:{self.pk}"

    def seal_words(self, words: Words) -> None:
        """Put the words away; the caller saves."""
        content = asdict(mask_words(words))
        self.sealed = self.key.seal(content, context=self._context)

    def open_words(self) -> Words:
        """Return the words."""
        content: dict[str, Any] = self.key.unseal(self.sealed, context=self._context)
        return Words(**content)


class Wrote(models.Model):
    """That somebody wrote in a publication since it was sent last.

    All of them are kept, not only the last: none of them sends it.
    """

    id = RandomKey()
    publication = models.ForeignKey(Publication, models.CASCADE)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")

    class Privacy:
        """Who wrote it works here."""

        personal = frozenset({"account"})
        neutral = frozenset({"id", "publication"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "account"], name="wrote_each_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.account_id}"


class About(models.Model):
    """That a publication is about an issue: its claims stand ready for the writer."""

    publication = models.ForeignKey(Publication, models.CASCADE)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="+")

    class Privacy:
        """Which two."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "publication", "issue"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "issue"], name="about_each_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.issue_id}"


class Mark(models.Model):
    """What a number in the text points at: a claim, or words that prove one.

    A number is never given again within its publication.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="marks")
    n = models.PositiveSmallIntegerField()
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="+")
    citation = models.ForeignKey(Citation, models.CASCADE, null=True, related_name="+")

    class Privacy:
        """Which of our own claims."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "publication", "n", "claim", "citation"})

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "n"], name="mark_numbered"),
            models.UniqueConstraint(
                fields=["publication", "claim"],
                condition=Q(citation=None),
                name="mark_of_a_claim_once",
            ),
            models.UniqueConstraint(
                fields=["publication", "citation"], name="mark_of_words_once"
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.n}]"


class VersionQuerySet(models.QuerySet["Version"]):
    """Which versions."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return those that this account may read here."""
        visible = Publication.objects.visible_to(account, organisation)
        return self.filter(publication__in=visible)

    def citing(self, claims: Iterable[int]) -> Self:
        """Return those that were sent with one of these claims, newest first."""
        held = Cited.objects.filter(version=OuterRef("pk"), claim__in=claims)
        sent = self.filter(Exists(held)).select_related("publication")
        return sent.order_by("-sent_on", "pk")


class Version(models.Model):
    """What was sent: numbered, with a checksum, and never changed.

    ``content`` is what stood there without the words of people: those are read from
    the report each time. The files that held them go with their keys; checksum and
    manifest (``Cited``) stay.
    """

    id = RandomKey()
    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="versions"
    )
    n = models.PositiveSmallIntegerField()
    title = LineField(max_length=120)
    content = models.BinaryField()  # under the key of the publication
    sent_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    written_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    asked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    destroyed_on = models.DateField(null=True)  # its files, with the words in them

    objects = VersionQuerySet.as_manager()

    class Privacy:
        """Our own words, sealed; who wrote and sent them works here."""

        personal = frozenset({"content", "sent_by", "written_by", "asked_by"})
        neutral = frozenset(
            {"id", "publication", "n", "title", "sent_on", "sent_at", "destroyed_on"}
        )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-n"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "n"], name="version_numbered"
            ),
            models.CheckConstraint(
                name="version_by_two_people",
                condition=(
                    Q(sent_by=None) | Q(written_by=None) | ~Q(sent_by=F("written_by"))
                )
                & (Q(sent_by=None) | Q(asked_by=None) | ~Q(sent_by=F("asked_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}, {self.n}"

    @property
    def _context(self) -> str:
        return f"publications.version:{self.pk}"

    def seal_content(self, content: dict[str, Any]) -> None:
        """Put away what stood there; the caller saves."""
        self.content = self.publication.key.seal(content, context=self._context)

    def open_content(self) -> dict[str, Any]:
        """Return what stood there."""
        content: dict[str, Any] = self.publication.key.unseal(
            self.content, context=self._context
        )
        return content


class Form(models.TextChoices):
    """In which forms a version is given out; the PDF is what was sent."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    HTML = "html", _("web page")


class SentFileQuerySet(models.QuerySet["SentFile"]):
    """Which files."""

    def of(self, versions: VersionQuerySet) -> Self:
        """Return the files of these versions."""
        rows = self.filter(version__in=versions)
        return rows.select_related("version__publication").order_by("version__sent_on")


class SentFile(models.Model):
    """A version in one form, and by what it is known."""

    id = RandomKey()
    version = models.ForeignKey(Version, models.CASCADE, related_name="files")
    form = models.CharField(max_length=4, choices=Form.choices)
    checksum = models.CharField(max_length=64)  # SHA-256, as sha256sum writes it
    n_bytes = models.PositiveIntegerField()
    file = models.OneToOneField(StoredFile, models.SET_NULL, null=True)

    objects = SentFileQuerySet.as_manager()

    class Privacy:
        """A checksum says nothing of anyone who has no such file."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset({"id", "version", "form", "checksum", "n_bytes", "file"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "form"], name="sent_in_a_form")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}, {self.form}"


class CitedQuerySet(models.QuerySet["Cited"]):
    """Which lines of manifests."""

    def in_files(self) -> Self:
        """Return passages whose words are still in the files of a version."""
        return self.filter(version__destroyed_on=None, report__isnull=False)


class Cited(models.Model):
    """A line of the manifest: what a version cited, never in words.

    Of a passage its place and keyed hash, so that it shows whether it still stands, as
    long as there are files with its words. The numbers outlive what they speak of.
    """

    id = RandomKey()
    version = models.ForeignKey(Version, models.CASCADE, related_name="cited")
    n = models.PositiveSmallIntegerField()  # of the note
    claim = models.ForeignKey(Claim, models.SET_NULL, null=True, related_name="+")
    citation = models.BigIntegerField(null=True)  # its key; it may be taken away
    report = models.BigIntegerField(null=True, db_index=True)
    data_key = models.BigIntegerField(null=True, db_index=True)  # of the report
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    digest = models.BinaryField(default=bytes)

    objects = CitedQuerySet.as_manager()

    class Privacy:
        """Where words stand; the words stay with the report."""

        personal = frozenset({"report", "data_key", "start", "end", "digest"})
        neutral = frozenset({"id", "version", "n", "claim", "citation"})

    class Meta:
        ordering = ["n", "pk"]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.citation}"
