"""Bring a file in: take it, look at it, decide about its columns, read it."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.consent.actions import ready_consent
from achterban.core.consent.models import Audience, Purpose
from achterban.core.database.fields import keys_together, random_key
from achterban.core.database.rows import Ready, insert_all, insert_many, ready
from achterban.core.files.actions import add_blocks, begin_table
from achterban.core.files.models import AS_THEY_CAME, StoredFile
from achterban.core.files.reading import BLOCK_BYTES
from achterban.core.files.room import is_room_for
from achterban.core.files.spool import Spool
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, emit
from achterban.core.outbox.receivers import receiver
from achterban.core.places.actions import PlaceFinder
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey, key_ring
from achterban.listen.reports.actions.comparing import (
    Compared,
    compare_reports,
    compared,
    join_campaigns,
)
from achterban.listen.reports.consents import OFFERS
from achterban.listen.reports.importing import BadCell, Candidate, read_candidate
from achterban.listen.reports.models import (
    BadRow,
    Import,
    ImportState,
    KnownColumns,
    Likeness,
    Plan,
    Report,
    RowFault,
    headings_hash,
    likeness_key,
    place_hash,
)
from achterban.listen.reports.models.imports import ImportQuerySet
from achterban.listen.reports.statuses import Channel, Status
from achterban.people.persons.actions import new_person
from achterban.people.persons.models import Person
from achterban.rules.deidentify import mask_bsn
from achterban.rules.retention import draft_kept_from
from achterban.rules.tables import (
    Form,
    Kind,
    NotATable,
    Row,
    Survey,
    Target,
    Trouble,
    guess_columns,
    heading_key,
    masked_copy,
    open_kept,
    recognise,
    survey,
)
from achterban.rules.urgency import signs

MOST_BYTES = 250 << 20  # of one file
MOST_SHEET_BYTES = 50 << 20  # its list of texts stands in memory
HEAD = 4096
CHUNK = 500  # rows in one transaction
KEPT_DAYS = 14  # a file that nobody decided about
HALF_DAYS = 2  # one that did not arrive whole


class NoRoom(Exception):
    """The installation has as many files as it may have."""


class NotNow(Exception):
    """The import stands elsewhere than this act is for."""


class NoWords(Exception):
    """No column has the words."""


def take_import(
    organisation: Organisation,
    name: str,
    source: BinaryIO,
    *,
    by: Account | None,
    at: datetime,
) -> Import:
    """Store a file sealed, and look it through; nothing of it is a report yet.

    What is stored has no citizen service numbers (``rules.tables.masked_copy``); until
    this returns the copy is on the disk under a key in memory.

    Args:
        organisation: whose file it is.
        name: of the file, as they call it.
        source: its content; can seek.
        by: who brought it; None for the command line.
        at: now.

    Raises:
        NotATable: it cannot be read; nothing is kept of it.
        NoRoom: all files together are as large as the installation allows.
    """
    n_bytes = source.seek(0, io.SEEK_END)
    source.seek(0)
    kind = recognise(source.read(HEAD), name)
    if n_bytes > (MOST_SHEET_BYTES if kind is Kind.SHEET else MOST_BYTES):
        raise NotATable(Trouble.LARGE)
    if not is_room_for(n_bytes):
        raise NoRoom
    with closing(Spool()) as kept:
        _copy(kind, source, kept)
        found = survey(Form.of(kind), kept.reader())
        imported, rows = _new_import(organisation, kind, kept.n_bytes, by=by, at=at)
        imported.file_hash = _file_hash(source, organisation)
        insert_all_at_once(rows)
        assert imported.file is not None
        add_blocks(imported.file, _blocks(kept))
    _keep_found(imported, found, Plan(mask_bsn(name).text), by=by, at=at)
    return imported


def _copy(kind: Kind, source: BinaryIO, kept: Spool) -> None:
    """Write what is kept of a file; what unpacks to more than a file may be is not."""
    for piece in masked_copy(kind, source):
        kept.write(piece)
        if kept.n_bytes > MOST_BYTES:
            raise NotATable(Trouble.LARGE)


def _blocks(kept: Spool) -> Iterator[bytes]:
    reader = kept.reader()
    return iter(lambda: reader.read(BLOCK_BYTES), b"")


def _file_hash(source: BinaryIO, organisation: Organisation) -> bytes:
    """Return what the very same file is known again by."""
    source.seek(0)
    whole = hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
    value = f"file:{organisation.pk}:{whole}"
    return key_ring().digest("receipt", value.encode())


def _new_import(
    organisation: Organisation,
    kind: Kind,
    n_bytes: int,
    *,
    by: Account | None,
    at: datetime,
) -> tuple[Import, list[Ready]]:
    if not is_room_for(n_bytes):
        raise NoRoom
    file, rows = begin_table(Form.of(kind).value, n_bytes)
    key = DataKey.fresh()
    imported = Import(
        organisation=organisation,
        by=by,
        key=key,
        file=file,
        kind=kind.value,
        begun_on=timezone.localdate(at),
    )
    return imported, [*rows, ready(key), ready(imported)]


@transaction.atomic
def insert_all_at_once(rows: list[Ready]) -> None:
    """Insert rows in a transaction of their own."""
    insert_all(rows)


def look_again(
    imported: Import, plan: Plan, *, by: Account | None, at: datetime
) -> None:
    """Look a text through once more, in the encoding that somebody chose.

    Args:
        imported: not begun.
        plan: its name, and the encoding.
        by: who looks.
        at: now.

    Raises:
        NotATable: it cannot be read so.
        NotNow: it is being read already.
    """
    file = _masked_file(imported, on=timezone.localdate(at))
    found = survey(Form(file.extension), file.reader(), plan.encoding)
    _keep_found(imported, found, plan, by=by, at=at)


def _keep_found(
    imported: Import, found: Survey, plan: Plan, *, by: Account | None, at: datetime
) -> None:
    """Guess what the columns of a file hold; what was remembered wins."""
    imported.n_rows = found.n_rows
    headings = _masked(found.headings)
    plan = replace(
        plan,
        headings=headings,
        encoding=found.encoding,
        samples=[_masked(cells) for cells in found.samples],
        notes=dict(found.notes),
        targets=_known_targets(headings, imported.organisation)
        or [t.value for t in guess_columns(headings, found.samples)],
    )
    _keep_plan(imported, plan, by=by, at=at)


def _masked(cells: Iterable[str]) -> list[str]:
    """Return cells without the citizen service numbers in them."""
    return [mask_bsn(cell).text for cell in cells]


def _known_targets(headings: list[str], organisation: Organisation) -> list[str]:
    """Return what was done with these columns before; empty when never."""
    digest = headings_hash(headings, organisation)
    known = KnownColumns.objects.filter(organisation=organisation, digest=digest)
    targets = known.values_list("targets", flat=True).first()
    if targets is None:
        return []
    by_place = dict(zip(_sorted_places(headings), targets, strict=True))
    return [by_place[n] for n in range(len(headings))]


def _sorted_places(headings: list[str]) -> list[int]:
    return sorted(range(len(headings)), key=lambda n: (heading_key([headings[n]]), n))


@transaction.atomic
def _keep_plan(
    imported: Import, plan: Plan, *, by: Account | None, at: datetime
) -> None:
    held = Import.objects.select_for_update().get(pk=imported.pk)
    if held.state not in {ImportState.ARRIVING, ImportState.LOOKED_AT}:
        raise NotNow
    if held.state == ImportState.ARRIVING:
        record_import("looked_at", imported, by=by, at=at)
    imported.state = ImportState.LOOKED_AT
    imported.seal_plan(plan)
    imported.save(update_fields=["state", "n_rows", "file_hash", "sealed"])


def keep_plan(
    imported: Import, plan: Plan, *, by: Account | None, at: datetime
) -> None:
    """Keep what somebody decided about the columns; nothing is stored yet.

    Raises:
        NotNow: it is being read already.
    """
    _keep_plan(imported, plan, by=by, at=at)


@transaction.atomic
def start_import(import_id: int, *, by: Account | None, at: datetime) -> Import:
    """Let the background read a file, and remember its columns.

    Raises:
        NotNow: it was started before.
        NoWords: no column has the words.
    """
    imported = held_import(import_id)
    if imported.state != ImportState.LOOKED_AT:
        raise NotNow
    plan = imported.open_plan()
    if Target.WORDS not in plan.targets:
        raise NoWords
    imported.state = ImportState.RUNNING
    imported.save(update_fields=["state"])
    KnownColumns.objects.update_or_create(
        organisation=imported.organisation,
        digest=headings_hash(plan.headings, imported.organisation),
        defaults={"targets": [plan.targets[n] for n in _sorted_places(plan.headings)]},
    )
    record_import("started", imported, by=by, at=at)
    return imported


@transaction.atomic
def drop_import(import_id: int, *, by: Account | None, at: datetime) -> None:
    """Let go of a file of which nothing was read.

    Raises:
        NotNow: something of it was read.
    """
    imported = held_import(import_id)
    if imported.state not in {ImportState.ARRIVING, ImportState.LOOKED_AT}:
        raise NotNow
    record_import("dropped", imported, by=by, at=at)
    _destroy_file(imported, on=timezone.localdate(at))
    assert imported.key is not None
    destroy_keys([imported.key.pk], on=timezone.localdate(at))
    imported.delete()


def old_imports(on: date) -> QuerySet[Import]:
    """Return files that nobody decided about for two weeks, or that are half."""
    decided_by, whole_by = timedelta(days=KEPT_DAYS), timedelta(days=HALF_DAYS)
    return Import.objects.filter(
        Q(state=ImportState.LOOKED_AT, begun_on__lt=on - decided_by)
        | Q(state=ImportState.ARRIVING, begun_on__lt=on - whole_by)
    )


def drop_old_imports(on: date, *, at: datetime) -> int:
    """Let go of files that nobody decided about; return how many."""
    late = list(old_imports(on).values_list("pk", flat=True))
    for import_id in late:
        drop_import(import_id, by=None, at=at)
    return len(late)


def old_rows(on: date) -> QuerySet[BadRow]:
    """Return rows with which nobody did anything for half a year."""
    return BadRow.objects.filter(imported__begun_on__lt=draft_kept_from(on))


def drop_old_rows(on: date) -> int:
    """Let go of rows with which nobody did anything; return how many."""
    late = list(old_rows(on).values_list("pk", flat=True)[:CHUNK])
    BadRow.objects.filter(pk__in=late).delete()
    return len(late)


def mask_old_files(*, at: datetime) -> None:
    """Keep anew the files that version 0.1.0 kept as they came."""
    for imported in _with_all().filter(file__extension__in=AS_THEY_CAME):
        if imported.state != ImportState.LOOKED_AT:
            continue  # half, or it is read and let go in a moment
        try:
            _masked_file(imported, on=timezone.localdate(at))
        except NotATable:
            drop_import(imported.pk, by=None, at=at)


def _masked_file(imported: Import, *, on: date) -> StoredFile:
    """Return the file of an import; kept anew where version 0.1.0 kept it as it came.

    Raises:
        NotATable: it cannot be read to its end.
        NotNow: another process does the same.
    """
    file, plan = imported.file, imported.open_plan()
    assert file is not None
    if file.extension not in AS_THEY_CAME:
        return file
    kind = Kind(file.extension)
    with closing(Spool()) as kept, transaction.atomic():
        if held_import(imported.pk).file != file:
            raise NotNow
        _copy(kind, file.reader(), kept)
        imported.file, rows = begin_table(Form.of(kind).value, kept.n_bytes)
        insert_all(rows)
        add_blocks(imported.file, _blocks(kept))
        imported.seal_plan(plan)
        imported.save(update_fields=["file", "sealed"])
        destroy_keys([file.key_id], on=on)
        file.delete()
    return imported.file


def forget_shown_rows() -> None:
    """Let go of the previews that version 0.1.0 kept of files that were read."""
    read = Import.objects.filter(file=None).exclude(key=None).exclude(sealed=b"")
    for imported in read.select_related("key"):
        if imported.shows_rows:
            imported.seal_plan(imported.open_plan())
            imported.save(update_fields=["sealed"])


@receiver("vault.destroyed")
@transaction.atomic
def bury_import(payload: dict[str, int], row_id: int) -> None:
    """Forget a file whose key was destroyed by a replayed erasure."""
    for imported in Import.objects.filter(key_id=payload["key"]):
        BadRow.objects.filter(imported=imported).delete()
        imported.state, imported.key, imported.sealed = ImportState.UNDONE, None, b""
        imported.save(update_fields=["state", "key", "sealed"])


def was_here_before(imported: Import) -> Import | None:
    """Return an import of the very same file that was read and not undone."""
    return (
        Import.objects.filter(
            organisation=imported.organisation, file_hash=imported.file_hash
        )
        .exclude(pk=imported.pk)
        .filter(state__in=[ImportState.RUNNING, ImportState.DONE])
        .first()
    )


def run_import(
    import_id: int, *, at: datetime, progress: Callable[[Import], None] = lambda _: None
) -> None:
    """Read a file to its end, 500 rows a transaction, from where it was left.

    Killed at any moment it goes on where the last whole transaction ended: which rows
    were read is written with what was read. Two processes do not read the same rows.

    Args:
        import_id: running.
        at: now.
        progress: hears of each transaction.
    """
    while compare_reports():  # so that twins of what came by form are found
        pass
    imported = _with_all().get(pk=import_id)
    if imported.state != ImportState.RUNNING:
        return
    if imported.file is None:  # a backup was put back from before it was erased
        _finish(imported, NotATable(Trouble.BROKEN), at=at)
        return
    plan, on = imported.open_plan(), timezone.localdate(at)
    maker = RowMaker(imported, plan, on=on)
    trouble: NotATable | None = None
    try:
        file = _masked_file(imported, on=on)
        table = open_kept(Form(file.extension), file.reader(), plan.encoding)
        rows = islice(table.rows, imported.n_read, None)
        while chunk := list(islice(rows, CHUNK)):
            if not _store_chunk(imported, maker, chunk):
                return
            progress(imported)
    except NotNow:
        return
    except NotATable as error:
        trouble = error
    _finish(imported, trouble, at=at)


def _store_chunk(imported: Import, maker: RowMaker, chunk: list[Row]) -> bool:
    """Store rows; return False where somebody else reads them, or it was undone."""
    maker.begin()
    made = [maker.make(row) for row in chunk]
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported.pk)
        if (held.state, held.n_read) != (ImportState.RUNNING, imported.n_read):
            return False
        stored = maker.store(made)
        imported.n_read += len(chunk)
        imported.n_stored += stored
        imported.save(update_fields=["n_read", "n_stored"])
    return True


@transaction.atomic
def _finish(imported: Import, trouble: NotATable | None, *, at: datetime) -> None:
    held = Import.objects.select_for_update().get(pk=imported.pk)
    if held.state != ImportState.RUNNING:
        return
    on = timezone.localdate(at)
    imported.state = ImportState.DONE
    imported.n_rows = imported.n_read
    if trouble is not None:
        imported.trouble, imported.trouble_line = trouble.trouble.value, trouble.line
    imported.save(update_fields=["state", "n_rows", "trouble", "trouble_line"])
    _destroy_file(imported, on=on)
    record_import("finished", imported, by=imported.by, at=at, n=imported.n_stored)
    if imported.n_stored:  # one letter for all of it
        ours = {"organisation": imported.organisation_id}
        name = f"reports.sent:{imported.organisation_id}"
        emit(News("reports.sent", ours, dedupe=name), on=on)


@dataclass(frozen=True)
class Made:
    """A row, and what will be stored of it.

    Attributes:
        row: as it was read.
        fault: why it is no report, None for one that is.
        report: to be stored.
        rows: what is stored before and beside it.
        compared: what it is compared by.
    """

    row: Row
    fault: RowFault | None = None
    report: Report | None = None
    rows: tuple[Ready, ...] = ()
    compared: Compared | None = None


class RowMaker:
    """Makes reports of rows; all arithmetic is done outside of the transaction."""

    def __init__(self, imported: Import, plan: Plan, *, on: date) -> None:
        """Read what all rows need."""
        self._imported, self._plan, self._on = imported, plan, on
        self._organisation = imported.organisation
        self._places = PlaceFinder()
        self._key = likeness_key(self._organisation)
        with override("nl"):
            self._wording = _("Taken over from a file of the organisation, to read.")
        self.begin()

    def begin(self) -> None:
        """Begin a transaction: its rows lie together (``keys_together``)."""
        self._number = keys_together()

    def make(self, row: Row, *, is_lenient: bool = False) -> Made:
        """Return a report, or why the row is none."""
        try:
            candidate = read_candidate(
                row, self._plan, self._places, on=self._on, is_lenient=is_lenient
            )
        except BadCell as refusal:
            return Made(row, refusal.fault)
        key = DataKey.fresh(pk=self._number())
        person = self._person(candidate)
        telling = replace(candidate.telling, person=person.pk if person else 0)
        report = Report(
            id=key.pk,
            key=key,
            organisation=self._organisation,
            imported=self._imported,
            channel=Channel.FILE,
            status=Status.RECEIVED,
            receipt_hash=self._nobodys_hash(),
            received_on=candidate.day or self._on,
            touched_on=self._on,
            is_urgent=bool(signs(telling.text)),
            place_hash=place_hash(telling.municipality, self._organisation),
        )
        report.seal_telling(telling)
        return Made(
            row,
            report=report,
            rows=(
                *((ready(person.key), ready(person)) if person else ()),
                ready(key),
                ready(report),
                *self._consents(candidate, key),
            ),
            compared=compared(
                report,
                telling.text,
                identity=candidate.identity,
                row="\x1f".join(row.cells),
                key=self._key,
                pk=self._number(),
            ),
        )

    def _nobodys_hash(self) -> bytes:
        """Return what no receipt code has: nobody was given one."""
        return self._number().to_bytes(8) + secrets.token_bytes(24)

    def _person(self, candidate: Candidate) -> Person | None:
        if not candidate.details:
            return None
        return new_person(self._organisation, candidate.details, number=self._number)

    def _consents(self, candidate: Candidate, key: DataKey) -> Iterator[Ready]:
        yield ready_consent(
            key,
            Purpose.COUNT,
            wording=self._wording,
            language="nl",
            audience=Audience.READERS,
            on=self._on,
            pk=self._number(),
        )
        if candidate.may_quote:
            offer, given_on = OFFERS[Purpose.QUOTE], candidate.day or self._on
            yield ready_consent(
                key,
                offer.purpose,
                wording=self._plan.wording,
                language="nl",
                audience=offer.audience,
                on=given_on,
                ends_on=offer.ends_on(given_on),
                pk=self._number(),
            )

    def store(
        self,
        batch: list[Made],
        *,
        is_twin_too: bool = False,
        instead_of: Sequence[BadRow] = (),
    ) -> int:
        """Store what was made, in the transaction of the caller; return how many.

        Args:
            batch: in the order of the file.
            is_twin_too: store also what was there already.
            instead_of: rows that did not get in before, in the same order: they keep
                their number where they still do not.
        """
        twins = set() if is_twin_too else self._twins(batch)
        good, bad = [], []
        for made in batch:
            if made.compared is None:
                bad.append(made)
                continue
            twin = bytes(made.compared.likeness.twin or b"")
            if twin in twins:
                bad.append(replace(made, fault=RowFault.SAME))
                continue
            good.append(made)
            if twin and made.compared.identity and not is_twin_too:
                twins.add(twin)
        likenesses = [made.compared for made in good if made.compared]
        join_campaigns(likenesses, self._organisation, key=self._key)
        insert_many(row for made in good for row in made.rows)
        insert_many(ready(each.likeness) for each in likenesses)
        known = {row.line: row.pk for row in instead_of}
        BadRow.objects.filter(pk__in=known.values()).delete()
        insert_many(ready(self._bad_row(made, known)) for made in bad)
        return len(good)

    def _twins(self, batch: list[Made]) -> set[bytes]:
        """Return what stands there already: the same words of the same person.

        Of rows that name nobody, only those of another file: twice in one file they
        may be of two people.
        """
        asked = {
            bytes(made.compared.likeness.twin): bool(made.compared.identity)
            for made in batch
            if made.compared and made.compared.likeness.twin
        }
        found = Likeness.objects.filter(twin__in=asked)
        return {
            twin
            for held, import_id in found.values_list("twin", "report__imported")
            if asked[twin := bytes(held or b"")] or import_id != self._imported.pk
        }

    def _bad_row(self, made: Made, known: Mapping[int, int]) -> BadRow:
        assert made.fault is not None
        assert self._imported.key is not None
        line = made.row.line
        bad = BadRow(
            id=known.get(line) or random_key(),
            imported=self._imported,
            line=line,
            fault=made.fault,
            twin=made.compared.likeness.twin if made.compared else None,
        )
        cells = _masked([*made.row.cells, *made.row.more])
        bad.seal_cells(cells, self._imported.key)
        return bad


def held_import(import_id: int) -> Import:
    """Return an import with all that belongs to it, held by the transaction."""
    return _with_all().select_for_update(of=("self",)).get(pk=import_id)


def _with_all() -> ImportQuerySet:
    return Import.objects.select_related("key", "organisation", "file__key", "by")


def _destroy_file(imported: Import, *, on: date) -> None:
    if imported.file is not None:
        file, imported.file = imported.file, None
        imported.save(update_fields=["file"])
        destroy_keys([file.key_id], on=on)
        file.delete()


def record_look(imported: Import, *, by: Account, at: datetime) -> None:
    """Write in the log who looks into a file, before anything is shown (NEN 7513)."""
    record_import("read", imported, by=by, at=at)


def record_import(
    what: str, imported: Import, *, by: Account | None, at: datetime, **facts: int
) -> None:
    """Write in the log what is done to an import; facts are numbers."""
    record(
        f"reports.import.{what}",
        imported,
        by=by.pk if by else 0,
        responsible=imported.organisation_id,
        at=at,
        **facts,
    )
